"""Text to vectors: the built-in static model by model2vec, any other by sentence-transformers.

torch is imported only where a model other than the built-in one is asked for.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EmbedderError
from index.text import normalise

BUILT_IN = "built-in"
BUILT_IN_FOLDER = Path(__file__).parent / "model"
_EDGE_BYTES = 1 << 20


class Embedder(Protocol):
    """Turns texts into L2-normalised vectors; (n_texts, dim) float32."""

    name: str
    fingerprint: str
    dim: int

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of passages."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a query, (dim,) float32."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of queries."""
        ...


def load_embedder(name: str = BUILT_IN) -> Embedder:
    """Load an embedding model.

    Args:
        name: `built-in`, a folder with a sentence-transformers model, or the name of one on the model hub, which is
            fetched if it is not on this machine: the one download there is but for that of a reranker.

    Raises:
        EmbedderError: no such model, or it cannot be loaded.
    """
    return StaticEmbedder() if name == BUILT_IN else SentenceTransformersEmbedder(name)


class StaticEmbedder:
    """The model that ships with Pincite: a table of token vectors, averaged. Its texts are normalised first."""

    def __init__(self, folder: Path = BUILT_IN_FOLDER) -> None:
        from model2vec import StaticModel

        self.name = BUILT_IN
        try:
            self.fingerprint = fingerprint_of(folder)
            self._model = StaticModel.from_pretrained(folder)
            self._model.embedding = self._model.embedding.astype(np.float32)
            if self._model.weights is not None:  # each row's scale, multiplied in once and not at every text
                self._model.embedding *= self._model.weights[:, None]
                self._model.weights = None
        except (OSError, ValueError) as error:
            raise EmbedderError(
                f"expected the built-in model in {folder}, found: {error}; install Pincite again"
            ) from error
        self.dim = int(self._model.dim)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `texts`, (n_texts, dim) float32, L2-normalised."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        return _unit(self._model.encode([normalise(t) for t in texts], use_multiprocessing=False))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of `text`, (dim,) float32, L2-normalised."""
        return self.embed_queries([text]).reshape(-1)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `texts`, (n_texts, dim) float32, L2-normalised: the same as of passages."""
        return self.embed_passages(texts)


class SentenceTransformersEmbedder:
    """Any sentence-transformers model, with the prompts it keeps for queries and for documents."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self.name = name
        try:
            self._model = SentenceTransformer(name, device="cpu")
        except Exception as error:  # the library raises whatever its readers of formats do
            message = f"expected a sentence-transformers model at {name!r}, found: {error}"
            raise EmbedderError(message + "; give a folder that holds one, or a name while online") from error
        self.dim = int(self._model.get_embedding_dimension() or 0)
        folder = Path(name)
        self.fingerprint = fingerprint_of(folder) if folder.is_dir() else self._probe()

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `texts`, (n_texts, dim) float32, L2-normalised, under the model's document prompt."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        return _unit(self._model.encode_document(list(texts), convert_to_numpy=True, show_progress_bar=False))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of `text`, (dim,) float32, L2-normalised, under the model's query prompt."""
        return self.embed_queries([text]).reshape(-1)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `texts`, (n_texts, dim) float32, L2-normalised, under the model's query prompt."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        return _unit(self._model.encode_query(list(texts), convert_to_numpy=True, show_progress_bar=False))

    def _probe(self) -> str:
        """Return a hash of what the model makes of a fixed text, for a model whose files a hub's cache keeps."""
        vector = np.round(self.embed_query("第12(c)段 para. 12 (c)"), 3) + 0.0
        return hashlib.sha256(vector.tobytes()).hexdigest()


def fingerprint_of(folder: Path) -> str:
    """Return a hash of a model's files: their names, sizes, and first and last mebibyte, hexadecimal SHA-256."""
    digest = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.suffix in (".json", ".safetensors", ".bin", ".txt", ".model")):
        digest.update(f"{file.relative_to(folder).as_posix()} {file.stat().st_size}\n".encode())
        with file.open("rb") as data:
            digest.update(data.read(_EDGE_BYTES))
            data.seek(max(0, file.stat().st_size - _EDGE_BYTES))
            digest.update(data.read())
    return digest.hexdigest()


def _unit(vectors: object) -> NDArray[np.float32]:
    array = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(array, axis=1, keepdims=True).astype(np.float32)
    unit: NDArray[np.float32] = array / np.maximum(lengths, np.float32(1e-12))
    return unit
