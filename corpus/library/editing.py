"""What people correct of a report's facts: checked here, kept apart from what its file says, and stronger than that."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, update

from corpus.errors import EditError
from corpus.library import identity, removed
from corpus.library.schema import EDITS, REPORTS

FIELDS = ("title", "symbol", "language", "date", "session", "id")
MAX_CHARS = {"title": 2_000, "symbol": 200, "session": 200}
_ID = re.compile(r"[\w.]+(?:-+[\w.]+)*")
_LANGUAGES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg "
    "ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn "
    "no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
"""ISO 639-1."""


def checked(fields: Mapping[str, str | None]) -> dict[str, str]:
    """Return the fields that are to change, without white space around their values; None leaves a field as it is.

    Raises:
        EditError: a field is unknown, or its value is not what the field takes.
    """
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise EditError(f"expected a field among {', '.join(FIELDS)}, found {unknown[0]!r}")
    wanted = {name: " ".join(value.split()) for name, value in fields.items() if value is not None}
    if not wanted:
        raise EditError(f"expected something to change: {', '.join(FIELDS)}; found nothing")
    for name, value in wanted.items():
        reason = _fault(name, value)
        if reason:
            raise EditError(f"{name}: expected {reason}, found {value!r}")
    return wanted


def edit(connection: Connection, row: Row[Any], wanted: Mapping[str, str]) -> None:
    """Write checked fields of a report, so that neither a rebuild nor a new version takes them back.

    Raises:
        EditError: another report has, or had, the id that is wanted.
    """
    wanted = dict(wanted)
    new_id = wanted.pop("id", row.name)
    if new_id != row.name:
        taken = identity.key_of(connection, new_id) not in (None, row.id)
        if taken or not removed.is_free(connection, new_id, removed.of_row(connection, row)):
            raise EditError(f"id: expected one that no other report has or had, found {new_id!r}")
        identity.rename(connection, row, new_id)
    for field, value in wanted.items():
        connection.execute(delete(EDITS).where(EDITS.c.report_id == row.id, EDITS.c.field == field))
        connection.execute(insert(EDITS).values(report_id=row.id, field=field, value=value))
    if wanted:
        connection.execute(update(REPORTS).where(REPORTS.c.id == row.id).values(**wanted))


def _fault(field: str, value: str) -> str:
    """Return what was expected of a value that its field does not take; empty for one that it takes."""
    if field == "title" and not value:
        return "a title"
    if field == "id" and not (_ID.fullmatch(value) and len(value) <= identity.MAX_ID_CHARS):
        return f"letters, digits, dots and single hyphens between them, at most {identity.MAX_ID_CHARS} characters"
    if field == "language" and value not in _LANGUAGES:
        return "an ISO 639-1 code such as zh or en"
    if field == "date" and value and not _is_date(value):
        return "a date such as 2018-10-29"
    if len(value) > MAX_CHARS.get(field, len(value)):
        return f"at most {MAX_CHARS[field]} characters"
    return ""


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
