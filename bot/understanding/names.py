"""What the words of a message point to in a book: items, roles, groups, regions, areas and plans."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.model import Book, Item, Kind, Plan
from bot.understanding.index import Hit, Index
from bot.understanding.lexicon import is_everywhere, is_filler, joiners, meeting_forms, short_names
from bot.understanding.plan_names import PlanNames
from bot.understanding.term_names import TermNames
from bot.understanding.words import Word, forms_of, plain, words_of

_MOST_BOOKS = 32  # of many organisations, and what their channels follow of them
_MOST_NEAREST = 5
_KEY = re.compile(r"(?<![\w-])[^\W\d_][\w]*-\d+(?![\w-])")
_SHORT_NAME = re.compile(r"((?:[\w-]+\s+){1,5})\(([A-ZÆØÅ][A-ZÆØÅa-zæøå]{1,5})\)")
_WHOLE = 0.99


@dataclass(frozen=True, slots=True)
class _Names:
    """What one kind of thing is called."""

    index: Index[str]

    def find(self, words: Sequence[Word]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(hit.thing for hit in self.index.find(words)))


class Names:
    """The names of a book, ready to be looked up; made once a book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.titles: Index[Item] = Index(_titles(book.items))
        self.plans = PlanNames(book)
        self.texts: Index[Item] = Index((_around(item), item) for item in book.items if _around(item))

    @cached_property
    def terms(self) -> TermNames:
        """The short names and groups that the plans explain or use."""
        return TermNames(self._book.plans)

    @cached_property
    def groups(self) -> Index[str]:
        """The groups that items are for, by the plans' own words, and places that are everybody's ("hver skole")."""
        everywhere = ([item.location] for item in self._book.items if item.location and is_everywhere(item.location))
        return Index((group, group) for group in _each([*(item.audience for item in self._book.items), *everywhere]))

    @cached_property
    def holders(self) -> Index[str]:
        """The responsible roles, by the plans' own words."""
        named = _each(item.responsible for item in self._book.items)
        return Index((role, role) for role in _each([named, [role.name for role in self._book.roles]]))

    @cached_property
    def areas(self) -> Index[str]:
        """What goals, measures and modules are gathered under: areas, focus areas, competence packages."""
        areas = [item.area for item in self._book.items if item.area]
        focus = [item.title for item in self._book.items if item.kind is Kind.FOCUS_AREA]
        return Index((area, area) for area in _each([areas, focus]))

    @cached_property
    def regions(self) -> dict[str, str]:
        """Regions by their name in lower case."""
        return {plain(item.region): item.region for item in self._book.items if item.region}

    def periods(self, plan_ids: Iterable[int]) -> tuple[tuple[date, date], ...]:
        """Return the first and last days of those of the plans that have both."""
        plans = (self._book.plan_by_id[plan_id] for plan_id in plan_ids)
        return tuple((plan.period_start, plan.period_end) for plan in plans if plan.period_start and plan.period_end)

    def are_in_a_plan(self, first: date, last: date, today: date) -> bool:
        """Whether the days are of a plan that is not over: in its period, or those of an item that has certain days."""
        held = [plan for plan in self._book.plans if plan.period_end and plan.period_end >= today]
        in_period = any((plan.period_start or date.min) <= first <= (plan.period_end or date.max) for plan in held)
        dated = (item.span for item in self._book.items if item.span.end and not item.span.precision.is_vague)
        return not held or in_period or any(span.overlaps(first, last) for span in dated)

    def is_in_a_running_plan(self, day: date, today: date) -> bool:
        """Whether the day lies in the period of a plan that has begun and is not over."""
        return any(
            plan.period_start
            and plan.period_end
            and plan.period_start <= min(day, today) <= max(day, today) <= plan.period_end
            for plan in self._book.plans
        )

    @cached_property
    def plan_titles(self) -> Index[Plan]:
        """Plans by their short name, title and organisation together."""
        return Index((f"{plan.short} {plan.title} {plan.organisation or ''}", plan) for plan in self._book.plans)

    def by_key(self, text: str) -> tuple[Item, ...]:
        """Return the items whose keys stand in the text ("KIBS-23"), in the text's order."""
        keys = (self._book.by_key.get(found.group().casefold()) for found in _KEY.finditer(text))
        return tuple(item for item in keys if item is not None)

    def items(self, words: str) -> tuple[Item, ...]:
        """Return the items that the words name, best first; a title that is just that beats those that go on."""
        by_key = self.by_key(words)
        if by_key:
            return by_key
        spoken = words_of(words)
        hits = self.titles.find(_content(spoken) or spoken)
        exact = [hit for hit in hits if hit.cover >= _WHOLE and hit.score >= _WHOLE]
        found = _things(exact or hits)
        return self.not_behind(found, _content(spoken) or spoken) or found

    def mentioning(self, needed: Sequence[Word], helpful: Sequence[Word] = ()) -> tuple[Item, ...]:
        """Return all items whose titles have the words, or nearly so; if none, those with them in comment or agenda."""
        hits = self.titles.find(needed, helpful)
        return _things(hits)

    def called(self, items: Iterable[Item], words: Sequence[Word]) -> tuple[Item, ...]:
        """Return those of the items that are called one of the words, and do not just have it behind "til" or "av"."""
        forms = frozenset(form for word in words for form in self.titles.forms_meant(word))
        return tuple(item for item in items if _has_first(item.title, forms))

    def not_behind(self, items: Iterable[Item], words: Sequence[Word]) -> tuple[Item, ...]:
        """Return the items without those that have the words only behind "til", "om" and the like."""
        forms = frozenset(form for word in words for form in self.titles.forms_meant(word))
        return tuple(item for item in items if _has_first(item.title, forms) is not False)

    def meetings_for(self, groups: Iterable[str]) -> tuple[Item, ...]:
        """Return the meetings that are for one of the groups."""
        asked = frozenset(groups)
        return tuple(
            item for item in self._book.items if item.kind is Kind.EVENT and not asked.isdisjoint(item.audience)
        )

    def is_title(self, words: Sequence[Word]) -> bool:
        """Whether the words are the whole title of an item."""
        return any(hit.cover >= _WHOLE and hit.score >= _WHOLE for hit in self.titles.find(words))

    def telling_of(self, needed: Sequence[Word]) -> tuple[Item, ...]:
        """Return the items that have the words in their comment or agenda."""
        return _things(self.texts.find(needed))

    def nearest(self, words: str) -> tuple[Item, ...]:
        """Return up to five items whose titles share most with the words."""
        return _things(self.titles.nearest(_content(words_of(words))))[:_MOST_NEAREST]

    def roles(self, words: str | Sequence[Word]) -> tuple[str, ...]:
        """Return the responsible roles that the words point to, best first."""
        spoken = words_of(words) if isinstance(words, str) else words
        return _Names(self.holders).find(_content(spoken))

    def knows(self, word: Word) -> bool:
        """Whether the word is in any name at all."""
        indexes = (self.titles, self.groups, self.holders, self.areas)
        is_named = any(index.knows(word) for index in indexes) or plain(word.text) in self.regions
        return is_named or self.plans.knows(word) or self.terms.knows(word)

    def is_other_name(self, word: Word) -> bool:
        """Whether the word by itself is a role, a group or a region."""
        return plain(word.text) in self.plans.others or plain(word.text) in self.regions


_kept: OrderedDict[int, tuple[Book, Names]] = OrderedDict()
_lock = threading.Lock()


def names_of(book: Book) -> Names:
    """Return the book's names; the same object for the same book, as long as it is among the last ones used."""
    with _lock:
        known = _kept.get(id(book))
        if known is None or known[0] is not book:
            known = _kept[id(book)] = (book, Names(book))
        _kept.move_to_end(id(book))
        while len(_kept) > _MOST_BOOKS:
            _kept.popitem(last=False)
        return known[1]


def _has_first(title: str, forms: frozenset[str]) -> bool | None:
    """Whether one of the forms comes before a joiner; None where the title has none of them.

    "Møte med FAU" is called "FAU-møte": what stands behind a word that any meeting is called by is its name.
    """
    before, is_behind, is_named = "", False, False
    for word in words_of(title):
        both = forms_of(before + plain(word.text))  # "work-shop"
        if any(mine == form or mine.endswith(form) for mine in (*word.forms, *both) for form in forms):
            return not is_behind
        is_joiner = plain(word.text) in joiners()
        is_behind = is_behind or (is_joiner and is_named)
        is_named = is_named or not (is_joiner or meeting_forms().intersection(word.forms))
        before = plain(word.text)
    return None


def _things(hits: Iterable[Hit[Item]]) -> tuple[Item, ...]:
    return tuple({hit.thing.id: hit.thing for hit in hits}.values())


def _content(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if not is_filler(word.text)]


def _each(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for many in lists for one in many))


def _around(item: Item) -> str:
    return " ".join(text for text in (item.comment, item.goal, item.resources, item.location) if text)


def _titles(items: Sequence[Item]) -> Iterable[tuple[str, Item]]:
    """Titles, and the same with short names spelt out where a plan ("Faggruppa (FG)") or the field does so."""
    spelt = dict(short_names())
    for item in items:
        for text in (item.title, item.comment or "", item.area or ""):
            spelt.update(_spelt_out(text))
    for item in items:
        yield item.title, item
        known = [plain(word.text) for word in words_of(item.title) if plain(word.text) in spelt]
        if known and len(known) <= 2:
            yield " ".join(spelt[word] for word in known), item


def _spelt_out(text: str) -> Iterable[tuple[str, str]]:
    """Short names with what they stand for: "Faggruppa for helse (FH)" has F and H in order, from its first letter."""
    for found in _SHORT_NAME.finditer(text):
        short, words = plain(found.group(2)), found.group(1).split()
        for at in range(len(words)):
            full = plain(" ".join(words[at:]))
            if full.startswith(short[0]) and _has_in_order(full, short):
                yield short, full
                break


def _has_in_order(text: str, letters: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
