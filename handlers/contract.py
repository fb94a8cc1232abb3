"""The JSON of the command line's contract, which the chat page speaks too: frozen values to plain objects."""

from __future__ import annotations

from datetime import date, time
from typing import TypeAlias

from bot.history import Change
from bot.messages import Button, Part, Period, Reply, Section
from bot.model import Book, Entry, Item, Plan, ProposedPlan

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def answer_json(reply: Reply, book: Book, message_id: str | None = None) -> dict[str, Json]:
    """Return an answer; `parts` is its text line by line, for those who show more than plain words."""
    return {
        "id": message_id,
        "text": reply.text,
        "intent": reply.intent,
        "language": reply.language,
        "span": _period(reply.period),
        "items": [item_json(item, book) for item in reply.items],
        "changes": [_change(change) for change in reply.changes],
        "buttons": [_button(button) for button in reply.buttons_to_say],
        "parts": [_part(part) for part in reply.parts],
    }


def digest_json(reply: Reply, book: Book) -> dict[str, Json]:
    """Return a digest with its sections."""
    return {
        "text": reply.text,
        "span": _period(reply.period),
        "sections": [_section(section, book) for section in reply.sections],
        "buttons": [_button(button) for button in reply.buttons_to_say],
        "parts": [_part(part) for part in reply.parts],
    }


def item_json(item: Item, book: Book) -> dict[str, Json]:
    """Return an item as it stands in the database."""
    plan = book.plan_of(item)
    return {
        **entry_json(item),
        "id": item.id,
        "key": item.key,
        "plan": plan.title,
        "plan_short": plan.short,
        "status": item.status,
        "cancelled": item.cancelled,
    }


def entry_json(entry: Entry) -> dict[str, Json]:
    """Return what a plan says of one item; without a place in the database its id and key are null."""
    span = entry.span
    return {
        "id": None,
        "key": None,
        "kind": entry.kind,
        "title": entry.title,
        "date_text": span.text,
        "start": _day(span.start),
        "end": _day(span.end),
        "other": _day(span.other),
        "time_start": _clock(entry.time_start),
        "time_end": _clock(entry.time_end),
        "precision": span.precision,
        "uncertain": span.uncertain,
        "repeats": span.repeats,
        "issues": list(entry.doubts),
        "responsible": list(entry.responsible),
        "audience": list(entry.audience),
        "location": entry.location,
        "resources": entry.resources,
        "goal": entry.goal,
        "area": entry.area,
        "milestones": "all" if entry.milestones == "all" else list(entry.milestones),
        "region": entry.region,
        "comment": entry.comment,
        "source": entry.source,
        "source_line": entry.source_line,
    }


def plan_json(plan: Plan | ProposedPlan) -> dict[str, Json]:
    """Return a plan, or what a document proposes as one."""
    stored: dict[str, Json] = {"id": plan.id, "short": plan.short} if isinstance(plan, Plan) else {}
    return {
        **stored,
        "title": plan.title,
        "organisation": plan.organisation,
        "period_start": _day(plan.period_start),
        "period_end": _day(plan.period_end),
        "language": plan.language,
        "reservation": plan.reservation,
    }


def _section(section: Section, book: Book) -> dict[str, Json]:
    return {"name": section.name, "items": [item_json(item, book) for item in section.items]}


def _change(change: Change) -> dict[str, Json]:
    return {
        "item": change.item,
        "field": change.field,
        "from": change.before,
        "to": change.after,
        "by": change.by,
    }


def _button(button: Button) -> dict[str, Json]:
    return {"label": button.label, "says": button.says, "describes": button.describes}


def _part(part: Part) -> dict[str, Json]:
    return {"kind": part.kind, "text": part.text, "item": part.item}


def _period(period: Period | None) -> Json:
    return None if period is None else {"start": _day(period.start), "end": _day(period.end)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _clock(clock: time | None) -> str | None:
    return clock.strftime("%H:%M") if clock else None
