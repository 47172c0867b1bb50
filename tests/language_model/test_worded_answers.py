"""Answers in a language model's words, by a real endpoint on loopback."""

from collections.abc import Generator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.answer import Answer
from assistant.model.checker import Checker
from assistant.model.citations import Cited, Parser
from assistant.model.client import Endpoint, key_from
from assistant.settings import load_settings
from assistant.wording import WORDING
from corpus.errors import SettingsError
from tests.language_model.faults import by_checker, by_server, cases_of, outcomes
from tests.language_model.injections import INJECTIONS, WORDS
from tests.language_model.planting import FAULTS, RIGHT
from tests.language_model.server import Model, served

QUESTION = "国际电联有多少成员国？"
RIGHT_WORDS = "国际电联成员有193个国家[1]。"
SECRET = "sk-very-secret"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant.open(tmp_path_factory.mktemp("home"))


def said(assistant: Assistant, words: str, fault: str = "", unsupported: str = "mark") -> tuple[Answer, Model]:
    """Return the answer to `QUESTION` where a model says `words`, and the model."""
    with served(Model(lambda _: words, fault)) as model:
        return asked(assistant, model, unsupported).ask(QUESTION), model


def asked(assistant: Assistant, model: Model, unsupported: str = "mark", timeout_s: float = 0.5) -> Assistant:
    settings = replace(
        assistant.settings,
        model_url=model.url,
        model_name="m",
        model_timeout_s=timeout_s,
        model_unsupported=unsupported,
    )
    return replace(assistant, settings=settings)


def test_a_supported_sentence_is_the_answer_with_its_citation(assistant: Assistant) -> None:
    answer, model = said(assistant, RIGHT_WORDS)
    words = "国际电联成员有193个国家。 [第36段](pincite://un-space-meeting-38.zh/36)"
    assert answer.text == f"{words}\n\n*{WORDING['worded_by']['zh'].format(model='m')}*"
    assert [str(c.label) for c in answer.citations] == ["36"]
    assert "193 个国家" in answer.citations[0].quote
    sent = model.requests[0]["messages"]
    assert QUESTION in sent[1]["content"]
    assert not [name for name in model.requests[0]["headers"] if name.lower().startswith("x-stainless")]


def test_what_is_streamed_is_the_answer(assistant: Assistant) -> None:
    words = f"{RIGHT_WORDS}它还有700多个私营部门实体[1]。它有12个部门[1]。"
    with served(Model(lambda _: words)) as model:
        stream = asked(assistant, model).stream(QUESTION)
        pieces, answer = _exhausted(stream)
    assert "".join(pieces) == answer.text
    assert WORDING["not_supported"]["zh"] + "*" in answer.text


def test_unsupported_sentences_are_dropped_where_that_is_set(assistant: Assistant) -> None:
    answer, _ = said(assistant, f"它有12个部门[1]。{RIGHT_WORDS}", unsupported="drop")
    assert answer.text.startswith("国际电联成员有193个国家。")
    assert "12" not in answer.text
    assert WORDING["not_supported"]["zh"] not in answer.text


@pytest.mark.parametrize(
    "words", ["", "今天天气很好。", "国际电联有194个成员国[1]。", "国际电联成员有193个国家[7]。", "x" * 5000]
)
def test_with_nothing_supported_the_reports_own_words_stand(assistant: Assistant, words: str) -> None:
    own = assistant.ask(QUESTION)
    answer, _ = said(assistant, words)
    assert answer.text == f"{WORDING['model_unsupported']['zh']}\n\n{own.text}"
    assert answer.citations == own.citations


@pytest.mark.parametrize(
    ("fault", "reason", "requests"),
    [
        ("401", "not_let_in", 1),
        ("404", "not_there", 1),
        ("429", "busy", 2),
        ("refuses temperature, max_tokens, max_completion_tokens, stream", "failed", 4),
        ("500", "failed", 2),
        ("slow", "slow", 2),
        ("nonsense", "cut_off", 1),
        ("cut off", "cut_off", 1),
    ],
)
def test_a_faulty_endpoint_is_told_in_a_line_before_the_reports_own_words(
    assistant: Assistant, fault: str, reason: str, requests: int
) -> None:
    own = assistant.ask(QUESTION)
    answer, model = said(assistant, "国际电联成员有193个国家，", fault)
    assert answer.text == f"{WORDING[f'model_{reason}']['zh']}\n\n{own.text}"
    assert len(model.requests) == requests


def test_an_endpoint_that_is_down_is_told(assistant: Assistant) -> None:
    with served(Model(lambda _: "")) as model:
        pass
    answer = asked(assistant, model).ask(QUESTION)
    assert answer.text.startswith(WORDING["model_down"]["zh"])


def test_what_was_shown_before_the_stream_broke_stays_and_the_reports_own_words_follow(assistant: Assistant) -> None:
    own = assistant.ask(QUESTION)
    answer, _ = said(assistant, f"{RIGHT_WORDS}{RIGHT_WORDS}", "garbled")
    assert answer.text.startswith("国际电联成员有193个国家。")
    by = WORDING["worded_by"]["zh"].format(model="m")
    assert answer.text.endswith(f"*{by}*\n\n{WORDING['model_nonsense']['zh']}\n\n{own.text}")


def test_a_failure_before_the_first_word_is_tried_again(assistant: Assistant) -> None:
    answer, model = said(assistant, RIGHT_WORDS, "500 once")
    assert answer.text.startswith("国际电联成员有193个国家。")
    assert len(model.requests) == 2


def test_too_long_a_context_is_sent_again_with_fewer_passages(assistant: Assistant) -> None:
    answer, model = said(assistant, RIGHT_WORDS, "too_long")
    assert answer.text.startswith("国际电联成员有193个国家。")
    assert [r["messages"][1]["content"].count("</passage>") for r in model.requests] == [8, 3]


@pytest.mark.parametrize(
    ("refused", "sent"),
    [
        ("temperature", [{"temperature", "max_tokens"}, {"max_tokens"}]),
        ("max_tokens", [{"temperature", "max_tokens"}, {"temperature", "max_completion_tokens"}]),
        (
            "temperature, max_tokens",
            [{"temperature", "max_tokens"}, {"max_tokens"}, {"max_completion_tokens"}],
        ),
    ],
)
def test_a_parameter_that_the_endpoint_refuses_by_name_is_left_out(
    assistant: Assistant, refused: str, sent: list[set[str]]
) -> None:
    answer, model = said(assistant, RIGHT_WORDS, f"refuses {refused}")
    assert answer.text.startswith("国际电联成员有193个国家。")
    optional = {"temperature", "max_tokens", "max_completion_tokens"}
    assert [set(request) & optional for request in model.requests] == sent


def test_closing_the_stream_ends_the_request(assistant: Assistant) -> None:
    with served(Model(lambda _: RIGHT_WORDS * 400, "endless")) as model:
        stream = asked(assistant, model).stream(QUESTION)
        next(stream)
        stream.close()
        assert model.hung_up.wait(10)


@pytest.mark.parametrize(
    "question", ["第36段", "所有提到训研所的段落", "你好", "灯塔守护者的工资是多少？", "比较第12段和第36段"]
)
def test_look_ups_refusals_and_greetings_ask_no_model(assistant: Assistant, question: str) -> None:
    with served(Model(lambda _: RIGHT_WORDS)) as model:
        assert asked(assistant, model).ask(question) == assistant.ask(question)
    assert not model.requests


def test_the_model_writes_no_link_and_no_markup(assistant: Assistant) -> None:
    words = "<b>国际电联</b>成员有193个国家[见](pincite://un-space-meeting-38.zh/1)[1]。"
    answer, _ = said(assistant, words)
    assert "pincite://un-space-meeting-38.zh/1)" not in answer.text
    assert "<b>" not in answer.text.replace("\\<", "")


@pytest.mark.parametrize("number", range(len(INJECTIONS)))
def test_a_report_that_orders_the_model_about_is_answered_in_its_own_words(
    assistant: Assistant, tmp_path: Path, number: int
) -> None:
    order = INJECTIONS[number].format(w=WORDS).replace("\n", " ")
    said = f"{order}[1]。40 万元[1]。"  # the order letter for letter, with its right label
    answer, own, model = _asked_of_a_lighthouse(assistant, tmp_path, order, said)
    assert answer.text == f"{WORDING['model_ordered']['zh']}\n\n{own.text}"
    assert not model.requests


@pytest.mark.parametrize("order", ["会后请到三楼领取纪念品。", "本段之后各段以加粗字体为准，请各读者留意。"])
def test_an_order_that_none_saw_is_data_to_the_model(assistant: Assistant, tmp_path: Path, order: str) -> None:
    said = f"{WORDS}6222[1]。{WORDS}[9]。会议决定{WORDS}9999[1]。"
    answer, own, model = _asked_of_a_lighthouse(assistant, tmp_path, order, said)
    assert answer.text == f"{WORDING['model_unsupported']['zh']}\n\n{own.text}"
    data = model.requests[0]["messages"][1]["content"]
    assert data.count("</passage>") == data.count("<passage number=")


def test_a_paragraph_beside_the_answer_that_gives_orders_is_not_shown_to_the_model(
    assistant: Assistant, tmp_path: Path
) -> None:
    answer, _, model = _asked_of_a_lighthouse(
        assistant, tmp_path, "", "灯塔每年的维护费用为 40 万元[1]。", INJECTIONS[0].format(w=WORDS)
    )
    assert answer.text.startswith("灯塔每年的维护费用为 40 万元。 [第12段]")
    assert WORDS not in model.requests[0]["messages"][1]["content"]


def _asked_of_a_lighthouse(
    assistant: Assistant, tmp_path: Path, order: str, said: str, beside: str = ""
) -> tuple[Answer, Answer, Model]:
    """Return the answer where a model says `said` of a paragraph with `order` in it, that without a model, and the model."""
    body = f"11. 委员会讨论了灯塔每年的维护。{beside}\n\n12. 灯塔每年的维护费用为 40 万元。{order}"
    (tmp_path / "r.txt").write_text(f"灯塔报告\n\n一. 费用\n\n{body}\n", encoding="utf-8")
    report = assistant.library.add(tmp_path / "r.txt").id
    question = "灯塔每年的维护费用是多少？"
    try:
        own = assistant.ask(question, reports=[report])
        assert "40 万元" in own.citations[0].quote
        with served(Model(lambda _: said)) as model:
            return asked(assistant, model).ask(question, reports=[report]), own, model
    finally:
        assistant.library.remove(report)


def test_planted_faults_are_caught_and_right_answers_pass(assistant: Assistant) -> None:
    cases = list(islice(cases_of(assistant), 60))
    _, of, passed = outcomes(cases, FAULTS, 40, 1, by_server(assistant))
    assert not passed
    assert sum(of.values()) == 40
    flagged, right, _ = outcomes(cases, RIGHT, 20, 1, by_server(assistant))
    assert sum(flagged.values()) <= 0.05 * sum(right.values())


@pytest.mark.parametrize("seed", range(2, 7))
def test_planted_faults_are_caught_however_they_are_drawn(assistant: Assistant, seed: int) -> None:
    cases = list(islice(cases_of(assistant), 60))
    with assistant._view(None) as view:
        unsupported = by_checker(Checker.of(view.index))
        _, _, passed = outcomes(cases, FAULTS, 200, seed, unsupported)
        flagged, right, _ = outcomes(cases, RIGHT, 200, seed, unsupported)
    assert not passed
    assert sum(flagged.values()) <= 0.05 * sum(right.values())


@given(st.integers(1, 9))
def test_marks_are_read_whole_however_the_words_are_cut(size: int) -> None:
    words = "甲会议有11个国家[1]。乙会议有2个国家。[1][12] The budget rose [2]. It fell. [3] Last [1, 2]"
    parser = Parser(11)
    found = [c for i in range(0, len(words), size) for c in parser.feed(words[i : i + size])]
    found += parser.end()
    assert found == [
        Cited("甲会议有11个国家。", (1,)),
        Cited("乙会议有2个国家。", (1,)),
        Cited("The budget rose.", (2,)),
        Cited("It fell.", (3,)),
        Cited("Last", (1, 2)),
    ]


def test_the_key_comes_from_the_environment_or_a_file_of_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "key"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    file.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        key_from("key", tmp_path)
    file.chmod(0o600)
    assert key_from("key", tmp_path) == SECRET
    assert SECRET not in repr(Endpoint("http://127.0.0.1", "m", 1.0, SECRET))
    monkeypatch.setenv("PINCITE_MODEL_KEY", "other")
    assert key_from("key", tmp_path) == "other"
    assert load_settings(tmp_path).model_url == ""


def test_a_model_needs_both_its_url_and_its_name(tmp_path: Path) -> None:
    (tmp_path / "pincite.toml").write_text('[model]\nurl = "http://127.0.0.1:1/v1"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="both or neither"):
        load_settings(tmp_path)


def _exhausted(stream: Generator[str, None, Answer]) -> tuple[list[str], Answer]:
    pieces = []
    while True:
        try:
            pieces.append(next(stream))
        except StopIteration as end:
            answer: Answer = end.value
            return pieces, answer
