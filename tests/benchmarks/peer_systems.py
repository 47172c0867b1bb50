"""One system in a process of its own: builds an index of passages, adds a hundred, answers questions. Run by `peers`.

    python -m tests.benchmarks.peer_systems NAME FOLDER

`FOLDER` has `passages.jsonl`, `more.jsonl` and `questions.jsonl`; what was measured is printed as a line of JSON. Each system is
set up as its own documents do for hybrid search, with the same embedding and, where it takes a function, jieba's words.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np

MODEL = "PEERS_MODEL"
"""The variable that names the folder of the embedding model, for that which ships."""
TOP_K = 10
FEW = 40
"""How many questions a system gets that takes most of a second for one."""


class System(Protocol):
    """What is measured; a passage is `{"id", "law", "label", "text"}`."""

    def build(self, passages: Sequence[dict[str, str]]) -> None: ...
    def add(self, passages: Sequence[dict[str, str]]) -> None: ...
    def search(self, question: str) -> list[str]: ...


class Pincite:
    """The whole library: files of JSON lines are read and added, one a law; an item counts as its article."""

    def __init__(self, folder: Path) -> None:
        from assistant.assistant import Assistant
        from assistant.settings import load_settings
        from assistant.views import Views
        from corpus.library.library import Library
        from index.writing import write_index

        self.folder = folder
        embedder, settings = _embedder(), load_settings(folder / "home")
        library = Library(folder / "home", partial(write_index, embedder=embedder), settings.limits)
        self.assistant = Assistant(library, settings, Views(library, embedder))
        self.ids: dict[tuple[str, str], str] = {}
        self.titles: dict[str, str] = {}

    def build(self, passages: Sequence[dict[str, str]]) -> None:
        laws: dict[str, list[dict[str, str]]] = {}
        for passage in passages:
            laws.setdefault(passage["law"], []).append(passage)
        files = []
        for law, articles in laws.items():
            rows = [{"title": law}, *({"label": a["label"], "text": a["text"]} for a in articles)]
            files.append(self.folder / f"{len(self.ids)}.jsonl")
            files[-1].write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
            self.ids |= {(law, a["label"]): a["id"] for a in articles}
        self.assistant.library.add_all(files)
        self.titles = self.assistant.library.titles()

    add = build

    def search(self, question: str) -> list[str]:
        hits = self.assistant.search(question, 3 * TOP_K)
        found = [(self.titles[hit.report], str(hit.paragraph.label).partition("条")[0] + "条", hit) for hit in hits]
        ids = [self.ids.get((law, label)) or self.ids.get((law, str(h.paragraph.label)), "") for law, label, h in found]
        return list(dict.fromkeys(ids))[:TOP_K]


class LangChain:
    """EnsembleRetriever over BM25Retriever with jieba and FAISS."""

    def __init__(self, folder: Path) -> None:
        from langchain_core.embeddings import Embeddings

        class Ours(Embeddings):  # type: ignore[misc]
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return _embedder().embed_passages(texts).tolist()

            def embed_query(self, text: str) -> list[float]:
                return _embedder().embed_query(text).tolist()

        self.embeddings = Ours()
        self.passages: list[dict[str, str]] = []
        self.faiss: Any = None

    def build(self, passages: Sequence[dict[str, str]]) -> None:
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_community.vectorstores import FAISS

        texts, ids = [_whole(p) for p in passages], [{"id": p["id"]} for p in passages]
        self.passages += passages
        if self.faiss is None:
            self.faiss = FAISS.from_texts(texts, self.embeddings, metadatas=ids)
        else:
            self.faiss.add_texts(texts, metadatas=ids)
        bm25 = BM25Retriever.from_texts(  # which has no way to add to it
            [_whole(p) for p in self.passages],
            metadatas=[{"id": p["id"]} for p in self.passages],
            preprocess_func=_words,
            k=TOP_K,
        )
        dense = self.faiss.as_retriever(search_kwargs={"k": TOP_K})
        self.retriever = EnsembleRetriever(retrievers=[bm25, dense], weights=[0.5, 0.5], id_key="id")

    add = build

    def search(self, question: str) -> list[str]:
        return [document.metadata["id"] for document in self.retriever.invoke(question)][:TOP_K]


class LlamaIndex:
    """QueryFusionRetriever by reciprocal rank over BM25Retriever with jieba and VectorStoreIndex with FAISS."""

    def __init__(self, folder: Path) -> None:
        from llama_index.core.embeddings import BaseEmbedding

        class Ours(BaseEmbedding):  # type: ignore[misc]
            def _get_query_embedding(self, query: str) -> list[float]:
                return _embedder().embed_query(query).tolist()

            async def _aget_query_embedding(self, query: str) -> list[float]:
                return self._get_query_embedding(query)

            def _get_text_embedding(self, text: str) -> list[float]:
                return self._get_text_embeddings([text])[0]

            def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
                return _embedder().embed_passages(texts).tolist()

        self.embeddings = Ours(embed_batch_size=1024)
        self.nodes: list[Any] = []
        self.index: Any = None

    def build(self, passages: Sequence[dict[str, str]]) -> None:
        import bm25s
        import faiss
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.llms import MockLLM
        from llama_index.core.retrievers import QueryFusionRetriever
        from llama_index.core.schema import QueryBundle, TextNode
        from llama_index.core.vector_stores.utils import node_to_metadata_dict
        from llama_index.retrievers.bm25 import BM25Retriever
        from llama_index.vector_stores.faiss import FaissVectorStore

        class Segmenting(BM25Retriever):  # type: ignore[misc]
            def _retrieve(self, query_bundle: Any) -> Any:
                return super()._retrieve(QueryBundle(" ".join(_words(query_bundle.query_str))))

        new = [TextNode(text=_whole(p), id_=p["id"]) for p in passages]
        self.nodes += new
        if self.index is None:
            store = FaissVectorStore(faiss.IndexFlatIP(_embedder().dim))
            context = StorageContext.from_defaults(vector_store=store)
            self.index = VectorStoreIndex(new, embed_model=self.embeddings, storage_context=context)
        else:
            self.index.insert_nodes(new)
        corpus = [node_to_metadata_dict(node) | {"node_id": node.node_id} for node in self.nodes]
        bm25 = bm25s.BM25(corpus=corpus)  # which has no way to add to it
        bm25.index([_words(node.text) for node in self.nodes], show_progress=False)
        words = Segmenting(existing_bm25=bm25, similarity_top_k=TOP_K, skip_stemming=True, token_pattern=r"(?u)\b\w+\b")
        dense = self.index.as_retriever(similarity_top_k=TOP_K)
        self.retriever = QueryFusionRetriever(
            [words, dense],
            llm=MockLLM(),
            mode="reciprocal_rerank",
            num_queries=1,
            use_async=False,
            similarity_top_k=TOP_K,
        )

    add = build

    def search(self, question: str) -> list[str]:
        return [hit.node.node_id for hit in self.retriever.retrieve(question)]


class Txtai:
    """Embeddings with hybrid search, its own tokenizer."""

    def __init__(self, folder: Path) -> None:
        from txtai import Embeddings

        def transform(texts: list[str]) -> Any:
            return _embedder().embed_passages(texts)

        self.embeddings = Embeddings(method="external", transform=transform, hybrid=True)

    def build(self, passages: Sequence[dict[str, str]]) -> None:
        self.embeddings.index([(p["id"], _whole(p), None) for p in passages])

    def add(self, passages: Sequence[dict[str, str]]) -> None:
        self.embeddings.upsert([(p["id"], _whole(p), None) for p in passages])

    def search(self, question: str) -> list[str]:
        return [found for found, _ in self.embeddings.search(question, TOP_K)]


class Milvus:
    """milvus-lite: hybrid search of its BM25 with jieba and a flat index, by reciprocal rank."""

    def __init__(self, folder: Path) -> None:
        from pymilvus import DataType, Function, FunctionType, MilvusClient

        self.client = MilvusClient(str(folder / "milvus.db"))
        schema = self.client.create_schema(auto_id=False)
        schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=64)
        schema.add_field(
            "text",
            DataType.VARCHAR,
            max_length=60000,
            enable_analyzer=True,
            analyzer_params={"tokenizer": "jieba"},
            enable_match=True,
        )
        schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
        schema.add_field("dense", DataType.FLOAT_VECTOR, dim=_embedder().dim)
        schema.add_function(Function("bm25", FunctionType.BM25, ["text"], ["sparse"]))
        indexes = self.client.prepare_index_params()
        indexes.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
        indexes.add_index("dense", index_type="FLAT", metric_type="IP")
        self.client.create_collection("passages", schema=schema, index_params=indexes)

    def build(self, passages: Sequence[dict[str, str]]) -> None:
        for start in range(0, len(passages), 1000):
            batch = passages[start : start + 1000]
            vectors = _embedder().embed_passages([_whole(p) for p in batch])
            rows = [{"id": p["id"], "text": _whole(p)[:15000], "dense": v} for p, v in zip(batch, vectors, strict=True)]
            self.client.insert("passages", rows)

    add = build

    def search(self, question: str) -> list[str]:
        from pymilvus import AnnSearchRequest, RRFRanker

        requests = [
            AnnSearchRequest([question], "sparse", {"metric_type": "BM25"}, TOP_K),
            AnnSearchRequest([_embedder().embed_query(question).tolist()], "dense", {"metric_type": "IP"}, TOP_K),
        ]
        return [hit["id"] for hit in self.client.hybrid_search("passages", requests, RRFRanker(60), limit=TOP_K)[0]]


SYSTEMS: dict[str, Callable[[Path], System]] = {
    "Pincite": Pincite,
    "LangChain": LangChain,
    "LlamaIndex": LlamaIndex,
    "txtai": Txtai,
    "milvus-lite": Milvus,
}


def main(name: str, folder: Path) -> None:
    """Measure a system and print what was."""
    passages, more, questions = (_lines(folder / f"{part}.jsonl") for part in ("passages", "more", "questions"))
    system = SYSTEMS[name](folder)
    build_s = _timed(lambda: system.build(passages))
    add_s = _timed(lambda: system.add(more))
    asked = questions[: FEW if name == "milvus-lite" else None]
    found, wall, cpu = [], [], []
    system.search(asked[0]["question"])
    for question in asked:
        start, spent = time.perf_counter(), time.process_time()
        found.append(system.search(question["question"]))
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - spent)
    gold = [set(question["gold"]) for question in asked]
    measured = {
        "questions": len(asked),
        "build_s": build_s,
        "add_s": add_s,
        "hit@1": float(np.mean([bool(ids) and ids[0] in g for ids, g in zip(found, gold, strict=True)])),
        "recall@5": float(np.mean([len(g & set(ids[:5])) / len(g) for ids, g in zip(found, gold, strict=True)])),
        "wall_ms": [1000 * float(q) for q in np.percentile(wall, [50, 95])],
        "cpu_ms": [1000 * float(q) for q in np.percentile(cpu, [50, 95])],
    }
    print(json.dumps(measured), flush=True)


def _timed(step: Callable[[], None]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def _lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _whole(passage: dict[str, str]) -> str:
    return f"{passage['law']}{passage['label']}\n{passage['text']}"


def _words(text: str) -> list[str]:
    import jieba

    return [word for word in jieba.cut(text) if word.strip()]


def _embedder() -> Any:
    if not _LOADED:
        from index.embedder import BUILT_IN_FOLDER, StaticEmbedder

        _LOADED.append(StaticEmbedder(Path(os.environ.get(MODEL) or BUILT_IN_FOLDER)))
    return _LOADED[0]


_LOADED: list[Any] = []


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
