"""What the words of a message that mean nothing by themselves point to in the plans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.model import Item, Kind
from bot.understanding.index import Index
from bot.understanding.lexicon import gathering_forms, gatherings, is_filler, is_gathering
from bot.understanding.names import Names
from bot.understanding.sentence import Sentence
from bot.understanding.term_slots import term_slots
from bot.understanding.words import Word, plain

_WORK = (Kind.MEASURE, Kind.RESPONSIBILITY)
# Meanings that make a name that is a plan's and a role's the role's.
_OF_PEOPLE = frozenset({"who", "responsible", "duty", "duty_of", "do", "attend", "meaning", "event", "meeting_kind"})
_AIMS = (Kind.GOAL, Kind.FOCUS_AREA)
_SEVERAL = re.compile(r"(?:ene|ane|er|ar|s)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """Items, roles, groups and the rest that a message names; `unknown` are the words that nobody knows.

    `words` are those that pointed somewhere, as they were written.
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
    slots: frozenset[str] = field(default_factory=frozenset)


def point(sentence: Sentence, names: Names) -> Pointed:
    """Return what the sentence names, by key, title, role, group, area, region and plan."""
    keyed = names.by_key(sentence.text)
    if keyed:
        return Pointed(items=keyed, words=tuple(item.key for item in keyed), slots=frozenset({"NAME"}))
    regional = [word for word in sentence.rest if plain(word.text) in names.regions]
    of_people = bool(sentence.concepts & _OF_PEOPLE)
    named = names.plans.find(sentence.words, of_people=of_people, besides=frozenset(names.regions))
    naming = {word.start for word in named.words}
    core = [word for word in sentence.rest if word.start not in naming and word not in regional]
    region = names.regions[plain(regional[0].text)] if regional else None
    found = _found(core, sentence, names)
    called = _is_called(found.items, _named_words(core, sentence), names)
    terms = names.terms.find(sentence.words)
    return _with_slots(
        of_terms=term_slots(terms, sentence, names.terms),
        called=called,
        role_alone=_is_whole(names.holders, core),
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


def _gatherings(sentence: Sentence) -> list[Word]:
    return [word for word in sentence.soft if is_gathering(word)]


def _found(core: Sequence[Word], sentence: Sentence, names: Names) -> Pointed:
    titled = _named_words(core, sentence)
    groups = _all_of(names.groups, core) or _all_of(names.groups, _heads(core, sentence), is_listed=True)
    items = _items(titled, sentence, names, is_group=bool(groups))
    roles = _all_of(names.holders, core, is_listed=True)
    areas = _areas([word for word in core if not word.is_number] or _of_area(sentence), names)
    numbers = tuple(int(word.text) for word in core if word.is_number and len(word.text) < 3)
    needed = [word for word in core if not word.is_number]
    telling = () if items or not needed else names.telling_of(needed)
    explained = items or groups or roles or areas or telling
    unknown = tuple(word.text for word in needed if not names.knows(word)) if needed else ()
    if needed and not explained and not unknown:
        unknown = tuple(word.text for word in needed)
    is_gathering_named = len(titled) > len(core)
    if is_gathering_named and not items and (numbers or sentence.asked is None):  # there is no "samling 7"
        unknown = tuple(word.text for word in sorted(titled, key=lambda word: word.start))
    return Pointed(
        items=items, telling=telling, roles=roles, groups=groups, areas=areas, numbers=numbers, unknown=unknown
    )


def _named_words(core: Sequence[Word], sentence: Sentence) -> list[Word]:
    """The words that a title must have: those without meaning, or else what a gathering is called ("samling")."""
    if any(not word.is_number for word in core):
        return list(core)
    return [*core, *(word for word in sentence.soft if is_gathering(word))]


def _of_area(sentence: Sentence) -> list[Word]:
    return [] if sentence.rest else list(sentence.soft)


def _items(words: Sequence[Word], sentence: Sentence, names: Names, *, is_group: bool) -> tuple[Item, ...]:
    if not words or (not sentence.soft and all(word.is_number for word in words)):
        return _covered(sentence, names)
    if all(gathering_forms().intersection(word.forms) for word in words):
        found = names.mentioning(words)
        return names.called(found, words) or found
    helpful = [word for word in sentence.soft if word not in words and not is_filler(word.text)]
    joint = names.mentioning(words, helpful)
    if is_group and (gathered := _gatherings_for(words, helpful, names)):
        return gathered
    if is_group and not names.is_title([*words, *helpful]) and not names.is_title(words):
        # "styrerne" is in "styrermøte" too
        joint = _once([*joint, *names.titles.having(words)])
    if joint or len(words) < 2:
        return joint
    groups = [word for word in words if _is_group(word, names)]
    others = [word for word in words if word not in groups]
    if groups and others:
        found = names.mentioning(others, helpful)
        return found or (names.mentioning(groups, helpful) if all(map(names.knows, others)) else ())
    if not _is_listing(sentence):
        return ()
    each = [names.mentioning([word]) for word in words]
    return _once(item for some in each for item in some) if all(each) else ()


def _is_whole(index: Index[str], words: Sequence[Word]) -> bool:
    """Whether the words are just a name of the index, and all of it."""
    return any(hit.score >= 1 and hit.cover >= 1 for hit in index.find(words))


def _is_called(items: Sequence[Item], words: Sequence[Word], names: Names) -> bool:
    """Whether one of the items is a meeting that has all of the words in its title, and is called one of them."""
    whole = {item.id for item in names.titles.having(words)}
    return any(item.kind is Kind.EVENT and item.id in whole for item in names.called(items, words))


def _is_group(word: Word, names: Names) -> bool:
    return any(hit.score >= 1 for hit in names.groups.find([word]))


def _gatherings_for(group: Sequence[Word], helpful: Sequence[Word], names: Names) -> tuple[Item, ...]:
    """The "fagdag" that is for "lærerne", by its title or by whom it is for."""
    kinds = [word for word in helpful if is_gathering(word)]
    of_kind = names.titles.having(kinds)
    named = {item.id for item in names.titles.having(group)}
    groups = frozenset(_all_of(names.groups, group, is_listed=True))
    found = tuple(item for item in of_kind if item.id in named or groups.intersection(item.audience))
    return names.called(found, kinds) or found


def _covered(sentence: Sentence, names: Names) -> tuple[Item, ...]:
    """Items whose whole title is made of words that mean something ("Tema på nettverk")."""
    soft = [word for word in sentence.soft if not is_filler(word.text)]
    if len(soft) < 2:
        return ()
    return tuple(hit.thing for hit in names.titles.find(soft) if hit.cover >= 1 and hit.score >= 1)


def _is_listing(sentence: Sentence) -> bool:
    return bool(re.search(r",|\b(?:og|and|eller|or)\b", plain(sentence.text)))


def _heads(words: Sequence[Word], sentence: Sentence) -> list[Word]:
    """The words without those that only go on from one before a hyphen: "SFO-lederne" are not all leaders."""
    return [word for word in words if not word.start or sentence.text[word.start - 1] != "-"]


def _all_of(index: Index[str], words: Sequence[Word], *, is_listed: bool = False) -> tuple[str, ...]:
    """What the words name together; or, where each names one by itself, all of those."""
    needed = [word for word in words if not word.is_number]
    joint = index.find(needed) if needed else []
    if any(hit.score >= 1 for hit in joint):  # "skolene" are named, so "kulturskolen" is not meant
        joint = [hit for hit in joint if hit.score >= 1]
    if joint or not is_listed:
        return tuple(dict.fromkeys(hit.thing for hit in joint))
    each = [[hit.thing for hit in index.find([word]) if hit.score >= 1] for word in needed]
    return tuple(dict.fromkeys(thing for some in each for thing in some)) if all(each) else ()


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


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple({item.id: item for item in items}.values())


def _with_slots(pointed: Pointed, *, of_terms: frozenset[str], called: bool, role_alone: bool) -> Pointed:
    present = {
        "NAME": pointed.items,
        "CALLED": called,
        "ROLE_ALONE": role_alone,
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
    return replace(pointed, slots=of_terms.union(slot for slot, value in present.items() if value))
