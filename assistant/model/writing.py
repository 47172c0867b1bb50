"""An answer in a language model's words: its sentences as they come, each checked, cited, or left out.

Where nothing of it can be used, or it breaks off, the extractive answer stands, with a line that says why. Knows no network.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation, Hit, escaped
from assistant.model.checker import Checker
from assistant.model.citations import Cited, Parser
from assistant.model.client import Endpoint, words
from assistant.model.orders import gives_orders
from assistant.model.prompt import MAX_PASSAGES, messages
from assistant.model.rivals import text_of
from assistant.model.support import best_quotes, fault_of
from assistant.wording import say
from corpus.errors import GenerationError
from corpus.label import Language

MARK, DROP = "mark", "drop"
_FEWER = 3
"""How many passages are sent again where all were too long for the model."""


@dataclass(frozen=True)
class Written:
    """A sentence as it is shown, and the citations in it; none where it is not supported."""

    text: str
    citations: tuple[Citation, ...]
    fault: str


def worded(
    extractive: Answer,
    near: Sequence[Hit],
    titles: Mapping[str, str],
    endpoint: Endpoint,
    unsupported: str,
    checker: Checker,
    language: Language,
) -> Generator[str, None, Answer]:
    """Yield the answer piece by piece, each sentence once it is checked; return the whole, whose text is what was yielded.

    Args:
        extractive: the answer in the reports' own words, whose paragraphs the model is shown.
        near: further candidates that it is shown.
        titles: of the reports, by their ids.
        endpoint: the model.
        unsupported: `mark` what is not supported, or `drop` it.
        checker: what sentences are checked with.
        language: of the answer.
    """
    cited = {citation.address for citation in extractive.citations}
    passages = [hit for hit in {hit.address: hit for hit in (*extractive.hits, *near)}.values() if not _orders(hit)]
    if not cited <= {hit.address for hit in passages}:
        return (yield from _in_own_words(extractive, "ordered", language))
    passages = passages[:MAX_PASSAGES]
    shown: list[Written] = []
    waiting: list[Written] = []
    text, reason = "", "unsupported"
    try:
        for sentence, seen in _sentences(extractive.question, passages, titles, endpoint, language):
            one = checked(sentence, seen, checker, language)
            if one.fault and unsupported == DROP:
                continue
            waiting.append(one)
            if one.fault and not shown:
                continue  # what is not supported is shown only beside what is
            for ready in waiting:
                piece = ready.text if not text else _gap(language) + ready.text
                text += piece
                yield piece
            shown, waiting = shown + waiting, []
    except GenerationError as error:
        reason = error.reason
    else:
        if shown:
            by = _worded_by(endpoint, language)
            yield by
            return _answer(extractive, passages, shown, text + by)
    citations = tuple(c for one in shown for c in one.citations)
    if text:
        by = _worded_by(endpoint, language)
        yield by
        text += by
    return (yield from _in_own_words(extractive, reason, language, text, citations, passages))


def _worded_by(endpoint: Endpoint, language: Language) -> str:
    """Return the line that says whose words stand above it; it goes wherever the answer goes."""
    return f"\n\n*{say('worded_by', language, model=escaped(endpoint.name))}*"


def _in_own_words(
    extractive: Answer,
    reason: str,
    language: Language,
    before: str = "",
    cited: Sequence[Citation] = (),
    passages: Sequence[Hit] = (),
) -> Generator[str, None, Answer]:
    """Yield the reports' own words, with the reason for them, after what was shown `before` with its citations."""
    said = f"{say(f'model_{reason}', language)}\n\n{extractive.text}"
    rest = f"\n\n{said}" if before else said
    yield rest
    hits = {hit.address: hit for hit in (*extractive.hits, *passages)}
    return replace(extractive, text=before + rest, citations=(*cited, *extractive.citations), hits=tuple(hits.values()))


def _orders(hit: Hit) -> bool:
    """Whether what a model would be shown of a passage gives it orders."""
    return gives_orders(f"{hit.document}\n{text_of(hit)}")


def checked(sentence: Cited, passages: Sequence[Hit], checker: Checker, language: Language) -> Written:
    """Return a sentence as it is shown: with its citations, or marked as not supported by what it cites."""
    cited = [passages[number - 1] for number in sentence.passages]
    fault = fault_of(sentence.text, cited, checker, passages)
    if fault:
        return Written(f"{_plain(sentence.text)} *{say('not_supported', language)}*", (), fault)
    if len(cited) > 1:  # one that adds nothing is no citation of it
        cited = [hit for hit in cited if not fault_of(sentence.text, [hit], checker, passages)] or cited
    citations = tuple(
        _citation(hit, quote) for hit in cited for quote in best_quotes(sentence.text, hit, checker.words)
    )
    chips = "".join(f" {citation.chip(language)}" for citation in citations)
    return Written(_plain(sentence.text) + chips, citations, "")


def _sentences(
    question: str, passages: Sequence[Hit], titles: Mapping[str, str], endpoint: Endpoint, language: Language
) -> Iterator[tuple[Cited, Sequence[Hit]]]:
    """Yield the model's sentences, each with the passages it was shown: fewer of them where they were too long."""
    for shown in (passages, passages[:_FEWER]):
        parser = Parser(len(shown))
        try:
            with closing(words(endpoint, messages(question, shown, titles, language))) as pieces:
                for piece in pieces:
                    yield from ((sentence, shown) for sentence in parser.feed(piece))
            yield from ((sentence, shown) for sentence in parser.end())
        except GenerationError as error:
            if error.reason == "too_long" and len(shown) > _FEWER:
                continue
            raise
        return


def _answer(extractive: Answer, passages: Sequence[Hit], shown: Sequence[Written], text: str) -> Answer:
    citations = tuple(c for one in shown for c in one.citations)
    return Answer(extractive.question, text, citations, False, tuple(passages))


def _plain(text: str) -> str:
    return escaped(text.replace("pincite:", "pincite :"))


def _citation(hit: Hit, quote: str) -> Citation:
    return Citation(hit.report, hit.paragraph.label, quote, hit.paragraph.heading_path, hit.version)


def _gap(language: Language) -> str:
    return "" if language == "zh" else " "
