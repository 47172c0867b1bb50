"""The model that ships: small, read without torch, and the same vectors by both of its loaders."""

import subprocess
import sys

import numpy as np
import pytest
from model2vec import StaticModel
from sentence_transformers import SentenceTransformer

from index.embedder import BUILT_IN_FOLDER
from index.text import normalise

TEXTS = [
    normalise(text)
    for text in (
        "外空协调会议初建于 1970 年代中期，目的是促进联合国各实体之间协作。",
        "How many member states does ITU have?",
        "A/AC.105/1179 第12(c)段",
        "人民法院應當依法審理 🙂 ⿰",
        "空间" * 2000,
    )
]


def test_the_folder_is_at_most_20_megabytes() -> None:
    assert sum(file.stat().st_size for file in BUILT_IN_FOLDER.rglob("*") if file.is_file()) <= 20_000_000


def test_it_is_served_without_torch() -> None:
    code = (
        "import sys; from model2vec import StaticModel\n"
        f"vector = StaticModel.from_pretrained({str(BUILT_IN_FOLDER)!r}).encode(['空间'])[0]\n"
        "print(len(vector), 'torch' in sys.modules, 'jieba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[1:] == ["False", "False"]


def test_both_loaders_give_the_same_unit_vectors() -> None:
    ours = StaticModel.from_pretrained(BUILT_IN_FOLDER).encode(TEXTS).astype(np.float32)
    theirs = SentenceTransformer(str(BUILT_IN_FOLDER), device="cpu").encode(TEXTS).astype(np.float32)
    np.testing.assert_allclose(ours, theirs, atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-3)
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    assert ((ours * theirs).sum(axis=1) / lengths).min() > 0.9999


def test_a_text_without_words_is_the_zero_vector_for_both_loaders() -> None:
    assert not StaticModel.from_pretrained(BUILT_IN_FOLDER).encode(["", "…"]).any()
    assert not SentenceTransformer(str(BUILT_IN_FOLDER), device="cpu").encode(["", "…"]).any()


@pytest.mark.parametrize(
    ("query", "right", "wrong"),
    [
        ("卫星导航有什么用", "全球导航卫星系统的应用包括运输和救灾。", "会议核准了预算并感谢秘书处。"),
        ("老板不给工资怎么办", "用人单位应当按时足额支付劳动报酬。", "渔船进港应当向港务部门登记。"),
        ("disaster management", "利用空间技术减少灾害风险和应急反应。", "委员会选举了主席。"),
        ("外層空間的和平利用", "和平利用外层空间委员会", "大气污染防治规划"),
    ],
)
def test_related_text_ranks_above_unrelated(query: str, right: str, wrong: str) -> None:
    vectors = StaticModel.from_pretrained(BUILT_IN_FOLDER).encode([normalise(t) for t in (query, right, wrong)])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1
