"""What is kept of a conversation: plain values, citations as links with their quotations. Knows no library and no database."""

from dataclasses import dataclass

from assistant.answer import Answer, links_in

MAX_NEAREST = 5
"""How many of the nearest paragraphs are kept of an answer that found none."""


@dataclass(frozen=True)
class KeptCitation:
    """A citation as it is kept.

    Attributes:
        link: what it cites, with the version of its report: `pincite://un-38@2/12%28c%29`.
        quote: verbatim from that paragraph.
        heading_path: the headings above it, outermost first.
    """

    link: str
    quote: str
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptTurn:
    """One question and its answer.

    Attributes:
        question: as it was asked.
        rewritten: as it was understood.
        text: the answer's Markdown.
        citations: in the order of the text.
        abstained: whether the reports did not answer.
        short: the answer in few words; empty where there was none.
        scope: what the question was kept to, in words; empty where it was not.
        nearest: links to the other paragraphs that the answer shows.
        time: when it was kept, ISO 8601 in UTC; empty before.
    """

    question: str
    rewritten: str
    text: str
    citations: tuple[KeptCitation, ...] = ()
    abstained: bool = False
    short: str = ""
    scope: str = ""
    nearest: tuple[str, ...] = ()
    time: str = ""


@dataclass(frozen=True)
class Kept:
    """A conversation as a list shows it.

    Attributes:
        id: given once.
        name: by default made from the first question.
        created: when it was begun, ISO 8601 in UTC.
        changed: when its last turn was kept.
        n_turns: how many turns it has.
    """

    id: str
    name: str
    created: str
    changed: str
    n_turns: int


@dataclass(frozen=True)
class KeptConversation:
    """A conversation with its turns, the oldest first."""

    kept: Kept
    turns: tuple[KeptTurn, ...]


def kept_turn(question: str, answer: Answer, scope: str = "") -> KeptTurn:
    """Return what is kept of an answer.

    Args:
        question: as it was asked.
        answer: what the assistant returned.
        scope: what the question was kept to, in words.
    """
    citations = tuple(KeptCitation(c.link, c.quote, c.heading_path) for c in answer.citations)
    cited = {c.link for c in citations}
    shown = [address.link for address in links_in(answer.text)]
    if answer.abstained:
        shown += [hit.address.link for hit in answer.hits[:MAX_NEAREST]]
    nearest = tuple(link for link in dict.fromkeys(shown) if link not in cited)
    return KeptTurn(question, answer.question, answer.text, citations, answer.abstained, answer.short, scope, nearest)
