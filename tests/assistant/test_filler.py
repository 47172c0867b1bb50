import pytest

from assistant.filler import filler_of
from assistant.reading.wanted import wanted
from index.tokenizer import Tokenizer


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer()


def stands(question: str, text: str, tokenizer: Tokenizer) -> bool:
    filler = filler_of(wanted(question))
    assert filler is not None
    return filler.stands_in(text, tokenizer)


@pytest.mark.parametrize(
    ("question", "answers", "does_not"),
    [
        ("界桩由哪个部门设立？", "界桩由市林业局设立。", "湿地应当设立界桩和保护标志。"),
        ("补水由哪个部门负责？", "补水由市水务主管部门负责。", "补水时间为四月至六月。"),
        ("专题会议由谁主持？", "专题会议由乌干达的李明先生主持。", "专题会议审议伙伴关系。"),
        (
            "Who founded the network?",
            "It was founded by Maria Silva in Lisbon.",
            "The network was founded last spring.",
        ),
        ("公约哪一年生效？", "公约于1967年生效。", "公约自各国交存之时起生效。"),
        ("每天巡护几次？", "每天巡护三次。", "每天巡护,禁止航行。"),
        ("罚款多少元？", "处五百元罚款。", "处2018年规定的罚款。"),
        ("电联有多少成员国？", "电联成员有193个国家。", "电联第193号决议说明了成员的义务。"),
        ("会议有多少个国家参加？", "47个会员国参加了会议。", "第三次会议通过了两项决议，各国欢迎。"),
        ("有多少家企业签字？", "近一万家公司签了字。", "企业签了三份文件。"),
        ("停留多久？", "停留不得超过七日。", "停留应当申请。"),
        ("实验室设在哪些城市？", "实验室设在北京和上海。", "实验室利用数据推动发展。"),
        (
            "How many ports reported?",
            "Fourteen ports, of them 12 on the Rhine, reported.",
            "The ports reported in 2023.",
        ),
    ],
)
def test_a_text_answers_only_where_it_has_what_stands_for_the_word_of_asking(
    question: str, answers: str, does_not: str, tokenizer: Tokenizer
) -> None:
    assert stands(question, answers, tokenizer)
    assert not stands(question, does_not, tokenizer)


def test_the_question_s_own_words_do_not_answer_it(tokenizer: Tokenizer) -> None:
    assert not stands("2024年的会议是几月开的？", "2024年的会议", tokenizer)
    assert not stands("联合国训练研究所由谁管理？", "联合国训练研究所的管理", tokenizer)


@pytest.mark.parametrize("question", ["为什么推迟？", "如何申请？", "什么是湿地？", "Why was it late?"])
def test_nothing_is_needed_where_no_such_thing_is_asked_for(question: str) -> None:
    assert filler_of(wanted(question)) is None
