"""A question in plain words as a frame: the first rule (rules.toml) that its meanings and names fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.errors import NothingThere, NotUnderstood
from bot.model import Kind, Language
from bot.understanding.frame import WHETHER, Frame, Intent
from bot.understanding.lexicon import FILLER, WEEKDAYS, table
from bot.understanding.pointing import Pointed
from bot.understanding.sentence import Sentence, concepts_of
from bot.understanding.subject import ABOUT_ONE, main_question
from bot.understanding.words import plain, words_of

_KINDS: Mapping[str, Kind] = {
    "event": Kind.EVENT,
    "meeting_kind": Kind.EVENT,
    "measure": Kind.MEASURE,
    "milestone": Kind.MILESTONE,
    "goal": Kind.GOAL,
    "module": Kind.MODULE,
    "focus_area": Kind.FOCUS_AREA,
}
# What the last words tell, far from the verb that they belong to: "hvem er X for", "hva går X ut på", "hva skal X på",
# "er X over".
_LAST_WORDS: Mapping[re.Pattern[str], str] = {
    re.compile(r"\bfor\W*$", re.IGNORECASE): "FOR",
    re.compile(r"\but på\W*$", re.IGNORECASE): "content",
    re.compile(r"(?<!\but )\bpå\W*$", re.IGNORECASE): "attend",
    re.compile(r"\b(?:er|e|is)\b.*\bover\W*$", re.IGNORECASE): "done",
}
# What narrows a list, and the questions that give one.
_NARROWING = (*WEEKDAYS, "online", "not_online", "in_person", "whole_day", "half_day", "for_me")
_LISTS = frozenset({Intent.EVENTS_IN_SPAN, Intent.LIST_OCCURRENCES, Intent.COUNT})
# Where one of these is asked for, yes or no is no answer to whether something is on.
_OF_THE_THING = frozenset(
    {"what", "which", "when", "where", "digital", "attend", "none", "only", "all", "doubt", "source"}
)
# What may stand before such a question.
_GREETED = frozenset({"greeting", FILLER, "thanks"})
# What is named is found in spite of a word that nobody knows.
_FOUND = frozenset({"NAME", "TEXT", "ROLE", "GROUP", "REGION", "AREA", "TERM", "TERM_TOLD", "TERM_ALONE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    intent: Intent
    needs: tuple[frozenset[str], ...]
    refuses: frozenset[str]
    state: str | None

    def fits(self, there: frozenset[str]) -> bool:
        return not self.refuses & there and all(either & there for either in self.needs)

    def has_found(self, there: frozenset[str]) -> bool:
        """Whether something the rule asks for was found among the plans' names."""
        return any(either & there & _FOUND for either in self.needs)


def frame_of(sentence: Sentence, pointed: Pointed, language: Language, before: Frame | None) -> Frame:
    """Return the question's frame. Raises NothingThere where only a name is not known, NotUnderstood for all else."""
    number = rule_for(sentence, pointed, before)
    if number is not None:
        return _filled(_rules()[number], sentence, pointed, language)
    if pointed.unknown and _is_asked(sentence):
        raise NothingThere(words=" ".join(pointed.unknown))
    raise NotUnderstood()


def rule_for(sentence: Sentence, pointed: Pointed, before: Frame | None) -> int | None:
    """Return the number of the first rule that fits, from 0, or None."""
    there = _there(sentence, pointed, before)
    fitting = (number for number, rule in enumerate(_rules()) if rule.fits(there))
    return next((n for n in fitting if not pointed.unknown or _rules()[n].has_found(there)), None)


def _there(sentence: Sentence, pointed: Pointed, before: Frame | None) -> frozenset[str]:
    there = set(sentence.concepts) | pointed.slots
    if sentence.asked is not None:
        there.add("TIME")
    if before is not None:
        question = main_question(before) or before
        there.update({"BEFORE", f"after {before.intent}", f"after {question.intent}"})
        there.update(["BEFORE_TERM"] if before.terms else [])
    if not sentence.rest:
        there.add("NOTHING")
    if there.intersection(_KINDS):
        there.add("KIND")
    if there.intersection(WEEKDAYS):
        there.add("WEEKDAYS")
    if there.intersection(_NARROWING) - {"for_me"}:
        there.add("ONLY")
    there.update(concept for ending, concept in _LAST_WORDS.items() if ending.search(sentence.text))
    return frozenset(there)


def _is_asked(sentence: Sentence) -> bool:
    """Whether it is a question about the plans, so that what is missing is only a name."""
    return bool(sentence.concepts & _about_plans())


@cache
def _about_plans() -> frozenset[str]:
    return frozenset(table("rules")["about_plans"])


def _filled(rule: _Rule, sentence: Sentence, pointed: Pointed, language: Language) -> Frame:
    kinds = dict.fromkeys(kind for concept, kind in _KINDS.items() if sentence.says(concept))
    if sentence.says("thing"):  # "ting" is said of what is on, and of what is to be done
        kinds.pop(Kind.EVENT, None)
    narrowed = sentence.concepts.intersection(_NARROWING) if rule.intent in _LISTS else frozenset()
    return Frame(
        intent=rule.intent,
        language=language,
        when=sentence.asked,
        kinds=tuple(kinds),
        names=pointed.words,
        items=tuple(item.id for item in pointed.items or pointed.telling),
        plans=pointed.plans,
        roles=pointed.roles,
        audience=pointed.groups,
        region=pointed.region,
        areas=pointed.areas,
        terms=pointed.terms,
        numbers=pointed.numbers,
        only=tuple(name for name in _NARROWING if name in narrowed),
        state=rule.state or _whether(rule, sentence),
        is_next=rule.intent in ABOUT_ONE and (sentence.says("next") or sentence.says("last")),
    )


def _whether(rule: _Rule, sentence: Sentence) -> str | None:
    """Whether yes or no is wanted: something is asked to be on, and nothing of the thing itself."""
    if rule.intent is not Intent.EVENTS_IN_SPAN or sentence.concepts & _OF_THE_THING:
        return None
    said = " ".join(plain(word.text) for word in words_of(sentence.text))
    found = _opening().search(said)
    is_first = found is not None and concepts_of(said[: found.start()]) <= _GREETED
    return WHETHER if is_first else None


@cache
def _opening() -> re.Pattern[str]:
    openings = sorted(table("yes_no")["openings"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, openings))})(?!\w)")


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            intent=Intent(rule["intent"]),
            needs=tuple(frozenset(either.split("|")) for either in rule["all"]),
            refuses=frozenset(rule.get("none", ())),
            state=rule.get("state"),
        )
        for rule in table("rules")["rule"]
    )
