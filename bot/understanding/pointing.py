"""What the words of a message that mean nothing by themselves point to in the plans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.model import Item, Kind
from bot.understanding.alike import is_of_people, ways_to_hold, ways_to_say
from bot.understanding.index import Index
from bot.understanding.lexicon import asking_which, gathering_forms, gatherings, is_gathering, meeting_forms
from bot.understanding.names import Names
from bot.understanding.sentence import Sentence
from bot.understanding.term_slots import term_slots
from bot.understanding.titles import OF_PEOPLE, by_each_way, gatherings_for, is_group, titled
from bot.understanding.words import Word, forms_of, in_one_standard, plain

_WORK = (Kind.MEASURE, Kind.RESPONSIBILITY)
_AIMS = (Kind.GOAL, Kind.FOCUS_AREA)
_SEVERAL = re.compile(r"(?:ene|ane|er|ar|s)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """Items, roles, groups and the rest that a message names; `unknown` are the words that nobody knows.

    `words` are those that pointed somewhere, as they were written. `holds_time` tells that the time that was asked
    for is a part of what is named ("forberedelsen til fagdagen i april").
    """

    items: tuple[Item, ...] = ()
    telling: tuple[Item, ...] = ()
    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    region: str | None = None
    plans: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    several: bool = False
    holds_time: bool = False
    slots: frozenset[str] = field(default_factory=frozenset)


def point(sentence: Sentence, names: Names) -> Pointed:
    """Return what the sentence names, by key, title, role, group, area, region and plan."""
    keyed = names.by_key(sentence.text)
    if keyed:
        return Pointed(items=keyed, words=tuple(item.key for item in keyed), slots=frozenset({"NAME"}))
    regional = [word for word in sentence.rest if plain(word.text) in names.regions]
    of_people = bool(sentence.concepts & OF_PEOPLE)
    named = names.plans.find(sentence.words, of_people=of_people, besides=frozenset(names.regions))
    naming = {word.start for word in named.words}
    core = [word for word in sentence.rest if word.start not in naming and word not in regional]
    region = names.regions[plain(regional[0].text)] if regional else None
    asked_which = [word for word in core if _is_asked_which(word, sentence, names)]
    if asked_which and _gatherings(sentence) and not gatherings_for(asked_which, _gatherings(sentence), names):
        core = [word for word in core if word not in asked_which]
    found = _found(core, sentence, names)
    terms = names.terms.find(sentence.words)
    told = {
        "CALLED": _is_called(found.items, _named_words(core, sentence), names),
        "ROLE_ALONE": _is_whole(names.holders, core),
        "WHICH_GROUP": asked_which,
        "GROUP_WORD": any(is_group(word, names) for word in core),
    }
    return _with_slots(
        more=term_slots(terms, sentence, names.terms).union(slot for slot, value in told.items() if value),
        pointed=Pointed(
            items=found.items,
            telling=found.telling,
            roles=found.roles,
            groups=found.groups,
            areas=found.areas,
            terms=tuple(term.key for term in terms),
            region=region,
            plans=_of_years(named.plans, sentence, names),
            numbers=found.numbers,
            words=_as_written([*core, *regional, *_gatherings(sentence)], sentence, names),
            unknown=found.unknown,
            several=_is_several(sentence.words),
            holds_time=found.holds_time,
        ),
    )


def _of_years(plans: tuple[int, ...], sentence: Sentence, names: Names) -> tuple[int, ...]:
    """Those of the plans whose years are named; or all whose years are, where no other name is said."""
    of_years = names.plans.by_years(sentence.text)
    if of_years is None:
        return plans
    return tuple(plan for plan in plans if plan in of_years[0]) if plans else of_years[0]


def _as_written(words: Sequence[Word], sentence: Sentence, names: Names) -> tuple[str, ...]:
    """The words that point somewhere, or all where none does; an English word as it was said."""
    known = sorted((word for word in words if names.knows(word)), key=lambda word: word.start) or words
    parts: list[tuple[int, int]] = []
    for word in known:
        if parts and sentence.text[parts[-1][1] : word.start] == "-":
            parts[-1] = (parts[-1][0], word.stop)
        elif not parts or word.start >= parts[-1][1]:
            parts.append((word.start, word.stop))
    return tuple(sentence.text[start:stop] for start, stop in parts)


def _is_asked_which(word: Word, sentence: Sentence, names: Names) -> bool:
    """Whether it is a group that is asked which of: "hvilke lærere skal på fagdagen"."""
    before = [other for other in sentence.words if other.stop < word.start][-1:]
    return is_group(word, names) and any(in_one_standard(other.text) in asking_which() for other in before)


def _gatherings(sentence: Sentence) -> list[Word]:
    return [word for word in sentence.soft if is_gathering(word)]


def _found(core: Sequence[Word], sentence: Sentence, names: Names) -> Pointed:
    core = _of_people(core, names)
    needed_in_title = _named_words(core, sentence)
    ways = ways_to_say(core)
    groups = by_each_way(names.groups, ways)
    found = titled(needed_in_title, sentence, names, for_group=bool(groups))
    items = found.items
    roles = by_each_way(names.holders, ways_to_hold(core))
    areas = _areas([word for word in core if not word.is_number] or _of_area(sentence), names)
    numbers = tuple(int(word.text) for word in core if word.is_number and len(word.text) < 3)
    needed = [word for word in core if not word.is_number]
    telling = () if items or not needed else names.telling_of(needed)
    explained = items or groups or roles or areas or telling
    unknown = tuple(word.text for word in needed if not names.knows(word) and not (groups and is_of_people(word)))
    if needed and not explained and not unknown:
        unknown = tuple(word.text for word in needed)
    is_gathering_named = len(needed_in_title) > len(core)
    if is_gathering_named and not items and (numbers or sentence.asked is None):  # there is no "samling 7"
        unknown = tuple(word.text for word in sorted(needed_in_title, key=lambda word: word.start))
    return Pointed(
        items=items,
        telling=telling,
        roles=roles,
        groups=groups,
        areas=areas,
        numbers=numbers,
        unknown=unknown,
        holds_time=found.holds_time,
    )


def _of_people(core: Sequence[Word], names: Names) -> list[Word]:
    """The words; of a meeting that no plan has, just who comes to it: "pedledermøte" are the "pedledere"."""
    return [_who_meets(word, names) or word for word in core]


def _who_meets(word: Word, names: Names) -> Word | None:
    if names.titles.knows(word):
        return None
    for form in word.forms:
        for end in gathering_forms() | meeting_forms():
            who = form.removesuffix(end)
            if len(who) > 3 and who != form:
                first = Word(text=who, start=word.start, stop=word.stop, forms=forms_of(who))
                if is_of_people(first):
                    return first
    return None


def _named_words(core: Sequence[Word], sentence: Sentence) -> list[Word]:
    """The words that a title must have: those without meaning, or else what a gathering is called ("samling")."""
    if any(not word.is_number for word in core):
        return list(core)
    return [*core, *(word for word in sentence.soft if is_gathering(word))]


def _of_area(sentence: Sentence) -> list[Word]:
    return [] if sentence.rest else list(sentence.soft)


def _is_whole(index: Index[str], words: Sequence[Word]) -> bool:
    """Whether the words are just a name of the index, and all of it."""
    return any(hit.score >= 1 and hit.cover >= 1 for hit in index.find(words))


def _is_called(items: Sequence[Item], words: Sequence[Word], names: Names) -> bool:
    """Whether one of the items is a meeting that has all of the words in its title, and is called one of them."""
    whole = {item.id for item in names.titles.having(words)}
    return any(item.kind is Kind.EVENT and item.id in whole for item in names.called(items, words))


def _areas(words: Sequence[Word], names: Names) -> tuple[str, ...]:
    """What goals and modules are gathered under: a heading that is just the words before longer ones."""
    hits = names.areas.find(words)
    exact = [hit for hit in hits if hit.score >= 1 and hit.cover >= 1]
    return tuple(dict.fromkeys(hit.thing for hit in exact or hits))


def _is_several(words: Iterable[Word]) -> bool:
    """Whether a gathering is named in the plural ("samlingene", "møta", "workshopane")."""
    for word in words:
        bare = plain(word.text)
        if is_gathering(word) and not bare.endswith(gatherings()) and (_SEVERAL.search(bare) or bare.endswith("møta")):
            return True
    return False


def _with_slots(pointed: Pointed, more: frozenset[str]) -> Pointed:
    present = {
        "NAME": pointed.items,
        "WORK": pointed.items and pointed.items[0].kind in _WORK,
        "AIM": pointed.items and pointed.items[0].kind in _AIMS,
        "TEXT": pointed.telling,
        "ROLE": pointed.roles,
        "GROUP": pointed.groups,
        "AREA": pointed.areas,
        "REGION": pointed.region,
        "PLAN": pointed.plans,
        "NUMBER": pointed.numbers,
        "UNKNOWN": pointed.unknown,
        "SEVERAL": pointed.several,
    }
    return replace(pointed, slots=more.union(slot for slot, value in present.items() if value))
