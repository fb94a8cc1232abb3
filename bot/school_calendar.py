"""The school calendar: when the breaks are, by what administrators have told, else by what the plans asked say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby

from bot.breaks import BreakName, SchoolBreak
from bot.model import Book, Item, Language, Plan, Precision
from bot.time.breaks import ANY_BREAK, breaks_in
from bot.time.lexicon import lexicon
from bot.time.parsing import parsing
from bot.time.reading import Context, find

_EXACT = (Precision.DAY, Precision.RANGE, Precision.WEEK)
_LONGEST_TITLE = 80
# From a Friday to the Monday after it.
_OVER_A_WEEKEND = timedelta(days=3)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The days of a break, and the plan that says so; None where an administrator has."""

    days: SchoolBreak
    plan: Plan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolCalendar:
    """All that is told of breaks, in the order of their days; what says the same is there once."""

    told: tuple[Told, ...] = ()

    @property
    def agreed(self) -> Mapping[str, tuple[tuple[date, date], ...]]:
        """The days of each break by its name, one in a school year: none of those that the plans disagree on."""
        found: dict[str, tuple[tuple[date, date], ...]] = {}
        for told in self._by_year():
            if len(told) == 1 or told[0].days.name.has_many:
                name = told[0].days.name.value
                found[name] = (*found.get(name, ()), *(one.days.days for one in told))
        return found

    def disputed(self, name: BreakName, today: date) -> tuple[Told, ...]:
        """Return what the plans say otherwise of one break, in the school year nearest to today."""
        years = [told for told in self._by_year() if told[0].days.name is name and len(told) > 1 and not name.has_many]
        return min(years, key=lambda told: abs((told[0].days.first - today).days), default=())

    def of(self, name: BreakName) -> tuple[Told, ...]:
        return tuple(one for one in self.told if one.days.name is name)

    def _by_year(self) -> Iterator[tuple[Told, ...]]:
        ordered = sorted(self.told, key=lambda one: _year_of(one.days))
        for _, told in groupby(ordered, lambda one: _year_of(one.days)):
            yield tuple(told)


def school_calendar(book: Book) -> SchoolCalendar:
    """Return the calendar; what an administrator has told of a break in a school year beats the plans.

    Days that a school year has many of, as planning days, are those of the administrators and of the plans together.
    Where only some plans are asked, the others tell of what these do not in that school year.
    """
    settled = {_year_of(one) for one in book.breaks if not one.name.has_many}
    of_plans = list(_of_plans(book))
    if book.whole is not None:
        known = {_year_of(one.days) for one in of_plans}
        of_plans += (one for one in _of_plans(book.whole) if _year_of(one.days) not in known)
    told = [Told(days=one) for one in book.breaks]
    told += (one for one in of_plans if _year_of(one.days) not in settled)
    return SchoolCalendar(told=tuple(sorted(_once_each(told), key=lambda one: one.days.days)))


def seen_from(today: date, book: Book, words: str) -> Context:
    """Return what the words are read against: today, and the breaks if they speak of one."""
    is_told_by_a_break = any(True for found in find(words) for _ in breaks_in(found.value))
    return Context(reference=today, breaks=school_calendar(book).agreed if is_told_by_a_break else {})


def with_breaks(book: Book, told: Sequence[SchoolBreak]) -> Book:
    """Return the book as if an administrator had told the breaks, except where one has told something already."""
    settled = {_year_of(one) for one in book.breaks if not one.name.has_many}
    more = tuple(one for one in told if _year_of(one) not in settled)
    return replace(book, breaks=(*book.breaks, *more)) if more else book


def name_in_words(name: BreakName, language: Language) -> str:
    """Return "vinterferie"."""
    return _words()["names"][name][language][0]


def the_name_in_words(name: BreakName, language: Language) -> str:
    """Return "vinterferien"."""
    return _words()["names"][name][language][1]


def example_in_words(name: BreakName, language: Language) -> str:
    """Return days as one may type them for that break: "uke 8"."""
    return _words()["names"][name][language][2]


@lru_cache(maxsize=20_000)  # asked of every title by many questions
def break_of_title(title: str) -> BreakName | None:
    """Return the break that a title is about and nothing else; times and what it means for whom may stand beside it."""
    folded = " ".join(title.casefold().split())
    names = [_named(said) for said in _break_words().findall(folded)] if len(folded) <= _LONGEST_TITLE else []
    if not names:
        return None
    rest = _break_words().sub(" ", folded).strip(" ,.:;–-()")
    is_all = not set(_WORD.findall(rest)) - _beside() or parsing(rest).cell is not None
    return next((name for name in names if name is not BreakName.DAY_OFF), names[0]) if is_all else None


def _of_plans(book: Book) -> Iterator[Told]:
    said: dict[tuple[int, BreakName], list[SchoolBreak]] = {}
    for item in book.items:
        one = _said_by(item)
        if one is not None:
            said.setdefault((item.plan_id, one.name), []).append(one)
    for (plan, name), days in said.items():
        joined = _joined(days) if name.is_long else days
        yield from (Told(days=one, plan=book.plan_by_id[plan]) for one in joined)


def _said_by(item: Item) -> SchoolBreak | None:
    span = item.span
    if span.start is None or span.end is None or span.precision not in _EXACT or item.cancelled:
        return None
    if span.other is not None or span.uncertain or span.repeats is not None:
        return None
    name = break_of_title(item.title)
    return None if name is None else SchoolBreak(name=name, first=span.start, last=span.end)


def _joined(days: Iterable[SchoolBreak]) -> list[SchoolBreak]:
    """A break that a plan writes day by day, or month by month, as one; a day alone is only where one begins."""
    joined: list[SchoolBreak] = []
    for one in sorted(days, key=lambda one: one.days):
        if joined and one.first <= joined[-1].last + _OVER_A_WEEKEND:
            joined[-1] = replace(joined[-1], last=max(joined[-1].last, one.last))
        else:
            joined.append(one)
    return [one for one in joined if one.first < one.last]


def _once_each(told: Sequence[Told]) -> Iterator[Told]:
    for at, one in enumerate(told):
        if not any(one.days.is_same(other.days) for other in told[:at]):
            yield one


def _year_of(one: SchoolBreak) -> tuple[BreakName, int]:
    return one.name, one.school_year


@cache
def _break_words() -> re.Pattern[str]:
    said = sorted((" ".join(words) for words, _ in _spelt()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, said))})(?!\w)")


@cache
def _spelt() -> tuple[tuple[tuple[str, ...], BreakName], ...]:
    said = lexicon().saying("break", "school_event")
    return tuple((words, BreakName(name)) for words, name in said if name != ANY_BREAK)


@cache
def _named(words: str) -> BreakName:
    return next(name for spelt, name in _spelt() if " ".join(spelt) == words)


@cache
def _beside() -> frozenset[str]:
    return frozenset(_words()["beside"]["words"])


@cache
def _words() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads(files("bot").joinpath("norwegian/breaks.toml").read_text("utf-8"))
