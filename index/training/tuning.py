"""The second stage: a base model is tuned on lay legal questions, in about a minute, so that one model a fold can be made.

Each question is ranked against the articles of its batch and against hard negatives; questions on encyclopaedic passages
and translations are repeated beside them, so that these are not forgotten. It knows no files but the base's folder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from torch.nn.functional import cross_entropy, normalize

from index.training import folder, negatives
from index.training.data import Corpora
from index.training.table import Ids, token_ids
from index.training.train import features

Pairs = tuple[list[Ids], list[Ids]]


@dataclass(frozen=True)
class Tuning:
    """What the second stage is made of.

    Attributes:
        epochs: passes over the questions.
        batch: questions ranked at once, each against all articles of the batch.
        rate: Adam's largest step, reached after `warm_up` batches, then falling to 0.
        scale: what cosines are multiplied by before the softmax.
        depth: articles taken from each of the two rankings, by words and by the base, to draw negatives from.
        negatives: how many of them a question meets in a batch.
        replay: the weight of what was learnt before.
        replayed: rows of it in a batch, of each kind.
        runs: how many are made, of different seeds, and averaged.
        prefix: see `index.training.train.Settings`.
    """

    epochs: int = 4
    batch: int = 64
    rate: float = 0.01
    warm_up: int = 5
    scale: float = 20.0
    depth: int = 100
    negatives: int = 30
    replay: float = 0.5
    replayed: int = 256
    runs: int = 1
    prefix: int = 128
    seed: int = 0
    threads: int = 3


class Tuner:
    """A base model and all that is drawn from while it is tuned, read once for any number of runs.

    Args:
        base: the folder of a model that learnt from no lay legal question.
        corpora: the learning side of the data.
        settings: see `Tuning`.
    """

    def __init__(self, base: Path, corpora: Corpora, settings: Tuning) -> None:
        torch.set_num_threads(settings.threads)
        self._base = base
        self._settings = settings
        model = folder.load(base)
        tokenizer = folder.static_part(model).tokenizer
        place = {article.id: i for i, article in enumerate(corpora.articles)}
        self._gold = [sorted({place[gold] for gold in item.gold}) for item in corpora.legal]
        self._questions = token_ids(tokenizer, [item.question for item in corpora.legal])
        self._articles = token_ids(tokenizer, [f"{article.name} {article.text}" for article in corpora.articles])
        self._replays: list[Pairs] = [
            (token_ids(tokenizer, left), token_ids(tokenizer, right))
            for left, right in (
                ([item.question for item in corpora.questions], [item.passage for item in corpora.questions]),
                ([chinese for chinese, _ in corpora.parallel], [english for _, english in corpora.parallel]),
            )
        ]
        table = _table(model).detach()
        words = negatives.nearest_by_words(self._questions, self._articles, len(table), settings.depth)
        asked, texts = _vectors(table, self._questions).numpy(), _vectors(table, self._articles).numpy()
        meaning = negatives.nearest_by_vectors(asked, texts, settings.depth)
        self._hard = negatives.without((words, meaning), self._gold)

    def tune(self, questions: Sequence[int]) -> SentenceTransformer:
        """Return the base tuned on the lay legal questions at the places `questions`, the mean of all runs."""
        model = folder.load(self._base)
        tables = [self._run(np.asarray(questions), run) for run in range(self._settings.runs)]
        with torch.no_grad():
            _table(model).copy_(torch.stack(tables).mean(dim=0))
            _table(model)[0] = 0
        return model.eval()

    def _run(self, questions: NDArray[np.int64], run: int) -> torch.Tensor:
        settings = self._settings
        rng = np.random.default_rng([settings.seed, run])
        model = folder.load(self._base)
        table = _table(model)
        optimizer = torch.optim.Adam([table], lr=settings.rate)
        n_batches = -(-len(questions) // settings.batch)
        steps = settings.epochs * n_batches
        for step in range(steps):
            if step % n_batches == 0:
                order = rng.permutation(questions)
            drawn = order[step % n_batches * settings.batch :][: settings.batch]
            rate = settings.rate * min(1.0, (step + 1) / settings.warm_up) * (1 - step / (steps + 1))
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.zero_grad()
            loss = self._legal_loss(table, drawn, rng)
            for left, right in self._replays:
                loss = loss + settings.replay * self._replay_loss(table, left, right, rng)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        return table.detach()

    def _legal_loss(self, table: torch.Tensor, drawn: NDArray[np.int64], rng: np.random.Generator) -> torch.Tensor:
        """Return how far the questions `drawn` are from ranking one of their own articles first."""
        right = [int(rng.choice(self._gold[i])) for i in drawn]
        wrong = [rng.choice(self._hard[i], min(self._settings.negatives, len(self._hard[i])), False) for i in drawn]
        places = np.concatenate([right, *wrong]).astype(np.int64)
        allowed = np.array([~np.isin(places, self._gold[i]) for i in drawn])
        allowed[np.arange(len(drawn)), np.arange(len(drawn))] = True  # other right articles are not held against it
        barred = torch.where(torch.from_numpy(allowed), 0.0, -torch.inf)
        asked = _vectors(table, [self._questions[i] for i in drawn])
        texts = _vectors(table, [self._articles[i] for i in places])
        return self._ranking(asked, texts, barred)

    def _replay_loss(
        self, table: torch.Tensor, left: list[Ids], right: list[Ids], rng: np.random.Generator
    ) -> torch.Tensor:
        drawn = rng.choice(len(left), min(self._settings.replayed, len(left)), replace=False)
        one, other = _vectors(table, [left[i] for i in drawn]), _vectors(table, [right[i] for i in drawn])
        return (self._ranking(one, other) + self._ranking(other, one)) / 2

    def _ranking(self, queries: torch.Tensor, texts: torch.Tensor, barred: torch.Tensor | None = None) -> torch.Tensor:
        """Return the cross-entropy of each query with the text at its own place, of whole vectors and of their prefixes."""
        own = torch.arange(len(queries))
        loss = torch.zeros(())
        for dim in (queries.shape[1], self._settings.prefix):
            short = normalize(queries[:, :dim]), normalize(texts[:, :dim])
            scores = self._settings.scale * short[0] @ short[1].T
            loss = loss + cross_entropy(scores if barred is None else scores + barred, own)
        return loss


def _table(model: SentenceTransformer) -> torch.nn.Parameter:
    return next(model.parameters())


def _vectors(table: torch.Tensor, texts: Sequence[Ids]) -> torch.Tensor:
    """Return the texts' vectors, (n_texts, dim) of length 1."""
    parts = []
    for start in range(0, len(texts), 8192):
        bag = features(list(texts[start : start + 8192]))
        parts.append(torch.nn.functional.embedding_bag(bag["input_ids"], table, bag["offsets"], mode="mean"))
    return normalize(torch.cat(parts))
