"""What a person may want to ask next, in sentences that work on the plans that are there."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from bot.answers.help import commonest, in_a_sentence, is_short
from bot.answers.scope import first_day, is_over
from bot.messages import Message
from bot.model import PLAN_OWNER, Book, Item, Kind, Language, Person
from bot.ports import Store
from bot.roles import role_key, roles_held_by
from bot.school_years import on_day
from bot.understanding.words import plain
from bot.wording import month_in_words

MOST = 4
_IN_ORDER = ("audience", "meeting", "mine", "role", "week", "help")
# A platform may read these as markup in what a press writes for the person.
_MARKUP = frozenset("<>&*_`~@#")


def suggested(store: Store, message: Message, language: Language) -> tuple[str, ...]:
    """Return what the sender of a message may want to ask."""
    today = message.now.date()
    return suggestions(store.people.find(message.sender), on_day(store.plans.book(), today), language, today)


def suggestions(person: Person, book: Book, language: Language, today: date) -> tuple[str, ...]:
    """Return at most four sentences: what the person's group goes to, the next meeting, their work, and the week.

    What would need a name that the plans do not have is left out, and so is a name that looks like markup.
    """
    names = _names(person, book, language, today)
    made = (
        sentence.format_map(names)
        for name in _IN_ORDER
        if _is_for(name, person, book) and _slots(sentence := _sentences()[name][language]) <= names.keys()
    )
    return tuple(dict.fromkeys(made))[:MOST]


def title_of_suggestions(language: Language) -> str:
    """Return what stands above the sentences."""
    return _sentences()["title"][language]


def _is_for(name: str, person: Person, book: Book) -> bool:
    """A person with a role asks for their own work, others for what a role of the plans has; without plans, help."""
    has_role = bool(_own_roles(person, book))
    return {"mine": has_role, "role": not has_role, "help": not book.plans, "week": bool(book.plans)}.get(name, True)


def _names(person: Person, book: Book, language: Language, today: date) -> dict[str, str]:
    coming = sorted(_coming(book, today), key=first_day)
    own = {role_key(name) for name in _own_roles(person, book)}
    groups = [group for item in coming for group in item.audience if _is_plain(group)]
    group = next((one for one in groups if role_key(one) in own), None) or commonest(groups)
    attended = next((item for item in coming if group in item.audience), None)
    meeting = next((item.title for item in coming if _is_plain(item.title)), "")
    role = commonest(name for item in book.items for name in item.responsible if _is_plain(name))
    spoken = {"group": group, "meeting": meeting, "role": role}
    names = {slot: in_a_sentence(name, language) for slot, name in spoken.items() if name}
    return names | ({"month": month_in_words(first_day(attended), language, today)} if attended else {})


def _coming(book: Book, today: date) -> Iterator[Item]:
    for item in book.items:
        is_there = item.kind is Kind.EVENT and not item.is_off and not is_over(book.plan_of(item), today)
        if is_there and item.span.start is not None and item.span.start >= today:
            yield item


def _own_roles(person: Person, book: Book) -> tuple[str, ...]:
    return tuple(role.name for role in roles_held_by(person, book) if role_key(role.name) != PLAN_OWNER)


def _is_plain(name: str) -> bool:
    return is_short(name) and _MARKUP.isdisjoint(name) and bool(plain(name))


def _slots(sentence: str) -> set[str]:
    return {slot for _, slot, _, _ in string.Formatter().parse(sentence) if slot}


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("bot").joinpath("norwegian/suggestions.toml").read_text("utf-8"))
