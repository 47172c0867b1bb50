from pathlib import Path

import pytest

from assistant import Assistant


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A library in which the numbers of several laws and resolutions are the same."""
    folder = tmp_path_factory.mktemp("shelf")
    articles = "第一条 本法管{0}。\n\n第二条 {0}归公。\n\n私有的{0}除外。\n\n第三条 违者罚款。\n"
    for name in ("中华人民共和国灯塔法", "灯塔法实施条例", "港口法"):
        (folder / f"{name}.md").write_text(f"# {name}\n\n" + articles.format(name[-3:]), encoding="utf-8")
    for symbol in ("A/RES/90/1", "A/RES/90/2", "S/RES/2999 (2031)"):
        text = f"{symbol}\n\nResolution on lights\n\n1. Decides to light {symbol[-3:]};\n\n2. Requests a report.\n"
        (folder / f"{symbol.replace('/', '-')}.txt").write_text(text, encoding="utf-8")
    assistant = Assistant.open(tmp_path_factory.mktemp("home"))
    assistant.library.add_all(sorted(folder.iterdir()))
    return assistant


@pytest.mark.parametrize(
    ("question", "report", "labels"),
    [
        ("灯塔法第二条", "中华人民共和国灯塔法", ["第二条", "第二条¶2"]),
        ("中华人民共和国灯塔法第二条是什么？", "中华人民共和国灯塔法", ["第二条", "第二条¶2"]),
        ("根据《灯塔法实施条例》第三条", "灯塔法实施条例", ["第三条"]),
        ("按港口法第一条办", "港口法", ["第一条"]),
        ("para. 2 of A/RES/90/2", "A-RES-90-2", ["2"]),
        ("A/RES/90/1 第1段", "A-RES-90-1", ["1"]),
        ("what does resolution 2999 (2031), paragraph 2 request?", "S-RES-2999-2031", ["2"]),
        ("第90/2号决议第1段", "A-RES-90-2", ["1"]),
    ],
)
def test_a_place_of_a_named_document_is_of_that_document(
    shelf: Assistant, question: str, report: str, labels: list[str]
) -> None:
    answer = shelf.ask(question)
    assert [(c.report, str(c.label)) for c in answer.citations] == [(report, label) for label in labels]
    assert [str(h.paragraph.label) for h in shelf.search(question, 10) if h.report == report][: len(labels)] == labels


@pytest.mark.parametrize("question", ["灯塔法第九条", "para. 12 of A/RES/90/2", "港口法第五百条"])
def test_a_place_that_a_named_document_lacks_is_not_looked_for_elsewhere(shelf: Assistant, question: str) -> None:
    answer = shelf.ask(question)
    assert answer.abstained
    assert not answer.citations


def test_a_symbol_beside_no_place_keeps_the_question_to_nothing(shelf: Assistant, tmp_path: Path) -> None:
    assert {h.report for h in shelf.search("What was decided on lights?", 10)} >= {"A-RES-90-1", "A-RES-90-2"}


def test_an_article_that_a_report_speaks_of_is_not_that_article_of_another(
    assistant: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "rules.txt").write_text(
        "港口管理条例\n\n第十八条　船舶应当申报。\n\n第十九条　渔船应当在北港靠泊。\n\n第二十条　本条例自公布之日起施行。\n",
        encoding="utf-8",
    )
    (tmp_path / "dues.txt").write_text(
        "Report of the Committee on Dues\n\n1. The Committee met in Valletta.\n\n"
        "2. Palau requested an exemption under Article 19 of the Charter; the minimum payment is 500 dollars.\n",
        encoding="utf-8",
    )
    for name in ("rules.txt", "dues.txt"):
        assistant.library.add(tmp_path / name)
    answer = assistant.ask("What minimum payment is required from Palau under Article 19?")
    assert [(c.report, str(c.label)) for c in answer.citations][:1] == [("dues", "2")]
    assert [str(c.label) for c in assistant.ask("第十九条").citations] == ["第十九条"]
