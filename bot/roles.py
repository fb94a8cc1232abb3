"""Which words name the same role, and who holds it: a role is the plan's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.kept import Kept
from bot.model import PLAN_OWNER, Book, Holding, Item, Person, Plan, Role
from bot.places import is_held_at, leads
from bot.role_keys import posts
from bot.role_keys import role_key as role_key
from bot.understanding.lexicon import table
from bot.understanding.words import plain, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleInUse:
    """A role that plans name, or that somebody holds.

    `name` is as plans mostly write it. `plan_ids` are the plans whose items name it, `items` how many do.
    `holders` come by name, `holdings` tell where and when each does; none is a vacant role.
    """

    name: str
    key: str
    plan_ids: tuple[int, ...]
    holders: tuple[Person, ...]
    items: int = 0
    holdings: tuple[Holding, ...] = ()

    @property
    def is_vacant(self) -> bool:
        return not self.holders


def is_same_role(one: str, other: str, book: Book) -> bool:
    """Whether two names are spellings of one role, in any plan of the book."""
    return not set(_keys(one, book)).isdisjoint(_keys(other, book))


def holders_of(name: str, book: Book, plan_id: int, item: Item | None = None) -> tuple[Person, ...]:
    """Return who holds a role that a plan names: in all plans, or in that one; by name.

    Of an item that is in one unit or municipality, whoever holds the role in another does not.
    """
    return _people(holdings_of(name, book, plan_id, item))


def holdings_of(name: str, book: Book, plan_id: int, item: Item | None = None) -> tuple[Holding, ...]:
    """Return how a role that a plan names is held."""
    organisation = book.plan_by_id[plan_id].organisation
    key = role_key(name, organisation)
    return tuple(
        holding
        for role in book.roles
        if role.plan_id in (None, plan_id)
        for holding in role.holdings
        if (role_key(role.name, organisation) == key or _leads_by(name, role, holding))
        and counts(holding, book, plan_id)
        and (item is None or is_held_at(holding, item, book))
    )


def vacant_in(items: Iterable[Item], book: Book) -> tuple[str, ...]:
    """Return the roles that items of one plan name and nobody holds, the most named first; owners are none of them."""
    spellings: dict[str, Counter[str]] = {}
    plan_id = 0
    for item in items:
        plan_id = item.plan_id
        for name in item.responsible:
            spellings.setdefault(role_key(name, book.plan_of(item).organisation), Counter())[name] += 1
    named = [names for key, names in spellings.items() if key not in ("", PLAN_OWNER)]
    most_first = map(_shown, sorted(named, key=lambda names: -names.total()))
    return tuple(name for name in most_first if not holders_of(name, book, plan_id))


def counts(holding: Holding, book: Book, plan_id: int) -> bool:
    """Whether what is held counts in the plan, in the school year that the book is seen in."""
    return holding.scope.counts_in_plan(plan_id) and holding.scope.counts_in_year(book.school_year)


def owners_of(plan: Plan, book: Book) -> tuple[Person, ...]:
    """Return the plan's owners, by name."""
    of_plan = (role for role in book.roles if role.plan_id == plan.id and role_key(role.name) == PLAN_OWNER)
    return _people(one for role in of_plan for one in role.holdings if counts(one, book, plan.id))


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
            holders=_people(holdings := _held_by_name(_shown(names), held.get(key, ()), book)),
            items=names.total(),
            holdings=holdings,
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
    return any(plain(word.text).endswith(posts().several) for word in words_of(name))


def plans_naming(names: Collection[str], book: Book) -> tuple[Plan, ...]:
    """Return the plans in which a role of one of the names counts, each plan reading them as it reads its own."""
    named = _responsible.of(book, "named", lambda: _named_by_plan(book))
    return tuple(
        plan
        for plan in book.plans
        if not {role_key(name, plan.organisation) for name in names}.isdisjoint(
            role_key(name, plan.organisation) for name in named[plan.id]
        )
    )


_responsible: Kept[Mapping[int, frozenset[str]]] = Kept(most=64)


def _named_by_plan(book: Book) -> Mapping[int, frozenset[str]]:
    """The roles that items of each plan name, as it writes them."""
    each = book.items_by_plan.items()
    return {number: frozenset(name for item in items for name in item.responsible) for number, items in each}


def roles_held_by(person: Person, book: Book) -> tuple[Role, ...]:
    """Return the roles a person holds; a stranger holds none."""
    return tuple(role for role in book.roles if holdings_by(person, role, book))


def holdings_by(person: Person, role: Role, book: Book) -> tuple[Holding, ...]:
    """Return where and when a person holds the role now; a stranger holds none."""
    if person.id is None:
        return ()
    return tuple(one for one in _now((role,), book) if any(holder.id == person.id for holder in one.people))


def _keys(name: str, book: Book) -> list[str]:
    """The keys a name may have: as it stands, and without the organisation of a plan."""
    return [role_key(name), *(role_key(name, plan.organisation) for plan in book.plans)]


def _group_key(name: str) -> str:
    """The key of a group, without what only says how many of it are meant ("alle lærere")."""
    key = role_key(name)
    for word in table("people")["before"]:
        key = key.removeprefix(f"{role_key(word)} ")
    return key


def _now(roles: Iterable[Role], book: Book) -> tuple[Holding, ...]:
    """What is held in the school year that the book is seen in."""
    return tuple(one for role in roles for one in role.holdings if one.scope.counts_in_year(book.school_year))


def _held_by_name(name: str, roles: Iterable[Role], book: Book) -> tuple[Holding, ...]:
    """What is held of a role now, also by another name for who leads a unit."""
    own = _now(roles, book)
    led = (one for role in book.roles for one in _now((role,), book) if _leads_by(name, role, one) and one not in own)
    return (*own, *led)


def _leads_by(name: str, role: Role, holding: Holding) -> bool:
    """Whether what is held in a unit is to lead it, as the name says too ("styrer" and "barnehagestyrer")."""
    unit = holding.scope.unit
    return unit is not None and leads(name, unit.kind) and leads(role.name, unit.kind)


def _people(holdings: Iterable[Holding]) -> tuple[Person, ...]:
    people = {person.id: person for holding in holdings for person in holding.people}
    return tuple(sorted(people.values(), key=lambda person: person.name.casefold()))


def _shown(names: Counter[str]) -> str:
    """The commonest spelling; of equals the shortest, which is mostly the one without inflection."""
    return min(names, key=lambda name: (-names[name], len(name), name))
