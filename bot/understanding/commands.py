"""Commands, typed with a slash or said in plain words, as frames; the words are data in norwegian/commands.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.errors import NotUnderstood
from bot.model import Language
from bot.time.reading import clock_times, find
from bot.understanding.breaks import read_named
from bot.understanding.frame import Frame, Intent
from bot.understanding.holding import quoted
from bot.understanding.words import plain

_SLOT = re.compile(r"\{(\w+)\}")
_LONGEST_PLAIN = 300  # what is longer was hardly said as a command


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """One word of one command, in the written standards that have it."""

    command: str
    word: str
    intent: Intent
    languages: tuple[Language, ...]
    is_bare: bool
    is_numbered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    pattern: re.Pattern[str]
    intent: Intent
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """All of commands.toml; `acts` have the longest words first, `typed` is the first way to say each."""

    acts: tuple[_Act, ...]
    typed: Mapping[tuple[Intent, Language], str]
    sentences: tuple[_Sentence, ...]
    commands: Mapping[str, str]
    this_week: Mapping[str, str]
    in_plan: Mapping[str, str]
    last_meeting: Mapping[str, str]
    all_plans: frozenset[str]
    all_typed: Mapping[str, str]
    between_plans: frozenset[str]
    before_plan: frozenset[str]
    never_what: frozenset[str]
    pointing: frozenset[str]
    settling: Mapping[tuple[str, Language], tuple[str, ...]]


def read_command(text: str, language: Language) -> Frame | None:
    """Return what a command wants, or None where the message is none, or a question behind `/plan`.

    The answer is in `language` where its standard has the command's word, else in the first that has it.
    Raises NotUnderstood for a command that there is not.
    """
    said = " ".join(text.split())
    if said.startswith("/"):
        return _slash(said[1:].lstrip(), language)
    if said.endswith("?") or len(said) > _LONGEST_PLAIN:
        return None
    bare = said.rstrip("!. ")
    return _typed(bare, language) or _in_plain_words(bare, language)


def without_command(text: str, language: Language = Language.NB) -> str:
    """Return the question that stands behind `/plan`; that about this week where there is none."""
    said = text.strip()
    name, _, rest = said.partition(" ")
    if not name.startswith("/"):
        return said
    return rest.strip() or _words().this_week[language]


def points(words: str) -> bool:
    """Whether the words stand for what the last answer showed."""
    return plain(words) in _words().pointing


def ways_to_settle(language: Language) -> Mapping[str, str]:
    """Return how each way to settle a doubt is typed behind the item's key, by its name."""
    return {way: said[0] for (way, of), said in _words().settling.items() if of is language}


def way_to_settle(words: str) -> str | None:
    """Return the name of the way to settle a doubt that the words are, in any standard; None for a date."""
    bare = plain(words).strip(' .!"«»')
    return next((way for (way, _), said in _words().settling.items() if bare in said), None)


def is_skipping(words: str) -> bool:
    """Whether the words skip what was just asked about, in any standard."""
    bare = plain(words).strip(' .!"«»')
    return any(act.word == bare for act in _words().acts if act.intent is Intent.SKIP_DOUBT)


def typed(intent: Intent, language: Language, argument: str = "") -> str:
    """Return the slash command that wants this, in the words of a written standard: what a button says."""
    return " ".join(filter(None, (_words().typed[intent, language], argument)))


def typed_in_plan(language: Language, plan: str) -> str:
    """Return "i KIBS": how a plan is named behind a command."""
    return f"{_words().in_plan[language]} {plan}"


def last_meeting(language: Language) -> str:
    """Return what can be asked of a plan that is over, whatever was asked of it."""
    return _words().last_meeting[language]


def all_plans(language: Language) -> str:
    """Return what stands behind a command that is about all plans."""
    return _words().all_typed[language]


def means_all_plans(words: str) -> bool:
    """Whether the words are "alle" and the like."""
    return plain(words).strip(' .!"«»') in _words().all_plans


def is_between_plans(word: str) -> bool:
    """Whether the word stands between the plans of a list ("KIBS og SEPU")."""
    return plain(word) in _words().between_plans


def leads_to_plan(word: str) -> bool:
    """Whether what stands behind the word may be a plan's short name ("i KIBS", "planen KIBS")."""
    return plain(word) in _words().before_plan


def _slash(said: str, language: Language) -> Frame | None:
    name, _, rest = said.partition(" ")
    command = _words().commands.get(plain(name))
    frame = _acted(command, rest.strip(), language) if command else None
    if frame is None and command != "plan":
        raise NotUnderstood("unknown_command", said=said, command=command)
    return frame


def _typed(said: str, language: Language) -> Frame | None:
    """A command whose slash is left out; one without words is none, as "tiltak" alone asks for something."""
    name, _, rest = said.partition(" ")
    command = _words().commands.get(plain(name))
    return _acted(command, rest.strip(), language) if command and rest else None


def _acted(command: str, rest: str, language: Language) -> Frame | None:
    for act in _words().acts:
        if act.command == command and (argument := _behind(act, rest)) is not None:
            return _frame(act.intent, act.languages, language, argument)
    return None


def _behind(act: _Act, rest: str) -> str | None:
    """What stands behind the act's word, or None where the message is another act."""
    folded = plain(rest)
    if folded == act.word and not act.is_numbered:
        return ""
    if act.is_bare or not act.word or not folded.startswith(act.word + " "):
        return None
    behind = rest[len(act.word) :].strip()
    return None if act.is_numbered and not behind[:1].isdigit() else behind


def _in_plain_words(said: str, language: Language) -> Frame | None:
    for sentence in _words().sentences:
        found = sentence.pattern.fullmatch(said)
        slots = found.groupdict() if found else {}
        if found and _are_as_meant(slots):
            return _frame(sentence.intent, sentence.languages, language, _argument(slots, sentence.intent))
    return None


def _begins_otherwise(what: str | None) -> bool:
    return what is not None and plain(what).partition(" ")[0] in _words().never_what


def _are_as_meant(slots: Mapping[str, str]) -> bool:
    begins_otherwise = _begins_otherwise(slots.get("what"))
    return not begins_otherwise and _is_break(slots.get("break")) and _is_time(slots.get("when"))


def _is_break(words: str | None) -> bool:
    named = None if words is None else read_named(words)
    return words is None or (named is not None and not named.behind)


def _is_time(words: str | None) -> bool:
    return words is None or bool(find(words)) or clock_times(words) is not None


def _argument(slots: Mapping[str, str], intent: Intent) -> str:
    """The slots as they would be typed behind the slash command."""
    if "plans" in slots:
        return slots["plans"].strip()
    if "role" in slots:
        return f'"{slots["role"].strip()}" "{slots["person"].strip()}"'
    behind = slots.get("when") or slots.get("text") or slots.get("who")
    if not behind:
        return slots.get("what", "").strip(' "«»')
    if "break" in slots:
        return f"{slots['break']} {behind}"
    if "when" in slots:
        return f"{slots['what']} {behind}" if intent is Intent.NEW_ITEM else f"{slots['what']} til {behind}"
    return f"{quoted(slots['what'])} {quoted(behind)}"


def _frame(intent: Intent, has: tuple[Language, ...], language: Language, argument: str) -> Frame:
    return Frame(intent=intent, language=language if language in has else has[0], argument=argument)


@cache
def _words() -> _Words:
    table = tomllib.loads(files("bot").joinpath("norwegian/commands.toml").read_text("utf-8"))
    acts = [act for row in table["act"] for act in _acts(row)]
    return _Words(
        acts=tuple(sorted(acts, key=lambda act: -len(act.word))),
        typed=_first_words(table["act"]),
        sentences=tuple(sentence for row in table["plain"] for sentence in _sentences(row)),
        commands={name: command for command, names in table["names"].items() for name in names},
        this_week=table["plan"],
        in_plan=table["in_plan"],
        last_meeting=table["last_meeting"],
        all_plans=frozenset(table["following"]["all"]),
        all_typed=table["following"]["typed"],
        between_plans=frozenset(table["following"]["between"]),
        before_plan=frozenset(table["following"]["before"]),
        never_what=frozenset(table["never"]["what"]),
        pointing=frozenset(table["pointing"]["words"]),
        settling={
            (way, Language(code)): tuple(said)
            for way, by_language in table["settling"].items()
            for code, said in by_language.items()
        },
    )


def _acts(row: Mapping[str, Any]) -> Iterator[_Act]:
    for word, languages in _by_text(row).items():
        yield _Act(
            command=row["command"],
            word=word,
            intent=Intent(row["intent"]),
            languages=languages,
            is_bare=bool(row.get("bare")),
            is_numbered=bool(row.get("number")),
        )


def _first_words(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[Intent, Language], str]:
    return {
        (Intent(row["intent"]), language): f"/{row['command']} {row[language][0]}".strip()
        for row in rows
        for language in Language
    }


def _sentences(row: Mapping[str, Any]) -> Iterator[_Sentence]:
    for notation, languages in _by_text(row).items():
        yield _Sentence(pattern=_pattern(notation), intent=Intent(row["intent"]), languages=languages)


def _by_text(row: Mapping[str, Any]) -> dict[str, tuple[Language, ...]]:
    """The texts of a row, each with the standards that have it."""
    found: dict[str, tuple[Language, ...]] = {}
    for language in Language:
        for text in row[language]:
            found[text] = (*found.get(text, ()), language)
    return found


def _pattern(notation: str) -> re.Pattern[str]:
    """(a|b) a choice, [a|b] the same or nothing, {slot} at least one character; between words one space."""
    optional = re.sub(r"\[([^\]]*)\] ", r"(?:(?:\1) )?", notation)
    optional = re.sub(r" \[([^\]]*)\]$", r"(?: (?:\1))?", optional)
    return re.compile(_SLOT.sub(r"(?P<\1>.+?)", optional), re.IGNORECASE)
