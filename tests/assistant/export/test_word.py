"""The Word file, read back with python-docx and with the reader that reads reports."""

import io
import zipfile
from pathlib import Path

import docx
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.answer import Answer
from assistant.compose import side_by_side
from assistant.export.document import Document, cleaned
from assistant.export.word import word_of
from corpus.block import Block
from corpus.readers.word.reader import read
from tests.assistant.export.answers import answer, document, refusal

odd = st.text(min_size=1, max_size=40).filter(lambda t: bool(cleaned(t).strip()))
rows = st.lists(st.text("甲a\t\x00\x0b😀שלום\u202e", min_size=1, max_size=8), min_size=2, max_size=4)


def parts(exported: Document) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(word_of(exported))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def read_back(exported: Document, folder: Path) -> list[Block]:
    path = folder / "export.docx"
    path.write_bytes(word_of(exported))
    return read(path, lambda _done, _total: None)


def root_of(part: bytes) -> etree._Element:
    return etree.fromstring(part)


def test_notes_are_read_back_as_footnotes(tmp_path: Path) -> None:
    blocks = read_back(document(answer(("12(c)", "交流情况。")), answer(("5", "五。"), question="二问")), tmp_path)
    notes = [b.text for b in blocks if b.kind == "note"]
    assert notes == [
        "¹ 《空间会议报告》，A/AC.105/1206，第12(c)段：“交流情况。” pincite://un-38/12%28c%29",
        "² 《空间会议报告》，A/AC.105/1206，第5段：“五。” pincite://un-38/5",
    ]
    assert "(c) 交流情况。（第12(c)段）¹" in [b.text for b in blocks]


def test_every_reference_has_its_note_and_the_separators_stand_first() -> None:
    whole = parts(document(answer(("1", "甲。"), ("2", "乙。")), refusal()))
    notes = root_of(whole["word/footnotes.xml"])
    ids = [note.get(qn("w:id")) for note in notes]
    assert ids == ["-1", "0", "1", "2", "3", "4"]
    assert [note.get(qn("w:type")) for note in notes[:2]] == ["separator", "continuationSeparator"]
    body = root_of(whole["word/document.xml"])
    assert [r.get(qn("w:id")) for r in body.iter(qn("w:footnoteReference"))] == ids[2:]
    for run in body.iter(qn("w:footnoteReference")):
        assert run.getparent().find(f"{qn('w:rPr')}/{qn('w:rStyle')}").get(qn("w:val")) == "FootnoteReference"
    declared = [e.get(qn("w:id")) for e in root_of(whole["word/settings.xml"]).find(qn("w:footnotePr"))]
    assert declared == ["-1", "0"]
    types = whole["[Content_Types].xml"].decode()
    assert 'PartName="/word/footnotes.xml"' in types
    assert "wordprocessingml.footnotes+xml" in types
    assert b"relationships/footnotes" in whole["word/_rels/document.xml.rels"]


def test_links_of_the_notes_are_relations_of_their_part() -> None:
    whole = parts(document(answer(("12(c)", "交流情况。"))))
    link = next(root_of(whole["word/footnotes.xml"]).iter(qn("w:hyperlink")))
    relations = root_of(whole["word/_rels/footnotes.xml.rels"])
    target = {r.get("Id"): (r.get("Target"), r.get("TargetMode")) for r in relations}
    assert target[link.get(qn("r:id"))] == ("pincite://un-38/12%28c%29", "External")


def test_styles_of_footnotes_and_an_east_asian_font_are_there() -> None:
    file = docx.Document(io.BytesIO(word_of(document(answer(("1", "甲。"))))))
    assert {"FootnoteText", "FootnoteReference", "Hyperlink"} <= {s.style_id for s in file.styles}
    fonts = next(file.styles.element.find(qn("w:docDefaults")).iter(qn("w:rFonts")))
    assert fonts.get(qn("w:eastAsia")) == "SimSun"
    assert file.core_properties.title == "问？"
    assert not any("Theme" in name for f in file.styles.element.iter(qn("w:rFonts")) for name in f.attrib)


def test_a_note_cited_again_is_referred_to_by_its_number(tmp_path: Path) -> None:
    exported = document(answer(("5", "成员有 193 个。"), short="193 个"))
    body = root_of(parts(exported)["word/document.xml"])
    assert [f.get(qn("w:instr")).split()[0] for f in body.iter(qn("w:fldSimple"))] == ["NOTEREF"]
    assert len(list(body.iter(qn("w:footnoteReference")))) == 1
    assert sum(b.kind == "note" for b in read_back(exported, tmp_path)) == 1


def test_paragraphs_side_by_side_are_a_table_with_notes(tmp_path: Path) -> None:
    both = side_by_side("比较", (answer(("1", "甲。"), ("3", "丙。")), answer(("2", "乙。"))), "zh")
    blocks = read_back(document(both), tmp_path)
    assert [b.text for b in blocks if b.kind == "row"][1].startswith("甲。（第1段）¹\t乙。（第2段）²")
    assert sum(b.kind == "note" for b in blocks) == 3


def test_a_document_without_citations_has_no_footnotes() -> None:
    assert "word/footnotes.xml" not in parts(document())


def test_a_list_from_right_to_left_keeps_the_order_that_the_schema_asks_for() -> None:
    exported = document(Answer("问", "- שלום", (), False, ()))
    properties = next(root_of(parts(exported)["word/document.xml"]).iter(qn("w:bidi"))).getparent()
    assert properties is not None
    assert [child.tag for child in properties] == [qn("w:bidi"), qn("w:ind")]


def test_no_style_is_declared_twice() -> None:
    styles = root_of(parts(document(answer(("1", "甲。"))))["word/styles.xml"])
    ids = [style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))]
    assert len(ids) == len(set(ids))
    based = {element.get(qn("w:val")) for element in styles.iter(qn("w:basedOn"))}
    assert based <= set(ids)


def test_words_from_right_to_left_are_set_so() -> None:
    whole = parts(document(answer(("5", "שלום עולם"))))
    assert b"<w:bidi/>" in whole["word/document.xml"]
    assert b"<w:rtl/>" in whole["word/document.xml"]


@given(odd, odd)
def test_any_words_are_written_and_read_back(text: str, question: str) -> None:
    exported = document(answer(("5", text), question=question))
    file = docx.Document(io.BytesIO(word_of(exported)))
    body = "".join("".join(p.text for p in file.paragraphs).split())
    assert "".join(cleaned(text).split()) in body
    notes = root_of(parts(exported)["word/footnotes.xml"])
    assert "".join(cleaned(text).split()) in "".join("".join(t.text or "" for t in notes.iter(qn("w:t"))).split())


@given(rows)
def test_cells_of_rows_keep_their_tabs(cells: list[str]) -> None:
    text = "\t".join(c.replace("\t", "") for c in cells)
    whole = parts(document(answer(("附件三#1", f"甲{text}乙"))))
    notes = root_of(whole["word/footnotes.xml"])
    assert len(list(notes.iter(qn("w:tab")))) == text.count("\t")
