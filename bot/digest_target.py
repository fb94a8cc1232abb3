"""What a digest is about: plans, groups, regions and meetings by the plans' own words, or what a person's roles do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.digest import Subscription, Target
from bot.followed import only
from bot.model import Book, Item, Kind, Person
from bot.permissions import may_mark
from bot.places import is_held_at
from bot.roles import roles_held_by
from bot.understanding.command_words import command_words
from bot.understanding.plan_words import plans_named
from bot.understanding.words import plain, words_of

_SHORTEST_OF_A_COMPOUND = 4


def in_plans(book: Book, target: Target) -> Book:
    """Return the book with the plans alone that a digest is about; the whole of it where none of them is there."""
    return only(book, [plan.id for words in target.plans for plan in plans_named(words, book)])


def about(book: Book, subscription: Subscription, owner: Person | None) -> Callable[[Item], bool]:
    """Return whether an item belongs in the digest.

    The own digest of an `owner` is about their roles, unless they said otherwise; who has none is told of everything.
    """
    target = subscription.target
    if owner is None or target.groups or target.meetings:
        return lambda item: _is_of(item, target)
    person = Person(id=owner.id, name=owner.name)  # an administrator may mark all, and is not concerned by all
    if not roles_held_by(person, book):
        return lambda item: _is_in(item, target.regions)
    return lambda item: _is_in(item, target.regions) and _concerns(person, item, book)


def has(text: str, words: str) -> bool:
    """Whether all the words stand in the text, in whatever inflection and standard."""
    said = {form for word in words_of(text) for form in word.forms}
    wanted = words_of(words)
    return bool(wanted) and all(not said.isdisjoint(word.forms) for word in wanted)


def is_for(item: Item, group: str) -> bool:
    """Whether an item is for a group: it says so, they answer for it, or it is called theirs ("Styrermøte")."""
    if any(has(text, group) for text in (*item.audience, *item.responsible)):
        return True
    return item.kind is Kind.EVENT and _is_called(item.title, group)


def is_meeting(item: Item, words: str) -> bool:
    """Whether it is one of the meetings, by its title."""
    return item.kind is Kind.EVENT and has(item.title, words)


def _is_of(item: Item, target: Target) -> bool:
    if not _is_in(item, target.regions):
        return False
    if not target.groups and not target.meetings:
        return True
    if any(is_for(item, group) for group in target.groups) or any(is_meeting(item, one) for one in target.meetings):
        return True
    return bool(target.groups) and _is_for_everybody(item)


def _is_in(item: Item, regions: Iterable[str]) -> bool:
    """What has no region is for all of them."""
    wanted = tuple(regions)
    return not wanted or item.region is None or any(has(item.region, region) for region in wanted)


def _is_for_everybody(item: Item) -> bool:
    return any(plain(group) in command_words().everybody for group in item.audience)


def _is_called(title: str, group: str) -> bool:
    """Whether a word of the title begins with the group, which is one word."""
    wanted = words_of(group)
    if len(wanted) != 1:
        return False
    begins = tuple(form for form in wanted[0].forms if len(form) >= _SHORTEST_OF_A_COMPOUND)
    said = [word.forms for word in words_of(title)]
    return any(form.startswith(begins) if begins else form in wanted[0].forms for forms in said for form in forms)


def _concerns(person: Person, item: Item, book: Book) -> bool:
    """Whether they may mark it by a role of theirs, or it is for those who have one, where they have it."""
    if _is_for_everybody(item) or may_mark(person, item, book):
        return True
    return any(
        is_for(item, role.name) and is_held_at(holding, item, book)
        for role in roles_held_by(person, book)
        for holding in role.holdings
        if any(one.id == person.id for one in holding.people)
    )
