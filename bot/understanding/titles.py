"""Which items the words of a message name by their titles, and what else an index has for the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bot.model import Item
from bot.understanding.alike import is_of_people, ways_to_say
from bot.understanding.index import Index
from bot.understanding.lexicon import concept_tables, gathering_forms, is_filler, is_gathering, person_ends
from bot.understanding.names import Names
from bot.understanding.sentence import Sentence
from bot.understanding.words import Word, forms_of, in_one_standard, plain, words_of

OF_PEOPLE = frozenset({"who", "responsible", "duty", "duty_of", "do", "attend", "meaning", "event", "meeting_kind"})
"""Meanings that tell of people: with them a name that is a plan's and a role's is the role's."""
_ENDS_WITH_FOR = re.compile(r"\bfor\W*$", re.IGNORECASE)
_ASKS_WHEN = frozenset({"when", "clock", "how_long"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """The items whose titles are named; `holds_time` tells that the time asked for is a part of those titles."""

    items: tuple[Item, ...]
    holds_time: bool = False


def titled(words: Sequence[Word], sentence: Sentence, names: Names, *, for_group: bool) -> Titled:
    """Return the items that the words name, best first."""
    if sentence.says("prepare") and (prepared := _preparing(words, sentence, names)):
        return prepared
    if words and _is_a_person_asked_for(sentence) and all(map(_is_person, words)) and not _is_done(words[0], sentence):
        return Titled(items=())
    items = _items(words, sentence, names, for_group=for_group)
    items = _on_the_day(items, words, sentence, names)
    if sentence.concepts & _ASKS_WHEN and len(words) == 1 and not for_group:
        items = names.not_behind(items, words) or items
    return Titled(items=items)


def _preparing(words: Sequence[Word], sentence: Sentence, names: Names) -> Titled | None:
    """What prepares the gathering that is named: "hva skal vi forberede til fagdagen i november"."""
    there = [*words, *(word for word in sentence.soft if is_gathering(word) and word not in words)]
    prepares = _any_of("prepare")
    found = names.titles.having([prepares, *there]) if there else []
    if not found or sentence.asked is None:
        return Titled(items=tuple(found)) if found else None
    asked = {plain(word.text) for word in words_of(sentence.asked.text) if not is_filler(word.text)}
    timed = tuple(item for item in found if asked <= {plain(word.text) for word in words_of(item.title)})
    return Titled(items=timed, holds_time=True) if timed and asked else None


def _any_of(concept: str) -> Word:
    """A word that is any of the single words of a concept."""
    single = [text for text in concept_tables()[concept]["words"] if " " not in text]
    return Word(text=concept, start=0, stop=0, forms=tuple({form for text in single for form in forms_of(text)}))


def _on_the_day(items: tuple[Item, ...], words: Sequence[Word], sentence: Sentence, names: Names) -> tuple[Item, ...]:
    """Where a day is asked for and nothing of the name is on it: what has most of the words and is on that day."""
    day = sentence.asked.period.start if sentence.asked else None
    if not items or day is None or sentence.asked is None or sentence.asked.period.end != day:
        return items
    if any(item.span.overlaps(day, day) or item.span.other == day for item in items):
        return items
    hits = [hit for hit in names.titles.nearest([*words, *sentence.soft]) if hit.thing.span.overlaps(day, day)]
    best = max((hit.score for hit in hits), default=0.0)
    return tuple(hit.thing for hit in hits if hit.score == best and not hit.thing.span.precision.is_vague) or items


def _is_done(word: Word, sentence: Sentence) -> bool:
    """Whether the word stands right behind "hvem", and so tells what somebody does ("hvem veileder styrerne")."""
    before = [other for other in sentence.words if other.stop < word.start][-1:]
    return any(in_one_standard(other.text) in _asking_who() for other in before)


@cache
def _asking_who() -> frozenset[str]:
    return frozenset(in_one_standard(phrase) for phrase in concept_tables()["who"]["written"] if " " not in phrase)


def _is_person(word: Word) -> bool:
    return is_of_people(word) or plain(word.text).endswith(person_ends())


def _items(words: Sequence[Word], sentence: Sentence, names: Names, *, for_group: bool) -> tuple[Item, ...]:
    if not words or (not sentence.soft and all(word.is_number for word in words)):
        return _covered(sentence, names)
    if all(gathering_forms().intersection(word.forms) for word in words):
        return _of_gatherings(words, sentence, names)
    helpful = _helpful(words, sentence)
    joint = names.mentioning(words, helpful)
    if for_group and (gathered := gatherings_for(words, helpful, names)):
        return gathered
    is_of_some = for_group or any(map(_is_person, words))
    if is_of_some and not names.is_title([*words, *helpful]) and not names.is_title(words):
        # "styrerne" is in "styrermøte" too
        is_of_all = sentence.concepts & {"all", "list", "dates"}
        meetings = names.meetings_for(by_each_way(names.groups, ways_to_say(words))) if is_of_all else ()
        joint = _once([*joint, *_having_each_way(words, names), *meetings])
    return joint if joint or len(words) < 2 else _one_by_one(words, helpful, sentence, names)


def _helpful(words: Sequence[Word], sentence: Sentence) -> list[Word]:
    """Words with a meaning that may be of a title too; "er SUT gjennomført?" asks of none that has "gjennomføre"."""
    soft = (word for word in sentence.soft if word not in words and not is_filler(word.text))
    return [word for word in soft if not sentence.says("done") or is_gathering(word)]


def _of_gatherings(words: Sequence[Word], sentence: Sentence, names: Names) -> tuple[Item, ...]:
    """What is called a gathering; each of them where several are listed ("kurs eller fagdager")."""
    found = names.mentioning(words)
    if not found and _is_listing(sentence):
        found = _once(item for word in words for item in names.mentioning([word]))
    return names.called(found, words) or found


def _one_by_one(words: Sequence[Word], helpful: Sequence[Word], sentence: Sentence, names: Names) -> tuple[Item, ...]:
    """Where no title has enough of the words: what has those besides a group's, or each of a list."""
    groups = [word for word in words if is_group(word, names)]
    others = [word for word in words if word not in groups]
    if groups and others:
        if _is_a_person_asked_for(sentence):
            return ()
        found = names.mentioning(others, helpful)
        return found or (names.mentioning(groups, helpful) if all(map(names.knows, others)) else ())
    if not _is_listing(sentence):
        return ()
    each = [names.mentioning([word]) for word in words]
    return _once(item for some in each for item in some) if all(each) else ()


def _is_a_person_asked_for(sentence: Sentence) -> bool:
    """Whether it asks who somebody is ("hvem er ordfører i Solvik"), and not who comes or does something."""
    return (
        sentence.says("who")
        and not sentence.concepts & OF_PEOPLE - {"who"}
        and not _ENDS_WITH_FOR.search(sentence.text)
    )


def is_group(word: Word, names: Names) -> bool:
    """Whether the word names a group that something is for."""
    return any(hit.score >= 1 for hit in names.groups.find([word]))


def gatherings_for(group: Sequence[Word], helpful: Sequence[Word], names: Names) -> tuple[Item, ...]:
    """Return the "fagdag" that is for "lærerne", by its title or by whom it is for; empty where none is."""
    kinds = [word for word in helpful if is_gathering(word)]
    of_kind = names.titles.having(kinds)
    ways = ways_to_say(group)
    named = {item.id for item in _having_each_way(group, names)}
    groups = frozenset(by_each_way(names.groups, ways))
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


def _all_of(index: Index[str], words: Sequence[Word], *, is_listed: bool = False) -> tuple[str, ...]:
    """What the words name together; or, where each names one by itself, all of those."""
    needed = [word for word in words if not word.is_number]
    joint = index.find(needed) if needed else []
    if any(hit.score >= 1 for hit in joint):  # "skolene" are named, so "kulturskolen" is not meant
        joint = [hit for hit in joint if hit.score >= 1]
    is_one_name = any(other.start == one.stop + 1 for one, other in pairwise(needed))  # "SFO-lederne" are no list
    if joint or not is_listed or is_one_name:
        return tuple(dict.fromkeys(hit.thing for hit in joint))
    each = [[hit.thing for hit in index.find([word]) if hit.score >= 1] for word in needed]
    return tuple(dict.fromkeys(thing for some in each for thing in some)) if all(each) else ()


def by_each_way(index: Index[str], ways: Sequence[Sequence[Word]]) -> tuple[str, ...]:
    """What the words name as they are, and what has every word of another way to say them."""
    others = (thing for words in ways[1:] for thing in index.holding(words))
    return tuple(dict.fromkeys([*_all_of(index, ways[0], is_listed=True), *others]))


def _having_each_way(words: Sequence[Word], names: Names) -> list[Item]:
    ways = ways_to_say(words)
    return [*names.titles.having(words), *(item for way in ways[1:] for item in names.titles.holding(way))]


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple({item.id: item for item in items}.values())
