"""Forms: what can be filled in instead of typed, and the typed command that it becomes; the same on all platforms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from bot.messages import FormName
from bot.model import Language
from bot.remarks import CARRY_ON, WORKED
from bot.understanding.commands import typed, typed_for_role, typed_in_plan
from bot.understanding.frame import Intent
from bot.understanding.holding import quoted

Values = Mapping[str, str]

ON, PAUSE, OFF = "on", "pause", "off"
ALWAYS, QUIET = "always", "quiet"
ANSWERED = (WORKED, CARRY_ON)
LONGEST_WORDS, LONGEST_TEXT, LONGEST_NOTE = 200, 500, 2000

# What a platform shows as a mention comes with its marks; what a person types into a form is only words.
_BEGINS_MENTION = re.compile(r"<(?=[@<])")


class FieldKind(StrEnum):
    """How a field is filled in; `when` is a time in words."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    URL = "url"
    CHOICE = "choice"
    WHEN = "when"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of those to choose from."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`initial` is filled in already; of a choice it is an option's value. `hint` stands beside the field."""

    name: str
    label: str
    kind: FieldKind
    initial: str = ""
    hint: str = ""
    is_optional: bool = False
    options: tuple[Option, ...] = ()
    longest: int = LONGEST_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is to be filled in about what has the key `key`; `intro` stands above the fields, line by line."""

    name: FormName
    key: str
    language: Language
    title: str
    submit: str
    fields: tuple[Field, ...]
    intro: tuple[str, ...] = ()

    def says(self, values: Values) -> str:
        """Return the typed command that the form becomes when it is filled in so."""
        return said(self.name, self.key, self.language, values)


def said(name: FormName, key: str, language: Language, values: Values) -> str:
    """Return the typed command that a form becomes: of its fields nothing else is needed to send it."""
    return _SAYS[name](key, language, {field: _plain(value) for field, value in values.items()})


def main_field(name: FormName, values: Values) -> str:
    """Return the field that what is wrong is told at, where the answer does not tell which it is."""
    if name is FormName.DIGEST and values.get("state") == PAUSE:
        return "until"
    if name is FormName.MEASURE_OF_MESSAGE and not values.get("when"):
        return "title"
    return _MAIN[name]


def words_of_form(name: str) -> Mapping[str, Any]:
    """Return the words of one form, or those that all have in common (`common`)."""
    found: Mapping[str, Any] = _table()[name]
    return found


def _plain(value: str) -> str:
    return " ".join(_BEGINS_MENTION.sub("", value).split())


def _behind_key(intent: Intent, *fields: str) -> Callable[[str, Language, Values], str]:
    """The command with the key, and behind it the fields in that order."""

    def says(key: str, language: Language, values: Values) -> str:
        filled = (values.get(field, "") for field in fields)
        return typed(intent, language, " ".join(filter(None, (key, *filled))))

    return says


def _completes(key: str, language: Language, values: Values) -> str:
    """Done, with the note and the link, and behind them what is answered, each behind its word."""
    says = words_of_form("complete")["says"]
    answers = (f"{says[field][language]} {values[field]}" for field in ANSWERED if values.get(field))
    pieces = (key, values.get("note"), values.get("link"), *answers)
    return typed(Intent.MARK_DONE, language, " ".join(filter(None, pieces)))


def _settles(key: str, language: Language, values: Values) -> str:
    answer = values.get("when") or values.get("answer", "")
    return typed(Intent.SETTLE_DOUBT, language, f"{key} {answer}".strip())


def _adds(intent: Intent) -> Callable[[str, Language, Values], str]:
    """A new item in so many words; the key, where there is one, is a link to where it comes from."""

    def says(key: str, language: Language, values: Values) -> str:
        pieces = [quoted(values.get("title", "")), values.get("when", "")]
        if plan := values.get("plan"):
            pieces.append(typed_in_plan(language, plan))
        if role := values.get("role"):
            pieces.append(typed_for_role(language, quoted(role)))
        if key:
            pieces.append(f": {key}")
        return typed(intent, language, " ".join(filter(None, pieces)))

    return says


def _sets_digest(key: str, language: Language, values: Values) -> str:
    state = values.get("state", ON)
    if state == OFF:
        return typed(Intent.DIGEST_OFF, language)
    if state == PAUSE:
        return typed(Intent.DIGEST_PAUSE, language, values.get("until", ""))
    posted_in = Language(values.get("language") or language)
    table = words_of_form("digest")
    day = table["every"][posted_in][int(values.get("weekday") or 0)]
    said = [str(table["typed"][posted_in]).format(day=day, at=values.get("at", "")).strip()]
    if "only" in values:
        only = values["only"].replace(",", f" {table['between'][posted_in]} ")
        said.append(str(table["only_typed" if only else "everything"][posted_in]).format(only=only))
    said += [table["typed_as"][values[name]][posted_in] for name in ("days_off", "empty") if values.get(name)]
    return ", ".join(said)


_SAYS: Mapping[FormName, Callable[[str, Language, Values], str]] = {
    FormName.COMPLETE: _completes,
    FormName.MOVE: _behind_key(Intent.MOVE_ITEM, "when"),
    FormName.SET_DATE: _behind_key(Intent.MOVE_ITEM, "when"),
    FormName.WRITE: _behind_key(Intent.WRITE_ITEM, "text"),
    FormName.NEW_ITEM: _adds(Intent.NEW_ITEM),
    FormName.SETTLE: _settles,
    FormName.DIGEST: _sets_digest,
    FormName.MEASURE_OF_MESSAGE: _adds(Intent.NEW_MEASURE),
}
_MAIN: Mapping[FormName, str] = {
    FormName.COMPLETE: "note",
    FormName.MOVE: "when",
    FormName.SET_DATE: "when",
    FormName.WRITE: "text",
    FormName.NEW_ITEM: "when",
    FormName.SETTLE: "when",
    FormName.DIGEST: "at",
    FormName.MEASURE_OF_MESSAGE: "when",
}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("bot").joinpath("norwegian/forms.toml").read_text("utf-8"))
