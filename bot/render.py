"""Facts and a template to a reply; the only file that imports jinja2.

A template is lines: "# " begins a heading, "- " a row, all else is text; empty lines fall away. What a plan or
a person wrote is only ever a value: it is put in as literal text on one line, and never read as a template.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial
from importlib.resources import files
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.answers.facts import Facts, Press
from bot.breaks import SchoolBreak
from bot.errors import PlanvaktError
from bot.messages import Button, Part, PartKind, Period, Reply
from bot.model import FORMER, Book, Item, Language
from bot.places import UnitsTold, units_told
from bot.school_calendar import example_in_words, name_in_words, the_name_in_words
from bot.understanding.frame import Intent
from bot.wording import (
    audience_in_words,
    clock_in_words,
    dates_in_words,
    day_in_words,
    kept_in_words,
    length_in_words,
    list_in_words,
    moment_in_words,
    month_in_words,
    period_in_words,
    readings_in_words,
    source_in_words,
    time_in_words,
    unsaid_in_words,
    weekday_in_words,
    when_in_words,
)

T = TypeVar("T")

# The day of the answer; a template's macros, which see none of its values, need it too.
_today: ContextVar[date] = ContextVar("today")
# The plans that it is answered from, where what each unit does by itself is counted.
_book: ContextVar[Book | None] = ContextVar("book", default=None)

_OPEN, _CLOSE = "\ue000", "\ue001"
_ITEM = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
# What is not seen, or turns what is seen around: control characters, halves of characters, marks of direction.
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\uf8ff\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f\s]+"
)
_KINDS = {"# ": PartKind.HEADING, "- ": PartKind.ROW}


def render(facts: Facts, intent: str, language: Language, today: date, book: Book | None = None) -> Reply:
    """Return the reply in one written standard; `text` has all that `parts` has.

    With a book, the rows of what each unit does by itself say how many have.
    """
    seen_from, counted_in = _today.set(today), _book.set(book)
    try:
        parts = _filled(facts.template, facts.values, language)
        if facts.ended:
            parts += _filled("ended", {"plans": facts.ended.plans, "why": facts.ended.why}, language)
        if facts.breaks:
            parts += _filled("break_days", {"breaks": facts.breaks}, language)
        if facts.asks:
            parts += _filled("completion_asked", {"field": facts.asks.field}, language)
    finally:
        _today.reset(seen_from)
        _book.reset(counted_in)
    return Reply(
        text="\n".join(_plain(part) for part in parts),
        parts=parts,
        intent=intent,
        language=language,
        period=facts.period,
        items=facts.items,
        changes=facts.changes,
        buttons=tuple(_button(press, language) for press in facts.buttons),
        sections=facts.sections,
    )


def _filled(name: str, values: Mapping[str, object], language: Language) -> tuple[Part, ...]:
    template = _environment(language).get_template(f"{name}.j2")
    return _parts(template.render(**values, language=language, today=_today.get()))


def with_note(reply: Reply, note: Reply) -> Reply:
    """Return the reply with the words of another one below its own."""
    return replace(reply, text=f"{reply.text}\n{note.text}", parts=(*reply.parts, *note.parts))


def render_error(error: PlanvaktError, language: Language, today: date, intent: Intent = Intent.OUT_OF_SCOPE) -> Reply:
    """Return the answer that an error has."""
    return render(Facts(template=error.template, values=error.values), intent, language, today)


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader("bot", f"norwegian/answers/{language}"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=partial(_literal, language),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["item"] = _item_mark
    environment.filters["units"] = _units
    environment.tests["past"] = _is_past
    environment.filters["capital"] = partial(_capital, language)
    environment.filters["kept"] = partial(_kept, language)
    environment.filters["moment"] = partial(_moment, language)
    for name, seen in _SEEN_FROM_TODAY.items():
        environment.filters[name] = _from_today(seen, language)
    for name, timeless in _TIMELESS.items():
        environment.filters[name] = partial(_in_language, timeless, language)
    return environment


def _break_days(told: SchoolBreak, language: Language, today: date) -> str:
    return period_in_words(Period(start=told.first, end=told.last), language, today)


# The words of bot.wording as filters: those that leave out this year's number need to know today.
_SEEN_FROM_TODAY: dict[str, Callable[[Any, Language, date], str]] = {
    "when": when_in_words,
    "day": day_in_words,
    "month": month_in_words,
    "period": period_in_words,
    "break_days": _break_days,
}
_TIMELESS: dict[str, Callable[[Any, Language], str]] = {
    "clock": time_in_words,
    "clocks": clock_in_words,
    "dates": dates_in_words,
    "lasting": length_in_words,
    "source": source_in_words,
    "audience": audience_in_words,
    "listed": list_in_words,
    "weekday": weekday_in_words,
    "readings": readings_in_words,
    "unsaid": unsaid_in_words,
    "break_name": name_in_words,
    "the_break": the_name_in_words,
    "break_example": example_in_words,
}


def _from_today(in_words: Callable[[T, Language, date], str], language: Language) -> Callable[[T], str]:
    return lambda value: in_words(value, language, _today.get())


def _in_language(in_words: Callable[[T, Language], str], language: Language, value: T) -> str:
    return in_words(value, language)


def _moment(language: Language, moment: datetime, zone: str) -> str:
    return moment_in_words(moment.astimezone(ZoneInfo(zone)), language, _today.get())


def _kept(language: Language, text: str | None, field: str) -> tuple[str, ...]:
    return kept_in_words(text, field, language, _today.get())


def _units(item: Item) -> UnitsTold | None:
    """How far the units have come with it; None for what is one thing, or settled for all of them."""
    book = _book.get()
    is_counted = book is not None and item.plan_id in book.plan_by_id and item.status.is_open and not item.cancelled
    return units_told(item, book) if book is not None and is_counted else None


def _is_past(day: date) -> bool:
    return day < _today.get()


def _capital(language: Language, text: str) -> str:
    said = _of_former(text, language)
    return said[:1].upper() + said[1:]


def _literal(language: Language, value: object) -> Markup:
    """A value as literal text on one line; what a macro has made stays as it is."""
    if isinstance(value, Markup):
        return value
    return Markup(_on_one_line(_of_former(str(value), language)))


def _of_former(text: str, language: Language) -> str:
    """The text with the words of its language for everybody who is erased."""
    return text.replace(FORMER, _former()[language])


def _on_one_line(text: str) -> str:
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _UNPRINTABLE.sub(" ", text).strip()


def _item_mark(item: Item) -> Markup:
    """An unseen mark that tells which item a row is about."""
    return Markup(f"{_OPEN}{item.key}{_CLOSE}")


def _parts(rendered: str) -> tuple[Part, ...]:
    return tuple(_part(line) for line in rendered.splitlines() if line.strip())


def _part(line: str) -> Part:
    found = _ITEM.search(line)
    bare = " ".join(_ITEM.sub("", line).split())
    kind = _KINDS.get(bare[:2], PartKind.TEXT)
    text = bare if kind is PartKind.TEXT else bare[2:]
    return Part(kind=kind, text=text, item=found.group(1) if found else None)


def _plain(part: Part) -> str:
    return f"– {part.text}" if part.kind is PartKind.ROW else part.text


def _button(press: Press, language: Language) -> Button:
    said = _on_one_line(press.says)
    return Button(label=label_of(press, language), says=said, form=press.form, key=press.key)


def label_of(press: Press, language: Language) -> str:
    """Return what stands on a button."""
    return _on_one_line(_labels()[press.name][language].format_map(press.values))


@cache
def _former() -> dict[str, str]:
    """What somebody without a name is called, by language, from norwegian/people.toml."""
    words: dict[str, str] = tomllib.loads(files("bot").joinpath("norwegian/people.toml").read_text("utf-8"))["former"]
    return words


@cache
def _labels() -> dict[str, dict[str, str]]:
    """Button labels by name and language, from norwegian/buttons.toml."""
    return tomllib.loads(files("bot").joinpath("norwegian/buttons.toml").read_text("utf-8"))
