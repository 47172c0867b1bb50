"""A tiny model, trained end to end on made-up texts: it is saved for both loaders and has learnt what belongs together."""

from pathlib import Path

import numpy as np
import pytest
from model2vec import StaticModel
from sentence_transformers import SentenceTransformer

from index.training import data, folder, pairs, train

SUBJECTS = {
    "渔港": ("渔船进港应当登记", "休渔期内禁止出海捕捞", "渔港的码头由渔政部门管理", "违反本条的没收渔获"),
    "图书馆": ("读者凭借书证借阅图书", "图书逾期归还的应当催还", "阅览室内保持安静", "馆藏图书每年清点"),
    "滑雪场": ("雪道开放前应当巡查", "缆车停运时应当疏散游客", "滑雪教练持证上岗", "雪场配备救护人员"),
    "养蜂": ("蜂箱之间保持距离", "转场前应当检疫蜂群", "蜂蜜不得掺入糖浆", "喷洒农药前通知养蜂人"),
    "电梯": ("电梯每年检验一次", "电梯困人时立即救援", "维保单位记录维修情况", "轿厢内张贴使用标志"),
    "幼儿园": ("幼儿入园前应当体检", "幼儿园食堂公布食谱", "校车配备照管人员", "教师不得体罚幼儿"),
}
LEXICON = (
    ("渔船", ("fishing boat",)), ("图书", ("books",)), ("雪道", ("ski run",)),
    ("蜂蜜", ("honey",)), ("电梯", ("elevator",)), ("幼儿", ("young child",)),
)  # fmt: skip
QUESTIONS = {"出海捕捞": "渔港", "借阅": "图书馆", "缆车": "滑雪场", "糖浆": "养蜂", "困人": "电梯", "体罚": "幼儿园"}
SETTINGS = train.Settings(vocabulary=700, alphabetic=60, dim=16, epochs=20, batch=64, warm_up=5, threads=1)


@pytest.fixture(scope="module")
def corpora() -> data.Corpora:
    articles = tuple(
        data.Article(
            1000 * n + k, f"{law}条例", f"{law}条例第{'一二三四'[k]}条", f"{parts[k]},{parts[k - 1]}。{parts[k - 2]}。"
        )
        for n, (law, parts) in enumerate(SUBJECTS.items())
        for k in range(4)
    )
    return data.Corpora(
        articles=articles * 5,
        legal=(data.LegalQuestion("幼儿园的老师打孩子怎么办", (5003,)),),
        questions=tuple(
            data.Question(f"{law}有哪些规定?", "。".join(parts), parts[0]) for law, parts in SUBJECTS.items()
        ),
        news=tuple("。".join(parts) + "。" for parts in SUBJECTS.values()),
        lexicon=LEXICON,
        parallel=tuple((f"{head}在这里。", f"the {senses[0]} is here.") for head, senses in LEXICON),
    )


@pytest.fixture(scope="module")
def trained(corpora: data.Corpora, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model")
    folder.save(train.train(corpora, SETTINGS), out)
    return out


def test_both_loaders_give_the_same_vectors(trained: Path) -> None:
    texts = ["渔船进港应当登记", "the fishing boat", "雪道 2018", "电梯㋀🙂困人"]
    ours = StaticModel.from_pretrained(trained).encode(texts)
    theirs = SentenceTransformer(str(trained), device="cpu").float().encode(texts)
    np.testing.assert_allclose(ours, theirs, atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(ours.astype(np.float32), axis=1), 1, atol=1e-3)


def test_a_question_finds_the_text_of_its_subject(trained: Path) -> None:
    model = StaticModel.from_pretrained(trained)
    texts = model.encode(["。".join(parts) for parts in SUBJECTS.values()])
    best = (model.encode(list(QUESTIONS)) @ texts.T).argmax(axis=1)
    assert [list(SUBJECTS)[i] for i in best] == list(QUESTIONS.values())


def test_an_english_word_finds_its_chinese_one(trained: Path) -> None:
    model = StaticModel.from_pretrained(trained)
    heads = model.encode([head for head, _ in LEXICON])
    best = (model.encode([senses[0] for _, senses in LEXICON]) @ heads.T).argmax(axis=1)
    assert best.tolist() == list(range(len(LEXICON)))


def test_the_same_seed_trains_the_same_model(trained: Path, corpora: data.Corpora, tmp_path: Path) -> None:
    folder.save(train.train(corpora, SETTINGS), tmp_path)
    for name in ("model.safetensors", "tokenizer.json", "config.json", "modules.json"):
        assert (tmp_path / name).read_bytes() == (trained / name).read_bytes(), name


def test_passages_keep_every_word_and_break_at_sentences() -> None:
    text = "第一句。第二句很长很长。第三句!"
    assert pairs.passages(text, length=10) == ["第一句。", "第二句很长很长。", "第三句!"]
    assert "".join(pairs.passages(text)) == text


def test_english_senses_lose_remarks_and_cross_references() -> None:
    assert data.senses(["(Tw) percent", "variant of 箱[xiang1]", "to lift; a lift"]) == ("percent", "lift")


def test_a_table_whose_unknown_token_has_a_vector_is_not_saved(trained: Path, tmp_path: Path) -> None:
    model = SentenceTransformer(str(trained), device="cpu")
    table = next(model.parameters()).data
    table[0] = 1
    with pytest.raises(ValueError, match="unknown token"):
        folder.save(model, tmp_path)
