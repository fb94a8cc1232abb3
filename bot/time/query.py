"""A question about one time expression as a plain mapping, and its answer: what `planvakt when` reads and prints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import cast

from bot.model import Precision
from bot.time.lexicon import lexicon
from bot.time.reading import Context, When, read

_NO_DATE: dict[str, object] = {"start": None, "end": None, "precision": "none", "conflict": False, "times": None}


def answer(query: Mapping[str, object]) -> dict[str, object]:
    """Answer a query with the keys of the command-line contract; only "text" and "reference" must be there.

    The text is read as a whole cell where it is one, else as a question. Raises ValueError for a reference or a
    calendar that is no date.
    """
    return answer_of(read(str(query["text"]), context_of(query)))


def answer_of(when: When | None) -> dict[str, object]:
    """Return a resolved time as the contract writes it."""
    if when is None:
        return dict(_NO_DATE)
    is_dated = when.is_dated or when.precision is Precision.ONGOING
    return {
        "start": _iso(when.start),
        "end": _iso(when.end),
        "precision": when.precision.value if is_dated else Precision.NONE.value,
        "conflict": when.conflict,
        "times": [_clock(moment) for moment in when.times] if when.times else None,
        "uncertain": when.uncertain,
        "impossible": when.impossible,
        "recurring": when.recurring,
        "repeats": when.repeats,
        "other": _iso(when.other),
    }


def context_of(query: Mapping[str, object]) -> Context:
    """Return the context that a query's keys tell. Raises ValueError where one of them is no date or month."""
    return Context(
        reference=_date(query["reference"]),
        month=_month(query.get("month")),
        year=_year(query.get("year")),
        school_year=_text(query.get("school_year")),
        section=_text(query.get("section")),
        calendar=_calendar(query.get("calendar")),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _clock(moment: time | None) -> str | None:
    return moment.strftime("%H:%M") if moment else None


def _date(written: object) -> date:
    return date.fromisoformat(str(written)[:10])


def _text(written: object) -> str | None:
    return str(written) if written else None


def _year(written: object) -> int | None:
    return int(str(written)) if written else None


def _month(written: object) -> int | None:
    """Return the number of a month by its number or any of its names."""
    if not written:
        return None
    if isinstance(written, int) or str(written).isdigit():
        return int(str(written))
    for category, value in lexicon().said_by(str(written)):
        if category in ("month", "month_name", "month_short"):
            return int(value)
    raise ValueError(f"no month: {written}")


def _calendar(written: object) -> dict[str, tuple[date, date]]:
    if not isinstance(written, Mapping):
        return {}
    days = cast(Mapping[str, list[str]], written)
    return {name: (_date(first), _date(last)) for name, (first, last) in days.items()}
