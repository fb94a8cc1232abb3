"""When a planner says that something is to be: read as its plan would read it, else from today; never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.errors import BadDate
from bot.messages import Period
from bot.model import Doubt, Entry, Language, Plan, Precision, Span
from bot.proposals.clocks import clock_times
from bot.proposals.slots import NO_TIMES, Slot, slot_found, slot_of
from bot.proposals.surroundings import Surroundings
from bot.proposals.weekdays import with_whole_weekday
from bot.time.breaks import breaks_in
from bot.time.reading import Context, When, find, read_cell
from bot.time.when import Times
from bot.understanding.breaks import ask_for_unknown
from bot.wording import day_to_type, period_in_words, times_to_type

# Far enough for "neste uke" to be another week, and near enough for "14. mars" to be of the same year.
_LATER = timedelta(days=40)
_ANY_DAY = date(2000, 1, 1)
_MOST_YEARS = 10
_NAMES_ITS_YEAR = (Precision.DAY, Precision.RANGE, Precision.YEAR, Precision.ONGOING, Precision.NONE)
_LONGEST = 200
_HOURS = re.compile(r"(\d{1,2})(?:[.:](\d\d))?\s?[-–]\s?(\d{1,2})(?:[.:](\d\d))?")
_DAY, _LAST_MINUTE = 24, 59


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """A time that was said: its days, unless only the clock was (`span` None), clock times, and what it leaves open.

    `readings` are the days to choose from where the words have more than one: none of them is taken.
    """

    span: Span | None = None
    times: Times = NO_TIMES
    doubts: tuple[Doubt, ...] = ()
    readings: tuple[date, ...] = ()

    def put_into(self, entry: Entry, keeping: tuple[Doubt, ...]) -> Entry:
        """Return the entry at this time; its clock times stay where none were said."""
        times = (entry.time_start, entry.time_end) if self.times == NO_TIMES else self.times
        timed = replace(entry, time_start=times[0], time_end=times[1])
        if self.span is None:
            return timed
        return replace(timed, span=self.span, doubts=tuple(dict.fromkeys((*keeping, *self.doubts))))


def is_when(words: str, seen: Context) -> bool:
    """Whether the words are a time and nothing else, if only of a break that nobody has told the days of."""
    if not words or len(words) > _LONGEST:
        return False
    bare = _without_clock(words)[0]
    return _is_clock(words) or _read(bare, seen) is not None or _is_told_by_a_break(bare)


def timing(words: str, plan: Plan | None, seen: Context) -> Timing:
    """Return the time that the words say, seen from today with the breaks that are known.

    Raises BadDate where they are none, or a day that no calendar has, and UnknownBreak.
    """
    if _is_clock(words):
        return Timing(times=_clock(words) or NO_TIMES)
    words, beside = _without_clock(words)
    ask_for_unknown(words, seen)
    slot = _in_plan(words, plan) or _from_today(words, plan, seen)
    if slot is None:
        raise BadDate("not_a_date", words=words)
    if Doubt.IMPOSSIBLE_DATE in slot.doubts:
        raise BadDate("no_such_day", words=words)
    times, span = beside or slot.times, slot.span
    days = _days_in(words, plan, seen.reference)
    if not days and Doubt.WEEKDAY_MISMATCH in slot.doubts and span.start and span.other:
        days = (span.start, span.other)
    if len(days) > 1:
        return Timing(times=times, readings=tuple(sorted(days)))
    if days:
        span = replace(span, start=days[0], end=days[0], other=None, uncertain=False)
    return Timing(span=span, times=times, doubts=() if days else slot.doubts)


def to_type(day: date, times: Times, language: Language) -> str:
    """Return a day as it is typed to be read back as just that day: "torsdag 8. februar 2024 kl. 12.00–14.00"."""
    return " ".join(filter(None, (day_to_type(day, language), times_to_type(times, language))))


def day_on_button(day: date, language: Language) -> str:
    """Return a day as a button's label: "Torsdag 8. februar 2024"."""
    said = day_to_type(day, language)
    return said[:1].upper() + said[1:]


def _is_clock(words: str) -> bool:
    return _clock(words) is not None


def _clock(words: str) -> Times | None:
    """The clock times that the words are and nothing else, be it just the hours ("12-14")."""
    times, rest = clock_times(words)
    if times is not None and not rest and not find(words):
        return times
    hours = _HOURS.fullmatch(words.strip())
    if hours is None:
        return None
    first, first_minute, last, last_minute = (int(figure or 0) for figure in hours.groups())
    if not (first, first_minute) < (last, last_minute) < (_DAY, 0) or max(first_minute, last_minute) > _LAST_MINUTE:
        return None
    return time(first, first_minute), time(last, last_minute)


def _without_clock(words: str) -> tuple[str, Times | None]:
    """The day and the clock times of "14. mars 12-14", which stand beside each other with no "kl." between them."""
    found = find(words)
    if len(found) == 1 and _whole(words) is None:
        rest = f"{words[: found[0].start_at]} {words[found[0].stop_at :]}".strip(" ,")
        if _is_clock(rest):
            return found[0].text, _clock(rest)
    return words, None


def _whole(words: str) -> When | None:
    return _read(words, Context(reference=_ANY_DAY))


def _in_plan(words: str, plan: Plan | None) -> Slot | None:
    """The time as the plan's document would have it; None where the plan does not tell the year."""
    slot = slot_of(words, Surroundings.of_plan(_period(plan)))
    if slot is None or slot.span.is_dated or slot.span.precision is Precision.ONGOING:
        return slot
    return slot if Doubt.IMPOSSIBLE_DATE in slot.doubts else None


def _period(plan: Plan | None) -> tuple[date, date] | None:
    return (plan.period_start, plan.period_end) if plan and plan.period_start and plan.period_end else None


def _from_today(words: str, plan: Plan | None, seen: Context) -> Slot | None:
    """The time as it is said today: what has no year is the next one, "neste uke" is kept as the days it comes to."""
    when, today = _read(words, seen), seen.reference
    if when is None:
        return None
    slot = slot_found(when, words)
    if not when.is_dated:
        return slot
    text = _in_words(when, plan, today) if _is_told_from_today(words, today) else _with_year(words, when)
    return replace(slot, span=replace(slot.span, text=text))


def _is_told_by_a_break(words: str) -> bool:
    found = find(words)
    return len(found) == 1 and found[0].text == words.strip() and any(True for _ in breaks_in(found[0].value))


def _is_told_from_today(words: str, today: date) -> bool:
    here, later = (_read(words, Context(reference=day, year=today.year)) for day in (today, today + _LATER))
    return here is None or here != later


def _in_words(when: When, plan: Plan | None, today: date) -> str:
    language = plan.language if plan else Language.NB
    if when.start is not None and when.start == when.end:
        return day_to_type(when.start, language)
    return period_in_words(Period(start=when.start, end=when.end), language, today)


def _with_year(words: str, when: When) -> str:
    """A month or a week whose year no heading tells is written down with it."""
    day = when.start or when.end
    if day is None or when.precision in _NAMES_ITS_YEAR or str(day.year) in words:
        return words
    return f"{words} {day.year}"


def _days_in(words: str, plan: Plan | None, today: date) -> tuple[date, ...]:
    """The days that the words may be in a plan of several years which are not now; none where something tells."""
    period = _period(plan)
    if period is None or _in_plan(words, plan) or period[0] <= today <= period[1] or _is_told_from_today(words, today):
        return ()
    found = (
        _read(words, Context(reference=today, year=year))
        for year in range(period[0].year, min(period[1].year, period[0].year + _MOST_YEARS) + 1)
    )
    days = (when.start for when in found if when and _is_day_in(when, period))
    return tuple(dict.fromkeys(day for day in days if day))


def _is_day_in(when: When, period: tuple[date, date]) -> bool:
    is_day = when.precision is Precision.DAY and when.start is not None and when.start == when.end
    return is_day and not when.conflict and period[0] <= (when.start or date.max) <= period[1]


def _read(words: str, context: Context) -> When | None:
    return read_cell(with_whole_weekday(words.strip(" :")), context)
