"""A text cut into tokens, each with all that it can say: the words by the lexicon, the numbers by their shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.time.calendar import century
from bot.time.lexicon import NOTHING, Reading, Said, lexicon

_NUMBERS = (
    r"(?P<iso_date>\d{4}-\d\d-\d\d)(?![\d/-])",
    r"(?P<iso_week>\d{4}-?[Ww]\d\d?)(?!\w)",
    r"(?P<full_date>\d\d?\s?(?:\.\s?\d\d?(?:\.\s?|[ /-])|/\s?\d\d?(?:/\s?|\.|[ -]|\s-\s?)|-\d\d?-)(?:19|20)\d\d)(?!\d)",
    r"(?P<short_date>\d\d?(?:\.\d\d?\.|\.\s\d\d?\.\s|/\d\d?[/-]|\.\d\d?/|-\d\d-)\d\d)(?!\d|[./:]\d)",
    r"(?P<school_years>(?:19|20)\d\d(?:\s?/\s?(?:(?:19|20)\d\d|\d\d)|-\d\d))(?![\d/-])",
    r"(?P<month_year>(?:0?[1-9]|1[0-2])[/.](?:19|20)\d\d)(?!\d)",
    r"(?P<clock>\d\d?:\d\d(?::00)?)(?!\d|:\d)",
    r"(?P<day_month>\d\d?\.\d\d?\.?)(?!\d)",
    r"(?P<pair>\d\d?/\d\d?)(?![\d])(?!/\d)",
    r"(?P<short_year>'\d\d)(?!\d)",
    r"(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)",
    r"(?P<nth_en>\d\d?(?:st|nd|rd|th))(?!\w)",
    r"(?P<nth>\d\d?\.)(?!\d)",
    r"(?P<number>\d+(?:\.\d+)*)",
)
_WORDS = (
    r"(?P<dotted>(?<![^\W\d_])[^\W\d_](?:\.[^\W\d_])+(?![^\W\d_])\.?)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)|(?P<mark>[^\w\s]|_)"
)
_TOKEN = re.compile("|".join((*_NUMBERS, _WORDS)))
# "17/18/19" is no date: without the full forms it is three weeks.
_SIMPLER = re.compile("|".join(_NUMBERS[-5:]))
_MARKS = {
    mark: Said.of([(name, name, 1)])
    for mark, name in {
        "-": "dash",
        "/": "slash",
        ",": "comma",
        ";": "comma",
        "(": "open",
        ")": "close",
        "?": "question",
        ":": "colon",
        "&": "and",
        "+": "and",
        "§": "label",
    }.items()
}
_MONTHS = 12
_FULL_FORMS = ("full_date", "short_date", "pair")
# What may stand glued before a number: "uke34", "kl14", "mars2024", "H23".
_GLUED_BEFORE = frozenset(
    ("week_word", "week_letter", "clock", "month", "month_name", "month_short", "season", "season_weak", "term_letter",
     "weekday", "weekday_short", "year_word", "school_year_word", "quarter_letter", "tertial_letter")
)  # fmt: skip


@dataclass(slots=True)
class Token:
    """`text` is in lower case; `is_glued` tells that no space stands before it."""

    start: int
    stop: int
    text: str
    kind: str
    said: Said
    is_capital: bool
    is_glued: bool

    @property
    def readings(self) -> tuple[Reading, ...]:
        return self.said.readings

    @property
    def categories(self) -> frozenset[str]:
        return self.said.categories

    def says(self, *categories: str) -> bool:
        return not self.said.categories.isdisjoint(categories)

    @property
    def is_word(self) -> bool:
        return self.kind in ("word", "dotted")

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def has_stop(self) -> bool:
        """Whether it is written as an abbreviation."""
        return self.kind == "word" and self.stop - self.start > len(self.text)


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a normal text. A number that belongs to something else ("9A", "3-årig") says nothing."""
    found: list[Token] = []
    at = stop = 0
    while match := _TOKEN.search(text, at):
        kind, piece, start = match.lastgroup or "", match.group(), match.start()
        lower, said = _said(kind, piece)
        if not said and kind in _FULL_FORMS and (match := _SIMPLER.match(text, start)):
            kind, piece = match.lastgroup or "", match.group()
            lower, said = _said(kind, piece)
        at = start + len(piece)
        if kind == "word" and text.startswith(".", at) and lower in lexicon().abbreviations:
            at += 1
        found.append(Token(start, at, lower, kind, said, piece[0].isupper(), start == stop and start > 0))
        stop = at
    _add_phrases(found)
    _silence_compounds(found)
    return found


def _said(kind: str, piece: str) -> tuple[str, Said]:
    """Return the piece as it is compared, and what it says."""
    if kind == "word":
        lower = piece.lower()
        return lower, lexicon().said(lower)
    if kind == "mark":
        return piece, _MARKS.get(piece, NOTHING)
    if kind == "dotted":
        lower = piece.replace(".", "").lower()
        return lower, lexicon().said(lower)
    return piece, number_said(kind, piece)


def _add_phrases(tokens: Sequence[Token]) -> None:
    phrases = lexicon().phrases
    spelt = lexicon().spelt
    texts = [spelt(token.text) for token in tokens]
    for at, pair in enumerate(pairwise(texts)):
        for rest, reading in phrases.get(pair, ()):
            if tuple(texts[at + 2 : at + 2 + len(rest)]) == rest:
                tokens[at].said = Said.of((*tokens[at].readings, reading))


def _silence_compounds(tokens: Sequence[Token]) -> None:
    """A number glued to letters, or a word to another by a hyphen, is part of a longer word: no time of its own."""
    for left, right in pairwise(tokens):
        if right.is_glued:
            _silence_glued(left, right)
    for at in range(len(tokens) - 2, 0, -1):
        dash = tokens[at]
        if dash.text == "-" and dash.is_glued and tokens[at + 1].is_glued:
            _silence_hyphened(tokens[at - 1], tokens[at + 1])


def _silence_glued(left: Token, right: Token) -> None:
    if left.is_number and right.is_word and (not right.said or len(right.text) < 2):
        left.said = NOTHING
    elif left.is_word and right.is_number and not left.says(*_GLUED_BEFORE) and not _is_lettered(left):
        right.said = NOTHING
    elif left.says("week_letter") and right.kind == "day_month":
        # "v1.10" is a version
        right.said = NOTHING
    elif left.is_number and right.text == "%":
        left.said = NOTHING


def _is_lettered(word: Token) -> bool:
    """ "to.5.2." is a Thursday, but "kap.5.2" no date."""
    return word.has_stop and word.says("weekday_letters")


def _silence_hyphened(left: Token, right: Token) -> None:
    if _is_part(left) and _is_part(right):
        if not right.said:
            left.said = NOTHING
        elif not left.said:
            right.said = NOTHING


def _is_part(token: Token) -> bool:
    return token.is_word or token.is_number


@lru_cache(maxsize=4096)
def number_said(kind: str, text: str) -> Said:
    """Return what a number of that shape can say; nothing where its figures are out of range."""
    figures = [int(figure) for figure in re.findall(r"\d+", text)]
    return Said.of((category, value, 1) for category, value in _SHAPES[kind](text, figures))


def _full_date(_: str, figures: list[int]) -> list[tuple[str, object]]:
    day, month, year = figures
    return [("full_date", (day, month, year))] if _may_be_date(day, month) else []


def _short_date(_: str, figures: list[int]) -> list[tuple[str, object]]:
    day, month, year = figures
    return [("full_date", (day, month, century(year)))] if _may_be_date(day, month) else []


def _iso_date(_: str, figures: list[int]) -> list[tuple[str, object]]:
    year, month, day = figures
    return [("full_date", (day, month, year))] if _may_be_date(day, month) else []


def _iso_week(_: str, figures: list[int]) -> list[tuple[str, object]]:
    year, week = figures
    return [("iso_week", (week, year))]


def _school_years(_: str, figures: list[int]) -> list[tuple[str, object]]:
    first, second = figures
    second = second if second > 99 else first - first % 100 + second
    if second == first + 1:
        return [("school_years", first)]
    return [("year_span", (first, second))] if first < second < first + 30 else []


def _month_year(_: str, figures: list[int]) -> list[tuple[str, object]]:
    return [("month_year", (figures[0], figures[1]))]


def _clock(text: str, figures: list[int]) -> list[tuple[str, object]]:
    return [("clock_time", (figures[0], figures[1]))] if figures[0] <= 24 and figures[1] < 60 else []


def _day_month(text: str, figures: list[int]) -> list[tuple[str, object]]:
    """12.02 is a day or a time of day; 4.2 may be the number of a measure."""
    day, month = figures
    says: list[tuple[str, object]] = []
    if _may_be_date(day, month):
        is_plain = text.endswith(".") or day > 9 or month > 9 or "0" in text
        says.append(("day_month" if is_plain else "numbering", (day, month)))
    if not text.endswith(".") and len(text.partition(".")[2]) == 2 and day <= 24 and month < 60:
        says.append(("dotted_time", (day, month)))
    return says


def _pair(text: str, figures: list[int]) -> list[tuple[str, object]]:
    day, month = figures
    is_fraction = day < month <= 5
    says: list[tuple[str, object]] = [("pair", (day, month))]
    if _may_be_date(day, month):
        says.append(("fraction" if is_fraction else "day_month", (day, month)))
    elif text.startswith("0") and 1 <= day <= _MONTHS < month:
        says.append(("month_year", (day, century(month))))
    return says


def _year(_: str, figures: list[int]) -> list[tuple[str, object]]:
    return [("year", figures[0]), ("four_figures", figures[0])]


def _short_year(_: str, figures: list[int]) -> list[tuple[str, object]]:
    return [("year", century(figures[0]))]


def _nth(_: str, figures: list[int]) -> list[tuple[str, object]]:
    return [("nth", figures[0])]


def _nth_en(_: str, figures: list[int]) -> list[tuple[str, object]]:
    return [("nth_en", figures[0])]


def _number(text: str, figures: list[int]) -> list[tuple[str, object]]:
    if not text.isdigit() or len(text) > 4 or text in ("0", "00"):
        return []
    if len(text) == 4:
        return [("four_figures", figures[0])]
    says: list[tuple[str, object]] = [("int", figures[0])]
    if len(text) == 2 and 15 <= figures[0] <= 49:
        says.append(("two_figures", century(figures[0])))
    return says


def _may_be_date(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


_SHAPES = {
    "full_date": _full_date,
    "short_date": _short_date,
    "iso_date": _iso_date,
    "iso_week": _iso_week,
    "school_years": _school_years,
    "month_year": _month_year,
    "clock": _clock,
    "day_month": _day_month,
    "pair": _pair,
    "short_year": _short_year,
    "year": _year,
    "nth": _nth,
    "nth_en": _nth_en,
    "number": _number,
}
