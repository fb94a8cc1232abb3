"""The short names and groups that a document speaks of, what they stand for, and what it says of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from bot.documents.document import Document, Place
from bot.proposals.lexicon import Table, fold, lexicon
from bot.proposals.mentions import Names, form_of, group_noun, inflected
from bot.proposals.passages import Passage, passages
from bot.proposals.sayings import About, Spoken, about, is_name_alone
from bot.proposals.short_names import is_short_name, spelt_out
from bot.proposals.term_lists import listed_terms
from bot.terms import Saying, Tells, Term

# What a plan has at most of them; a stranger's file may have any number.
_MOST_EXPLAINED, _MOST_USED = 100, 60
_MOST_SAYINGS, _MOST_OF_A_KIND, _MOST_USES = 8, 3, 3
_MOST_FOUND = 400
_MOST_SIGNS = 500_000
_LONGEST_SAYING, _LONGEST_USE, _LONGEST_NAME = 600, 160, 120
_MOST_LISTED = 12
_NEXT = 2
_WORD = re.compile(r"(?<![\w&/-])[A-ZÆØÅ][\w&]{1,9}(?![\w&])")
_SMALL = re.compile(r"[^\W\d_]+")
_GENITIVE = re.compile(r"(?<=[A-ZÆØÅ]{2})s$")
_LONGEST_IN_CAPITALS = 6


@dataclass(slots=True)
class _Found:
    """A term under way."""

    name: str
    stands_for: str | None = None
    sayings: list[Saying] = field(default_factory=list)
    defined: tuple[str, Place] | None = None
    is_group: bool = False
    is_only_used: bool = False


class _Terms:
    """The terms of a document, by their names in small letters, in the order they were found."""

    def __init__(self) -> None:
        self.by_key: dict[str, _Found] = {}
        self.names = Names()

    def take(self, name: str, *, is_group: bool = False) -> _Found | None:
        """Return the term of that name, made if it is new; None where there are too many."""
        key = name.casefold()
        if key not in self.by_key:
            if len(self.by_key) >= _MOST_FOUND or len(name) > _LONGEST_NAME:
                return None
            self.by_key[key] = _Found(name=name, is_group=is_group)
            for form in (name,) if is_short_name(name) else inflected(name):
                self.names.add(form, key, is_short=is_short_name(name) or (" " not in name and not is_group))
        return self.by_key[key]

    def spell_out(self, short: str, full: str) -> _Found | None:
        found = self.take(short)
        if found and found.stands_for is None:
            found.stands_for = full[:_LONGEST_NAME]
            for form in inflected(found.stands_for):
                self.names.add(form, short.casefold(), is_short=False)
        return found

    def say(self, key: str, text: str, tells: tuple[Tells, ...], place: Place) -> None:
        found = self.by_key[key]
        told = [saying for saying in found.sayings if any(what in saying.tells for what in tells)]
        if len(found.sayings) < _MOST_SAYINGS and len(told) < _MOST_OF_A_KIND:
            saying = _saying(text, tells, place, _LONGEST_SAYING)
            if not text.endswith(":") and all(saying.text != other.text for other in found.sayings):
                found.sayings.append(saying)


def terms_of(document: Document) -> tuple[Term, ...]:
    """Return what the document says of its short names and groups; those that it only uses come last."""
    said = tuple(_first(passages(document)))
    terms = _Terms()
    _spell_out(terms, said)
    _list(terms, document)
    used = _used(said)
    for name in used:
        _know(terms, name)
    _read(terms, said)
    explained = tuple(_term(found) for found in terms.by_key.values() if _is_told(found))[:_MOST_EXPLAINED]
    known = {term.name.casefold() for term in explained}
    return (*explained, *(Term(name=name, sayings=said) for name, said in used.items() if name.casefold() not in known))


def _first(said: Iterable[Passage]) -> Iterator[Passage]:
    """Yield as much as the longest plan has; nobody waits for what a stranger's file has beyond that."""
    signs = 0
    for passage in said:
        signs += len(passage.text)
        if signs > _MOST_SIGNS:
            return
        yield passage


def _spell_out(terms: _Terms, said: Iterable[Passage]) -> None:
    for passage in said:
        for short, full in spelt_out(passage.text):
            found = terms.spell_out(short, full)
            if found and found.defined is None:
                found.defined = (_sentence_with(passage, short, full), passage.place)


def _sentence_with(passage: Passage, *names: str) -> str:
    found = (sentence for sentence in passage.sentences if all(name in sentence for name in names))
    return next(found, passage.text)


def _list(terms: _Terms, document: Document) -> None:
    for listed in listed_terms(document):
        if listed.stands_for:
            terms.spell_out(listed.name, listed.stands_for)
        if terms.take(listed.name, is_group=True):
            terms.say(listed.name.casefold(), listed.text, listed.tells, listed.place)


def _read(terms: _Terms, said: Sequence[Passage]) -> None:
    """Take down what the sentences say, each with those before it in mind."""
    spoken, age = Spoken(), 0
    for at, passage in enumerate(said):
        sentences = passage.sentences
        mentions = terms.names.mentions(passage.text)
        if passage.is_heading or (passage.is_short_line and is_name_alone(passage.text, mentions)):
            spoken = Spoken(heading=mentions[0].key if mentions else None)
        age = age + 1 if not passage.is_in_cell else _NEXT
        if age > _NEXT or passage.is_in_cell:
            spoken = Spoken(heading=None if passage.is_in_cell else spoken.heading)
        spoken = replace(spoken, is_near=False)
        for number, sentence in enumerate(sentences):
            told = about(sentence, terms.names.mentions(sentence), spoken)
            text = sentence + (_list_below(said, at) if number == len(sentences) - 1 else "")
            keys = _take_down(terms, told, text, passage)
            spoken, age = _after(terms, spoken, keys), 0 if keys else age


def _take_down(terms: _Terms, told: Iterable[About], text: str, passage: Passage) -> tuple[str, ...]:
    """Note what a sentence says; return whom the next one may go on about."""
    subject: tuple[str, ...] = ()
    for one in told:
        keys = one.keys
        if one.group is not None:
            found = terms.take(one.group, is_group=True)
            keys = (one.group.casefold(),) if found else ()
        keys = tuple(key for key in keys if one.is_sure or not terms.by_key[key].is_only_used)
        for key in keys:
            terms.by_key[key].is_only_used = False
            terms.say(key, text, one.tells, passage.place)
        subject = subject or keys
    return subject


def _after(terms: _Terms, spoken: Spoken, keys: tuple[str, ...]) -> Spoken:
    if not keys:
        return replace(spoken, is_near=False)
    one = keys[0] if len(keys) == 1 else None
    several = tuple(dict.fromkeys((*spoken.several, *keys))) if one else keys
    nouns = frozenset(filter(None, (_noun_of(terms.by_key[key]) for key in (keys if one else several))))
    return replace(spoken, one=one, several=several, nouns=nouns, is_near=True)


def _noun_of(found: _Found) -> str | None:
    said = (found.stands_for or found.name).split()
    at = group_noun(said)
    return form_of(said[at]) if at is not None else None


def _list_below(said: Sequence[Passage], at: int) -> str:
    """The list that a sentence leads to: "Medlemmer i SUT:", and under it one a line."""
    text = said[at].text
    if text[-1:] in ".!?" or said[at].is_heading:
        return ""
    listed: list[str] = []
    for passage in said[at + 1 : at + 1 + _MOST_LISTED]:
        if not passage.is_listed or said[at].is_listed or passage.is_in_cell is not said[at].is_in_cell:
            break
        listed.append(passage.text.rstrip(" .,;"))
    return f" {', '.join(listed)}" if listed else ""


def _is_told(found: _Found) -> bool:
    """Whether a term is one. A group that is called by no short name is one only where the plan says who is in it."""
    kinds = {what for saying in found.sayings for what in saying.tells}
    is_explained = not found.is_group or kinds & {Tells.MEMBERS, Tells.LEADER, Tells.MEANING}
    return bool(is_explained) and (found.stands_for is not None or bool(found.sayings))


def _term(found: _Found) -> Term:
    sayings = list(found.sayings)
    if found.defined and found.stands_for and not any(found.stands_for in saying.text for saying in sayings):
        text, place = found.defined
        sayings.insert(0, _saying(text, (Tells.MEANING,), place, _LONGEST_SAYING))
    return Term(name=found.name, stands_for=found.stands_for, sayings=tuple(sayings[:_MOST_SAYINGS]))


def _know(terms: _Terms, name: str) -> None:
    """Let a short name that is used be looked for: a sentence may explain it though nothing spells it out."""
    if name.casefold() not in terms.by_key and (found := terms.take(name)):
        found.is_only_used = True


def _used(said: Sequence[Passage]) -> dict[str, tuple[Saying, ...]]:
    """Return the short names that the document uses, with some of the places."""
    small = {word for passage in said for word in _SMALL.findall(passage.text) if word.islower()}
    uses: dict[str, list[Saying]] = {}
    for passage in said:
        for word in dict.fromkeys(_WORD.findall(passage.text)) if _has_small_letters(passage.text) else ():
            name = _GENITIVE.sub("", word)
            is_ordinary = name.casefold() in small or name.casefold() in _ordinary()
            if not is_ordinary and _may_be_short(name) and (name in uses or len(uses) < _MOST_USED):
                _use(uses.setdefault(name, []), passage)
    return {name: tuple(sayings) for name, sayings in uses.items()}


def _may_be_short(name: str) -> bool:
    """Whether a word that nothing explains is a short name all the same: long ones in capitals are headings."""
    return is_short_name(name) and (len(name) <= _LONGEST_IN_CAPITALS or not name.isupper())


def _use(sayings: list[Saying], passage: Passage) -> None:
    if len(sayings) < _MOST_USES and all(saying.source != passage.place.words for saying in sayings):
        sayings.append(_saying(passage.text, (Tells.USE,), passage.place, _LONGEST_USE))


def _has_small_letters(text: str) -> bool:
    """Whether capitals tell anything in the text: a line of several words may be all capitals."""
    return len(text.split()) == 1 or any(map(str.islower, text))


@cache
def _ordinary() -> frozenset[str]:
    """Words of headings and of what plans hold, which are no short names in capitals either."""
    return frozenset(
        word for name in ("columns", "kinds") for text in _texts(lexicon(name)) for word in fold(text).split()
    )


def _texts(table: Table) -> Iterator[str]:
    for value in table.values():
        if isinstance(value, dict):
            yield from _texts(value)
        elif isinstance(value, list):
            yield from (str(text) for text in value)


def _saying(text: str, tells: tuple[Tells, ...], place: Place, longest: int) -> Saying:
    if len(text) > longest:
        text = f"{text[: longest - 1].rsplit(' ', 1)[0]} …"
    return Saying(text=text, tells=tells, source=place.words, source_line=place.line)
