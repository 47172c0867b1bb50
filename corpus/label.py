"""The citation key of a paragraph: a typed value that parses, prints in Chinese and English, and sorts.

A label knows how its number is written, not which report it stands in nor whether that report has it.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property, total_ordering
from itertools import pairwise
from typing import Literal

from corpus import numerals
from corpus.numerals import DOTTED

StepKind = Literal["article", "number", "item", "unnumbered", "row", "footnote"]
Language = Literal["zh", "en"]

_STEPS: tuple[tuple[StepKind, re.Pattern[str]], ...] = (
    ("footnote", re.compile(r"(?:脚注|fn)(\d+|\*{1,3}|[ivx]{1,7})")),
    ("article", re.compile(r"(Article (?:\d+|[IVXLC]+)(?: (?:bis|ter|quater))?)(?![A-Za-z\d])")),
    ("article", re.compile(rf"(第[\d{numerals.CHINESE_NUMERAL}]+条(?:之[{numerals.CHINESE_NUMERAL}]+)?)")),
    ("number", re.compile(rf"({DOTTED}|\d+(?:bis|ter|quater)?|[{numerals.CHINESE_NUMERAL}]+(?=[(¶#\d]|$))")),
    (
        "item",
        re.compile(
            rf"\(([a-z]{{1,5}}|[а-яё]|[0-9]{{1,2}}|[{numerals.CHINESE_NUMERAL}{numerals.HEAVENLY_STEMS}]{{1,3}})\)"
        ),
    ),
    ("unnumbered", re.compile(r"¶(\d+)")),
    ("row", re.compile(r"#(\d+)")),
)
_AFTER: dict[StepKind | None, tuple[StepKind, ...]] = {
    None: ("footnote", "article", "number", "item", "unnumbered", "row"),
    "article": ("number", "item", "unnumbered"),
    "number": ("number", "item", "unnumbered", "row"),
    "item": ("number", "item", "unnumbered", "row"),
    "unnumbered": ("item",),
    "row": (),
    "footnote": (),
}
_SCOPE = re.compile(r"(?!脚注|fn[\divx])[^/()¶#\s\d](?:[^/()¶#]*[^/()¶#\s])?")
_ANNEX = re.compile(r"(附件|附录|Annex|Appendix)\s*(\S*)")
_UNIT = re.compile(
    rf"([^\W\d]+(?: [^\W\d]+)?) ?(?:([A-Za-z])\.)?(\d{{1,3}}|[IVX]{{1,6}}|[{numerals.CHINESE_NUMERAL}]{{1,3}})"
)
_UNIT_WORDS = {"原则": "principle", "准则": "guideline", "principe": "principle", "principio": "principle"}
_UNIT_WORDS |= {"принцип": "principle", "directriz": "guideline", "ligne directrice": "guideline"}
_ANNEX_NAMES = {"附件": ("附件", "annex"), "Annex": ("附件", "annex"), "附录": ("附录", "appendix")}
_ANNEX_NAMES["Appendix"] = _ANNEX_NAMES["附录"]
_LATIN_ARTICLE = "A"
_LATINORDINALS = {"bis": "之二", "ter": "之三", "quater": "之四"}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class Step:
    """One part of a label: its kind, and the mark as printed without brackets or signs (`c`, `12`, `6bis`, `第十七条`)."""

    kind: StepKind
    mark: str

    def __str__(self) -> str:
        form = {"item": f"({self.mark})", "unnumbered": f"¶{self.mark}", "row": f"#{self.mark}"}
        if self.kind == "footnote":
            raise AssertionError("a footnote's word depends on the label's language: print the label")
        return form.get(self.kind, self.mark)


@total_ordering
@dataclass(frozen=True)
class Label:
    """The place of a paragraph in its report.

    Attributes:
        steps: from the paragraph inwards: `12`, then `c`. Empty for a whole annex.
        scope: where numbers restart, outermost first: `("附件二",)`. Empty for the body of the report.
        footnote_word: `脚注` or `fn`, whichever the report's language asks for.
    """

    steps: tuple[Step, ...]
    scope: tuple[str, ...] = ()
    footnote_word: str = field(default="脚注", compare=False)

    def __post_init__(self) -> None:
        if not self.steps and not self.scope:
            raise ValueError("expected a label with a number or a scope, found neither")

    @classmethod
    def parse(cls, text: str) -> "Label":
        """Return the label written canonically as `text`.

        Raises:
            ValueError: `text` is not a canonical label, such as `12(c)`, `附件二¶3` or `Annex II/3(a)`.
        """
        *scope, last = text.split("/")
        steps = _parse_steps(last)
        above = _parse_steps(scope[-1]) if scope else None
        if above and above[-1].kind == "article" and steps and steps[0].kind == "number":
            return replace(cls.parse("/".join(scope)), steps=(*above, *steps))
        if steps is None:
            head = _SCOPE.match(last)
            steps = _parse_steps(last[head.end() :]) if head else None
            if head and head.end() == len(last):
                steps = ()
            if head is None or steps is None or (steps and steps[0].kind in ("article", "number", "footnote")):
                raise ValueError(f"expected a label such as 12(c), 附件二¶3 or Annex II/3(a), found {text!r}")
            scope.append(head[0])
        if (text.count("/") and last[:1] in ("(", "¶", "#")) or any(not _SCOPE.fullmatch(part) for part in scope):
            raise ValueError(f"expected the name of an annex or a guideline before '/', found {text!r}")
        return cls(steps, tuple(scope), "fn" if last.startswith("fn") else "脚注")

    def __str__(self) -> str:
        own = "".join(self.footnote_word + s.mark if s.kind == "footnote" else str(s) for s in self.steps)
        if len(self.steps) > 1 and self.steps[0].mark[0] in _LATIN_ARTICLE and self.steps[1].kind == "number":
            own = f"{self.steps[0]}/{''.join(map(str, self.steps[1:]))}"
        joint = "/" if self.scope and own and own[0] not in "(¶#" else ""
        return "/".join(self.scope) + joint + own

    @cached_property
    def sort_key(self) -> tuple[tuple[int, ...], ...]:
        """Values that order labels as a report prints them, equal for the same place written in two ways.

        Numbers count by value (`14(c)(四)` as `14(c)(iv)`). The body comes first, then its footnotes, then the annexes.
        A label alone cannot tell where an item without a number above it stands: `附件二(a)` sorts after `附件二¶4`, and
        a list (i), (ii) directly below a paragraph by letters first. The order of a report's paragraphs is its own.
        """
        place = tuple(_scope_key(part) for part in self.scope)
        steps, level = [], 0
        for step in self.steps:
            steps.append(_step_key(step, level))
            level += step.kind == "item"
        return (*place, *steps)

    def __lt__(self, other: "Label") -> bool:
        return (self.sort_key, str(self)) < (other.sort_key, str(other))

    def within(self, other: "Label") -> bool:
        """Whether this is `other` or a part of it: `12(c)` is within `12`, `附件三#4` within `附件三`."""
        return self.sort_key[: len(other.sort_key)] == other.sort_key

    def shown(self, language: Language = "zh") -> str:
        """Return the label as a sentence cites it: 第12(c)段 in Chinese, para. 12 (c) in English."""
        return _shown_zh(self) if language == "zh" else _shown_en(self)


def annex_label(word: str, number: str) -> Label:
    """Return the label of a whole annex: `附件` and `二`, `Annex` and `II`, or an empty number for the only annex."""
    separator = " " if word.isascii() and number else ""
    return Label((), (word + separator + number,))


def _parse_steps(text: str) -> tuple[Step, ...] | None:
    steps: list[Step] = []
    at, previous = 0, None
    while at < len(text):
        for kind, pattern in _STEPS:
            found = pattern.match(text, at) if kind in _AFTER[previous] else None
            if found:
                steps.append(Step(kind, found[1]))
                at, previous = found.end(), kind
                break
        else:
            return None
    return tuple(steps) or None


def _scope_key(part: str) -> tuple[int, ...]:
    annex = _ANNEX.fullmatch(part)
    if annex:
        kind = 11 if annex[1] in ("附录", "Appendix") else 10
        return (kind, numerals.from_any(annex[2]) or sum(map(ord, annex[2])))
    unit = _UNIT.fullmatch(part)
    if unit:
        word = _UNIT_WORDS.get(unit[1].lower(), unit[1].lower())
        return (8, sum(map(ord, word)), ord(unit[2].upper()) if unit[2] else 0, numerals.from_any(unit[3]) or 0)
    return (9, *(int(n) for n in re.findall(r"\d+", part)), *part.encode())


def _step_key(step: Step, level: int) -> tuple[int, ...]:
    if step.kind == "article":
        if not step.mark.startswith("第"):
            _, number, *suffix = step.mark.split(" ")
            return (3, numerals.from_any(number) or 0, ["bis", "ter", "quater"].index(suffix[0]) + 2 if suffix else 0)
        number, _, inserted = step.mark[1:].replace("条", "").partition("之")
        return (3, numerals.from_any(number) or 0, numerals.from_chinese(inserted) or 0)
    if step.kind == "number" and "." in step.mark:
        first, *others = re.findall(r"\d+|[A-Z]+", step.mark)
        return (2, int(first), 4, *(int(n) if n.isdecimal() else numerals.from_roman(n) or ord(n[0]) for n in others))
    if step.kind == "number":
        digits = re.match(r"\d+", step.mark)
        value = int(digits[0]) if digits else numerals.from_chinese(step.mark) or 0
        suffixes = ["", *_LATINORDINALS]
        return (2, value, suffixes.index(step.mark[digits.end() :]) if digits else 0)
    if step.kind == "item":
        return (4, numerals.ordinal_of_mark(step.mark, level) or 0)
    if step.kind == "footnote":
        if step.mark.isdecimal() or step.mark.startswith("*"):
            return (5, int(step.mark) if step.mark.isdecimal() else 0, len(step.mark))
        return (7, numerals.from_roman(step.mark) or 0)
    return (1 if step.kind == "unnumbered" else 6, int(step.mark))


def _scope_shown(label: Label, language: Language) -> str:
    names = []
    for part in label.scope:
        annex = _ANNEX.fullmatch(part)
        value = numerals.from_any(annex[2]) if annex else None
        if annex is None:
            names.append(part)
        elif language == "zh":
            names.append(_ANNEX_NAMES[annex[1]][0] + (numerals.to_chinese(value) if value else ""))
        else:
            names.append(" ".join([_ANNEX_NAMES[annex[1]][1], *([numerals.to_roman(value)] if value else [])]))
    return "".join(names) if language == "zh" else ", ".join(names)


def _number_shown(mark: str, language: Language) -> str:
    digits = re.match(r"\d+", mark)
    if digits is None or digits.end() == len(mark) or "." in mark:
        return mark
    suffix = mark[digits.end() :]
    return digits[0] + (_LATINORDINALS[suffix] if language == "zh" else f" {suffix}")


def _shown_zh(label: Label) -> str:
    scope, steps = _scope_shown(label, "zh"), label.steps
    if steps and steps[0].kind == "article":
        return scope + _article_shown_zh(steps)
    if (
        len(steps) > 1
        and steps[0].kind == "number"
        and not steps[0].mark[0].isdigit()
        and steps[1].kind != "unnumbered"
    ):
        return scope + "".join(map(str, steps))  # 二(一): the path of a document whose headings count in Chinese
    out = ""
    for i, step in enumerate(steps):
        if step.kind == "footnote":
            return f"{scope}脚注{step.mark}"
        if step.kind == "row":
            return f"{scope}{out}第{step.mark}行"
        if step.kind == "item":
            out += f"({step.mark})"
        elif step.kind == "unnumbered" and i:
            return f"{scope}{out}段第{step.mark}分段"
        else:
            unnumbered = "无编号" if step.kind == "unnumbered" and not scope else ""
            out += f"{unnumbered}第{_number_shown(step.mark, 'zh')}"
    return scope + out + ("段" if out else "")


def _article_shown_zh(steps: tuple[Step, ...]) -> str:
    """Return an article's label as a Chinese lawyer cites it: 条, 款, 项 and 目."""
    value = _step_key(steps[0], 0)[1]
    out = steps[0].mark if steps[0].mark.startswith("第") else f"第{value}条"
    for before, step in pairwise(steps):
        if step.kind == "item":
            out += f"第({step.mark})项" if step.mark[0] in numerals.CHINESE_NUMERAL else f"({step.mark})"
        else:
            below_item = "段" if step.kind == "unnumbered" else "目"
            out += f"第{_number_shown(step.mark, 'zh')}{below_item if before.kind == 'item' else '款'}"
    return out


def _shown_en(label: Label) -> str:
    parts, article = [], False
    scope = _scope_shown(label, "en")
    if scope:
        parts.append(scope)
    for i, step in enumerate(label.steps):
        if step.kind == "article":
            value, article = _step_key(step, 0), True
            parts.append(
                f"art. {value[1]}" + (f" {('bis', 'ter', 'quater')[value[2] - 2]}" if 2 <= value[2] <= 4 else "")
            )
        elif step.kind == "footnote":
            parts.append(f"footnote {step.mark}")
        elif step.kind == "row":
            parts.append(f"row {step.mark}")
        elif step.kind == "unnumbered":
            n = int(step.mark)
            ordinal = f"{ORDINALS[n - 1]} paragraph" if 1 <= n <= len(ORDINALS) else ""
            parts.append(ordinal if ordinal and (scope or article or i) else f"unnumbered paragraph {n}")
        elif step.kind == "number" and not article:
            parts.append(f"para. {_number_shown(step.mark, 'en')}")
        else:
            mark = f"({_number_shown(step.mark, 'en')})"
            if parts and (i or scope):
                parts[-1] += f" {mark}"
            else:
                parts.append(f"para. {mark}")
    return ", ".join(parts)
