"""A conversation as JSON for programs; the schema is told in docs/export.md and its number grows when it changes."""

import json
from typing import Any

from assistant.answer import Answer, Citation, Hit
from assistant.export.document import Document, Source
from corpus.label import Language
from corpus.library.address import Address, versioned

SCHEMA = "pincite-conversation"
SCHEMA_VERSION = 1


def json_of(document: Document) -> str:
    """Return `document` as JSON: the turns with all their citations, the words letter for letter."""
    turns = [
        _turn(question, answer, document) | {"remarks": list(remarks)}
        for (question, answer), remarks in zip(document.turns, document.remarks, strict=True)
    ]
    record = {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "title": document.title,
        "language": document.language,
        "turns": turns,
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _turn(question: str, answer: Answer, document: Document) -> dict[str, Any]:
    shown: Language = document.language
    return {
        "question": question,
        "understood": answer.question,
        "short": answer.short,
        "text": answer.text,
        "abstained": answer.abstained,
        "citations": [_citation(c, document, shown) for c in answer.citations],
        "nearest": [_nearest(h, document, shown) for h in answer.hits] if answer.abstained else [],
    }


def _place(address: Address, document: Document, language: Language) -> dict[str, Any]:
    source = document.sources.get(versioned(address.report, address.version)) or Source(address.report)
    return {
        "report": address.report,
        "version": address.version,
        "title": source.title,
        "symbol": source.symbol,
        "label": str(address.label),
        "shown": address.label.shown(language),
        "link": address.link,
    }


def _citation(citation: Citation, document: Document, language: Language) -> dict[str, Any]:
    place = _place(citation.address, document, language)
    return {**place, "heading_path": list(citation.heading_path), "quote": citation.quote}


def _nearest(hit: Hit, document: Document, language: Language) -> dict[str, Any]:
    place = _place(hit.address, document, language)
    return {**place, "heading_path": list(hit.paragraph.heading_path), "text": hit.paragraph.text}
