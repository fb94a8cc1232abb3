"""A frame as text and back: what a conversation keeps until the next message."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

from bot.messages import Period
from bot.model import Kind, Language
from bot.understanding.frame import Asked, Frame, Intent

_MOST_IDS = 200  # of a long answer the first ones are enough to go on from
_MOST_FRAMES = 4
_MOST_CHOICES, _LONGEST_CHOICE = 8, 600


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
    if frame.when is not None:
        period = frame.when.period
        kept["when"] = [frame.when.text, _iso(period.start), _iso(period.end), frame.when.is_conflicting]
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
    if name == "when":
        return None if kept is None else _asked(*kept)
    return tuple(kept) if isinstance(kept, list) else kept


def _asked(text: str, start: str | None, end: str | None, is_conflicting: bool) -> Asked:
    period = Period(start=_day(start), end=_day(end))
    return Asked(text=text, period=period, is_conflicting=is_conflicting)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
