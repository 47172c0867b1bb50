"""Answers for the tests, made as the assistant makes them, from paragraphs of any words."""

from assistant.answer import Answer, Hit
from assistant.compose import Statement, abstention, answer_of
from assistant.export.building import document_of
from assistant.export.document import Document, Source
from corpus.label import Label, Language
from corpus.report import Paragraph

SYMBOL = "A/AC.105/1206"
TITLE = "空间会议报告"
SOURCES = {"un-38": Source(TITLE, SYMBOL), "un-38@2": Source("第二版", SYMBOL)}


def hit(label: str, text: str, version: int = 1) -> Hit:
    parsed = Label.parse(label)
    kind = "sub" if parsed.steps and parsed.steps[-1].kind == "item" else "numbered"
    return Hit(Paragraph(parsed, text, kind, ("一. 引言",)), "un-38", 1.0, version=version)


def answer(*quoted: tuple[str, str], language: Language = "zh", short: str = "", question: str = "问？") -> Answer:
    """Return the answer that quotes the whole of paragraphs, given by label and text."""
    statements = [Statement(hit(label, text), (text,)) for label, text in quoted]
    return answer_of(question, statements, language, {"un-38": TITLE}, short=short)


def refusal(question: str = "问？") -> Answer:
    return abstention(question, "报告里没有。", [hit("7", "七。"), hit("8", "八。")], "zh")


def document(*answers: Answer, language: Language = "zh", title: str = "") -> Document:
    return document_of([(a.question, a) for a in answers], SOURCES, language, title)
