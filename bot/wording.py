"""Days, spans, clock times and places in words, in three written standards; the words are norwegian/calendar.toml."""

from __future__ import annotations

import json
import re
import tomllib
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from bot.messages import Period
from bot.model import Doubt, Entry, Language, Precision, Span
from bot.proposals.lexicon import phrase
from bot.terms import Saying

_WEEK = timedelta(days=6)
_SHORT = 60


def day_in_words(day: date, language: Language, today: date) -> str:
    """Return "man. 4. september", with the year where it is not this one."""
    pattern = "day" if day.year == today.year else "day_year"
    return _say(language, pattern, **_parts(day, language))


def weekday_in_words(day: date, language: Language) -> str:
    """Return "torsdag"."""
    return weekday_in_words_of(day.weekday(), language)


def weekday_in_words_of(number: int, language: Language) -> str:
    """Return "torsdag" of 3; 0 is Monday."""
    return str(_calendar()[language]["days_in_full"][number])


def day_to_type(day: date, language: Language) -> str:
    """Return "torsdag 8. februar 2024": what is read back as just that day."""
    return _say(language, "day_year", **{**_parts(day, language), "weekday": weekday_in_words(day, language)})


def times_to_type(times: tuple[time | None, time | None], language: Language) -> str:
    """Return "kl. 08.30–12.00"; nothing where there is no clock time."""
    first, last = times
    if first is None:
        return ""
    start = time_in_words(first, language)
    if last is None:
        return _say(language, "clock", start=start)
    return _say(language, "clocks", start=start, end=time_in_words(last, language))


def readings_in_words(days: Sequence[date], language: Language) -> str:
    """Return "torsdag 8. eller fredag 9.", with months and years only where they differ."""
    pattern = "day_alone" if len({(day.year, day.month) for day in days}) == 1 else "day"
    pattern = pattern if len({day.year for day in days}) == 1 else "day_year"
    said = [
        _say(language, pattern, **{**_parts(day, language), "weekday": weekday_in_words(day, language)}) for day in days
    ]
    *others, last = said
    return _say(language, "either", one=", ".join(others), other=last) if others else last


def unsaid_in_words(span: Span, language: Language) -> str:
    """Return the month and the year of a span's first day that the plan's own words leave out: "februar 2024"."""
    text = (span.text or "").casefold()
    if span.start is None:
        return ""
    names = (name[:3].casefold() for words in _calendar().values() for name in words["months"])
    has_month = any(name in text for name in names) or re.search(r"\d\s*[./]\s*\d", text)
    month = "" if has_month else str(_calendar()[language]["months"][span.start.month - 1])
    year = "" if re.search(r"\d{4}|\d[./]\d+[./]\d\d", text) else str(span.start.year)
    return " ".join(filter(None, (month, year)))


def period_in_words(period: Period, language: Language, today: date) -> str:
    """Return what the days are called and which they are: "uke 36: man. 4.–søn. 10. september", "mars", "2024"."""
    first, last = period.start, period.end
    if first is None or last is None:
        return _open_in_words(first, last, language, today)
    named = _named(first, last, language, today)
    if named is None:
        return days_in_words(first, last, language, today)
    if last - first == _WEEK:
        return _say(language, "week_and_days", week=named, days=days_in_words(first, last, language, today))
    return named


def days_in_words(first: date, last: date, language: Language, today: date) -> str:
    """Return "man. 4.–søn. 10. september", each day with its month only where they differ."""
    if first == last:
        return day_in_words(first, language, today)
    whole = day_in_words(last, language, today)
    if (first.year, first.month) == (last.year, last.month):
        start = _say(language, "day_alone", **_parts(first, language))
    elif first.year == last.year:
        start = _say(language, "day", **_parts(first, language))
    else:
        start = _say(language, "day_year", **_parts(first, language))
        whole = _say(language, "day_year", **_parts(last, language))
    return _say(language, "range", first=start, last=whole)


@lru_cache(maxsize=20_000)  # the same items are told of by many answers
def span_in_words(span: Span, language: Language, today: date) -> str:
    """Return when an item is: as the plan writes it where that is vague, and both readings where it is doubtful."""
    if span.precision.is_vague:
        return _as_written(span, language, today) if span.text else _vague_in_words(span, language, today)
    if span.start is None and span.end is not None:
        return _say(language, "by", last=day_in_words(span.end, language, today))
    if span.start is None or span.end is None:
        return _open_in_words(span.start, span.end, language, today)
    if span.other is not None and span.other != span.start:
        return _both(span, span.other, language, today)
    if is_choice(span):
        return _both(span, span.end, language, today)
    return days_in_words(span.start, span.end, language, today)


def is_choice(span: Span) -> bool:
    """Whether it is one of two days ("12. eller 14. mars"), and not those between them."""
    if not span.uncertain or span.precision is not Precision.RANGE:
        return False
    return phrase("plans", "doubts", "either").search(span.text or "") is not None


def when_in_words(entry: Entry, language: Language, today: date) -> str:
    """Return when an item is; what comes back every year also as the plan writes it."""
    said = span_in_words(entry.span, language, today)
    is_regular = Doubt.RECURRING in entry.doubts and entry.span.text and not entry.span.precision.is_vague
    return f"{said} ({in_quotes(entry.span.text or '', language)})" if is_regular else said


def time_in_words(moment: time, language: Language) -> str:
    """Return "08.30", in English "08:30"."""
    return moment.strftime("%H:%M" if language is Language.EN else "%H.%M")


def moment_in_words(moment: datetime, language: Language, today: date) -> str:
    """Return "man. 4. september kl. 08.30"; the moment is told in its own zone."""
    clock = _say(language, "clock", start=time_in_words(moment.time(), language))
    return _say(language, "moment", day=day_in_words(moment.date(), language, today), clock=clock)


def clock_in_words(entry: Entry, language: Language) -> str:
    """Return "kl. 08.30–12.00", or nothing where the plan gives no clock time."""
    return times_to_type((entry.time_start, entry.time_end), language)


def length_in_words(entry: Entry, language: Language) -> str:
    """Return how long it lasts: "3,5 timer", "45 minutter", "2 dager"; nothing where the plan does not say."""
    if entry.time_start is not None and entry.time_end is not None:
        return _hours_in_words(entry.time_start, entry.time_end, language)
    span = entry.span
    if span.precision.is_vague or span.start is None or span.end is None or span.start == span.end:
        return ""
    return _say(language, "days_long", days=(span.end - span.start).days + 1)


def kept_in_words(text: str | None, field: str, language: Language, today: date) -> tuple[str, ...]:
    """Return a value that the history has kept, as it is told: days and clock times in words, lists taken apart."""
    if text is None:
        return ()
    if field in ("start", "end", "other"):
        return (day_in_words(date.fromisoformat(text), language, today),)
    if field in ("time_start", "time_end"):
        return (time_in_words(time.fromisoformat(text), language),)
    if field in ("responsible", "audience", "doubts") or (field == "milestones" and text != "all"):
        return tuple(str(one) for one in json.loads(text))
    return (text,)


def source_in_words(entry: Entry | Saying, language: Language) -> str:
    """Return where it stands in the document, in the words of the answer: "linje 346", "table 2, row 7"."""
    words: dict[str, str] = _calendar()[language]["source"]
    return re.sub(r"[^\W\d_]+", lambda found: words.get(found.group(), found.group()), entry.source or "")


def in_quotes(text: str, language: Language) -> str:
    """Return the text in the quotation marks of the language."""
    return _say(language, "quoted", text=text)


def list_in_words(names: Sequence[str], language: Language) -> str:
    """Return "a, b og c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_calendar()[language]['and']} {names[-1]}"


def audience_in_words(entry: Entry, language: Language) -> str:
    """Return whom it is for where that can be said shortly and the title does not say it: "lærere og mentorer"."""
    title = entry.title.casefold()
    groups = [group for group in entry.audience if group.casefold() not in title]
    said = list_in_words(groups, language)
    return said if len(said) <= _SHORT else ""


def month_in_words(day: date, language: Language, today: date) -> str:
    """Return the month that a day lies in, with its year where it is not this one."""
    pattern = "month" if day.year == today.year else "month_year"
    return _say(language, pattern, month=_calendar()[language]["months"][day.month - 1], year=day.year)


def dates_in_words(days: Sequence[date], language: Language) -> str:
    """Return days of one month that is named beside them: "ons. 1., fre. 3."."""
    return ", ".join(_say(language, "day_alone", **_parts(day, language)) for day in days)


def _both(span: Span, other: date, language: Language, today: date) -> str:
    assert span.start is not None
    first, last = sorted((span.start, other))
    short = "day_alone" if (first.year, first.month) == (last.year, last.month) else "day"
    one = _say(language, short, **_parts(first, language))
    either = _say(language, "either", one=one, other=day_in_words(last, language, today))
    return f"{either} ({_say(language, 'written', text=span.text)})" if span.text else either


def _named(first: date, last: date, language: Language, today: date) -> str | None:
    """The name of just these days, if they have one: a week, a month, a year, a school year."""
    if last - first == _WEEK and first.weekday() == 0:
        year, number, _ = first.isocalendar()
        pattern = "week" if year == today.isocalendar().year else "week_year"
        return _say(language, pattern, number=number, year=year)
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return None
    if (first.year, first.month) == (last.year, last.month):
        return month_in_words(first, language, today)
    if (first.month, last.month, last.year - first.year) == (8, 7, 1):
        return _say(language, "school_year", first=first.year, last=last.year)
    if (first.month, last.month, last.year - first.year) == (1, 12, 0):
        return _say(language, "year", year=first.year)
    one = month_in_words(first, language, last if first.year == last.year else today)
    return _say(language, "range", first=one, last=month_in_words(last, language, today))


def _as_written(span: Span, language: Language, today: date) -> str:
    """The plan's words, and the time in ours where they say it only with the heading above ("I løpet av måneden")."""
    assert span.text is not None
    folded = span.text.casefold()
    names = (name[:3].casefold() for words in _calendar().values() for name in words["months"])
    if not span.is_dated or any(letter.isdigit() for letter in folded) or any(name in folded for name in names):
        return in_quotes(span.text, language)
    return f"{in_quotes(span.text, language)} ({_vague_in_words(span, language, today)})"


def _vague_in_words(span: Span, language: Language, today: date) -> str:
    if not span.is_dated:
        return _say(language, "no_date")
    return period_in_words(Period(start=span.start, end=span.end), language, today)


def _open_in_words(first: date | None, last: date | None, language: Language, today: date) -> str:
    if first is not None:
        return _say(language, "from", first=day_in_words(first, language, today))
    if last is not None:
        return _say(language, "until", last=day_in_words(last, language, today))
    return _say(language, "no_date")


def _hours_in_words(start: time, end: time, language: Language) -> str:
    minutes = int((datetime.combine(date.min, end) - datetime.combine(date.min, start)).total_seconds() // 60)
    if minutes <= 0:
        return ""
    if minutes == 60:
        return _say(language, "one_hour")
    if minutes % 30 or minutes < 60:
        whole, rest = divmod(minutes, 60)
        said = [_say(language, "hours" if whole != 1 else "one_hour", hours=whole)] if whole else []
        return " ".join([*said, _say(language, "minutes", minutes=rest)])
    hours = f"{minutes / 60:g}".replace(".", _calendar()[language]["decimal"])
    return _say(language, "hours", hours=hours)


def _parts(day: date, language: Language) -> dict[str, object]:
    words = _calendar()[language]
    return {
        "weekday": words["days"][day.weekday()],
        "day": day.day,
        "month": words["months"][day.month - 1],
        "year": day.year,
    }


def _say(language: Language, pattern: str, **values: object) -> str:
    return str(_calendar()[language][pattern]).format_map(values)


@cache
def _calendar() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("bot").joinpath("norwegian/calendar.toml").read_text("utf-8"))
