"""Commands in plain words ("kan du flytte fagdagen til fredag?", "KIBS-51 ferdig"); a question is none of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.errors import BadDate, NotOne
from bot.model import Language
from bot.time.reading import clock_times, find
from bot.understanding.breaks import read_named
from bot.understanding.command_words import SaidSo, command_words
from bot.understanding.digest_words import read_settings
from bot.understanding.frame import Frame, Intent
from bot.understanding.holding import quoted
from bot.understanding.own_words import days_said, language_said
from bot.understanding.shifts import shift_in
from bot.understanding.words import plain

_LONGEST = 300  # what is longer was hardly said as a command
_MOST_OPENERS = 4
_BEHIND = re.compile(r"[^\w»\")]+$")  # marks and faces that end a message
_HOURS = re.compile(r"\d{1,2}(?:[.:]\d\d)?\s?[-–]\s?\d{1,2}(?:[.:]\d\d)?")
_DAYS = re.compile(r"\d+ \w+")  # too many of them are answered, and not only misread
_AROUND = " ,.:;!–-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the plans have: items and people by their names, and what it takes to settle a doubt on a day."""

    is_item: Callable[[str], bool] = lambda _: True
    is_title: Callable[[str], bool] = lambda _: False
    is_person: Callable[[str], bool] = lambda _: True
    settled: Callable[[str, str], str | None] = lambda _what, _day: None


def order_in(said: str, language: Language, known: Known) -> Frame | None:
    """Return the command that the words are, in `language` where its standard says it so; None for all else.

    Raises NotOne for an order about many at once.
    """
    if len(said) > _LONGEST:
        return None
    whole = _BEHIND.sub("", said).strip(_AROUND)
    order, is_polite = _without_politeness(whole)
    is_asked = said.endswith("?")
    fitting = _fitting(order, known, is_asked=is_asked, is_polite=is_polite)
    if not fitting and order != whole:  # "jeg vil ha ukebrevet" is for who says it, "vi vil ha det" is not
        fitting = _fitting(whole, known, is_asked=is_asked, is_polite=is_polite)
    if not fitting:
        return None
    first, argument = fitting[0]
    has = [
        language
        for one, same in fitting
        if (one.intent, same) == (first.intent, argument)
        for language in one.languages
    ]
    return Frame(intent=first.intent, language=language if language in has else has[0], argument=argument)


def _fitting(order: str, known: Known, *, is_asked: bool, is_polite: bool) -> list[tuple[SaidSo, str]]:
    """The sentences that the words are, each with what would be typed behind its command."""
    folded = plain(order)
    said = (
        (sentence, slots)
        for sentence in command_words().sentences
        if _may_be(sentence, is_asked=is_asked, is_polite=is_polite)
        and (slots := sentence.slots_in(order, folded)) is not None
    )
    arguments = ((sentence, _argument(sentence, slots, order, known)) for sentence, slots in said)
    return [(sentence, argument) for sentence, argument in arguments if argument is not None]


def _without_politeness(said: str) -> tuple[str, bool]:
    """The order without what is said around it, and whether that asks for it ("kan du …?")."""
    words, is_asking = said.strip(_AROUND), False
    for _ in range(_MOST_OPENERS):
        opener = _longest_first(words)
        if opener is None:
            break
        words, is_asking = words[len(opener) :].strip(_AROUND), is_asking or command_words().openers[opener]
    closer = next((one for one in command_words().closers if plain(words).endswith((f" {one}", f",{one}"))), None)
    return (words[: -len(closer)].strip(_AROUND) if closer else words), is_asking


def _longest_first(words: str) -> str | None:
    folded = plain(words)
    found = (one for one in command_words().openers if folded.startswith((f"{one} ", f"{one},", f"{one}!")))
    return max(found, key=len, default=None)


def _may_be(sentence: SaidSo, *, is_asked: bool, is_polite: bool) -> bool:
    if is_polite:
        return not sentence.is_telling
    return sentence.is_question or not is_asked


def _argument(sentence: SaidSo, found: dict[str, str], order: str, known: Known) -> str | None:
    """What stands in the sentence's slots as it would be typed behind the slash command; None where it is not that."""
    for slots in _cuts(found, order):
        argument = _of_slots(sentence, slots, known)
        if argument is not None:
            return argument
    return None


def _cuts(slots: dict[str, str], order: str) -> Iterator[dict[str, str]]:
    """The slots, and each other way to part what it is about from a step or a day that stands right behind it."""
    yield slots
    name = next((one for one in ("shift", "day") if one in slots), None)
    said = f"{slots.get('what')} {slots[name]}" if name else ""
    if name and said in order:
        words = said.split(" ")
        yield from ({**slots, "what": " ".join(words[:at]), name: " ".join(words[at:])} for at in range(2, len(words)))


def _of_slots(sentence: SaidSo, slots: Mapping[str, str], known: Known) -> str | None:
    if any(_begins_otherwise(slots.get(name, "")) for name in ("what", "who")):
        if not sentence.is_telling and sentence.intent is not Intent.NEW_ITEM and _is_everything(slots, known):
            raise NotOne("one_at_a_time")
        return None
    if "day" in slots:
        return known.settled(slots["what"], slots["day"])
    return _typed(slots, sentence.intent) if _fits(sentence, slots, known) else None


def _fits(sentence: SaidSo, slots: Mapping[str, str], known: Known) -> bool:
    if "what" in slots and (sentence.is_known or sentence.is_telling) and not _is_known(slots["what"], known):
        return False
    if sentence.intent is Intent.PERSON_ROLES and not known.is_person(slots.get("person", "jeg")):
        return False
    return (
        ("when" not in slots or _is_time(slots["when"]))
        and ("break" not in slots or _is_break(slots["break"]))
        and ("shift" not in slots or shift_in(slots["shift"]) is not None)
        and ("weekly" not in slots or _is_weekly(slots["weekly"]))
        and ("spoken" not in slots or language_said(slots["spoken"]) is not None)
        and (
            "before" not in slots
            or days_said(slots["before"]) is not None
            or _DAYS.fullmatch(slots["before"]) is not None
        )
    )


def _is_known(what: str, known: Known) -> bool:
    return plain(what) in command_words().pointing or known.is_item(what)


def _is_time(words: str) -> bool:
    is_clock = clock_times(words) is not None or _HOURS.fullmatch(words) is not None
    return is_clock or bool(find(words)) or shift_in(words) is not None


def _is_weekly(words: str) -> bool:
    try:
        return read_settings(words) is not None
    except BadDate:
        return False


def _is_break(words: str) -> bool:
    named = read_named(words)
    return named is not None and not named.behind


def _begins_otherwise(words: str) -> bool:
    said = plain(words).split()
    return bool(said) and (said[0] in command_words().never_first or not command_words().never_within.isdisjoint(said))


def _is_everything(slots: Mapping[str, str], known: Known) -> bool:
    what = slots.get("what", "")
    begun = plain(what).split()
    return bool(begun) and begun[0] in command_words().everything and not known.is_title(what)


def _typed(slots: Mapping[str, str], intent: Intent) -> str:
    """The slots as they would be typed behind the slash command."""
    if "role" in slots:
        return f'"{slots["role"]}" "{slots["person"]}"'
    for alone in ("plans", "weekly", "person", "spoken", "before", "measure"):
        if alone in slots:
            return slots[alone]
    what, when = slots.get("what", "").strip(' "«»-–:,'), slots.get("when") or slots.get("shift")
    behind = slots.get("text") or slots.get("who")
    if "break" in slots:
        return f"{slots['break']} {when}" if when else slots["break"]
    if when:
        return f"{what} {when}" if intent is Intent.NEW_ITEM else (f"{what} til {when}" if what else when)
    return f"{quoted(what)} {quoted(behind)}" if behind and what else what
