"""PDF files written by hand, object by object, for tests that need one with a certain fault or length."""

import re
from collections.abc import Sequence
from pathlib import Path

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of numbered objects, the first of which is the catalogue; `trailer` goes into the trailer's dictionary."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), entries, data)


def text_page(lines: Sequence[str]) -> bytes:
    """Return the content of a page with these lines of Latin text, 12 points high."""
    shown = " T* ".join("(" + line.replace("(", r"\(").replace(")", r"\)") + ") Tj" for line in lines)
    return f"BT /F1 12 Tf 72 720 Td 18 TL {shown} ET".encode("latin-1")


def objects_of(contents: Sequence[bytes]) -> list[bytes]:
    """Return the objects of a document with a page for each of these contents: catalogue, pages, font, then two a page."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(contents)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(contents), kids), FONT]
    for i, content in enumerate(contents):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
        objects += [page % (5 + 2 * i), stream(content)]
    return objects


def write_report(path: Path, pages: int, paragraphs_a_page: int = 20) -> Path:
    """Write a report of numbered paragraphs of one line each and return its path."""
    contents, number = [], 0
    for _ in range(pages):
        lines = []
        for _ in range(paragraphs_a_page):
            number += 1
            lines.append(
                f"{number}. The Committee took note of the report of buoy {number} on the state of the harbour."
            )
        contents.append(text_page(lines))
    path.write_bytes(pdf_of(objects_of(contents)))
    return path


Placed = tuple[float, float, float, str]
"""A line of text: x and y of its start in points, its size in points, and its words."""
CHINESE_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/Ascent 880"
    b"/Descent -120/CapHeight 700/ItalicAngle 0/StemV 80>>>>]>>"
)
"""A font that is not embedded, whose codes are UTF-16."""


def placed_page(lines: Sequence[Placed], drawn: str = "", turn: str = "1 0 0 1", wide: bool = False) -> bytes:
    """Return the content of a page with lines at their places.

    Args:
        lines: the lines in the order they are drawn.
        drawn: what else is drawn, in the operators of a PDF.
        turn: the first four figures of the text matrix.
        wide: whether the codes are UTF-16, as the Chinese font has them.
    """
    shown = []
    for x, y, size, words in lines:
        code = f"<{words.encode('utf-16-be').hex()}>" if wide else "(" + re.sub(r"([()\\])", r"\\\1", words) + ")"
        shown.append(f"/F1 {size} Tf {turn} {x} {y} Tm {code} Tj")
    return f"{drawn} BT {' '.join(shown)} ET".encode("latin-1")


def write_pages(path: Path, contents: Sequence[bytes], font: bytes = FONT, entries: bytes = b"") -> Path:
    """Write a PDF with a page for each of these contents; `entries` goes into each page's dictionary."""
    objects = [o.replace(b"/Type/Page/", b"/Type/Page%b/" % entries) for o in objects_of(contents)]
    objects[2] = font
    path.write_bytes(pdf_of(objects))
    return path
