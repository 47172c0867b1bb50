"""Stable links to paragraphs, `pincite://REPORT/LABEL`, and how they name a version of a report.

A link without a version means the first: what was cited when there was no other. From the second on the version stands
in the link, `pincite://REPORT@2/LABEL`. Knows no library.
"""

from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from corpus.label import Label

SCHEME = "pincite://"


@dataclass(frozen=True)
class Address:
    """A paragraph of one version of a report.

    Attributes:
        report: the report's id.
        version: from 1.
    """

    report: str
    label: Label
    version: int = 1

    @property
    def link(self) -> str:
        """The link: `pincite://report/12%28c%29`, `pincite://report@2/12%28c%29`."""
        place = versioned(quote(self.report, safe=""), self.version)
        return f"{SCHEME}{place}/{quote(str(self.label), safe='')}"

    def of_version(self, version: int) -> "Address":
        """Return the address of the same place in another version."""
        return replace(self, version=version)

    @classmethod
    def parse(cls, link: str) -> "Address":
        """Return the address of a link.

        Raises:
            ValueError: it is of another scheme, or holds no report or no label.
        """
        report, _, label = link.removeprefix(SCHEME).partition("/")
        if not link.startswith(SCHEME) or not report:
            raise ValueError(f"expected a link such as {SCHEME}REPORT/12(c), found {link!r}")
        name, version = split_version(unquote(report))
        return cls(name, Label.parse(unquote(label)), version)


def versioned(report_id: str, version: int) -> str:
    """Return a report's id with its version, as links have it: `un-38`, and `un-38@2` for the second."""
    return report_id if version == 1 else f"{report_id}@{version}"


def split_version(report: str) -> tuple[str, int]:
    """Return the id and the version of what `versioned` returned; version 1 where it names none."""
    name, at, number = report.rpartition("@")
    if at and name and number.isascii() and number.isdigit() and int(number) > 0:
        return name, int(number)
    return report, 1
