"""The built-in model's tokenizer: a Unigram vocabulary of words, self-contained in one tokenizer.json.

A static model knows only its tokens, so they are whole words where possible. Chinese words are counted with jieba and
English pieces found by the Unigram trainer, here, once; at run time the `tokenizers` library alone cuts a text into the
most probable words. It expects normalised text and knows nothing of vectors.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor

import jieba
from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import PreTokenizer, Split
from tokenizers.pre_tokenizers import Sequence as Chain
from tokenizers.trainers import UnigramTrainer

UNKNOWN = "[UNK]"
"""Token 0. Its vector is zero: model2vec drops it, sentence-transformers averages it in, and the direction is the same."""

_NOT_A_WORD = r"[^\p{L}\p{M}\p{N}]+"
_RUN = r"\p{Han}+|\p{N}+"


def train_tokenizer(chinese: Sequence[str], english: Iterable[str], size: int, english_size: int) -> Tokenizer:
    """Return a tokenizer of at most `size` tokens, `english_size` of them pieces of alphabetic words.

    Args:
        chinese: normalised texts in which Han words and numbers are counted.
        english: normalised texts from which pieces of alphabetic words are learnt.
        size: the vocabulary's size, the unknown token included.
        english_size: how many of it are alphabetic.
    """
    han, numbers = count_words(chinese)
    pieces = _alphabetic_pieces(english, english_size)
    digits = [(str(n), -16.0) for n in range(10)] + [(f"{n:02}", -17.0) for n in range(100)]
    frequent = [(word, math.log(n / numbers.total())) for word, n in _ranked(numbers)[:1200]]
    numerals = dict(digits) | dict(frequent)
    total = han.total()
    room = size - 1 - len(pieces) - len(numerals)
    characters = [(char, n) for char, n in _ranked(_characters(han)) if n >= 3]
    words = [(word, n) for word, n in _ranked(han) if len(word) > 1][: room - len(characters)]
    hanzi = {char: math.log(max(han[char], 0.5) / total) for char, _ in characters}
    hanzi |= {word: math.log(n / total) for word, n in words}
    vocabulary = [(UNKNOWN, -30.0), *hanzi.items(), *numerals.items(), *pieces]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.pre_tokenizer = _pre_tokenizer()
    return tokenizer


def count_words(texts: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each Han word (cut by jieba's dictionary) and each number stands in `texts`."""
    blocks = [texts[start : start + 4000] for start in range(0, len(texts), 4000)]
    han: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    with ProcessPoolExecutor(max_workers=3) as pool:
        for words in pool.map(_count_block, blocks):
            for word, n in words.items():
                if "㐀" <= word[0] <= "鿿" or word[0] == "〇":
                    han[word] += n
                elif word.isdecimal():
                    numbers[word] += n
    return han, numbers


def _count_block(texts: Sequence[str]) -> Counter[str]:
    splitter = _pre_tokenizer()
    counts: Counter[str] = Counter()
    for text in texts:
        for run, _ in splitter.pre_tokenize_str(text):
            counts.update(jieba.cut(run, HMM=False))
    return counts


def _characters(words: Counter[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word, n in words.items():
        for char in word:
            counts[char] += n
    return counts


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the counts, largest first, ties by the word, so that every run ranks them alike."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _alphabetic_pieces(texts: Iterable[str], size: int) -> list[tuple[str, float]]:
    tokenizer = Tokenizer(Unigram())
    tokenizer.pre_tokenizer = Chain([Split(Regex(r"[^a-z]+"), "removed")])
    trainer = UnigramTrainer(
        vocab_size=size, unk_token=UNKNOWN, special_tokens=[UNKNOWN], max_piece_length=20, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    vocabulary = json.loads(tokenizer.to_str())["model"]["vocab"]
    # The trainer's order, last digits and scores of single letters differ from run to run; a letter is the last resort.
    scores = {piece: round(score, 6) for piece, score in vocabulary if len(piece) > 1 and piece != UNKNOWN}
    least = min(scores.values(), default=-10.0) - 1
    return sorted(scores.items()) + [(letter, least) for letter in "abcdefghijklmnopqrstuvwxyz"]


def _pre_tokenizer() -> PreTokenizer:
    """Words only: punctuation goes, a run of Han characters or of digits stands by itself."""
    return Chain([Split(Regex(_NOT_A_WORD), "removed"), Split(Regex(_RUN), "isolated")])
