from assistant import Assistant
from assistant.answer import Answer
from assistant.attribution import Attribution, attribution, statements_of
from corpus.library.address import Address

TEXTS = {"1": "甲方同意。乙方反对。", "2": "丙方弃权。"}


def source(address: Address) -> str | None:
    return TEXTS.get(str(address.label))


def unchecked(text: str) -> Answer:
    """Return an answer with `text` that no check has seen, as a wrong one would reach a reader."""
    answer = object.__new__(Answer)
    for name, value in {"question": "", "text": text, "citations": (), "abstained": False, "hits": ()}.items():
        object.__setattr__(answer, name, value)
    return answer


def test_statements_are_the_words_before_each_run_of_citations() -> None:
    text = (
        "> 甲方同意。 [第1段](pincite://r/1)……丙方弃权。 [第2段](pincite://r/2)[第1段](pincite://r/1)\n>\n> *一. 表决*"
    )
    found = statements_of(text)
    assert [s.text for s in found] == ["甲方同意。", "丙方弃权。"]
    assert [len(s.places) for s in found] == [1, 2]


def test_recall_counts_statements_and_precision_citations() -> None:
    text = "> 甲方同意。 [1](pincite://r/1)\n\n> 丙方弃权。 [2](pincite://r/2)[1](pincite://r/1)\n\n> 丁方同意。 [1](pincite://r/1)"
    assert attribution(unchecked(text), source) == Attribution(3, 2, 4, 2, 0, 0)


def test_a_statement_without_a_citation_is_not_supported() -> None:
    assert attribution(unchecked("甲方同意。"), source) == Attribution(statements=1)


def test_words_that_differ_by_a_letter_are_not_supported() -> None:
    assert attribution(unchecked("> 甲方不同意。 [1](pincite://r/1)"), source).supported == 0


def test_what_pincite_says_itself_is_no_statement() -> None:
    text = "只有 1 段提到“甲方”，共 1 次：\n\n> 甲方同意。 [1](pincite://r/1)"
    assert attribution(unchecked(text), source) == Attribution(1, 1, 1, 1)


def test_an_answer_of_the_assistant_is_all_supported(shared_assistant: Assistant) -> None:
    def text_at(address: Address) -> str | None:
        return shared_assistant.show(address.link)[0].paragraph.text

    for question in (
        "高级别小组的发言者有哪些人？",
        "外空厅跟哪些机构合作？",
        "所有提到训研所的段落",
        "第12段",
        "第14段讲什么",
    ):
        found = attribution(shared_assistant.ask(question), text_at)
        assert 0 < found.statements == found.supported
        assert found.citations == found.supporting
        assert found.quotations == found.exact
