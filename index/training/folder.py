"""The model's folder: one that model2vec and sentence-transformers both read, to the same vectors.

A row is kept as int8 numbers and one float32 that they are multiplied by, the row's largest over 127: half the size of
float16, and no cosine is moved by more than about a thousandth. Both libraries know the scales as `weights`. No length
limit is written: sentence-transformers has none for a static model, and model2vec's default of 512 tokens would make a
long text's vector another. The unknown token's row is zero, since model2vec leaves unknown tokens out and
sentence-transformers counts them in.
"""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules.static_embedding import StaticEmbedding

CONFIG = {"model_type": "model2vec", "architectures": ["StaticModel"], "normalize": True, "max_length": None}
MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
SENTENCE_TRANSFORMERS = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def save(model: SentenceTransformer, folder: Path) -> None:
    """Write `model`, a StaticEmbedding and a Normalize, to `folder`; a model card that stands there is left alone."""
    static = static_part(model)
    folder.mkdir(parents=True, exist_ok=True)
    table = static.embedding.weight.detach().numpy().astype(np.float32)
    if table[0].any():
        raise ValueError(
            f"expected a zero row for the unknown token, found one of length {np.linalg.norm(table[0]):.3f}"
        )
    scales = np.abs(table).max(axis=1) / np.float32(127)
    codes = np.rint(table / np.maximum(scales, np.float32(1e-30))[:, None]).astype(np.int8)
    save_file({"embeddings": codes, "weights": scales}, folder / "model.safetensors", metadata={"format": "pt"})
    static.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    shape = {"hidden_dim": codes.shape[1], "embedding_dtype": codes.dtype.name}
    for name, content in (
        ("config.json", CONFIG | shape),
        ("modules.json", MODULES),
        ("config_sentence_transformers.json", SENTENCE_TRANSFORMERS),
    ):
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def load(folder: Path) -> SentenceTransformer:
    """Return the model in `folder` as it is trained on: float32, on the CPU."""
    return SentenceTransformer(str(folder), device="cpu").float()


def static_part(model: SentenceTransformer) -> StaticEmbedding:
    """Return the table and tokenizer that `model` begins with.

    Raises:
        TypeError: it begins with something else.
    """
    static = model[0]
    if not isinstance(static, StaticEmbedding):
        raise TypeError(f"expected a model that begins with a StaticEmbedding, found {type(static).__name__}")
    return static
