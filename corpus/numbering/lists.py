"""Where an item belongs: which paragraph's or item's list its sign opens or continues. Knows labels, not blocks."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from corpus.label import Label, Step
from corpus.marks import ITEM_FORMS
from corpus.numerals import follows, opens_list
from corpus.report import Paragraph, ParagraphKind

LOOK_BACK = 200
"""How many paragraphs back the list of an item is looked for."""
MAIN: tuple[ParagraphKind, ...] = ("numbered", "sub", "article", "unnumbered", "preambular")
"""The kinds that items can belong to."""
_MAX_STEPS = 8
"""How deep lists stand in one another: more is an (a) printed again and again."""
_INSIDE = re.compile(rf"[；;。，,][(（ ]{{1,2}}({ITEM_FORMS})[)）]")
_LOOK_BACK_FOR_LIST = 30


def place_in_list(
    paragraphs: Sequence[Paragraph],
    sign: str,
    kind: Literal["item", "number"],
    scope: tuple[str, ...],
    main: Label | None,
    bare_items: bool,
) -> Label | None:
    """Return the label of an item, or None where its sign neither opens nor continues a list.

    Args:
        paragraphs: those read so far in the part of the report that the item stands in.
        sign: of the item's mark.
        kind: whether the item is marked (a) or, below an article, 1.
        scope: in which numbers run here.
        main: the numbered paragraph or article that the item stands below; None after a heading.
        bare_items: whether items below an unnumbered paragraph are cited without it, as in an annex.
    """
    own = [p for p in paragraphs[-LOOK_BACK:] if p.kind in MAIN and p.label.scope[: len(scope)] == scope]
    last = own[-1] if own else None
    if last is None and main is None and scope and opens_list(sign):
        return Label((Step("item", sign),), scope)
    if last is None or (main is not None and not last.label.within(main)):
        return replace(main, steps=(*main.steps, Step(kind, sign))) if main and opens_list(sign) else None
    steps = last.label.steps
    for depth in range(len(steps) - 1, -1, -1):
        step = steps[depth]
        nested = kind == "number" and step.kind == "item" and step.mark.isdecimal()
        before = _last_inside(last.text, step.mark) if depth == len(steps) - 1 else step.mark
        if (step.kind == kind or nested) and follows(sign, before):
            return replace(last.label, steps=(*steps[:depth], Step(step.kind, sign)))
    if not opens_list(sign):
        return _list_before(own, sign, kind)
    owner = _owner(last, own, bare_items)
    if len(owner) >= _MAX_STEPS:
        return None
    within = owner[-1].kind if owner else kind
    return replace(last.label, steps=(*owner, Step("item" if within in ("number", "unnumbered") else kind, sign)))


def _owner(last: Paragraph, own: Sequence[Paragraph], bare_items: bool) -> tuple[Step, ...]:
    """Return the steps of what a list that opens after `last` belongs to."""
    steps = last.label.steps
    if last.kind == "unnumbered" and len(steps) == 1:
        first = replace(last.label, steps=(Step("item", "a"),))
        return () if bare_items and all(p.label != first for p in own) else steps
    if len(steps) > 1 and steps[-1].kind == "unnumbered" and steps[0].kind != "article":
        owner = steps[:-1]
        has_items = any(p.kind == "sub" and p.label.steps[: len(owner)] == owner for p in own)
        return steps if has_items else owner
    return steps


def _last_inside(text: str, sign: str) -> str:
    """Return the sign of the last item that stands inside the text of item `sign` and counts on from it, else `sign`."""
    for mark in _INSIDE.finditer(text):
        inside: str = mark[1]
        sign = inside if follows(inside, sign) else sign
    return sign


def _list_before(own: Sequence[Paragraph], sign: str, kind: Literal["item", "number"]) -> Label | None:
    """Return the label of an item whose list other text has broken off, within the same numbered paragraph, or None."""
    for paragraph in reversed(own[-_LOOK_BACK_FOR_LIST:]):
        if paragraph.kind in ("numbered", "article"):
            return None
        steps = paragraph.label.steps
        for depth in range(len(steps) - 1, -1, -1):
            if paragraph.kind == "sub" and steps[depth].kind == kind and follows(sign, steps[depth].mark):
                return replace(paragraph.label, steps=(*steps[:depth], Step(kind, sign)))
    return None
