"""A frame as text and back: what a conversation keeps until the next message."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from bot.breaks import BreakName, SchoolBreak
from bot.messages import Period
from bot.model import Kind, Language
from bot.understanding.frame import Asked, Frame, Intent, OpenQuestion

_MOST_IDS = 200  # of a long answer the first ones are enough to go on from
_MOST_FRAMES = 4
_MOST_CHOICES, _LONGEST_CHOICE = 8, 600

_Days = tuple[str | None, str | None]
_Told = tuple[str, str, str]


def as_text(frame: Frame) -> str:
    """Return the frame as JSON, with the last few that it goes on from; what is bounded by nothing else is cut."""
    return json.dumps(_kept(frame, _MOST_FRAMES), ensure_ascii=False)


def _kept(frame: Frame, most: int) -> dict[str, Any]:
    kept: dict[str, Any] = {field.name: getattr(frame, field.name) for field in fields(frame)}
    for name in ("items", "shown", "offered", "shown_plans"):
        kept[name] = kept[name][:_MOST_IDS]
    kept["choices"] = [words[:_LONGEST_CHOICE] for words in frame.choices[:_MOST_CHOICES]]
    kept["unheard"] = ()  # belongs to one message alone
    kept["earlier"] = _kept(frame.earlier, most - 1) if frame.earlier and most > 1 else None
    kept["told"] = _told(frame.told)
    if frame.when is not None:
        when, other = frame.when, frame.when.other
        kept["when"] = [when.text, _days(when.period), other and _days(other), when.is_conflicting, _told(when.breaks)]
    if frame.open is not None:
        waits = frame.open
        kept["open"] = [waits.text, waits.lacks, _kept(waits.before, most) if waits.before else None]
    return kept


def from_text(text: str) -> Frame | None:
    """Return the frame that was kept; None where the text is of a release that kept something else."""
    try:
        return _frame(json.loads(text))
    except (KeyError, TypeError, ValueError):
        return None


def _frame(kept: dict[str, Any]) -> Frame:
    return Frame(**{field.name: _value(field.name, kept[field.name]) for field in fields(Frame)})


def _value(name: str, kept: Any) -> Any:
    if name == "intent":
        return Intent(kept)
    if name == "language":
        return Language(kept)
    if name == "kinds":
        return tuple(Kind(kind) for kind in kept)
    if name == "earlier":
        return None if kept is None else _frame(kept)
    if name == "told":
        return tuple(_break(*one) for one in kept)
    if name == "when":
        return None if kept is None else _asked(*kept)
    if name == "open":
        return None if kept is None else _open(*kept)
    return tuple(kept) if isinstance(kept, list) else kept


def _asked(text: str, days: _Days, other: _Days | None, is_conflicting: bool, breaks: list[_Told]) -> Asked:
    return Asked(
        text=text,
        period=_period(*days),
        other=_period(*other) if other else None,
        is_conflicting=is_conflicting,
        breaks=tuple(_break(*one) for one in breaks),
    )


def _open(text: str, lacks: str, before: dict[str, Any] | None) -> OpenQuestion:
    return OpenQuestion(text=text, lacks=BreakName(lacks), before=None if before is None else _frame(before))


def _break(name: str, first: str, last: str) -> SchoolBreak:
    return SchoolBreak(name=BreakName(name), first=date.fromisoformat(first), last=date.fromisoformat(last))


def _told(breaks: Iterable[SchoolBreak]) -> list[_Told]:
    return [(one.name, one.first.isoformat(), one.last.isoformat()) for one in breaks]


def _days(period: Period) -> _Days:
    return _iso(period.start), _iso(period.end)


def _period(start: str | None, end: str | None) -> Period:
    return Period(start=_day(start), end=_day(end))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
