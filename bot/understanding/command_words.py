"""The words of commands, read once: typed (norwegian/commands.toml) and in plain words (norwegian/orders.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.model import Language
from bot.understanding.frame import Intent
from bot.understanding.words import plain

_SLOT = re.compile(r"\{(\w+)\}")
_SHARED = re.compile(r"<(\w+)>")
# What may be left out, a slot, or a choice, which may hold other choices.
_PIECE = re.compile(r"(\[[^\]]*\]|\{\w+\}|\((?:[^()]|\([^()]*\))*\))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One word of one command, in the written standards that have it."""

    command: str
    word: str
    intent: Intent
    languages: tuple[Language, ...]
    is_bare: bool
    is_numbered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidSo:
    """One way to say a command in plain words.

    `signs`: one of these is in all that says it so, and first where it `is_begun` by them.
    `is_known`: it is a command only where the plans have what it is about, as the words alone may mean much else.
    `is_question`: it may be asked. `is_telling`: it tells how things are, and has no verb that orders it.
    """

    notation: str
    signs: tuple[str, ...]
    is_begun: bool
    intent: Intent
    languages: tuple[Language, ...]
    is_known: bool
    is_question: bool
    is_telling: bool

    def slots_in(self, order: str, folded: str) -> dict[str, str] | None:
        """Return what stands in its slots, or None where the words do not say it so; `folded` is the order, plain.

        Few of the many ways have a sign in an order, and a pattern is made for those alone: all would take longer
        than the rest of an answer.
        """
        if not (folded.startswith(self.signs) if self.is_begun else any(sign in folded for sign in self.signs)):
            return None
        found = _pattern(self.notation).fullmatch(order)
        return found and {name: value.strip() for name, value in found.groupdict().items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandWords:
    """All of both files; `acts` have the longest words first, `typed` is the first way to say each."""

    acts: tuple[Act, ...]
    typed: Mapping[tuple[Intent, Language], str]
    sentences: tuple[SaidSo, ...]
    commands: Mapping[str, str]
    this_week: Mapping[str, str]
    evaluates: tuple[str, ...]
    everybody: frozenset[str]
    in_plan: Mapping[str, str]
    for_role: Mapping[str, str]
    last_meeting: Mapping[str, str]
    all_plans: frozenset[str]
    all_typed: Mapping[str, str]
    between_plans: frozenset[str]
    before_plan: frozenset[str]
    never_first: frozenset[str]
    never_within: frozenset[str]
    everything: frozenset[str]
    pointing: frozenset[str]
    speaker: frozenset[str]
    number_signs: frozenset[str]
    openers: Mapping[str, bool]
    closers: tuple[str, ...]
    settling: Mapping[tuple[str, Language], tuple[str, ...]]


@cache
def command_words() -> CommandWords:
    """Return the words of all commands."""
    table, orders = _table("commands"), _table("orders")
    acts = [act for row in table["act"] for act in _acts(row)]
    following, never, polite = table["following"], orders["never"], orders["polite"]
    return CommandWords(
        acts=tuple(sorted(acts, key=lambda act: -len(act.word))),
        typed=_first_words(table["act"]),
        sentences=tuple(sentence for row in orders["plain"] for sentence in _sentences(row, orders["shared"])),
        commands={name: command for command, names in table["names"].items() for name in names},
        this_week=table["plan"],
        evaluates=tuple(table["evaluation"]["titles"]),
        everybody=frozenset(table["audience"]["everybody"]),
        in_plan=table["in_plan"],
        for_role=table["for_role"],
        last_meeting=table["last_meeting"],
        all_plans=frozenset(following["all"]),
        all_typed=following["typed"],
        between_plans=frozenset(following["between"]),
        before_plan=frozenset(following["before"]),
        never_first=frozenset(never["first"]),
        never_within=frozenset(never["within"]),
        everything=frozenset(never["everything"]),
        pointing=frozenset(orders["pointing"]["words"]),
        speaker=frozenset(orders["pointing"]["speaker"]),
        number_signs=frozenset(orders["pointing"]["number_signs"]),
        openers={said: said in polite["asking"] for said in (*polite["asking"], *polite["before"])},
        closers=tuple(polite["after"]),
        settling={
            (way, Language(code)): tuple(said)
            for way, by_language in table["settling"].items()
            for code, said in by_language.items()
        },
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("bot").joinpath(f"norwegian/{name}.toml").read_text("utf-8"))


def _acts(row: Mapping[str, Any]) -> Iterator[Act]:
    for word, languages in _by_text(row).items():
        yield Act(
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


def _sentences(row: Mapping[str, Any], shared: Mapping[str, Mapping[str, str]]) -> Iterator[SaidSo]:
    spelt = {language: [_spelt_out(text, shared, language) for text in row[language]] for language in Language}
    for notation, languages in _by_text(spelt).items():
        is_begun, signs = _signs(notation)
        yield SaidSo(
            notation=notation,
            signs=signs,
            is_begun=is_begun,
            intent=Intent(row["intent"]),
            languages=languages,
            is_known=bool(row.get("known")),
            is_question=bool(row.get("question")),
            is_telling=bool(row.get("telling")) or notation.startswith("{"),
        )


def _spelt_out(notation: str, shared: Mapping[str, Mapping[str, str]], language: Language) -> str:
    return _SHARED.sub(lambda found: f"({shared[found[1]][language]})", notation)


def _by_text(row: Mapping[Any, Any]) -> dict[str, tuple[Language, ...]]:
    """The texts of a row, each with the standards that have it."""
    found: dict[str, tuple[Language, ...]] = {}
    for language in Language:
        for text in row[language]:
            found[text] = (*found.get(text, ()), language)
    return found


def _signs(notation: str) -> tuple[bool, tuple[str, ...]]:
    """Whether a sentence begins with a word or a choice, and the plain words of it; else of the longest within."""
    pieces = [piece.strip() for piece in _PIECE.split(notation) if piece.strip()]
    is_begun = pieces[0][0] not in "[{"
    fixed = [_choices(piece) for piece in pieces if piece[0] not in "[{"]
    return is_begun, fixed[0] if is_begun else max(fixed, key=lambda choices: min(map(len, choices)))


def _choices(piece: str) -> tuple[str, ...]:
    """The words of a choice, one of which is said; those of a choice within it are some of them."""
    words = re.split(r"[()|]", piece) if piece.startswith("(") else [piece]
    return tuple(plain(word.strip()) for word in words if word.strip())


@cache
def _pattern(notation: str) -> re.Pattern[str]:
    """(a|b) a choice, [a|b] the same or nothing, {slot} at least one character; between words one space."""
    optional = re.sub(r"\[([^\]]*)\] ", r"(?:(?:\1) )?", notation)
    optional = re.sub(r" \[([^\]]*)\]$", r"(?: (?:\1))?", optional)
    return re.compile(_SLOT.sub(r"(?P<\1>.+?)", optional), re.IGNORECASE)
