"""All mentions of something as an answer: how many there are, and each paragraph quoted and cited in document order."""

from assistant import compose
from assistant.answer import Answer, escaped
from assistant.compose import Statement
from assistant.mentions import Mention, Mentions
from assistant.sentences import clauses, sentences
from assistant.view import View
from assistant.wording import say
from corpus.label import Language

QUOTED = 100
"""Up to how many paragraphs the sentences that mention it are quoted; of more, the words themselves."""
LISTED = 1_000
"""How many paragraphs an answer lists; `Assistant.mentions` has them all."""
_SENTENCE_CHARS = 220
_NAMES = 8


def listed(question: str, mentions: Mentions, view: View, language: Language) -> Answer:
    """Return the answer that lists `mentions`, of which there must be some."""
    separator = say("separator", language)
    names = separator.join(mentions.other_names[:_NAMES])
    opening = say(
        "mentions" if len(mentions.found) > 1 else "mentions_one",
        language,
        n=f"{len(mentions.found):,}",
        times=f"{mentions.times:,}",
        phrase=escaped(mentions.phrase),
        others=say("other_names", language, names=escaped(names)) if names else "",
    )
    whole = len(mentions.found) <= QUOTED
    statements = [Statement(m.hit, _sentences(m) if whole else m.printed[:1]) for m in mentions.found[:LISTED]]
    notes = []
    if len(mentions.found) > LISTED:
        notes.append(say("cut", language, shown=str(LISTED), total=str(len(mentions.found))))
    return compose.answer_of(question, statements, language, view.titles(), notes, opening)


def _sentences(mention: Mention) -> tuple[str, ...]:
    """Return the sentences of a paragraph that mention it, of very long ones the clauses, each a substring of its text."""
    text = mention.hit.paragraph.text
    if mention.hit.paragraph.kind == "row":
        return (text,)
    pieces = []
    for sentence in sentences(text):
        parts = clauses(sentence) if len(sentence) > _SENTENCE_CHARS else []
        pieces += parts if len(parts) > 1 else [sentence]
    kept, at = [], 0
    for piece in pieces:
        start = text.index(piece, at)
        at = start + len(piece)
        if any(start < end and begin < at for begin, end in mention.spans):
            kept.append(piece)
    return compose.joined(text, kept) or (text,)
