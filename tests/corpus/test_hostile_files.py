"""Files that are not what they seem, or are made to do harm: one sentence each, soon, and nothing lost."""

import hashlib
import os
import random
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import ParseError
from corpus.library.library import Library
from corpus.parsing import READERS, parse_report
from corpus.worker.limits import DEFAULT_LIMITS, Limits
from corpus.worker.worker import parse_in_process
from tests.corpus.pdf_files import objects_of, pdf_of, stream, text_page

TEXT = "1. The Committee took note of the report.\n"
LINES = ["1. The Committee took note of the report of the harbour.", "2. It asked for another one."]
PAGE = objects_of([text_page(LINES)])
CONTENT = 4  # the place among the objects of the first page's content
needs_pdf = pytest.mark.skipif(".pdf" not in READERS, reason="the PDF reader is not there yet")
needs_fifo = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")


def refusal(path: Path, limits: Limits = DEFAULT_LIMITS) -> str:
    """What the user is told of a file that cannot be read: one line that begins with its name and has an advice."""
    with pytest.raises(ParseError) as raised:
        parse_in_process(path, limits=limits)
    message = str(raised.value)
    assert message.isprintable()
    assert "expected" in message
    assert "found" in message
    return message


def refusal_of(tmp_path: Path, content: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(content)
    return refusal(path, limits)


# Whatever the format


@needs_fifo
@pytest.mark.timeout(60)
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "found a folder or device" in refusal(tmp_path / "pipe.txt")


def test_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    for name in ("folder.txt", "device.txt"):
        assert "found a folder or device" in refusal(tmp_path / name)


def test_links_that_lead_nowhere_or_round_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "circle.txt").symlink_to(tmp_path / "circle.txt")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    for name in ("circle.txt", "nowhere.txt"):
        assert "found nothing at" in refusal(tmp_path / name)


@contextmanager
def as_another_user() -> Iterator[None]:
    """Take away from the administrator what no other user may do."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this platform has no users of this kind")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(TEXT)
    path.chmod(0)
    with as_another_user(), pytest.raises(ParseError, match="found: Permission denied"):
        parse_report(path)


def test_a_file_that_is_far_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    for name in ("huge.txt", "huge.pdf"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(2 * 10**12)  # takes no room on the disk
        assert "found 2,000,000 MB; split it" in refusal(tmp_path / name, Limits(timeout_s=60, timeout_s_per_mb=0))


@pytest.mark.parametrize(
    "name", ["new\nline\x1b[31m.txt", "‮txt.exe.txt", "a" * 251 + ".txt", "\udcff.txt", "-.txt", "'\";$(id).txt"]
)
def test_a_strange_name_is_read_and_told_on_one_line(empty_library: Library, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    assert len(refusal(path)) < 300
    path.write_text(TEXT)
    report = empty_library.add(path)
    assert report.id.isprintable()
    assert 0 < len(report.id) <= 100
    empty_library.rebuild()
    assert empty_library.get(report.id).paragraphs == report.paragraphs


@pytest.mark.parametrize("name", ["b" * 300 + ".txt", "nul\0.txt"])
def test_a_name_that_cannot_be_is_refused(tmp_path: Path, name: str) -> None:
    refusal(tmp_path / name)


def grow(path: Path) -> None:
    with path.open("a") as file:
        file.write("\n2. And more.\n")


def shrink(path: Path) -> None:
    path.write_text("")


@pytest.mark.parametrize("change", [grow, shrink, Path.unlink])
@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_file_that_changes_while_it_is_added_is_added_whole_or_not_at_all(
    empty_library: Library, tmp_path: Path, change: Callable[[Path], None], share: float
) -> None:
    path = tmp_path / "r.txt"
    path.write_text(TEXT)

    def meanwhile(stage: str, done: float) -> None:
        if (stage, done) == ("read", share) and path.exists():
            change(path)

    try:
        report = empty_library.add(path, meanwhile)
    except ParseError:
        assert empty_library.reports() == []
    else:
        assert report.content_hash == hashlib.sha256(path.read_bytes()).hexdigest()
        assert parse_report(path, report.id).paragraphs == report.paragraphs


# PDF


@needs_pdf
def test_the_file_that_the_others_are_made_of_is_a_good_one(tmp_path: Path) -> None:
    path = tmp_path / "good.pdf"
    path.write_bytes(pdf_of(PAGE))
    assert [str(p.label) for p in parse_in_process(path).paragraphs] == ["1", "2"]


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted(user_password: bytes) -> bytes:
    """A PDF encrypted with 40-bit RC4 (ISO 32000-1, 7.6.3: revision 2); an empty password opens it for everyone."""
    md5 = hashlib.md5
    file_id, permissions = b"0123456789abcdef", 2**32 - 4
    padded = (user_password + PADDING)[:32]
    owner = rc4(md5((b"owner" + PADDING)[:32]).digest()[:5], padded)
    key = md5(padded + owner + permissions.to_bytes(4, "little") + file_id).digest()[:5]
    own_key = md5(key + (CONTENT + 1).to_bytes(3, "little") + b"\0\0").digest()[:10]
    objects = [*PAGE[:CONTENT], stream(rc4(own_key, text_page(LINES)))]
    entries = b"/Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>" % (owner.hex().encode(), rc4(key, PADDING).hex().encode())
    return pdf_of(objects, b"/ID[<%b><%b>]/Encrypt<<%b>>" % (file_id.hex().encode(), file_id.hex().encode(), entries))


@needs_pdf
def test_a_pdf_that_asks_for_a_password_is_refused_and_one_that_only_has_an_owner_is_read(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, encrypted(b"secret")).endswith(
        "expected a PDF that opens without a password, found one that asks for it; save it without a password"
    )
    path = tmp_path / "open.pdf"
    path.write_bytes(encrypted(b""))
    assert [p.text for p in parse_in_process(path).paragraphs] == [line[3:] for line in LINES]


def scan(pages: int) -> bytes:
    """Pages that are one grey image each."""
    image = b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"
    objects = objects_of([b"q 595 0 0 842 0 0 cm /I Do Q"] * pages)
    objects = [o.replace(b"/Resources<<", b"/Resources<</XObject<</I %d 0 R>>" % (len(objects) + 1)) for o in objects]
    return pdf_of([*objects, stream(bytes(range(64)), image)])


@needs_pdf
def test_a_scan_is_refused_and_its_pages_counted(tmp_path: Path) -> None:
    found = refusal_of(tmp_path, scan(3))
    assert (
        "expected a PDF with a text layer, found 3 pages of images; run OCR on it first, or add it with --ocr" in found
    )


GARBAGE = random.Random(38).randbytes(50_000)
NO_PAGES = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]
LOOPS = {
    "itself": [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 5/Kids[2 0 R 2 0 R]>>"],
    "child": [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 5/Kids[3 0 R]>>",
        b"<</Type/Pages/Count 5/Kids[2 0 R]/Parent 2 0 R>>",
    ],
}
WRONG = {
    "cut in the middle": pdf_of(PAGE)[: len(pdf_of(PAGE)) // 2],
    "cut at the end": pdf_of(PAGE)[:-30],
    "header only": b"%PDF-1.7\n",
    "garbage": b"%PDF-1.7\n" + GARBAGE,
    "no pages": pdf_of(NO_PAGES),
    "two thousand million pages": pdf_of([NO_PAGES[0], NO_PAGES[1].replace(b"0", b"2000000000")]),
    **{f"page tree loops through {name}": pdf_of(objects) for name, objects in LOOPS.items()},
    "ten thousand empty pages": pdf_of(objects_of([b""] * 10_000)),
}


@needs_pdf
@pytest.mark.timeout(120)
@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG.keys())
def test_a_damaged_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "PDF" in refusal_of(tmp_path, content)


@needs_pdf
@pytest.mark.timeout(120)
@pytest.mark.parametrize("place", ["catalogue", "page"])
def test_arrays_nested_a_hundred_thousand_deep_lose_no_other_page(tmp_path: Path, place: str) -> None:
    nested = b"[" * 100_000 + b"]" * 100_000
    objects = objects_of([text_page(LINES[:1]), text_page(LINES[1:])])
    if place == "catalogue":
        objects[0] = objects[0].replace(b">>", b"/X " + nested + b">>")
    else:
        objects.append(stream(nested))
        objects[CONTENT - 1] = objects[CONTENT - 1].replace(b"/Contents 5 0 R", b"/Contents[5 0 R 8 0 R]")
    path = tmp_path / "nested.pdf"
    path.write_bytes(pdf_of(objects))
    assert [str(p.label) for p in parse_in_process(path).paragraphs] == ["1", "2"]


def bomb(layers: int, size: int) -> bytes:
    """A page whose content is `size` spaces in so many layers of deflate."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 10**7) for _ in range(size // 10**7)) + packer.flush()
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return pdf_of([*PAGE[:CONTENT], stream(data, b"/Filter[%b]" % (b"/FlateDecode" * layers))])


@needs_pdf
@pytest.mark.timeout(120)
@pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux holds a process to a limit on memory")
@pytest.mark.parametrize("layers", [1, 2])
def test_a_decompression_bomb_is_refused_within_its_memory(tmp_path: Path, layers: int) -> None:
    content = bomb(layers, 1_000_000_000)
    assert len(content) < 2_000_000
    message = refusal_of(tmp_path, content, Limits(memory_mb=300))
    assert "300 MB" in message
