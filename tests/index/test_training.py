"""A tiny model, trained end to end on made-up texts: it is saved for both loaders and has learnt what belongs together."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from model2vec import StaticModel
from sentence_transformers import SentenceTransformer

from index.training import data, folder, negatives, pairs, train
from index.training.evaluate import measure_legal
from index.training.folds import make_folds
from index.training.tuning import Tuner, Tuning

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
LEGAL = (
    data.LegalQuestion("老师打孩子怎么办", (5003,)), data.LegalQuestion("自行捕鱼被拿走了东西", (3,)),
    data.LegalQuestion("教练要有证吗", (2002,)), data.LegalQuestion("关在里面出不来", (4001,)),
    data.LegalQuestion("救护人员在哪里", (2003,)),
)  # fmt: skip
"""One a fold."""
SETTINGS = train.Settings(
    vocabulary=700, alphabetic=60, dim=16, prefix=8, epochs=20, batch=64, warm_up=5, share=1, threads=1
)


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
        legal=LEGAL,
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


TUNING = Tuning(epochs=20, batch=3, depth=8, negatives=4, replayed=4, prefix=8, threads=1)


@pytest.fixture(scope="module")
def laws(corpora: data.Corpora) -> data.Corpora:
    return replace(corpora, articles=corpora.articles[: 4 * len(SUBJECTS)])


def test_tuning_puts_the_right_article_first_for_the_questions_it_learnt(
    trained: Path, laws: data.Corpora, tmp_path: Path
) -> None:
    before = measure_legal(trained, laws.articles, LEGAL)
    folder.save(Tuner(trained, laws, TUNING).tune(range(len(LEGAL))), tmp_path)
    after = measure_legal(tmp_path, laws.articles, LEGAL)
    assert before["STARD hit@1"] < after["STARD hit@1"] == 1


def test_the_same_seed_tunes_the_same_model(trained: Path, laws: data.Corpora, tmp_path: Path) -> None:
    for name in ("one", "other"):
        folder.save(Tuner(trained, laws, TUNING).tune([0, 2]), tmp_path / name)
    one, other = (tmp_path / name / "model.safetensors" for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes() != (trained / "model.safetensors").read_bytes()


def test_a_fold_is_tuned_on_the_questions_of_the_other_folds(
    trained: Path, laws: data.Corpora, corpora: data.Corpora, tmp_path: Path
) -> None:
    figures = make_folds(trained, laws, corpora, tmp_path, TUNING)
    fold = data.legal_fold(LEGAL[0])
    others = [i for i, item in enumerate(LEGAL) if data.legal_fold(item) != fold]
    folder.save(Tuner(trained, laws, TUNING).tune(others), tmp_path / "own")
    files = [tmp_path / name / "model.safetensors" for name in (str(fold), "own")]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {*map(str, range(data.LEGAL_FOLDS)), "own"}
    assert 0 <= figures["STARD hit@1"] <= figures["STARD recall@5"] <= 1


def test_hard_negatives_share_words_with_the_question_and_are_never_its_answer() -> None:
    texts = [np.array(ids, np.int32) for ids in ([1, 2, 3], [1, 2, 4], [5, 6, 7], [8, 9, 5])]
    words = negatives.nearest_by_words([np.array([1, 2], np.int32)], texts, 10, 2)
    assert words.tolist() == [[0, 1]]
    assert [found.tolist() for found in negatives.without((words, words), [{0}])] == [[1]]


def test_the_first_numbers_of_a_vector_find_the_subject_too(trained: Path) -> None:
    model = StaticModel.from_pretrained(trained, dimensionality=SETTINGS.prefix)
    texts = model.encode(["。".join(parts) for parts in SUBJECTS.values()])
    best = (model.encode(list(QUESTIONS)) @ texts.T).argmax(axis=1)
    assert [list(SUBJECTS)[i] for i in best] == list(QUESTIONS.values())
