"""Which words name the same role, and who holds it: a role is the plan's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.model import PLAN_OWNER, Book, Person, Plan, Role
from bot.understanding.lexicon import table
from bot.understanding.words import plain, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleInUse:
    """A role that plans name, or that somebody holds.

    `name` is as plans mostly write it. `plan_ids` are the plans whose items name it, `items` how many do.
    `holders` come by name; none is a vacant role.
    """

    name: str
    key: str
    plan_ids: tuple[int, ...]
    holders: tuple[Person, ...]
    items: int = 0


@lru_cache(maxsize=10_000)
def role_key(text: str, organisation: str | None = None) -> str:
    """Return what all spellings of one role have in common, and no other role has.

    Inflections and the two standards are one role ("Programleiar", "programlederen"). Every word counts, so
    "Leiar" is neither "Programleiar" nor "Leiar for prosjektet"; only the name of the plan's own organisation
    adds nothing ("Programleiar i Kompetanseregion Nord").
    """
    key, own = _words_key(text), _words_key(organisation or "")
    if own and key.endswith(f" {own}"):
        key = key.removesuffix(own).rstrip()
        before, _, last = key.rpartition(" ")
        key = before if last in _lexicon().links else key
    return PLAN_OWNER if key in _owners() else key


def is_same_role(one: str, other: str, book: Book) -> bool:
    """Whether two names are spellings of one role, in any plan of the book."""
    return not set(_keys(one, book)).isdisjoint(_keys(other, book))


def holders_of(name: str, book: Book, plan_id: int) -> tuple[Person, ...]:
    """Return who holds a role that a plan names: in all plans, or in that one; by name."""
    organisation = book.plan_by_id[plan_id].organisation
    key = role_key(name, organisation)
    return _people(
        role for role in book.roles if role.plan_id in (None, plan_id) and role_key(role.name, organisation) == key
    )


def owners_of(plan: Plan, book: Book) -> tuple[Person, ...]:
    """Return the plan's owners, by name."""
    return _people(role for role in book.roles if role.plan_id == plan.id and role_key(role.name) == PLAN_OWNER)


def roles_in(book: Book) -> tuple[RoleInUse, ...]:
    """Return every role that an item names or somebody holds, the most named first; owners are not among them."""
    spellings: dict[str, Counter[str]] = {}
    plans: dict[str, dict[int, None]] = {}
    for item in book.items:
        for name in item.responsible:
            key = role_key(name, book.plan_of(item).organisation)
            spellings.setdefault(key, Counter())[name] += 1
            plans.setdefault(key, {})[item.plan_id] = None
    held: dict[str, list[Role]] = {}
    for role in book.roles:
        key = next((key for key in _keys(role.name, book) if key in spellings), role_key(role.name))
        spellings.setdefault(key, Counter())[role.name] += 0
        held.setdefault(key, []).append(role)
    found = [
        RoleInUse(
            name=_shown(names),
            key=key,
            plan_ids=tuple(plans.get(key, ())),
            holders=_people(held.get(key, ())),
            items=names.total(),
        )
        for key, names in spellings.items()
        if key not in ("", PLAN_OWNER)
    ]
    return tuple(sorted(found, key=lambda role: (-role.items, role.name.casefold())))


def role_named(words: str, book: Book) -> RoleInUse | None:
    """Return the role that goes by just these words, in any inflection and either standard."""
    keys = _keys(words, book)
    return next((role for role in roles_in(book) if role.key in keys), None)


def group_named(words: str, book: Book) -> RoleInUse | None:
    """Return the group that goes by just these words, of those that something is for and nobody answers for."""
    keys = {_group_key(words), *_keys(words, book)}
    names = Counter(group for item in book.items for group in item.audience if _group_key(group) in keys)
    if not names:
        return None
    name, plans = _shown(names), [item.plan_id for item in book.items if names.keys() & set(item.audience)]
    return RoleInUse(name=name, key=_group_key(name), plan_ids=tuple(dict.fromkeys(plans)), holders=())


def is_of_several(name: str) -> bool:
    """Whether the role is written as that of more than one ("Rektorane")."""
    return any(plain(word.text).endswith(_lexicon().several) for word in words_of(name))


def plans_naming(names: Collection[str], book: Book) -> tuple[Plan, ...]:
    """Return the plans in which a role of one of the names counts, each plan reading them as it reads its own."""
    found: dict[int, Plan] = {}
    for item in book.items:
        plan = book.plan_of(item)
        keys = {role_key(name, plan.organisation) for name in names}
        if any(role_key(name, plan.organisation) in keys for name in item.responsible):
            found[plan.id] = plan
    return tuple(found.values())


def roles_held_by(person: Person, book: Book) -> tuple[Role, ...]:
    """Return the roles a person holds; a stranger holds none."""
    if person.id is None:
        return ()
    return tuple(role for role in book.roles if any(holder.id == person.id for holder in role.holders))


def _keys(name: str, book: Book) -> list[str]:
    """The keys a name may have: as it stands, and without the organisation of a plan."""
    return [role_key(name), *(role_key(name, plan.organisation) for plan in book.plans)]


def _group_key(name: str) -> str:
    """The key of a group, without what only says how many of it are meant ("alle lærere")."""
    key = role_key(name)
    for word in table("people")["before"]:
        key = key.removeprefix(f"{role_key(word)} ")
    return key


def _people(roles: Iterable[Role]) -> tuple[Person, ...]:
    people = {person.id: person for role in roles for person in role.holders}
    return tuple(sorted(people.values(), key=lambda person: person.name.casefold()))


def _shown(names: Counter[str]) -> str:
    """The commonest spelling; of equals the shortest, which is mostly the one without inflection."""
    return min(names, key=lambda name: (-names[name], len(name), name))


def _words_key(text: str) -> str:
    spoken = [word for word in words_of(text) if word.text.casefold() not in _lexicon().articles]
    return " ".join(_stem(word.forms) for word in spoken)


def _stem(forms: tuple[str, ...]) -> str:
    """The name of a person's post keeps its -er ("styrer" is not "styret"); other words lose it."""
    if forms[0].endswith(_lexicon().agents):
        return forms[0]
    shortest = forms[-1]
    return shortest[:-2] if len(forms) == 1 and len(shortest) > 4 and shortest.endswith("er") else shortest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lexicon:
    agents: tuple[str, ...]
    articles: frozenset[str]
    links: frozenset[str]
    owners: tuple[str, ...]
    several: tuple[str, ...]


@cache
def _lexicon() -> _Lexicon:
    found = table("posts")
    return _Lexicon(
        agents=tuple(found["agents"]),
        articles=frozenset(found["articles"]),
        links=frozenset(found["links"]),
        owners=tuple(found["owners"]),
        several=tuple(found["several"]),
    )


@cache
def _owners() -> frozenset[str]:
    return frozenset(_words_key(name) for name in _lexicon().owners)
