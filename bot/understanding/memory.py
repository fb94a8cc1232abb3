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


def as_text(frame: Frame) -> str:
    """Return the frame as JSON."""
    kept: dict[str, Any] = {field.name: getattr(frame, field.name) for field in fields(frame)}
    kept["items"] = frame.items[:_MOST_IDS]
    kept["shown"] = frame.shown[:_MOST_IDS]
    if frame.when is not None:
        period = frame.when.period
        kept["when"] = [frame.when.text, _iso(period.start), _iso(period.end), frame.when.is_conflicting]
    return json.dumps(kept, ensure_ascii=False)


def from_text(text: str) -> Frame | None:
    """Return the frame that was kept; None where the text is of a release that kept something else."""
    try:
        kept = json.loads(text)
        values = {field.name: _value(field.name, kept[field.name]) for field in fields(Frame)}
        return Frame(**values)
    except (KeyError, TypeError, ValueError):
        return None


def _value(name: str, kept: Any) -> Any:
    if name == "intent":
        return Intent(kept)
    if name == "language":
        return Language(kept)
    if name == "kinds":
        return tuple(Kind(kind) for kind in kept)
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
