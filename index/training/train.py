"""The base's training run: rows in, a sentence-transformers model out. No lay legal question is learnt from here.

The model is a table of token vectors, averaged and brought to length 1; the loss ranks each anchor's text above all
others of its batch. Rows are cut into tokens once an epoch, which is why the loop stands here and is not a trainer's:
a static model learns a batch faster than its texts can be tokenised again. It knows nothing of files.
"""

import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules.normalize import Normalize
from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules.static_embedding import StaticEmbedding
from tokenizers import Tokenizer

from index.training import pairs
from index.training.data import Corpora
from index.training.table import Ids, starting_table, token_ids
from index.training.tokenizer import train_tokenizer

Columns = tuple[list[Ids], list[Ids], list[Ids]]


@dataclass(frozen=True)
class Settings:
    """What a run is made of; the defaults made the model that ships.

    Attributes:
        vocabulary: tokens; `alphabetic` of them are pieces of English words.
        dim: the vectors' length.
        prefix: how many of a vector's first numbers can be searched alone, after they are brought to length 1.
        topics: see `starting_table`.
        epochs: passes over the rows, made anew for each.
        batch: rows ranked against each other.
        rate: Adam's largest step, reached after `warm_up` batches, then falling to 0.
        scale: what cosines are multiplied by before the softmax.
        keep: see `cloze_rows`.
        share: see `cloze_rows`.
        repeats: how often an epoch goes over each kind of rows.
    """

    vocabulary: int = 35_000
    alphabetic: int = 8_000
    dim: int = 512
    prefix: int = 128
    topics: float = 0.5
    epochs: int = 2
    batch: int = 2048
    rate: float = 0.03
    warm_up: int = 50
    scale: float = 20.0
    keep: float = 0.3
    share: float = 0.5
    seed: int = 0
    threads: int = 3
    repeats: Mapping[str, int] = field(default_factory=lambda: {"questions": 3, "translations": 2})


def train(corpora: Corpora, settings: Settings) -> SentenceTransformer:
    """Return a model trained on `corpora`, float32 on the CPU."""
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    started_s = time.monotonic()
    tokenizer = train_tokenizer(
        chinese_texts(corpora), english_texts(corpora), settings.vocabulary, settings.alphabetic
    )
    print(f"{time.monotonic() - started_s:.0f} s: {tokenizer.get_vocab_size()} tokens", flush=True)
    table = starting_table(tokenizer, topic_texts(corpora), settings.dim, settings.topics, settings.seed)
    print(f"{time.monotonic() - started_s:.0f} s: starting table {table.shape}", flush=True)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, torch.from_numpy(table)), Normalize()], device="cpu"
    )
    ranking = MultipleNegativesRankingLoss(
        model, settings.scale, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
    )
    loss = MatryoshkaLoss(model, ranking, [settings.dim, settings.prefix])
    optimizer = torch.optim.Adam(model.parameters(), lr=settings.rate, betas=(0.9, 0.98))
    step = 0
    for epoch in range(settings.epochs):
        batches = list(_batches(rows_of(corpora, settings, epoch), tokenizer, settings, epoch))
        steps = settings.epochs * len(batches)
        total = 0.0
        for batch in batches:
            rate = settings.rate * min(1.0, (step + 1) / settings.warm_up) * max(0.0, 1 - step / (steps + 1))
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.zero_grad()
            value = loss([features(column) for column in batch], torch.empty(0))
            value.backward()
            optimizer.step()
            total += value.item()
            step += 1
        mean = total / len(batches)
        print(f"{time.monotonic() - started_s:.0f} s: epoch {epoch + 1}, {step} batches, loss {mean:.3f}", flush=True)
    with torch.no_grad():
        next(model.parameters())[0] = 0
    return model.eval()


def rows_of(corpora: Corpora, settings: Settings, epoch: int) -> dict[str, list[pairs.Row]]:
    """Return the rows of an epoch by kind; another epoch draws other sentences and senses."""
    rng = random.Random(settings.seed * 1000 + epoch)
    return {
        "laws": list(pairs.cloze_rows(pairs.law_groups(corpora.articles), rng, settings.keep, settings.share)),
        "news": list(pairs.cloze_rows(pairs.news_groups(corpora.news), rng, settings.keep, settings.share)),
        "questions": list(pairs.question_rows(corpora.questions, rng)),
        "translations": list(pairs.translation_rows(corpora, rng)),
    }


def chinese_texts(corpora: Corpora) -> list[str]:
    """Return the texts whose Chinese words are counted: every second law and story, and everything else."""
    return [
        *(f"{article.name} {article.text}" for article in corpora.articles[::2]),
        *corpora.news[::2],
        *(f"{item.question} {item.passage}" for item in corpora.questions),
        *(chinese for chinese, _ in corpora.parallel * 3),
        *(head for head, _ in corpora.lexicon),
    ]


def english_texts(corpora: Corpora) -> list[str]:
    """Return the texts whose English words are counted."""
    return [english for _, english in corpora.parallel * 5] + [s for _, senses in corpora.lexicon for s in senses]


def topic_texts(corpora: Corpora) -> list[str]:
    """Return the texts that topics are read off; what is in two languages is one text."""
    wiki = dict.fromkeys(item.passage for item in corpora.questions)
    return [
        *(f"{article.name} {article.text[:600]}" for article in corpora.articles),
        *(passage for story in (*corpora.news, *wiki) for passage in pairs.passages(story)),
        *(f"{chinese} {english}" for chinese, english in corpora.parallel * 3),
        *(f"{head} {' '.join(senses)}" for head, senses in corpora.lexicon),
    ]


def _batches(
    rows: Mapping[str, list[pairs.Row]], tokenizer: Tokenizer, settings: Settings, epoch: int
) -> Iterator[Columns]:
    """Yield the epoch's batches in random order; a batch holds rows of one kind, so that its texts are alike."""
    rng = np.random.default_rng([settings.seed, epoch])
    plan: list[tuple[str, np.ndarray]] = []
    columns: dict[str, Columns] = {}
    for kind, triples in rows.items():
        if not triples:
            continue
        anchors, positives, negatives = (token_ids(tokenizer, column) for column in zip(*triples, strict=True))
        columns[kind] = anchors, positives, negatives
        for _ in range(settings.repeats.get(kind, 1)):
            order = rng.permutation(len(triples))
            cuts = [order[start : start + settings.batch] for start in range(0, len(order), settings.batch)]
            plan += [(kind, cut) for cut in cuts if len(cut) >= min(settings.batch, len(order)) // 2]
    for place in rng.permutation(len(plan)):
        kind, cut = plan[place]
        anchors, positives, negatives = columns[kind]
        yield [anchors[i] for i in cut], [positives[i] for i in cut], [negatives[i] for i in cut]


def features(texts: list[Ids]) -> dict[str, torch.Tensor]:
    """Return what StaticEmbedding takes: all ids in one row, and where each text begins."""
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])])
    return {"input_ids": torch.from_numpy(np.concatenate(texts).astype(np.int64)), "offsets": torch.from_numpy(starts)}
