"""An entry of a plan to the fields of its row and back; each field also as text, which the history keeps."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from functools import partial
from typing import Any

from sqlalchemy import select

from bot.model import Doubt, Entry, Item, Kind, Precision, Repeats, Span, Status
from storage.column_types import storable
from storage.sessions import OrganisationSession
from storage.tables import ItemRow

Field = str | bool | int | date | time | tuple[str, ...] | tuple[int, ...] | None

STATUS = "status"
CANCELLED = "cancelled"
SOURCES = ("source", "source_line")
UNITS = (("start", "end", "precision", "date_text", "uncertain", "other", "repeats"), ("time_start", "time_end"))
"""The columns that people correct together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One field of a row that has got another value; both as text."""

    field: str
    before: str | None
    after: str | None


def to_item(row: ItemRow) -> Item:
    return _item(row, partial(getattr, row))


def items(session: OrganisationSession) -> tuple[Item, ...]:
    """Return all that stands in plans, by plan and place; without the rows that they are of, which take their time."""
    found = select(*_COLUMNS).where(ItemRow.removed_at.is_(None))
    rows = session.execute(found.order_by(ItemRow.plan_id, ItemRow.position, ItemRow.id))
    return tuple(map(_item_of, rows))


def _item_of(values: Sequence[Any]) -> Item:
    start, end, precision, text, uncertain, other, repeats, doubts, *rest = values
    span = Span(start=start, end=end, precision=precision, text=text, uncertain=uncertain, other=other, repeats=repeats)
    return Item(span=span, doubts=tuple(map(Doubt, doubts)) if doubts else (), **dict(zip(_REST, rest, strict=True)))


def to_past_item(row: ItemRow, values: Mapping[str, Any]) -> Item:
    """Return the item as it was when its columns had these values; the others are as they are now."""
    return _item(row, lambda field: values[field] if field in values else getattr(row, field))


def _item(row: ItemRow, of: Callable[[str], Any]) -> Item:
    return Item(
        id=row.id,
        key=row.key,
        plan_id=row.plan_id,
        status=of(STATUS),
        cancelled=of(CANCELLED),
        **_entry_fields(of),
    )


def to_entry(said: Mapping[str, str | None]) -> Entry:
    """Return the entry that the column `said` keeps; what it has no word of is as in an empty one."""
    values = {**_EMPTY, **{field: from_text(field, text) for field, text in said.items() if text is not None}}
    return Entry(**_entry_fields(values.__getitem__))


def to_said(entry: Entry) -> dict[str, str | None]:
    """Return what the column `said` keeps of an entry."""
    texts = {field: as_text(value) for field, value in _fields(entry).items()}
    return {field: None if text is None else storable(text) for field, text in texts.items()}


def _entry_fields(of: Callable[[str], Any]) -> dict[str, Any]:
    """The fields of an entry, from its columns."""
    return {
        **{name: of(name) for name in _SAME},
        "span": Span(
            start=of("start"),
            end=of("end"),
            precision=of("precision"),
            text=of("date_text"),
            uncertain=of("uncertain"),
            other=of("other"),
            repeats=of("repeats"),
        ),
        "doubts": tuple(map(Doubt, of("doubts"))),
    }


def says(row: ItemRow, entry: Entry) -> bool:
    """Whether the row says just what the entry says."""
    return all(getattr(row, field) == value for field, value in _fields(entry).items())


def write(row: ItemRow, entry: Entry, besides: Collection[str] = ()) -> tuple[Changed, ...]:
    """Put what the entry says into the row, but for the fields in `besides`; return what became different."""
    changes = []
    for field, value in _fields(entry).items():
        before = getattr(row, field)
        if field not in besides and before != value:
            setattr(row, field, value)
            changes.append(Changed(field=field, before=as_text(before), after=as_text(value)))
    return tuple(changes)


def from_text(field: str, text: str | None) -> Any:
    """Return a value that the history has kept."""
    return None if text is None else _FROM_TEXT.get(field, str)(text)


def has_field(field: str) -> bool:
    """Whether the field is one that the history can set back."""
    return field in (STATUS, CANCELLED) or field in _EMPTY


def as_text(value: Field) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool | tuple):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _fields(entry: Entry) -> Mapping[str, Field]:
    """What the entry says, by the names of the columns."""
    return {
        "kind": entry.kind,
        "title": entry.title,
        "start": entry.span.start,
        "end": entry.span.end,
        "precision": entry.span.precision,
        "date_text": entry.span.text,
        "uncertain": entry.span.uncertain,
        "other": entry.span.other,
        "repeats": entry.span.repeats,
        "time_start": entry.time_start,
        "time_end": entry.time_end,
        "responsible": entry.responsible,
        "audience": entry.audience,
        "location": entry.location,
        "resources": entry.resources,
        "goal": entry.goal,
        "area": entry.area,
        "milestones": entry.milestones,
        "region": entry.region,
        "comment": entry.comment,
        "doubts": entry.doubts,
        "source": entry.source,
        "source_line": entry.source_line,
    }


_EMPTY = _fields(Entry(kind=Kind.EVENT, title=""))
_SAME = tuple(field.name for field in fields(Entry) if field.name not in ("span", "doubts"))
_REST = ("id", "key", "plan_id", STATUS, CANCELLED, *_SAME)
_SPAN = ("start", "end", "precision", "date_text", "uncertain", "other", "repeats")
_COLUMNS = tuple(getattr(ItemRow, name) for name in (*_SPAN, "doubts", *_REST))


def _words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


_FROM_TEXT: Mapping[str, Callable[[str], object]] = {
    STATUS: Status,
    CANCELLED: json.loads,
    "kind": Kind,
    "precision": Precision,
    "repeats": Repeats,
    "start": date.fromisoformat,
    "end": date.fromisoformat,
    "other": date.fromisoformat,
    "time_start": time.fromisoformat,
    "time_end": time.fromisoformat,
    "uncertain": json.loads,
    "responsible": _words,
    "audience": _words,
    "doubts": _words,
    "milestones": lambda text: "all" if text == "all" else tuple(json.loads(text)),
    "source_line": int,
}
