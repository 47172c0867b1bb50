import json
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from corpus.errors import EmbedderError, IndexDamaged, IndexMismatch
from corpus.library.change import Change
from corpus.report import Report
from index.embedder import Embedder, SentenceTransformersEmbedder, load_embedder
from index.folder import Index
from index.writing import write_index


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


def silent(_stage: str, _fraction: float) -> None:
    pass


@pytest.fixture
def folder(tmp_path: Path, bundled: Report, embedder: Embedder) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    ids = list(range(1, len(bundled.paragraphs) + 1))
    write_index(folder, Change(None, [bundled.id], [(bundled, ids)]), silent, embedder)
    return folder


def test_an_index_finds_what_was_written(folder: Path, bundled: Report, embedder: Embedder) -> None:
    index = Index(folder, embedder)
    found = index.search({"肯尼亚": 1.0, "卫星": 1.0}, "肯尼亚的第一颗卫星", 5)
    ranking, cosines = found.ranking, found.cosines
    assert str(bundled.paragraphs[int(ranking.ids[0]) - 1].label) == "25"
    assert cosines.shape == ranking.ids.shape
    assert index.n_passages == len([p for p in bundled.paragraphs if not p.inline])


def test_words_near_in_meaning_are_the_report_s_own(folder: Path, embedder: Embedder) -> None:
    near = dict(Index(folder, embedder).neighbours("satellite", 4))
    assert max(near, key=lambda word: near[word]) == "卫星"


@pytest.mark.parametrize(
    "name", ["manifest.json", "dense.faiss", "contents.json", "words.faiss", "ids.npy", "uses.npy"]
)
def test_a_missing_file_is_damage_that_names_rebuild(folder: Path, embedder: Embedder, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(IndexDamaged, match="pincite rebuild"):
        Index(folder, embedder)


@pytest.mark.parametrize(
    "name", ["manifest.json", "dense.faiss", "contents.json", "words.faiss", "ids.npy", "uses.npy"]
)
def test_a_file_cut_off_or_changed_is_damage(folder: Path, embedder: Embedder, name: str) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(IndexDamaged, match="pincite rebuild"):
        Index(folder, embedder)
    if name != "manifest.json":
        (folder / name).write_bytes(bytes([whole[0] ^ 255]) + whole[1:])
        with pytest.raises(IndexDamaged, match="changed"):
            Index(folder, embedder)


def test_damage_in_the_sparse_index_is_found(folder: Path, embedder: Embedder) -> None:
    segment = max((folder / "sparse").iterdir(), key=lambda f: f.stat().st_size)
    segment.write_bytes(b"")
    with pytest.raises(IndexDamaged):
        Index(folder, embedder)


@pytest.mark.parametrize(
    ("key", "value"), [("format_version", 99), ("tokenizer_version", 99), ("embedder", "other"), ("dim", 3)]
)
def test_another_version_or_model_is_a_mismatch_that_names_rebuild(
    folder: Path, embedder: Embedder, key: str, value: object
) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {key: value}))
    with pytest.raises(IndexMismatch, match=f"{value}.*pincite rebuild"):
        Index(folder, embedder)


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real sentence-transformers model, with prompts for queries and documents, built here."""
    vocabulary = {"[UNK]": 0, "query": 1, ":": 2, "卫星": 3, "预算": 4, "satellite": 5, "passage": 6}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.eye(7, 8, dtype=np.float32)
    weights[5] = weights[3]
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    model = SentenceTransformer(modules=[module], device="cpu", prompts={"query": "query : ", "document": "passage : "})
    path = tmp_path_factory.mktemp("model")
    model.save_pretrained(str(path))
    return path


def test_any_sentence_transformers_model_on_disk_is_used_with_its_prompts(tiny_model: Path) -> None:
    model = load_embedder(str(tiny_model))
    assert isinstance(model, SentenceTransformersEmbedder)
    passages = model.embed_passages(["卫星", "预算"])
    query = model.embed_query("satellite")
    assert passages.shape == (2, 8)
    assert np.linalg.norm(passages, axis=1) == pytest.approx([1, 1])
    assert passages[0] @ query > passages[1] @ query
    assert query[1] > 0, "the query's prompt is in the query's vector"
    assert passages[0][1] == 0, "and in no passage's"


def test_an_index_of_one_model_is_refused_under_another(folder: Path, tiny_model: Path) -> None:
    with pytest.raises(IndexMismatch, match="expected an index of embedder"):
        Index(folder, load_embedder(str(tiny_model)))


def test_a_model_that_is_not_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EmbedderError, match="expected a sentence-transformers model"):
        load_embedder(str(tmp_path / "nothing"))
