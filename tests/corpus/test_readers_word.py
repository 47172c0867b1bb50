import io
import random
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import ParseError
from corpus.parsing import parse_report
from corpus.readers.number_forms import word_number
from corpus.readers.word.reader import read
from tests.corpus.gold_files import DOCUMENTS, NO_DOCUMENTS, bare, gold_entries
from tests.corpus.word_files import (
    add_notes,
    blocks,
    element,
    level,
    numbered,
    paragraph,
    rezipped,
    run,
    set_numbering,
    texts,
    with_body,
)  # fmt: skip

WORDS = st.text("会议报告第一条款。，（）《》—abcXYZ 123.,()&<>\"'éЖ\u3000", max_size=30)


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def three_lists() -> Document:
    document = with_body()
    outline = [level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerRoman", "(%3)")]
    restarts = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    set_numbering(document, {1: outline}, {1: (1, ""), 2: (1, ""), 3: (1, restarts)})
    return document


def fill(document: Document, *paragraphs: object) -> Document:
    for child in paragraphs:
        document.element.body.insert(len(document.element.body) - 1, child)
    return document


def test_lines_count_the_paragraphs_of_the_body_empty_ones_too(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("One")
    document.add_paragraph("")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "a", "b"
    document.add_paragraph("Three")
    assert [(b.text, b.line, b.kind) for b in blocks(document, tmp_path)] == [
        ("One", 1, "text"),
        ("a\tb", 2, "row"),
        ("Three", 3, "text"),
    ]


def test_multilevel_numbers_restart_below_each_higher_level(tmp_path: Path) -> None:
    items = [("A", 0), ("B", 1), ("C", 1), ("D", 2), ("E", 2), ("F", 0), ("G", 1), ("H", 2)]
    document = fill(three_lists(), *(numbered(text, 1, at) for text, at in items))
    assert texts(document, tmp_path) == ["1. A", "1.1 B", "1.2 C", "(i) D", "(ii) E", "2. F", "2.1 G", "(i) H"]


def test_lists_of_one_definition_count_on_and_an_override_starts_anew(tmp_path: Path) -> None:
    document = fill(
        three_lists(), *(numbered(text, n) for text, n in (("A", 1), ("B", 2), ("C", 3), ("D", 3), ("E", 1)))
    )
    assert texts(document, tmp_path) == ["1. A", "2. B", "1. C", "2. D", "3. E"]


def test_a_level_that_never_restarts_counts_on(tmp_path: Path) -> None:
    document = with_body()
    never = level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    set_numbering(document, {1: [level(0, "upperRoman", "%1."), never]}, {1: (1, "")})
    fill(document, *(numbered(text, 1, at) for text, at in (("A", 0), ("b", 1), ("c", 1), ("B", 0), ("d", 1))))
    assert texts(document, tmp_path) == ["I. A", "1. b", "2. c", "II. B", "3. d"]


def test_legal_levels_print_figures_and_a_level_not_used_yet_its_start(tmp_path: Path) -> None:
    document = with_body()
    legal = [level(0, "upperRoman", "Article %1"), level(1, "decimal", "%1.%2", "<w:isLgl/>")]
    set_numbering(document, {1: legal}, {1: (1, "")})
    fill(document, numbered("early", 1, 1), numbered("A", 1), numbered("B", 1), numbered("b", 1, 1))
    assert texts(document, tmp_path) == ["1.1 early", "Article I A", "Article II B", "2.1 b"]


def test_a_style_numbers_through_the_styles_it_is_based_on_and_numid_0_takes_it_away(tmp_path: Path) -> None:
    document = three_lists()
    styles = document.styles.element
    by_list = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles.append(element(f'<w:style w:type="paragraph" w:styleId="Para"><w:name w:val="Para"/>{by_list}</w:style>'))
    styles.append(
        element(
            '<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="Child"/><w:basedOn w:val="Para"/></w:style>'
        )
    )
    off = '<w:pPr><w:pStyle w:val="Child"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
    child = '<w:pPr><w:pStyle w:val="Child"/></w:pPr>'
    fill(document, paragraph(child + run("A")), paragraph(off + run("B")), paragraph(child + run("C")))
    assert texts(document, tmp_path) == ["1. A", "B", "2. C"]


def test_a_level_is_found_by_the_style_tied_to_it(tmp_path: Path) -> None:
    document = with_body()
    tied = [
        level(0, "decimal", "%1.", '<w:pStyle w:val="Heading1"/>'),
        level(1, "upperLetter", "%2.", '<w:pStyle w:val="Heading2"/>'),
    ]
    set_numbering(document, {1: tied}, {1: (1, "")})
    for name in ("Heading 1", "Heading 2"):
        document.styles[name].element.get_or_add_pPr().append(element('<w:numPr><w:numId w:val="1"/></w:numPr>'))
    fill(
        document,
        *(
            paragraph(f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(style)}')
            for style in ("Heading1", "Heading2", "Heading2")
        ),
    )
    found = blocks(document, tmp_path)
    assert [(b.text, b.kind, b.level) for b in found] == [
        ("1. Heading1", "heading", 1),
        ("A. Heading2", "heading", 2),
        ("B. Heading2", "heading", 2),
    ]


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        ("decimal", 12, "12"), ("decimalZero", 3, "03"), ("upperRoman", 4, "IV"), ("lowerRoman", 9, "ix"),
        ("lowerLetter", 3, "c"), ("lowerLetter", 28, "bb"), ("upperLetter", 26, "Z"), ("ordinal", 22, "22nd"),
        ("chineseCounting", 11, "十一"), ("chineseCountingThousand", 105, "一百零五"), ("taiwaneseCounting", 20, "二十"),
        ("japaneseCounting", 10, "十"), ("ideographTraditional", 4, "丁"), ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircle", 21, "21"), ("chineseLegalSimplified", 12, "拾贰"),
        ("russianLower", 2, "б"), ("bullet", 5, ""), ("none", 5, ""), ("lowerRoman", 0, "0"), ("unheardOf", 7, "7"),
    ],
)  # fmt: skip
def test_numbers_are_printed_in_the_forms_of_word(form: str, value: int, shown: str) -> None:
    assert word_number(value, form) == shown


def test_chinese_marks_stand_close_and_bullets_leave_the_text_alone(tmp_path: Path) -> None:
    document = with_body()
    forms = {
        1: [level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）")],
        2: [level(0, "bullet", "\uf0b7")],
    }
    set_numbering(document, forms | {3: [level(0, "chineseCounting", "第%1条")]}, {1: (1, ""), 2: (2, ""), 3: (3, "")})
    fill(document, numbered("总则", 1), numbered("目的", 1, 1), numbered("点", 2), numbered("本法", 3))
    assert texts(document, tmp_path) == ["一、总则", "（一）目的", "点", "第一条 本法"]


def test_an_empty_numbered_paragraph_counts_but_is_no_block(tmp_path: Path) -> None:
    assert texts(fill(three_lists(), numbered("A", 1), numbered("", 1), numbered("C", 1)), tmp_path) == ["1. A", "3. C"]


def test_headings_by_style_name_outline_level_and_the_title(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Report", style="Title")
    document.add_paragraph("Chapter", style="Heading 1")
    fill(document, paragraph(f'<w:pPr><w:outlineLvl w:val="2"/></w:pPr>{run("By level")}'))
    document.styles.element.append(
        element(
            '<w:style w:type="paragraph" w:styleId="X"><w:name w:val="标题 2"/><w:basedOn w:val="Normal"/></w:style>'
        )
    )
    fill(document, paragraph(f'<w:pPr><w:pStyle w:val="X"/></w:pPr>{run("中文")}'), paragraph(run("Text")))
    assert [(b.kind, b.level) for b in blocks(document, tmp_path)] == [
        ("heading", 0), ("heading", 1), ("heading", 3), ("heading", 2), ("text", None),
    ]  # fmt: skip


def test_footnotes_stand_after_their_paragraph_with_the_mark_of_their_place(tmp_path: Path) -> None:
    reference = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
    custom = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="9"/><w:t>*</w:t></w:r>'
    document = with_body(
        paragraph(run("First") + reference.format(7) + run(" goes on") + custom),
        paragraph(run("Second") + reference.format(3)),
    )
    own = '<w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {}</w:t></w:r></w:p>'
    add_notes(
        document,
        "footnote",
        {3: own.format("Later."), 7: own.format("Sooner.") + own.format("More."), 9: own.format("* Own.")},
    )
    assert [(b.text, b.kind, b.line) for b in blocks(document, tmp_path)] == [
        ("First¹ goes on*", "text", 1),
        ("¹ Sooner. More.", "note", 1),
        ("* Own.", "note", 1),
        ("Second²", "text", 2),
        ("² Later.", "note", 2),
    ]


def test_endnotes_are_counted_in_roman_numerals_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    reference = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    note = {1: f"<w:p>{run('End.')}</w:p>"}
    document = with_body(paragraph(run("Text") + reference))
    add_notes(document, "endnote", note)
    assert texts(document, tmp_path) == ["Textⁱ", "ⁱ End."]
    document = with_body(paragraph(run("Text") + reference))
    add_notes(document, "endnote", note)
    document.settings.element.append(element('<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>'))
    assert texts(document, tmp_path) == ["Text¹", "¹ End."]


def test_merged_cells_come_once_and_tables_in_cells_are_flattened(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            cell.text = f"{r}{c}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "across"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "down"
    table.cell(1, 1).text = "before"
    table.cell(1, 1).add_table(1, 2).rows[0].cells[1].text = "inner"
    assert texts(document, tmp_path) == ["across\t02", "down\tbefore inner\t12", "\t21\t22"]


def test_inserted_text_is_text_and_deleted_text_is_not(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('moved away')}</w:moveFrom>"
    document = with_body(
        paragraph(run("Kept ") + deleted + f"<w:ins>{run('added')}</w:ins>" + moved),
        paragraph(f"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('One para')}"),
        paragraph(run("graph")),
    )
    assert texts(document, tmp_path) == ["Kept added", "One paragraph"]


def test_a_deleted_paragraph_of_a_list_is_not_counted(tmp_path: Path) -> None:
    gone = paragraph(
        '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    )
    assert texts(fill(three_lists(), numbered("A", 1), gone, numbered("B", 1)), tmp_path) == ["1. A", "2. B"]


def test_fields_show_their_result_and_hidden_text_comments_and_codes_nothing(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText xml:space="preserve"> REF x \\h </w:instrText></w:r>'
    document = with_body(
        paragraph(
            run("See ") + field.format("begin") + code + field.format("separate") + run("para. 3") + field.format("end")
            + f'<w:fldSimple w:instr="PAGE">{run(" on 7")}</w:fldSimple>'
            + run(" hidden", "<w:vanish/>") + '<w:r><w:commentReference w:id="0"/></w:r>'
            + f'<w:hyperlink w:anchor="x">{run(" linked")}</w:hyperlink>'
            + f"<w:sdt><w:sdtContent>{run(' controlled')}</w:sdtContent></w:sdt>"
            + f'<w:smartTag w:element="x">{run(" tagged")}</w:smartTag>'
            + "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
        ),
    )  # fmt: skip
    assert texts(document, tmp_path) == ["See para. 3 on 7 linked controlled taggedx=1"]


def test_a_field_that_never_ends_loses_nothing_below_it(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    document = with_body(
        paragraph(begin), paragraph(run("One")), paragraph(begin + separate + run("Two")), paragraph(run("Three"))
    )
    assert texts(document, tmp_path) == ["One", "Two", "Three"]


def test_text_boxes_are_read_once_though_the_file_has_them_twice(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{run('In the box')}</w:p></w:txbxContent>"
    drawing = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    picture = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    document = with_body(
        paragraph(run("Text") + f"<w:r><mc:AlternateContent>{drawing}{picture}</mc:AlternateContent></w:r>")
    )
    assert texts(document, tmp_path) == ["Text", "In the box"]


def test_tables_of_contents_are_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.element.append(
        element('<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>')
    )
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    fill(
        document,
        element(f"<w:sdt>{gallery}<w:sdtContent><w:p>{run('Contents 1')}</w:p></w:sdtContent></w:sdt>"),
        paragraph(f'<w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{run("I. Chapter 3")}'),
        paragraph(
            field.format("begin")
            + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
            + field.format("separate")
            + run("II. Next 4")
        ),
        paragraph(run("III. Last 5") + field.format("end")),
        paragraph(run("1. Text")),
    )
    assert [(b.text, b.line) for b in blocks(document, tmp_path)] == [("1. Text", 4)]


def test_line_breaks_join_unless_a_marked_line_follows_a_sentence(tmp_path: Path) -> None:
    text = "来源：江西省</w:t><w:br/><w:t>人民政府。</w:t><w:br/><w:t>一、概况</w:t><w:br/><w:t>和形势"
    assert texts(with_body(paragraph(run(text))), tmp_path) == ["来源：江西省人民政府。", "一、概况和形势"]


def test_looks_are_relative_to_the_running_text(tmp_path: Path) -> None:
    body = run("Long running text of the report. " * 20, '<w:sz w:val="28"/>')
    big_bold = '<w:b/><w:sz w:val="42"/>'
    title = f'<w:pPr><w:jc w:val="center"/></w:pPr>{run("Title", big_bold)}'
    indented = '<w:pPr><w:ind w:left="280" w:firstLineChars="200" w:firstLine="640"/></w:pPr>'
    lead = run("(a) ") + run("Recalling", "<w:i/>") + run(" its resolution", '<w:sz w:val="28"/>')
    found = blocks(with_body(paragraph(title), paragraph(indented + body), paragraph(lead)), tmp_path)
    assert (found[0].bold, found[0].centred, found[0].size) == (True, True, 1.5)
    assert (found[1].size, found[1].indent, found[1].hang, found[1].lead) == (1.0, 3.0, 1.0, "")
    assert (found[2].lead, found[2].bold) == ("(a) Recalling", False)


def test_raised_figures_are_superscript_and_private_signs_are_bullets(tmp_path: Path) -> None:
    above = '<w:vertAlign w:val="superscript"/>'
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F061"/></w:r>'
    document = with_body(paragraph(run("5 km") + run("2", above) + run(" 1") + run("st", above) + sign))
    assert texts(document, tmp_path) == ["5 km² 1st•α"]


def big(size: int) -> bytes:
    return b"<x>" + b"0" * size + b"</x>"


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: rezipped(data, {"word/media/a.xml": big(60_000_000)}), "packed"),
        (lambda data: rezipped(data, {"word/a.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}), "document type"),
        (lambda data: rezipped(data, {"word/a.xml": "<!DOCTYPE x>".encode("utf-16-le")}), "document type"),
        (lambda data: rezipped(data, {"word/document.xml": b"<w:document"}), "damaged"),
        (lambda data: rezipped(data, {"word/document.xml": b"<x/>"}), "expected"),
        (lambda data: rezipped(data, {"_rels/.rels": b'<x xmlns="http://purl.oclc.org/ooxml/"/>'}), "strict"),
    ],
)
def test_hostile_files_are_refused_with_a_sentence(tmp_path: Path, make: object, found: str) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(make(saved(with_body(paragraph(run("1. Text."))))))  # type: ignore[operator]
    with pytest.raises(ParseError, match="expected") as error:
        parse_report(path)
    assert found in str(error.value)


def test_an_archive_of_another_kind_and_a_file_without_text_are_named(tmp_path: Path) -> None:
    sheet = tmp_path / "report.docx"
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(ParseError, match="an Excel file"):
        parse_report(sheet)
    with pytest.raises(ParseError, match="without text"):
        texts(with_body(paragraph("")), tmp_path)


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    data = saved(with_body(paragraph(run("1. Text."))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml")
    for depth in (500, 1_000_000):
        deep = xml.replace(b"<w:p>", b"<w:p>" + b"<w:smartTag>" * depth + b"</w:smartTag>" * depth, 1)
        random_order = rezipped(data, {"word/document.xml": deep, "word/pad.bin": random.Random(1).randbytes(200_000)})
        path.write_bytes(random_order)
        with pytest.raises(ParseError, match="expected"):
            parse_report(path)


def test_a_link_to_another_place_is_never_followed(tmp_path: Path) -> None:
    document = with_body(paragraph(run("1. Text.")))
    document.part.relate_to(
        "http://127.0.0.1:9/numbering.xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering",
        is_external=True,
    )
    assert texts(document, tmp_path)[-1] == "1. Text."


@given(
    parts=st.lists(
        st.one_of(WORDS, st.lists(WORDS, min_size=1, max_size=3), st.tuples(WORDS, WORDS, WORDS)), max_size=8
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_lost(tmp_path: Path, parts: list[str | list[str] | tuple[str, ...]]) -> None:
    document = docx.Document()
    document.add_paragraph("§")
    expected = "§"
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            expected += part
        elif isinstance(part, list):
            row = document.add_table(1, len(part)).rows[0]
            for cell, text in zip(row.cells, part, strict=True):
                cell.text = text
            expected += "".join(part)
        else:
            runs = document.add_paragraph()
            for i, text in enumerate(part):
                runs.add_run(text).bold = bool(i % 2)
            expected += "".join(part)
    found = blocks(document, tmp_path)
    assert re.sub(r"\s", "", "".join(block.text for block in found)) == re.sub(r"\s", "", expected)
    assert all(block.text.startswith(block.lead) for block in found)


def samples() -> list[bytes]:
    rich = fill(
        three_lists(),
        numbered("A", 1),
        numbered("B", 1, 1),
        paragraph(run("Text") + '<w:r><w:footnoteReference w:id="1"/></w:r>'),
    )
    add_notes(rich, "footnote", {1: f"<w:p>{run('Note.')}</w:p>"})
    rich.add_table(2, 2).rows[0].cells[0].text = "cell"
    real = [path.read_bytes() for path in sorted(DOCUMENTS.glob("*.docx"))] if DOCUMENTS.is_dir() else []
    return [saved(rich), *real]


@given(data=st.data())
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_mangled_files_give_blocks_or_a_clear_error(tmp_path: Path, data: st.DataObject) -> None:
    rng = random.Random(data.draw(st.integers(0, 2**32)))
    whole = rng.choice(samples())
    inner = rng.random() < 0.7
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        name = rng.choice([n for n in archive.namelist() if n.endswith((".xml", ".rels"))])
        mangled = bytearray(archive.read(name) if inner else whole)
    for _ in range(rng.randrange(1, 12)):
        at = rng.randrange(len(mangled))
        change = rng.randrange(4)
        if change == 0:
            mangled[at] = rng.randrange(256)
        elif change == 1:
            del mangled[at : at + rng.randrange(1, 40)]
        elif change == 2:
            mangled[at:at] = mangled[max(0, at - rng.randrange(1, 60)) : at]
        else:
            end = mangled.find(b">", at)
            start = mangled.rfind(b"<", 0, at)
            if 0 <= start < end:
                del mangled[start : end + 1]
        mangled = mangled or bytearray(b"x")
    path = tmp_path / "report.docx"
    path.write_bytes(rezipped(whole, {name: bytes(mangled)}) if inner else bytes(mangled))
    try:
        found = read(path, lambda _done, _total: None)
    except ParseError:
        return
    assert all(block.text for block in found)


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=NO_DOCUMENTS)
@pytest.mark.parametrize(
    "name", ["gov-report-2025-beijing.zh", "gov-report-2025-guangdong.zh", "gov-report-2025-jiangxi.zh"]
)
def test_real_files_have_every_gold_paragraph_at_its_place(name: str) -> None:
    found: dict[int, str] = {}
    for block in read(DOCUMENTS / f"{name}.docx", lambda _done, _total: None):
        found[block.line] = found.get(block.line, "") + bare(block.text)
    entries = [entry for entry in gold_entries(name) if entry.get("block") is not None]
    assert entries
    for entry in entries:
        text = found.get(entry["block"] + 1, "")
        assert bare(entry["starts"]) in text, entry
        assert text.endswith(bare(entry["ends"])) or bare(entry["ends"]) in text, entry
