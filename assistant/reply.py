"""What is replied to a question in the reports' own words, after the turns before it. Knows no language model and no state."""

import re
from collections.abc import Sequence

from assistant import compose
from assistant.answer import Answer
from assistant.answering import answered, is_looked_up
from assistant.conversation import Turn, exchanges, made_whole
from assistant.exhaustive import stands_alone
from assistant.small_talk import reply_to_small_talk
from assistant.view import View
from assistant.wording import say
from corpus.label import Language
from index.text import HAN

MAX_QUESTION_CHARS = 2000


def reply(question: str, history: Sequence[Turn], view: View, *, is_narrowed: bool) -> Answer:
    """Return the answer in the reports' own words.

    Args:
        question: in any language; at most 2,000 characters count.
        history: the turns before it, oldest first.
        view: what is looked at.
        is_narrowed: whether the view keeps to some of the library by more than reports.
    """
    question = question.encode("utf-8", "replace").decode("utf-8").strip()[:MAX_QUESTION_CHARS]
    language = language_of(question)
    if not question:
        return compose.abstention(question, say("empty_question", language), (), language)
    if not view.index.n_passages or (view.reports == () and not is_narrowed):
        return compose.abstention(question, say("no_reports", language), (), language)
    if view.looks_at_nothing:
        return compose.abstention(question, say("nothing_within", language), (), language)
    small_talk = reply_to_small_talk(question, language)
    if small_talk:
        return Answer(question, small_talk, (), False, ())
    if not stands_alone(question):
        question = made_whole(question, exchanges(history, view), view)
    return answered(question, view, language)


def is_to_be_worded(answer: Answer, view: View) -> bool:
    """Whether an answer is one that a language model may word: neither a refusal, a look-up nor a greeting."""
    return bool(answer.citations) and not answer.abstained and not is_looked_up(answer.question, view.places())


def language_of(question: str) -> Language:
    """Return the language that a question is answered in."""
    return "en" if re.search(r"[a-zA-Z]{2}", question) and not re.search(rf"[{HAN}]", question) else "zh"
