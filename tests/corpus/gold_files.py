"""Where real documents and their gold numberings are, for the tests that read them."""

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
DOCUMENTS = Path(os.environ.get("PINCITE_TEST_DOCUMENTS") or _ROOT.parent / "shared" / "documents")
NO_DOCUMENTS = "real documents are needed: set PINCITE_TEST_DOCUMENTS or put them into ../shared/documents"


def gold_entries(name: str) -> list[dict[str, Any]]:
    """Return the paragraphs of a gold file."""
    entries: list[dict[str, Any]] = json.loads((DOCUMENTS / "gold" / f"{name}.json").read_text(encoding="utf-8"))[
        "paragraphs"
    ]
    return entries


def bare(text: str) -> str:
    """Return a text as the gold compares it: NFKC, without white space and what is not printed."""
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]", "", unicodedata.normalize("NFKC", text))
