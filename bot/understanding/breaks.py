"""Breaks as people write them: "vinterferien uke 9", "planleggingsdagene 15. november og 2. januar"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from bot.breaks import BreakName, SchoolBreak
from bot.errors import BadDate, UnknownBreak
from bot.model import Precision
from bot.time.breaks import ANY_BREAK, break_named, breaks_in
from bot.time.reading import Context, Found, When, find, read_cell, resolve
from bot.understanding.lexicon import is_filler
from bot.understanding.words import plain, words_of

EXACT = (Precision.DAY, Precision.RANGE, Precision.WEEK)
_LONGEST_NAME = 4  # words
_LONGEST = 200
# In days: the summer is the longest; more is a year that a first and a last day have come to in the wrong order.
_LONGEST_BREAK, _LONGEST_OTHER = 100, 7
# "20.12-3.1" is a decimal number to whoever does not know that it is a day.
_UNPOINTED = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2})(?![\d.])")
_BARE_DAY = re.compile(r"\d{1,2}\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A break that words begin with, and what stands behind it."""

    name: BreakName
    behind: str


def read_named(words: str) -> Named | None:
    """Return the break that the words begin with, in any form and standard; None where they begin with none."""
    pieces = words.replace(":", " ").split()
    named = _named(pieces)
    while named is None and pieces and is_filler(pieces[0]):
        pieces = pieces[1:]
        named = _named(pieces)
    return named


def _named(pieces: Sequence[str]) -> Named | None:
    for length in range(min(_LONGEST_NAME, len(pieces)), 0, -1):
        name = _known(break_named(" ".join(pieces[:length]).strip(" ,.")))
        if name is not None:
            behind = list(pieces[length:])
            while behind and plain(behind[0]) in _words("linking"):
                behind = behind[1:]
            return Named(name=name, behind=" ".join(behind))
    return None


def breaks_said(name: BreakName, words: str, context: Context) -> tuple[SchoolBreak, ...]:
    """Return the break on the days that the words are: of planning days as many as they name.

    Raises BadDate where they are no days, days that no calendar has, or days that cannot be those of a break.
    """
    if not words or len(words) > _LONGEST:
        raise BadDate("break_without_days", name=name, words=words)
    whole = _days(words, context)
    if name.has_many and (whole is None or (whole[1] - whole[0]).days >= _LONGEST_OTHER):
        several = [_days(piece, context) for piece in _pieces(words)]
        if len(several) > 1 and all(several):
            return tuple(checked_break(name, days, words) for days in several if days)
    if whole is None:
        raise BadDate("break_without_days", name=name, words=words)
    return (checked_break(name, whole, words),)


def bare_days(words: str, context: Context) -> tuple[date, date] | None:
    """Return the days that the words are and nothing else ("det er uke 9"); None where they say anything more."""
    try:
        return _days(words, context) if len(words) <= _LONGEST else None
    except BadDate:
        return None


def ask_for_unknown(words: str, context: Context) -> None:
    """Raise UnknownBreak where a time hangs on a break that nobody has told the days of."""
    for found in find(words):
        for value in breaks_in(found.value):
            name = _known(value.name)
            if name is not None and resolve(found.value, context) is None and resolve(value, context) is None:
                raise UnknownBreak(name=name, words=found.text)


def breaks_used(found: Found, when: When, context: Context) -> tuple[SchoolBreak, ...]:
    """Return the breaks that a time was told by: of several years the one that alone would come to the same."""
    used = (_used(value.name, found, when, context) for value in breaks_in(found.value))
    return tuple(one for one in used if one is not None)


def _used(called: str, found: Found, when: When, context: Context) -> SchoolBreak | None:
    is_any = called == ANY_BREAK
    names = [name for name in BreakName if (name.is_long if is_any else name == called)]
    for name in names:
        for days in context.breaks.get(name, ()):
            known = {**({} if is_any else context.breaks), name: (days,)}
            for looks_back in (context.looks_back, True):
                if resolve(found.value, replace(context, breaks=known, looks_back=looks_back)) == when:
                    return SchoolBreak(name=name, first=days[0], last=days[1])
    return None


def _known(name: str | None) -> BreakName | None:
    return BreakName(name) if name in set(BreakName) else None


def _days(words: str, context: Context) -> tuple[date, date] | None:
    """The first and last day of a time that is all the words say, and tells its days. Raises BadDate for none such."""
    bare = _UNPOINTED.sub(r"\1.", words.strip(" !,:"))
    when = read_cell(bare, context) or _among_filler(bare, context)
    if when is None:
        return None
    if when.impossible or when.conflict:
        raise BadDate("no_such_day", words=words)
    if when.precision not in EXACT or when.start is None or when.end is None or when.repeats:
        return None
    return when.start, when.end


def _among_filler(words: str, context: Context) -> When | None:
    """The one time between words that say nothing: "Det er i uke 9"."""
    found = find(words)
    if len(found) != 1:
        return None
    rest = f"{words[: found[0].start_at]} {words[found[0].stop_at :]}"
    is_bare = all(is_filler(word.text) or plain(word.text) in _words("linking") for word in words_of(rest))
    return resolve(found[0].value, context) if is_bare else None


def checked_break(name: BreakName, days: tuple[date, date], words: str) -> SchoolBreak:
    """Return the break on those days. Raises BadDate where no such break has them: one day alone, or too many."""
    if days[1] < days[0]:
        raise BadDate("break_turned", name=name, words=words)
    length = (days[1] - days[0]).days + 1
    if length > (_LONGEST_BREAK if name.is_long else _LONGEST_OTHER):
        raise BadDate("break_too_long", name=name, words=words, days=length)
    if name.is_long and length == 1:
        raise BadDate("break_of_one_day", name=name, words=words)
    return SchoolBreak(name=name, first=days[0], last=days[1])


def _pieces(words: str) -> Sequence[str]:
    """The days of a list one by one; "14. og 15. august" gives the first its month."""
    marks = "|".join(re.escape(mark) if not mark.isalpha() else rf"\b{mark}\b" for mark in sorted(_words("between")))
    return tuple(_with_months([piece.strip() for piece in re.split(marks, words) if piece.strip()]))


def _with_months(pieces: list[str]) -> Iterator[str]:
    for at, piece in enumerate(pieces):
        later = next((other for other in pieces[at + 1 :] if not _BARE_DAY.fullmatch(other)), "")
        month = _BARE_DAY.sub("", later, count=1) if _BARE_DAY.fullmatch(piece) else ""
        yield f"{piece}{month}"


@cache
def _words(table: str) -> frozenset[str]:
    found = tomllib.loads(files("bot").joinpath("norwegian/breaks.toml").read_text("utf-8"))
    return frozenset(found[table]["words"])
