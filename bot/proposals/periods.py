"""Which time a plan is for: a school year, calendar years, a term."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from bot.documents.document import Document, Table
from bot.model import Precision
from bot.proposals.front import is_about_itself, names_plan, texts_of
from bot.proposals.lexicon import fold, phrase, words
from bot.proposals.sentences import sentences
from bot.proposals.surroundings import Days, school_year
from bot.time.reading import Context, find, resolve

_FRONT = 20
_LONGEST_LINE = 120
_LONG_LINE = 60
# Two figures beyond these are weeks, not years.
_LAST_SHORT = 33
_SOME_DAY, _ANOTHER_DAY = date(2005, 1, 1), date(2020, 1, 1)
_YEARS = r"(?:19|20)\d\d(?:\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d))?(?![\w./-])"
_TWO_SHORT_YEARS = re.compile(r"(?<![\d./-])(\d\d)\s?[/–-]\s?(\d\d)(?![\d./-]|\s?år)")


def period_of(document: Document, title: str, name: str) -> Days | None:
    """Return the year, years or season that a plan is for: what its title names, else the years named most.

    `name` is what its file is called. None where no year is named: then nothing can tell which year a day without one
    is in.
    """
    front = [block.text for block in document.blocks[:_FRONT] if not isinstance(block, Table)]
    if told := next((days for line in front if (days := _told(line))), None):
        return told
    said = (sentence for line in front for sentence in sentences(line) if len(sentence) <= _LONGEST_LINE)
    for text in (title, *said, name):
        is_other = is_about_itself(text) and not phrase("plans", "periods", "told").search(text)
        found = [] if is_other else _years(text) or (_shorter(text) if text == title else [])
        if found:
            return found[0]
    return _short_years(title) or _named_most(document)


def names_period(text: str) -> bool:
    """Whether a text names a school year, a calendar year or a season of one."""
    return bool(_years(text) or _seasons(text))


def is_period(text: str) -> bool:
    """Whether a line is the time of a plan and no more: "skoleåret 2006/07", "for perioden 2023–2025"."""
    if len(text) > _LONG_LINE or not names_period(text) or tells_period(text):
        return False
    left = text
    for found in find(text):
        left = left.replace(found.text, " ")
    small = phrase("plans", "periods", "words").sub(" ", fold(left))
    return not small.strip()


def without_year(title: str) -> str:
    """Return a title without its years and the words before them: the same for every year's plan."""
    lead = "|".join(map(re.escape, words("plans", "periods", "words")))
    bare = title.replace(short[0], " ") if (short := _short_year(title)) else title
    bare = re.sub(rf"(?:\b(?:{lead})\s+)+(?={_YEARS})|(?<![\w./-]){_YEARS}", " ", bare, flags=re.IGNORECASE)
    return " ".join(bare.split()) if fold(bare) else title


def tells_period(text: str) -> bool:
    """Whether a line begins with words that lead up to the plan's time: "Planperiode: …", "Gjeld for …"."""
    return phrase("plans", "periods", "told").match(text) is not None


def _told(text: str) -> Days | None:
    """Return the days that a line says a plan is for, from the first to the last: "planperiode 1.8.2024–31.7.2026"."""
    found = phrase("plans", "periods", "told").search(text)
    spans = _spans(text[found.start() :]) if found else iter(())
    exact = (Precision.RANGE, Precision.MONTH)
    days, precision = next(spans, (None, None))
    return days if days and precision in exact and (days[1] - days[0]).days > _LONG_LINE else None


def _named_most(document: Document) -> Days | None:
    named = Counter(days for text in texts_of(document) for days in _years(text) if not is_about_itself(text))
    if named:
        return named.most_common(1)[0][0]
    return _around_seasons(document)


def _years(text: str) -> list[Days]:
    """Return the school years, calendar years and spans of years that a text names, school years first."""
    said = _born().sub(" ", text)
    found = [_one_year(days, text) for days, precision in _spans(said) if precision is Precision.YEAR]
    return sorted(found, key=lambda days: days[0].year == days[1].year)


@cache
def _born() -> re.Pattern[str]:
    """Those who are born in a year ("født i 2011 og 2012") are in no plan of that year."""
    return re.compile(phrase("plans", "periods", "born").pattern + r"(?: i)? \d{4}(?:(?:, | og |[/–-])\d{4}\b)*", re.I)


def _one_year(days: Days, text: str) -> Days:
    """Two calendar years after each other ("2023-2024") are one school year; "skoleåra 2021–2023" are two of them."""
    first, last = days[0].year, days[1].year
    is_school = phrase("plans", "periods", "school_years").search(text) is not None
    if last == first + 1 or (last > first and (is_school or days[1].month < school_year(days[1])[0].month)):
        return school_year(date(first, 8, 1))[0], school_year(date(last, 7, 31))[1]
    return days


def _short_years(title: str) -> Days | None:
    """Return the school year of a title such as "Årsplan 24/25"."""
    found = _short_year(title)
    return school_year(date(2000 + int(found[1]), 8, 1)) if found else None


def _short_year(title: str) -> re.Match[str] | None:
    """Return where a title names a school year in two figures each: one after the other, and no weeks or ages."""
    found = _TWO_SHORT_YEARS.search(title) if names_plan(title) else None
    is_year = found is not None and int(found[1]) <= _LAST_SHORT and int(found[2]) == int(found[1]) + 1
    return found if is_year else None


def _shorter(title: str) -> list[Days]:
    """Return the seasons that a title names, of a month's plan the month."""
    is_for_month = phrase("plans", "periods", "monthly").search(title) is not None
    months = [days for days, precision in _spans(title) if is_for_month and precision is Precision.MONTH]
    return months or _seasons(title) or _seasons(_with_whole_year(title))


def _with_whole_year(title: str) -> str:
    """Return a title with its short season in full: "V26" and "Våren -07" are "vår 2026" and "vår 2007"."""
    for season in ("spring", "autumn"):
        names = words("plans", "periods", season)
        short = rf"(?<!\w)(?:{'|'.join(names)})\s?[-–'’]?\s?(\d\d)(?![\w./])"
        title = re.sub(short, rf"{names[0]} 20\1", title, flags=re.IGNORECASE)
    return title


def _seasons(text: str) -> list[Days]:
    return [days for days, precision in _spans(text) if precision is Precision.SEASON]


def _spans(text: str) -> Iterator[tuple[Days, Precision]]:
    """Yield the times that a text names with their year: those that no reading from another day moves."""
    for found in find(text):
        when, other = (resolve(found.value, Context(reference=day)) for day in (_SOME_DAY, _ANOTHER_DAY))
        if when and when.start and when.end and when == other:
            yield (when.start, when.end), when.precision


def _around_seasons(document: Document) -> Days | None:
    """Return the school year around the seasons and days that are written with a year."""
    named = Counter(
        school_year(days[0]) for text in texts_of(document) if not is_about_itself(text) for days, _ in _spans(text)
    )
    return named.most_common(1)[0][0] if named else None
