"""A cross-encoder named by a setting reads the best candidates once more."""

from pathlib import Path

import pytest
from sentence_transformers import CrossEncoder
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from assistant import Assistant
from corpus.errors import RerankerError
from index.reranker import load_reranker

QUESTION = "国际电联有多少成员国？"


@pytest.fixture(scope="module")
def tiny_cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real cross-encoder on disk, built here; it has learnt nothing."""
    special = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3}
    han = {chr(code): code - 0x4E00 + len(special) for code in range(0x4E00, 0x4E00 + 20_000)}
    words = Tokenizer(models.WordLevel(special | han, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    path = tmp_path_factory.mktemp("cross-encoder")
    names = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=words, **names).save_pretrained(path)
    config = BertConfig(
        vocab_size=len(special) + len(han),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=512,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(path)
    return path


def test_a_cross_encoder_on_disk_scores_each_passage_by_itself(tiny_cross_encoder: Path) -> None:
    reranker = load_reranker(str(tiny_cross_encoder))
    assert reranker is not None
    together = reranker.scores(QUESTION, ["国际电联", "预算", "国际电联"])
    theirs = CrossEncoder(str(tiny_cross_encoder), device="cpu").predict([(QUESTION, "预算")])
    assert together.shape == (3,)
    assert together[0] == pytest.approx(together[2])
    assert together[1] == pytest.approx(float(theirs[0]), abs=1e-5)
    assert reranker.scores(QUESTION, []).shape == (0,)


def test_the_best_candidates_are_read_once_more_and_none_is_lost(
    tmp_path: Path, tiny_cross_encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Assistant.open(tmp_path).search(QUESTION, 20)
    monkeypatch.setenv("PINCITE_RERANKER", str(tiny_cross_encoder))
    read = Assistant.open(tmp_path).search(QUESTION, 20)
    assert {hit.address for hit in read} == {hit.address for hit in plain}
    assert [hit.score for hit in read] != pytest.approx([hit.score for hit in plain])
    assert [hit.score for hit in read] == sorted((hit.score for hit in read), reverse=True)


def test_a_cross_encoder_that_is_not_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(RerankerError, match=r"expected a sentence-transformers cross-encoder at .*nothing"):
        load_reranker(str(tmp_path / "nothing"))
