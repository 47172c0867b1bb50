"""Which passages of reading comprehension are kept for measurement."""

import zlib

from index.text import normalise

HELD_OUT_ONE_IN = 10
"""Every so many passages, drawn by a checksum of their words, are never learnt from; the embedding model leaves out the same."""


def held_out(passage: str) -> bool:
    """Whether a passage is kept for measurement."""
    return zlib.crc32(normalise(passage).encode()) % HELD_OUT_ONE_IN == 0
