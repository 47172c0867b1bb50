"""The weights of ranking, learned and measured in five folds: what is measured was never learned from.

    python -m tests.benchmarks.ranking ../shared/data FOLDS WORK

FOLDS holds the models that `make folds` makes, WORK is a folder for the libraries, which are kept. Takes an hour or so.
Prints, for each set, what BM25, the embedding, rank fusion and Pincite find, and the weights learned from all folds.
"""

import json
import lzma
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch

from assistant import Assistant, second_look
from assistant.answer import Hit
from assistant.evaluation import answers_gold, load_questions
from assistant.query import understand
from assistant.references import references_in
from assistant.settings import load_settings
from assistant.views import Views
from corpus.label import Label
from corpus.library.library import Library
from index import fusion
from index.dense import DenseIndex
from index.embedder import BUILT_IN_FOLDER, StaticEmbedder
from index.folder import DENSE, DEPTH, WORDS
from index.manifest import write_manifest
from index.passages import passages_of
from index.text import normalise
from index.training.data import LEGAL_FOLDS, UN_HELD_OUT, LegalQuestion, legal_fold
from index.writing import write_index
from tests.benchmarks.statutes import ARTICLES, NAME, QUESTIONS, write_laws

EVALUATION = Path(__file__).parents[1] / "evaluation"
SHARE = {"STARD": 2.0, "CMRC": 2.0, "CMRC alone": 0.0, "UN en→zh": 0.5, "UN zh→en": 0.5, "reports": 3.0}
"""How much a question of each set counts as the weights are learned."""
MAX_CANDIDATES = 2 * DEPTH
RRF_K = 60
_STEPS, _RATE = 150, 0.05
_N_FUSION = 4


@dataclass(frozen=True)
class Asked:
    """A question, the places that answer it, and its fold."""

    question: str
    gold: frozenset[str]
    fold: int


@dataclass
class Shelf:
    """A library, what is asked of it, and how a hit is told as a place."""

    set: str
    assistant: Assistant
    asked: list[Asked]
    place: Callable[[Hit, Asked], str]
    rows: list["Row"] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """The candidates for one question: evidence (4,), features (n, n_weights), and which are right (n,)."""

    evidence: np.ndarray
    features: np.ndarray
    right: np.ndarray
    fold: int


def main(data: Path, models: Path, work: Path) -> None:
    """Learn, measure, and print."""
    work.mkdir(parents=True, exist_ok=True)
    shelves = [*statutes(data, models, work), *others(data, work)]
    for shelf in shelves:
        shelf.rows = [row for asked in shelf.asked if (row := candidates(shelf, asked)) is not None]
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for fold in range(LEGAL_FOLDS):
        with weights(*learned(shelves, fold)):
            for shelf in shelves:
                for asked in (a for a in shelf.asked if a.fold == fold):
                    for way, places in ranked(shelf, asked).items():
                        found.setdefault((shelf.set, way), []).append(figures(places, asked.gold))
    for (name, way), each in found.items():
        print(f"{name:10}{way:14}{len(each):5}  hit@1 {np.mean([h for h, _ in each]):.3f}", end="  ")
        print(f"recall@5 {np.mean([r for _, r in each]):.3f}")
    for which in learned(shelves, -1):
        print(which)


def statutes(data: Path, models: Path, work: Path) -> Iterator[Shelf]:
    """Yield the laws once for each fold, embedded by the model that was not tuned on the fold's questions."""
    files = write_laws(data / ARTICLES, work / "laws")
    names = {article["id"]: article["name"] for article in _read(data / ARTICLES)}
    questions = _read(data / QUESTIONS)
    first = opened(work / "statutes-0", files, models / "0")
    titles = {entry.id: entry.title for entry in first.library.entries()}
    for fold in range(LEGAL_FOLDS):
        asked = []
        for row in questions:
            if legal_fold(LegalQuestion(normalise(row["question"]), ())) == fold:
                asked.append(Asked(row["question"], frozenset(_article(names[i]) for i in row["gold"]), fold))
        assistant = embedded_by(models / str(fold), first, work / f"statutes-{fold}") if fold else first
        yield Shelf("STARD", assistant, asked, lambda hit, _, titles=titles: f"{titles[hit.report]} {_top(hit)}")


def others(data: Path, work: Path) -> Iterator[Shelf]:
    """Yield CMRC (its held-out passages among all, and alone), the held-out sentences, and the reports of the evaluation sets."""
    cmrc = _read(data / "cmrc2018-train.jsonl.xz")
    passages = list(dict.fromkeys(row["passage"] for row in cmrc))
    at = {passage: str(i) for i, passage in enumerate(passages, start=1)}
    held_out = [row for row in cmrc if _drawn(row["passage"])]
    asked = [Asked(row["question"], frozenset([at[row["passage"]]]), i % LEGAL_FOLDS) for i, row in enumerate(held_out)]
    yield Shelf("CMRC", numbered(work / "cmrc", "百科", passages), asked, lambda hit, _: _top(hit))
    alone = list(dict.fromkeys(row["passage"] for row in held_out))
    at = {passage: str(i) for i, passage in enumerate(alone, start=1)}
    asked = [Asked(row["question"], frozenset([at[row["passage"]]]), i % LEGAL_FOLDS) for i, row in enumerate(held_out)]
    yield Shelf("CMRC alone", numbered(work / "cmrc-alone", "百科", alone), asked, lambda hit, _: _top(hit))
    pairs = _read(data / "un-parallel-first3000.jsonl.xz")[-UN_HELD_OUT:]
    for own, other in (("zh", "en"), ("en", "zh")):
        asked = [Asked(row[other], frozenset([str(i + 1)]), i % LEGAL_FOLDS) for i, row in enumerate(pairs)]
        library = numbered(work / f"un-{own}", "Sentences", [row[own] for row in pairs])
        yield Shelf(f"UN {other}→{own}", library, asked, lambda hit, _: _top(hit))
    reports = {
        "wetland_regulations": "wetland-regulations.zh.txt",
        "river_ports": "river-ports.en.txt",
        "report_own": "",
    }
    for name, file in reports.items():
        files = [EVALUATION / "reports" / file] if file else []
        assistant = opened(work / name, files, BUILT_IN_FOLDER) if file else Assistant.open(work / name)
        asked = [
            Asked(q.question, frozenset(map(str, q.gold)), i % LEGAL_FOLDS)
            for i, q in enumerate(load_questions(EVALUATION / f"{name}.jsonl"))
            if q.gold and not references_in(q.question)
        ]
        yield Shelf("reports", assistant, asked, _gold_place)


def opened(home: Path, files: Sequence[Path], model: Path) -> Assistant:
    """Return a library of `files` alone, embedded by the model in a folder; one that was made before is kept."""
    embedder = StaticEmbedder(model)
    settings = load_settings(home)
    library = Library(home, partial(write_index, embedder=embedder), settings.limits)
    if len(library.entries()) != len(files):
        library.add_all(files)
    return Assistant(library, settings, Views(library, embedder))


def embedded_by(model: Path, other: Assistant, home: Path) -> Assistant:
    """Return a copy of a library whose passages and words another model has embedded; one that was made before is kept."""
    embedder = StaticEmbedder(model)
    if not home.exists():
        half = home.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(other.library.home, half, ignore=shutil.ignore_patterns("manifest.json"))
        with other._view(None) as view:
            index = view.index
        folder = half / index.folder.relative_to(other.library.home)
        texts = [passage.whole for report in other.library.reports() for passage in passages_of(report)]
        for name, of in ((DENSE, texts), (WORDS, index.contents.vocabulary)):
            codes = np.concatenate(
                [embedder.embed_passages(of[i : i + 4096]).astype(np.float16) for i in range(0, len(of), 4096)]
            )
            DenseIndex.write(folder / name, embedder.dim, [codes])
        write_manifest(folder, embedder, index.n_passages, {})
        half.rename(home)
    settings = load_settings(home)
    library = Library(home, partial(write_index, embedder=embedder), settings.limits)
    return Assistant(library, settings, Views(library, embedder))


def numbered(home: Path, title: str, texts: Sequence[str]) -> Assistant:
    """Return a library of one report whose paragraphs are `texts`, numbered from 1."""
    file = home.with_suffix(".jsonl")
    rows = [{"title": title}, *({"label": str(i), "text": text} for i, text in enumerate(texts, start=1))]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return opened(home, [file], BUILT_IN_FOLDER)


def candidates(shelf: Shelf, asked: Asked) -> Row | None:
    """Return what is known of the candidates for a question; None where it has no content or no candidate is right."""
    with shelf.assistant._view(None) as view:
        query = understand(asked.question, view.index)
        if not query.tokens:
            return None
        found = view.index.candidates(query.tokens, query.text, DEPTH)
        hits = view.paragraphs([int(i) for i in view.index.contents.ids[found.rows]])
        looks = np.array([astuple(second_look.look_at(hit, query).features) for hit in hits], np.float32)
        right = np.array([shelf.place(hit, asked) in asked.gold for hit in hits])
    known = np.column_stack([found.words, found.meaning, found.authority, found.elsewhere, looks])
    return Row(np.array(found.legs.evidence, np.float32), known, right, asked.fold) if right.any() else None


def learned(shelves: Sequence[Shelf], held_out: int) -> tuple[fusion.Weights, second_look.Features]:
    """Return the weights that put the right candidates first, learned from all folds but one.

    The loss is the negative logarithm of the right candidates' share of the softmax over all candidates.
    """
    rows = [(row, SHARE[shelf.set]) for shelf in shelves for row in shelf.rows if row.fold != held_out]
    n, n_weights = len(rows), rows[0][0].features.shape[1]
    features, there = torch.zeros(n, MAX_CANDIDATES, n_weights), torch.zeros(n, MAX_CANDIDATES, dtype=torch.bool)
    right, evidence = torch.zeros_like(there), torch.ones(n, 5)
    for i, (row, _) in enumerate(rows):
        m = len(row.right)
        features[i, :m], right[i, :m], there[i, :m] = torch.tensor(row.features), torch.tensor(row.right), True
        evidence[i, 1:] = torch.tensor(row.evidence)
    share = torch.tensor([share for _, share in rows])
    start = fusion.WEIGHTS
    gate = torch.tensor(astuple(start)[_N_FUSION:]).requires_grad_(True)
    counts = torch.tensor([*astuple(start)[:_N_FUSION], *astuple(second_look.WEIGHTS)]).requires_grad_(True)
    sharpness = torch.tensor(2.0, requires_grad=True)
    with_words = torch.zeros(n_weights, dtype=torch.bool)
    with_words[[0, *range(_N_FUSION, _N_FUSION + second_look.WITH_WORDS)]] = True
    unit = torch.tensor([1, 1, 1 / 3, 1, 1])  # gaps of cosines are small: their weight moves in larger steps
    optimizer = torch.optim.Adam([gate, counts, sharpness], lr=_RATE)
    for _ in range(_STEPS):
        optimizer.zero_grad()
        trust = 2 * torch.sigmoid(evidence @ (start_of(start) + (gate - start_of(start)) / unit))
        scale = torch.where(with_words, trust[:, None], torch.ones(1)).clone()
        scale[:, 1] = 2 - trust
        scores = ((features * (scale * counts)[:, None, :]).sum(-1) * sharpness.exp()).masked_fill(~there, -1e9)
        lost = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, -1e9), 1)
        ((share * lost).sum() / n).backward()
        optimizer.step()
    gates = (start_of(start) + (gate - start_of(start)) / unit).tolist()
    first, second = counts[:_N_FUSION].tolist(), counts[_N_FUSION:].tolist()
    total = first[0] + first[1]  # what `fuse` divides its scores by
    return fusion.Weights(*_rounded([*first, *gates])), second_look.Features(*_rounded([v / total for v in second]))


def start_of(weights: fusion.Weights) -> torch.Tensor:
    """Return the weights of the trust in words, (5,) float32."""
    return torch.tensor(astuple(weights)[_N_FUSION:])


@contextmanager
def weights(first: fusion.Weights, second: second_look.Features) -> Iterator[None]:
    """Put other weights in force for as long as the context lasts."""
    before = fusion.WEIGHTS, second_look.WEIGHTS
    fusion.WEIGHTS, second_look.WEIGHTS = first, second
    yield
    fusion.WEIGHTS, second_look.WEIGHTS = before


def ranked(shelf: Shelf, asked: Asked) -> dict[str, list[str]]:
    """Return the places that each way finds for a question, best first, each once."""
    assistant = shelf.assistant
    with assistant._view(None) as view:
        index = view.index
        tokens = dict.fromkeys(index.tokenizer.tokens(asked.question), 1.0) or {"": 1.0}
        words = index.by_words(tokens, DEPTH).ids
        meaning = index.by_meaning(index.embedder.embed_query(asked.question), DEPTH).ids
        fused: dict[int, float] = {}
        for ranking in (words, meaning):
            for rank, row in enumerate(ranking.tolist(), start=1):
                fused[row] = fused.get(row, 0.0) + 1 / (RRF_K + rank)
        ways = {"BM25": words, "embedding": meaning, "rank fusion": np.array(sorted(fused, key=lambda r: -fused[r]))}
        hits = {way: view.paragraphs([int(i) for i in index.contents.ids[rows[:20]]]) for way, rows in ways.items()}
    hits["Pincite"] = assistant.search(asked.question, 20)
    return {way: list(dict.fromkeys(shelf.place(hit, asked) for hit in of)) for way, of in hits.items()}


def figures(places: Sequence[str], gold: frozenset[str]) -> tuple[float, float]:
    """Return whether the first place is right, and the share of right ones among the first five."""
    return float(places[:1] != [] and places[0] in gold), len(gold.intersection(places[:5])) / len(gold)


def _gold_place(hit: Hit, asked: Asked) -> str:
    label = hit.paragraph.label
    return next((gold for gold in asked.gold if answers_gold(label, [Label.parse(gold)])), str(label))


def _top(hit: Hit) -> str:
    return str(replace(hit.paragraph.label, steps=hit.paragraph.label.steps[:1]))


def _article(name: str) -> str:
    match = NAME.fullmatch(name)
    return f"{match[1]} {Label.parse(match[2])}" if match else name


def _drawn(passage: str) -> bool:
    from index.training.data import _drawn

    return _drawn(normalise(passage), 10)


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, 2) for value in values]


def _read(file: Path) -> list[dict]:
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
