"""An entry of a plan to the fields of its row and back; each field also as text, which the history keeps."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, time

from bot.model import Doubt, Entry, Item, Kind, Precision, Span, Status
from storage.tables import ItemRow

Field = str | bool | int | date | time | tuple[str, ...] | tuple[int, ...] | None

STATUS = "status"
CANCELLED = "cancelled"
SOURCES = ("source", "source_line")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One field of a row that has got another value; both as text."""

    field: str
    before: str | None
    after: str | None


def to_item(row: ItemRow) -> Item:
    return Item(
        id=row.id,
        key=row.key,
        plan_id=row.plan_id,
        status=row.status,
        cancelled=row.cancelled,
        kind=row.kind,
        title=row.title,
        span=Span(
            start=row.start,
            end=row.end,
            precision=row.precision,
            text=row.date_text,
            uncertain=row.uncertain,
            other=row.other,
        ),
        time_start=row.time_start,
        time_end=row.time_end,
        responsible=row.responsible,
        audience=row.audience,
        location=row.location,
        resources=row.resources,
        goal=row.goal,
        area=row.area,
        milestones=row.milestones,
        region=row.region,
        comment=row.comment,
        doubts=tuple(map(Doubt, row.doubts)),
        source=row.source,
        source_line=row.source_line,
    )


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


def write_text(row: ItemRow, field: str, text: str | None) -> None:
    """Put a value that the history has kept into the row."""
    setattr(row, field, None if text is None else _FROM_TEXT.get(field, str)(text))


def has_field(field: str) -> bool:
    """Whether the field is one that the history can set back."""
    return field == STATUS or field in _NAMES


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


_NAMES = frozenset(_fields(Entry(kind=Kind.EVENT, title="")))


def _words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


_FROM_TEXT: Mapping[str, Callable[[str], object]] = {
    STATUS: Status,
    "kind": Kind,
    "precision": Precision,
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
