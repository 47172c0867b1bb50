"""The manifest of an index: what wrote it, and the size and hash of each of its files. Knows nothing of what they hold."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import IndexDamaged, IndexMismatch
from index import tokenizer
from index.embedder import Embedder

FORMAT_VERSION = 6
REBUILD = "run `pincite rebuild`"
_FILE = "manifest.json"
_CHECKED_BYTES = 64_000_000
"""Up to how many bytes in all the files of an index are read through when it is opened."""


@dataclass(frozen=True)
class Manifest:
    """What wrote an index, and its files; kept as `manifest.json`.

    Attributes:
        files: of each file its size in bytes and its SHA-256, by its path in the index.
    """

    format_version: int
    tokenizer_version: int
    embedder: str
    embedder_fingerprint: str
    dim: int
    n_passages: int
    files: dict[str, tuple[int, str]]


def write_manifest(folder: Path, embedder: Embedder, n_passages: int, known: Mapping[str, tuple[int, str]]) -> None:
    """Write the manifest of the files in `folder`, and see all of them on the disk.

    Args:
        folder: the index.
        embedder: what its vectors were made with.
        n_passages: how many passages it holds.
        known: sizes and hashes of files that are on the disk already, shared with another index.
    """
    paths = {f.relative_to(folder).as_posix(): f for f in sorted(folder.rglob("*")) if f.is_file()}
    new = {name: _size_and_hash(path) for name, path in paths.items() if name not in known}
    files = {name: known.get(name) or new[name] for name in paths}
    manifest = Manifest(
        FORMAT_VERSION, tokenizer.VERSION, embedder.name, embedder.fingerprint, embedder.dim, n_passages, files
    )
    (folder / _FILE).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    folders = [f for f in folder.rglob("*") if f.is_dir()]
    for path in (*(paths[name] for name in new), folder / _FILE, *folders, folder, folder.parent):
        _to_disk(path)


def checked_manifest(folder: Path, embedder: Embedder) -> Manifest:
    """Return the manifest of an index whose files are as they were written, by `embedder` and this version of Pincite.

    Raises:
        IndexMismatch: another embedder, tokenizer or format wrote it.
        IndexDamaged: a file is missing, cut off or changed.
    """
    try:
        stored = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        _refuse_other(stored, embedder)
        manifest = Manifest(**stored)
        small = sum(size for size, _ in manifest.files.values()) <= _CHECKED_BYTES
        for name, (size, digest) in manifest.files.items():
            found = (folder / name).stat().st_size
            if found != size:
                raise IndexDamaged(f"expected {size:,} bytes in {folder / name}, found {found:,}; {REBUILD}")
            if small and _size_and_hash(folder / name)[1] != digest:
                raise IndexDamaged(f"expected {folder / name} as it was written, found it changed; {REBUILD}")
    except (OSError, TypeError, ValueError, KeyError) as error:
        raise IndexDamaged(f"expected a whole index in {folder}, found: {error}; {REBUILD}") from error
    return manifest


def _refuse_other(stored: Mapping[str, object], embedder: Embedder) -> None:
    expected = {
        "format": ("format_version", FORMAT_VERSION),
        "tokenizer": ("tokenizer_version", tokenizer.VERSION),
        "embedder": ("embedder", embedder.name),
        "embedder's weights": ("embedder_fingerprint", embedder.fingerprint),
        "dimension": ("dim", embedder.dim),
    }
    for what, (key, here) in expected.items():
        if stored[key] != here:
            raise IndexMismatch(f"expected an index of {what} {here}, found one of {stored[key]}; {REBUILD}")


def _size_and_hash(file: Path) -> tuple[int, str]:
    with file.open("rb") as data:
        return file.stat().st_size, hashlib.file_digest(data, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
