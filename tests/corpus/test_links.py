"""Cross-references, on short texts made up in the forms that the documents print, and on the bundled report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.label import Label
from corpus.references.links import Link, links_of
from corpus.report import Paragraph, ParagraphKind, Report

KINDS: dict[str, ParagraphKind] = {
    "number": "numbered",
    "item": "sub",
    "article": "article",
    "unnumbered": "unnumbered",
    "row": "row",
    "footnote": "footnote",
}


def report_of(labels: str, language: str = "zh", symbol: str = "", **texts: str) -> Report:
    """Return a report with these labels; the words of a paragraph are those given for it, or none that name a place."""
    given_texts = {Label.parse(k): v for k, v in texts.items()}
    paragraphs = []
    for text in labels.split():
        label = Label.parse(text.replace("_", " "))
        kind = KINDS[label.steps[-1].kind] if label.steps else "annex"
        parent = Label(label.steps[:-1], label.scope) if kind == "sub" and len(label.steps) > 1 else None
        paragraphs.append(Paragraph(label, given_texts.get(label, "……"), kind, parent=parent))
    return Report("test", "Test", language, tuple(paragraphs), symbol=symbol)


def written(link: Link) -> str:
    return " ".join(filter(None, (link.symbol, str(link.target) if link.target else "")))


def links_in(labels: str, source: str, text: str, language: str = "zh", symbol: str = "") -> list[str]:
    report = report_of(labels, language, symbol, **{source: text})
    return [written(link) for link in links_of(report) if link.source == Label.parse(source)]


NUMBERS = " ".join(str(n) for n in range(1, 31))
ZH = (
    f"{NUMBERS} 9(a) 9(b) 12(a) 12(b) 12(c) 12(d) 14(c) 14(c)(一) 14(c)(二) 14(c)(三) 脚注1 脚注2 "
    "附件一 附件一/1 附件一/2 附件一/20 "
    "附件二 附件二¶1 附件二¶2 附件二¶3 附件二(a) 附件二(b) 附件三 附件三#4 准则A.2/1 准则A.2/2 "
    "准则A.2/2(i) 原则3/1 原则3/2 原则3/2(d)"
)
EN = (
    f"{NUMBERS} 6bis 9(a) 9(b) 9(c) 12(a) 12(b) 12(c) 14(c) 14(c)(i) 14(c)(ii) 14(c)(iii) fn1 fn2 Annex_I Annex_I/1 Annex_I/2 "
    "Annex_II Annex_II/1 Annex_II/3(a) Annex_III Guideline_A.2/1 Guideline_A.2/2 Guideline_A.2/2(i) Principle_3/2(d)"
)
LAW = (
    "第一条 第二条 第三条 第三条(一) 第三条(二) 第三条(三) 第四条 第四条¶2 第四条¶3 第四条¶4 第五条 "
    "第六条 第六条¶2 第六条¶2(一) 第六条¶2(二) "
    "第七条 第八条 第八条之一 第八条之一¶2 第九条 第十条 第十条(一) 第十条(二) 第十条(三) 第十一条 第十二条 附件一"
)
TREATY = "第一条1 第一条2 第一条2(b) 第二条 第三条1 第三条2 第三条3 第四条一 第四条二 第四条三 第五条¶2"
ROMAN = "Article_I Article_II/1 Article_II/2 Article_II/2(a) Article_III Article_IX/1 Article_IX/2"

CHINESE = [
    ("上文第9段", ["9"]),
    ("上文第 ９ 段所述", ["9"]),
    ("见第12段(c)项", ["12(c)"]),
    ("见第12(c)段", ["12(c)"]),
    ("第12（a）至（c）段", ["12(a)", "12(b)", "12(c)"]),
    ("第9(a)和(b)段", ["9(a)", "9(b)"]),
    ("第14(c)(一)和(二)段", ["14(c)(一)", "14(c)(二)"]),
    ("第14(c)(ii)段", ["14(c)(二)"]),
    ("第3、5和7段", ["3", "5", "7"]),
    ("第3段和第5段", ["3", "5"]),
    ("第3至5段", ["3", "4", "5"]),
    ("第3段至第5段", ["3", "4", "5"]),
    ("第十二段", ["12"]),
    ("第五及第七段", ["5", "7"]),
    ("第99段", []),
    ("第12(z)段", []),
    ("本报告第8段", ["8"]),
    ("载于本报告附件一", ["附件一"]),
    ("附件一和附件二", ["附件一", "附件二"]),
    ("附件一至三", ["附件一", "附件二", "附件三"]),
    ("附件二第3段", ["附件二¶3"]),
    ("附件二(b)", ["附件二(b)"]),
    ("附件三第4行", ["附件三#4"]),
    ("附件一第2段", ["附件一/2"]),
    ("附件四", []),
    ("见脚注2", ["脚注2"]),
    ("准则A.2第2段", ["准则A.2/2"]),
    ("准则 A.2", ["准则A.2/1"]),
    ("原则 3 第 2(d)段的目的", ["原则3/2(d)"]),
    ("这些准则一概不应", []),
    ("第73/6号决议", ["A/RES/73/6"]),
    ("大会第 72/266 A 号决议", ["A/RES/72/266A"]),
    ("第 1721 A 和 B (XVI)号决议", ["A/RES/1721(XVI)A", "A/RES/1721(XVI)B"]),
    ("（十八届）第 1962 号决议", ["A/RES/1962(XVIII)"]),
    ("第1970(2011)号决议", ["S/RES/1970 (2011)"]),
    ("第37/92、47/68和51/122号决议", ["A/RES/37/92", "A/RES/47/68", "A/RES/51/122"]),
    ("1976年11月8日第31/8号和1977年12月20日第32/196号决议", ["A/RES/31/8", "A/RES/32/196"]),
    ("人权理事会第17/4号决议", ["A/HRC/RES/17/4"]),
    ("经济及社会理事会第1996/31号决议", ["E/RES/1996/31"]),
    ("第55/122号决议第4段", ["A/RES/55/122 4"]),
    ("第55/122号决议第4至6段", ["A/RES/55/122 4", "A/RES/55/122 5", "A/RES/55/122 6"]),
    ("大会第66/288号决议，附件", ["A/RES/66/288 附件"]),
    ("A/AC.105/738，附件三", ["A/AC.105/738 附件三"]),
    ("A/AC.105/1179号文件第12段", ["A/AC.105/1179 12"]),
    ("（A/AC.105/1179）", ["A/AC.105/1179"]),
    ("A/AC.105/1168、A/AC.105/1169 和 A/AC.105/1170。", ["A/AC.105/1168", "A/AC.105/1169", "A/AC.105/1170"]),
    ("第73/6号决议和上文第9段", ["A/RES/73/6", "9"]),
    ("A/62/20号文件，第5段，并见下文第20段", ["A/62/20 5", "20"]),
    ("（A/41/20和Corr.1），第5段", ["A/41/20", "A/41/20/Corr.1 5"]),
    ("该决议第4段", []),
    ("大会决议第4段", []),
    ("《行动纲领》第5段", []),
    ("同上，第29段", []),
    ("委员会报告第5段", []),
    ("法律小组委员会报告附件一", []),
    ("联合国宪章第二条", []),
    ("这一段时间", []),
    ("第三阶段", []),
    ("第三十九届会议", []),
    ("第四委员会", []),
    ("該段見上文第９段", ["9"]),
]
ENGLISH = [
    ("see paragraph 8 above", ["8"]),
    ("paragraph 28 below", ["28"]),
    ("paragraph 8 below", []),
    ("paragraphs 12 to 15", ["12", "13", "14", "15"]),
    ("paras. 12–15", ["12", "13", "14", "15"]),
    ("paras. 3, 5 and 7", ["3", "5", "7"]),
    ("para. 12 (c)", ["12(c)"]),
    ("paragraph 12 (a)–(c)", ["12(a)", "12(b)", "12(c)"]),
    ("paragraphs 9 (a), (b) and (c)", ["9(a)", "9(b)", "9(c)"]),
    ("paragraph 14 (c) (i)–(iii)", ["14(c)(i)", "14(c)(ii)", "14(c)(iii)"]),
    ("paragraph 14 (c) (ii) and (iii)", ["14(c)(ii)", "14(c)(iii)"]),
    ("paragraph 6 bis", ["6"]),
    ("paragraph 6bis", ["6bis"]),
    ("in paragraph 5, 12 States took part", ["5"]),
    ("para. 99", []),
    ("paragraph 5 per cent", []),
    ("see annex I", ["Annex I"]),
    ("annexes I and II", ["Annex I", "Annex II"]),
    ("annexes I–III", ["Annex I", "Annex II", "Annex III"]),
    ("annex II to the present report", ["Annex II"]),
    ("annex IV", []),
    ("annex II, paragraph 1", ["Annex II/1"]),
    ("paragraph 1 of annex II", ["Annex II/1"]),
    ("paragraph 3 (a) of annex II", ["Annex II/3(a)"]),
    ("guideline A.2, paragraph 2 (i)", ["Guideline A.2/2(i)"]),
    ("paragraph 2 (i) of guideline A.2", ["Guideline A.2/2(i)"]),
    ("principle 3, paragraph 2 (d)", ["Principle 3/2(d)"]),
    ("see footnote 2", ["fn2"]),
    ("recommendation 7.1", []),
    ("figure II and table 1", []),
    ("paragraph 5 of General Assembly resolution 77/109", ["A/RES/77/109 5"]),
    ("paragraph 4 of its resolution 79/125", ["A/RES/79/125 4"]),
    ("paragraph 9 and 10 of resolution 2095 (2013)", ["S/RES/2095 (2013) 9", "S/RES/2095 (2013) 10"]),
    (
        "paragraphs 9 (a), (b) and (c) of resolution 1970 (2011)",
        ["S/RES/1970 (2011) 9(a)", "S/RES/1970 (2011) 9(b)", "S/RES/1970 (2011) 9(c)"],
    ),
    (
        "paragraph 6 of resolution 2278 (2016) and paragraph 6 of resolution 2362\n(2017)",
        ["S/RES/2278 (2016) 6", "S/RES/2362 (2017) 6"],
    ),
    ("resolutions 1970 (2011) and 2146 (2014)", ["S/RES/1970 (2011)", "S/RES/2146 (2014)"]),
    ("resolutions 54/237 C and D, 55/5 B", ["A/RES/54/237C", "A/RES/54/237D", "A/RES/55/5B"]),
    ("resolutions 77/214 of 15 December 2022 and 78/202", ["A/RES/77/214", "A/RES/78/202"]),
    ("resolution 1721 B (XVI)", ["A/RES/1721(XVI)B"]),
    ("resolution 14 (I) A, para. 3", ["A/RES/14(I)A 3"]),
    ("Human Rights Council resolution 53/3", ["A/HRC/RES/53/3"]),
    ("resolution 2769 (2025)", ["S/RES/2769 (2025)"]),
    ("S/RES/2769 (2025)", ["S/RES/2769 (2025)"]),
    ("Resolution 70/1, para. 30.", ["A/RES/70/1 30"]),
    ("annex to General Assembly resolution 64/115", ["A/RES/64/115 附件"]),
    ("See A/36/33, para. 7.", ["A/36/33 7"]),
    ("(A/74/33, paras. 8 and 9)", ["A/74/33 8", "A/74/33 9"]),
    ("A/73/33 (paras. 3 and 4) and A/74/33 (para. 5)", ["A/73/33 3", "A/73/33 4", "A/74/33 5"]),
    ("A/43/11 and A/43/11/Corr.1, paras. 11 and 12", ["A/43/11", "A/43/11/Corr.1 11", "A/43/11/Corr.1 12"]),
    ("A/75/181/Rev.1 and A/80/74/Add.1", ["A/75/181/Rev.1", "A/80/74/Add.1"]),
    ("DP/FPA/2025/4 (Part I/Add.1)", ["DP/FPA/2025/4 (Part I/Add.1)"]),
    ("A/79/716-S/2025/18", ["A/79/716-S/2025/18"]),
    ("A/AC.182/L.162 (reproduced in annex I)", ["A/AC.182/L.162", "Annex I"]),
    ("A/77/296, para. 6; and A/HRC/51/33, para. 7.", ["A/77/296 6", "A/HRC/51/33 7"]),
    ("paragraphs 2 to 6 of his report", []),
    ("paragraph 5 of the Charter of the United Nations", []),
    ("paragraphs 13 and 14, of the report of the Commission", []),
    ("ibid., para. 5", []),
    ("paragraph 4 of that resolution", []),
    ("article IX, paragraph 2, of the Registration Convention", []),
    ("article 44 of the ITU Constitution", []),
]
STATUTE = [
    ("第六条¶2(二)", "违反前款规定的", ["第六条"]),
    ("第四条¶2", "依照前款的规定处罚", ["第四条"]),
    ("第四条¶4", "有前三款行为的", ["第四条", "第四条¶2", "第四条¶3"]),
    ("第四条¶3", "前两款规定", ["第四条", "第四条¶2"]),
    ("第四条", "依照前款的规定", []),
    ("第四条¶3", "依照第一款的规定", ["第四条"]),
    ("第四条¶4", "犯第二款、第三款罪的", ["第四条¶2", "第四条¶3"]),
    ("第四条¶2", "本条规定", ["第四条"]),
    ("第四条", "本条约各项规定", []),
    ("第六条", "依照前条的规定", ["第五条"]),
    ("第六条¶2", "本款第(二)项", ["第六条¶2(二)"]),
    ("第八条之一¶2", "前款规定", ["第八条之一"]),
    ("第十条(二)", "前项规定", ["第十条(一)"]),
    ("第十条(三)", "前两项", ["第十条(一)", "第十条(二)"]),
    ("第一条", "本法第三条", ["第三条"]),
    ("第一条", "本法第三条、第四条的规定", ["第三条", "第四条"]),
    ("第一条", "本办法第十条第(一)项、第(三)项", ["第十条(一)", "第十条(三)"]),
    ("第一条", "本法第四条第二款", ["第四条¶2"]),
    ("第一条", "本法第四条第一款", ["第四条"]),
    ("第一条", "本法第六条第二款第(一)项", ["第六条¶2(一)"]),
    ("第一条", "构成本法第五条规定之罪", ["第五条"]),
    ("第一条", "本节第九条至第十一条", ["第九条", "第十条", "第十一条"]),
    ("第一条", "第八条之一", ["第八条之一"]),
    ("第一条", "本章第七条至第九条", ["第七条", "第八条", "第八条之一", "第九条"]),
    ("第一条", "见附件一", ["附件一"]),
    ("第四条¶2", "有第三项规定情形", []),
    ("第二条", "民事诉讼法第十一条第三款", []),
    ("第二条", "民事诉讼法第九条、第十条的规定", []),
    ("第二条", "《港口法》第六条", []),
    ("第二条", "该条例第五条", []),
    ("第二条", "宪法第三条", []),
]
TREATIES = [
    (TREATY, "第三条1", "在本条第三款生效之前", ["第三条3"]),
    (TREATY, "第三条3", "本条第 1 款和第 2 款", ["第三条1", "第三条2"]),
    (TREATY, "第四条三", "本条第一项及第二项", ["第四条一", "第四条二"]),
    (TREATY, "第四条二", "依照前项规定", ["第四条一"]),
    (TREATY, "第二条", "第一条、第(2)款，(b)项", ["第一条2(b)"]),
    (TREATY, "第二条", "除第三条至第五条外", ["第三条1", "第四条一", "第五条¶2"]),
    (TREATY, "第二条", "《外层空间条约》第一和第三条", []),
    (TREATY, "第二条", "《公约》第一条和第三条", []),
    (ROMAN, "Article III", "article II, paragraph 2 (a)", ["Article II/2(a)"]),
    (ROMAN, "Article III", "paragraph 2 of article IX", ["Article IX/2"]),
    (ROMAN, "Article II/1", "in accordance with paragraph 2 of this article", ["Article II/2"]),
    (ROMAN, "Article III", "articles I and IX of this Treaty", ["Article I", "Article IX/1"]),
    (ROMAN, "Article III", "article I of the Outer Space Treaty", []),
    (ROMAN, "Article III", "alinéa a) du paragraphe 2 de l'article II", ["Article II/2(a)"]),
    (ROMAN, "Article III", "apartado a) del párrafo 2 del artículo II", ["Article II/2(a)"]),
    (ROMAN, "Article II/1", "пункт 2 данной статьи", ["Article II/2"]),
    (ROMAN, "Article II/1", "пункт 1 статьи IX", ["Article IX/1"]),
    (ROMAN, "Article II/1", "статья VI Договора", []),
]
EUROPEAN = [
    ("voir le paragraphe 8 ci-dessus", ["8"]),
    ("paragraphes 12 à 14", ["12", "13", "14"]),
    ("l'annexe II", ["Annex II"]),
    ("paragraphe 5 de la résolution 73/6", ["A/RES/73/6 5"]),
    ("paragraphe 5 de la Charte", []),
    ("véase el párrafo 8 supra", ["8"]),
    ("párrafos 3 a 5", ["3", "4", "5"]),
    ("párrafo 12 b)", ["12(b)"]),
    ("el anexo I", ["Annex I"]),
    ("párrafo 4 de la resolución 60/1", ["A/RES/60/1 4"]),
    ("см. пункт 9 выше", ["9"]),
    ("пункты 3–5", ["3", "4", "5"]),
    ("приложение II", ["Annex II"]),
    ("резолюция 73/6", ["A/RES/73/6"]),
]


@pytest.mark.parametrize(("text", "targets"), CHINESE)
def test_references_in_a_chinese_report(text: str, targets: list[str]) -> None:
    assert links_in(ZH, "16", text) == targets


@pytest.mark.parametrize(("text", "targets"), ENGLISH)
def test_references_in_an_english_report(text: str, targets: list[str]) -> None:
    assert links_in(EN, "16", text, "en") == targets


@pytest.mark.parametrize(("text", "targets"), EUROPEAN)
def test_references_in_french_spanish_and_russian(text: str, targets: list[str]) -> None:
    assert links_in(EN, "16", text, "fr") == targets


@pytest.mark.parametrize(("source", "text", "targets"), STATUTE)
def test_references_in_a_statute(source: str, text: str, targets: list[str]) -> None:
    assert links_in(LAW, source, text) == targets


@pytest.mark.parametrize(("labels", "source", "text", "targets"), TREATIES)
def test_references_in_a_treaty(labels: str, source: str, text: str, targets: list[str]) -> None:
    assert links_in(labels, source, text) == targets


def test_numbers_that_restart_are_looked_for_where_the_reader_is_first() -> None:
    assert links_in(ZH, "附件一/20", "上文第2段") == ["附件一/2"]
    assert links_in(ZH, "附件一/20", "第9段") == ["9"]
    assert links_in(ZH, "准则A.2/1", "下文第2(i)段") == ["准则A.2/2(i)"]


def test_a_note_cites_another_text_after_a_comma_and_its_own_where_it_says_so() -> None:
    assert links_in(EN, "fn1", "Report of the Commission, para. 12.", "en") == []
    assert links_in(EN, "fn1", "See para. 12.", "en") == ["12"]


def test_the_reports_own_symbol_is_no_other_document() -> None:
    assert links_in(EN, "16", "See A/80/33, para. 12, and A/80/33.", "en", "A/80/33") == ["12"]


def test_a_paragraph_does_not_refer_to_itself() -> None:
    assert links_in(ZH, "16", "第16段") == []


def test_a_section_is_found_by_its_headings_where_the_words_say_it_is_here() -> None:
    paths = [("A. Scope",), ("B. Method", "1. Base"), ("B. Method", "2. Step"), ("C. End",)]
    texts = ["see section B.2 below", "x", "y", "see section C of the manual"]
    paragraphs = tuple(
        Paragraph(Label.parse(str(n)), text, "numbered", path)
        for n, (path, text) in enumerate(zip(paths, texts, strict=True), start=1)
    )
    assert [written(link) for link in links_of(Report("r", "R", "en", paragraphs))] == ["3"]


def test_an_item_of_a_sentence_has_the_links_that_stand_in_it() -> None:
    whole = "见第1段，包括(a)第2段所述；(b)其他。"
    parent, item = Label.parse("3"), Label.parse("3(a)")
    paragraphs = (
        Paragraph(Label.parse("1"), "甲", "numbered"),
        Paragraph(Label.parse("2"), "乙", "numbered"),
        Paragraph(parent, whole, "numbered"),
        Paragraph(item, "第2段所述；", "sub", parent=parent, inline=True),
    )
    links = links_of(Report("r", "R", "zh", paragraphs))
    assert [(str(link.source), link.start, written(link)) for link in links] == [("3", 1, "1"), ("3(a)", 0, "2")]


def test_every_reference_of_the_bundled_report_is_a_link_and_nothing_else(bundled: Report) -> None:
    by_source: dict[str, list[str]] = {}
    for link in links_of(bundled):
        by_source.setdefault(str(link.source), []).append(written(link))
    notes = [1168, 1169, 1170, 1171, 1172, 1173, 1174, 1175, 1180, 1181]
    assert by_source == {
        "1": ["A/RES/72/77"],
        "4": ["A/RES/72/79"],
        "6": ["附件一"],
        "7": ["附件二"],
        "13": ["附件三"],
        "14(a)": ["9"],
        "17": ["A/RES/73/6"],
        "20": ["A/AC.105/1179"],
        "31": ["A/RES/72/266A"],
        "41": [f"A/AC.105/{n}" for n in (843, 941, 991, 1042, 1091, 1116, 1146)],
        "脚注1": [f"A/AC.105/{n}" for n in notes],
    }


WORDS = st.sampled_from(
    "第|12|(c)|（三）|至|和|、|段|条|款|项|前款|本条|附件二|A/69/33|第73/6号决议|¹| |\t|paragraph |paras. |5|–| and | of |"
    "its resolution 2769 (2025)|annex I|article IX|, |㈠|ﬁ|İ|。".split("|")
)


@given(st.lists(WORDS, max_size=25).map("".join), st.sampled_from(["16", "附件一/20", "脚注1"]))
def test_a_link_is_the_words_of_its_span_and_its_target_is_there(text: str, source: str) -> None:
    report = report_of(ZH, **{source: text})
    for link in links_of(report):
        assert 0 <= link.start < link.end <= len(text)
        assert text[link.start : link.end] == link.printed
        assert link.symbol or (link.target is not None and any(p.label == link.target for p in report.paragraphs))


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for link in links_of(report_of(LAW, **{"第四条¶2": text})):
        assert text[link.start : link.end] == link.printed
