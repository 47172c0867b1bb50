"""What has become of the places that an old answer cited, and the sentences that say so. Knows no library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.label import Language
from corpus.library.address import Address

RemarkKind = Literal["removed", "changed", "newer"]


@dataclass(frozen=True)
class Remark:
    """What has become of a place that an old answer shows.

    Attributes:
        kind: its report was `removed`; or it has `changed`, so that the paragraph or the quotation is no longer there; or
            all is as it was, and there is a `newer` version of the report.
        address: the place.
        quote: the words that were cited; empty where none were.
    """

    kind: RemarkKind
    address: Address
    quote: str = ""


WORDING: Mapping[RemarkKind, Mapping[Language, str]] = {
    "removed": {
        "zh": "{places}所在的报告“{report}”已从报告库移除，这里的引文无法再核对。",
        "en": "{places}: the report “{report}” has been removed; the quotation can no longer be checked.",
    },
    "changed": {
        "zh": "报告“{report}”中的{places}已与当时所引不同，这里的引文无法再核对。",
        "en": "{places} of “{report}” no longer says what was cited; the quotation can no longer be checked.",
    },
    "newer": {
        "zh": "报告“{report}”已有新版；{places}引自旧版，链接仍打开所引的那一版。",
        "en": "“{report}” has a newer version; {places} was cited from an older one, which the link opens.",
    },
}
_COMMA: Mapping[Language, str] = {"zh": "、", "en": ", "}


def said_of(remarks: Sequence[Remark], titles: Mapping[str, str], language: Language) -> list[tuple[RemarkKind, str]]:
    """Return a sentence, with its kind, for each way in which what an old answer cited is no longer as it was.

    Args:
        remarks: what has become of the places it cited.
        titles: the title of each report by its id; one that is not there goes by its id.
        language: of the sentences.
    """
    of_report: dict[tuple[RemarkKind, str], list[str]] = {}
    for remark in remarks:
        of_report.setdefault((remark.kind, remark.address.report), []).append(remark.address.label.shown(language))
    return [
        (kind, _said(kind, places, titles.get(report_id, report_id), language))
        for (kind, report_id), places in of_report.items()
    ]


def _said(kind: RemarkKind, places: Sequence[str], report: str, language: Language) -> str:
    return WORDING[kind][language].format(places=_COMMA[language].join(dict.fromkeys(places)), report=report)
