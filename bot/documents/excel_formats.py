"""What an Excel cell shows of a number, a date or a time: by its number format, in Norwegian."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, TypeAlias

Value: TypeAlias = "bool | int | float | date | time | timedelta"

# These formats follow the country that Excel is set to; the file has them in their American form.
_LOCAL = {
    "mm-dd-yy": "dd.mm.yyyy",
    "d-mmm-yy": "d. mmm yyyy",
    "d-mmm": "d. mmm",
    "mmm-yy": "mmm yyyy",
    "m/d/yy h:mm": "dd.mm.yyyy hh:mm",
    "[$-f800]": "d. mmmm yyyy",
    "[$-x-sysdate]": "d. mmmm yyyy",
    "[$-f400]": "hh:mm",
    "[$-x-systime]": "hh:mm",
}
_NYNORSK = re.compile(r"\[\$[^\]]*-(?:[0-9a-f]*0?814|nn)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_AMERICAN = re.compile(r"\b(m{1,2})([/-])(d{1,2})\2(y{2,4})\b", re.IGNORECASE)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<left_out>[_*].|\s*(?:am/pm|a/p))'
    r"|(?P<field>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<left_out>[_*].)|(?P<digits>[0#?][0#?.,]*)|(?P<sign>.)')
_GENERAL = ("", "general", "standard", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A piece of a format: a field ("dd", "month", "minute"), or signs that are shown as they are."""

    text: str
    is_field: bool = False

    @property
    def is_of_day(self) -> bool:
        """Whether it shows which day or month it is; a weekday alone does not."""
        return self.is_field and self.text in ("d", "dd", "m", "mm", "mmm", "mmmm", "mmmmm")


def shown(value: Value, number_format: str, *, with_year: bool = False) -> str:
    """Return what the cell shows; `with_year`: days and months have their year also where the format leaves it out."""
    if isinstance(value, bool):
        return str(_words("readers")["true" if value else "false"])
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return _moment(value, number_format, with_year=with_year)


def hides_year(number_format: str) -> bool:
    """Whether a format shows a day or a month without its year."""
    tokens = _tokens(_local(number_format))
    return any(token.is_of_day for token in tokens) and not _has_year(tokens)


def _has_year(tokens: Sequence[_Token]) -> bool:
    return any(token.is_field and token.text[0] == "y" for token in tokens)


@cache
def _words(name: str) -> dict[str, Any]:
    return tomllib.loads(files("bot").joinpath(f"norwegian/{name}.toml").read_text("utf-8"))


def _local(number_format: str) -> str:
    """Return the part of a format that is for positive values, in the form that it has in Norway."""
    section = number_format.split(";")[0]
    for american, local in _LOCAL.items():
        if section.casefold() == american or (american[0] == "[" and section.casefold().startswith(american)):
            return local
    return _AMERICAN.sub(r"\3.\1.\4", _IN_BRACKETS.sub("", section))


@cache
def _tokens(pattern: str) -> tuple[_Token, ...]:
    """Return the pieces of a format; "m" beside hours or seconds is minutes."""
    tokens: list[_Token] = []
    clock = False
    for found in _TOKEN.finditer(pattern):
        if found["left_out"]:
            continue
        field = (found["field"] or "").casefold()
        if field[:1] == "m" and clock:
            field = "minute"
        if field:
            tokens.append(_Token(text=field, is_field=True))
            clock = field[0] == "h"
        else:
            tokens.append(_Token(text=found["quoted"] or found["escaped"] or found["sign"] or ""))
    return _minutes_before_seconds(tokens)


def _minutes_before_seconds(tokens: list[_Token]) -> tuple[_Token, ...]:
    fields = [index for index, token in enumerate(tokens) if token.is_field]
    for index, following in pairwise(fields):
        if tokens[index].text in ("m", "mm") and tokens[following].text[0] == "s":
            tokens[index] = replace(tokens[index], text="minute")
    return tuple(tokens)


def _moment(value: date | time, number_format: str, *, with_year: bool) -> str:
    standard = "nn" if _NYNORSK.search(number_format) else "nb"
    tokens = _tokens(_local(number_format))
    if not any(token.is_field for token in tokens):
        tokens = _tokens("dd.mm.yyyy" if isinstance(value, date) else "hh:mm")
    last = max((index for index, token in enumerate(tokens) if token.is_of_day), default=-1)
    tokens = _meant(tokens, value, has_day=last >= 0)
    text = ""
    for index, token in enumerate(tokens):
        made = _field(token.text, value, standard) if token.is_field else token.text
        text += made[1:] if text.endswith(".") and made.startswith(".") else made
        if index == last and with_year and isinstance(value, date) and not _has_year(tokens):
            text += f" {value.year} " if text[-1].isalpha() else f".{value.year}"
    return " ".join(text.split())


def _meant(tokens: tuple[_Token, ...], value: date | time, *, has_day: bool) -> tuple[_Token, ...]:
    """Return the pieces without a clock that says nothing: midnight beside a day, and seconds that are none."""
    clock = value.time() if isinstance(value, datetime) else value if isinstance(value, time) else time()
    fields = {token.text[0]: index for index, token in reversed(list(enumerate(tokens))) if token.is_field}
    if has_day and clock == time() and fields.get("h", 0) > max(fields.get(one, 0) for one in "ymd"):
        return tokens[: fields["h"]]
    if "h" in fields and "s" in fields and not clock.second and fields["s"] == len(tokens) - 1:
        return tokens[: fields["s"] - 1]
    return tokens


def _field(field: str, value: date | time, standard: str) -> str:
    if isinstance(value, date) and field[0] in "ymd":
        return _day_field(field, value, standard) if field != "minute" else _clock_field(field, value)
    return _clock_field(field, value) if field[0] in "hs" or field == "minute" else ""


def _day_field(field: str, day: date, standard: str) -> str:
    names = _words("calendar")[standard]
    if field[0] == "y":
        return f"{day.year % 100:02}" if len(field) <= 2 else str(day.year)
    number = day.day if field[0] == "d" else day.month
    if len(field) <= 2:
        return f"{number:0{len(field)}}"
    if field[0] == "d":
        return str(names["days" if len(field) == 3 else "days_in_full"][day.weekday()])
    month = str(names["months"][day.month - 1])
    return month if len(field) == 4 else month[:3]


def _clock_field(field: str, value: date | time) -> str:
    clock = value if isinstance(value, time | datetime) else time()
    number = clock.minute if field == "minute" else clock.hour if field[0] == "h" else clock.second
    return str(number) if field == "h" else f"{number:02}"


def _number(value: int | float, number_format: str) -> str:
    """Return a number with the signs that its format puts before and after it, and as many decimals."""
    section = _IN_BRACKETS.sub("", number_format.split(";")[0])
    if section.casefold() in _GENERAL:
        return _decimal(f"{value:.10g}" if isinstance(value, float) and abs(value) < 1e10 else f"{value:.0f}")
    text, is_written = "", False
    for found in _NUMBER.finditer(section):
        if found["digits"] and not is_written:
            text += _digits(value * 100 if "%" in section else value, found["digits"])
            is_written = True
        elif not found["digits"] and not found["left_out"]:
            text += found["quoted"] or found["escaped"] or found["sign"] or ""
    return " ".join((text if is_written else f"{value:.10g}").split())


def _digits(value: int | float, pattern: str) -> str:
    whole, _, decimals = pattern.rstrip(".,").partition(".")
    made = f"{abs(value):.{sum(sign in '0#?' for sign in decimals)}f}"
    if "#" in decimals:
        made = made.rstrip("0").rstrip(".")
    least = whole.count("0")
    figures, point, rest = made.partition(".")
    ending = "." if pattern.endswith(".") else ""
    return _decimal(("-" if value < 0 else "") + figures.zfill(least) + point + rest) + ending


def _decimal(text: str) -> str:
    return text.replace(".", ",")
