"""Which role, person and plan the words behind `/rolle gi` and `/rolle fjern` mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.answers.telling import role_to_give
from bot.answers.unit_words import Placed, place_last, placed
from bot.answers.units import as_typed
from bot.errors import NotFound, NotOne
from bot.holders import Holding as Held
from bot.importing import plan_named
from bot.messages import Sender
from bot.model import CHATS, PLAN_OWNER, Book, Person, Plan, Role
from bot.places import is_leading, kind_in
from bot.roles import RoleInUse, group_named, is_same_role, plans_naming, role_key, role_named, roles_in
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.understanding.holding import Holding, mention, quoted, read_holding
from bot.units import Scope, UserGroup

_MOST_NEAREST = 5
_SHORTEST_PART, _FIRST = 5, 6
_SAME = 0.8  # of all letters in two words: one of them is misspelt


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A role by its name in the database, and the person as they were named.

    `plan` is set for the owners' role alone; `naming` are the plans in which any other counts, under whatever name.
    """

    role: str
    person: str
    account: str | None
    plan: Plan | None = None
    naming: tuple[Plan, ...] = ()
    scope: Scope = field(default_factory=Scope)
    is_group: bool = False

    def as_typed(self, person: str) -> str:
        """Return what stands behind the command for this role and another name."""
        unit, year = self.scope.unit, self.scope.school_year
        place = as_typed(unit) if unit else self.scope.municipality and f"i {self.scope.municipality}"
        behind = (place, f"{year}/{year + 1}" if year else "", self.plan.short if self.plan else "")
        account = self.account if self.is_group else None
        who = mention(account, self.person, is_group=True) if account else quoted(person)
        return " ".join(filter(None, (quoted(self.role), who, *behind)))


def read_named(asking: Asking) -> Named | Facts:
    """Return what is named, or what to answer where something is missing or not to be found."""
    book = asking.book
    known = {person.name.casefold() for person in asking.store.people.everyone()}
    said = place_last(asking.frame.argument, book, lambda words: _role_or_group(words, book) is not None)
    where = placed(said, book, lambda words: words.casefold() in known)
    if len(where.units) > 1:
        return _which_unit(asking, where)
    spoken = read_holding(
        where.words,
        is_role=lambda words: role_key(words) == PLAN_OWNER or _role_or_group(words, book) is not None,
        is_person=lambda words: words.casefold() in known,
        is_plan=lambda words: _plan(words, book) is not None,
    )
    if not spoken.role or not spoken.person:
        return Facts(template="role_and_person", values={"says": _again(asking, f"{role_to_give(asking)} Kari")})
    if role_key(spoken.role) == PLAN_OWNER:
        return _ownership(asking, spoken)
    if spoken.account is None and kind_in(spoken.person) and spoken.person.casefold() not in known:
        return _no_such_unit(asking, spoken.person)
    role = _role_or_group(spoken.role, book)
    if role is None:
        return _no_such_role(asking, spoken)
    of_group = tuple(book.plan_by_id[number] for number in role.plan_ids)
    naming = plans_naming(_spellings(role, book), book) or of_group
    return Named(
        role=_recorded(role, book),
        person=spoken.person,
        account=spoken.account,
        naming=naming,
        scope=where.scope,
        is_group=spoken.is_group,
    )


def is_only_a_group(name: str, book: Book) -> bool:
    """Whether things are for the role, and nobody answers for anything by it."""
    role = role_named(name, book)
    return (role is None or not role.items) and group_named(name, book) is not None


def person_named(asking: Asking, named: Named) -> Person | Facts:
    """Return the person, recorded where they are new; to be asked for only by who may give roles.

    Raises NotOne where two share the name, and NotFound where a chat platform's people go by mention alone.
    """
    people, platform = asking.store.people, asking.message.sender.platform
    if named.account is not None:
        return people.record(Sender(platform=platform, account=named.account, name=named.person))
    same = people.named(named.person)
    if len(same) > 1:
        raise NotOne("person_not_one", name=named.person)
    if same:
        return same[0]
    longer = [person for person in people.everyone() if _begins(person.name, named.person)]
    if longer:
        return _which_person(asking, named, longer)
    if platform in CHATS:
        raise NotFound("person_not_found", name=named.person)
    return people.record(Sender(platform=platform, name=named.person))


def holder_named(asking: Asking, named: Named) -> Person | UserGroup | Facts:
    """Return the person, or the group of a chat, as in person_named."""
    if not named.is_group:
        return person_named(asking, named)
    platform = asking.message.sender.platform
    if platform not in CHATS or named.account is None:
        raise NotFound("person_not_found", name=named.person)
    return asking.store.units.group(platform, named.account, named.person)


def held_by(asking: Asking, named: Named) -> list[tuple[Role, Person, Held]]:
    """Return the role, in all its spellings, with how the one holder that is meant holds it. Raises NotOne.

    Of a group the person is only its name.
    """
    plan_id = named.plan.id if named.plan else None
    found = [
        (role, holder, holding)
        for role in asking.book.roles
        if role.plan_id == plan_id and is_same_role(role.name, named.role, asking.book)
        for holding in role.holdings
        if _is_in(holding.scope, named.scope)
        for holder in _holders_meant(asking, holding, named)
    ]
    exact = [one for one in found if one[1].name.casefold() == named.person.casefold()]
    meant = exact or found
    if len({holder.id for _, holder, _ in meant}) > 1:
        raise NotOne("person_not_one", name=named.person)
    return meant


def nearest_roles(words: str, book: Book) -> tuple[RoleInUse, ...]:
    """Return up to five roles that are like the words: have one of them, a part of it, or it misspelt; maybe none."""
    key = role_key(words)
    spoken = set(key.split())

    def likeness(role: RoleInUse) -> tuple[int, float]:
        return len(spoken & set(role.key.split())), SequenceMatcher(None, key, role.key).ratio()

    near = (
        role for role in roles_in(book) if any(_is_like(one, other) for one in spoken for other in role.key.split())
    )
    return tuple(sorted(near, key=likeness, reverse=True)[:_MOST_NEAREST])


def _is_like(one: str, other: str) -> bool:
    """Whether the words begin or end alike ("programkoordinator" and "programleder"), or one of them is misspelt."""
    shorter, longer = sorted((one, other), key=len)
    is_part = len(shorter) >= _SHORTEST_PART and (longer.endswith(shorter) or one[:_FIRST] == other[:_FIRST])
    return is_part or SequenceMatcher(None, one, other).ratio() >= _SAME


def _role_or_group(words: str, book: Book) -> RoleInUse | None:
    found = role_named(words, book) or group_named(words, book)
    if found is None and book.units and is_leading(words):
        return RoleInUse(name=words, key=role_key(words), plan_ids=(), holders=())
    return found


def _which_unit(asking: Asking, where: Placed) -> Facts:
    year = where.scope.school_year
    behind = f" {year}/{year + 1}" if year else ""
    buttons = tuple(
        Press(
            name="unit",
            says=_again(asking, f"{where.words} {as_typed(unit)}{behind}"),
            values={"unit": unit, "where": as_typed(unit)},
        )
        for unit in where.units
    )
    return Facts(template="which_unit", values={"words": where.units[0].name, "units": where.units}, buttons=buttons)


def _no_such_unit(asking: Asking, words: str) -> Facts:
    """The name of a school or a kindergarten stands where a person was expected, and nobody has told of it."""
    language = asking.frame.language
    values = {"words": words, "lists": typed(Intent.UNITS, language), "adds": typed(Intent.SET_UNIT, language)}
    return Facts(template="unit_not_known", values=values)


def _ownership(asking: Asking, spoken: Holding) -> Named | Facts:
    plans = asking.book.plans
    plan = _plan(spoken.plan, asking.book) if spoken.plan else (plans[0] if len(plans) == 1 else None)
    if plan is not None:
        return Named(role=PLAN_OWNER, person=spoken.person, account=spoken.account, plan=plan, is_group=spoken.is_group)
    buttons = (
        Press(
            name="plan",
            says=_again(asking, f"{PLAN_OWNER} {spoken.mention} {plan.short}"),
            values={"plan": plan},
        )
        for plan in plans
    )
    return Facts(
        template="which_plan",
        values={"words": spoken.plan, "person": spoken.person, "plans": plans},
        buttons=tuple(buttons),
    )


def _no_such_role(asking: Asking, spoken: Holding) -> Facts:
    nearest = nearest_roles(spoken.role, asking.book)
    buttons = tuple(
        Press(
            name="role",
            says=_again(asking, f"{quoted(role.name)} {spoken.mention}"),
            values={"role": role.name},
        )
        for role in nearest
    )
    return Facts(template="role_not_found", values={"words": spoken.role, "nearest": nearest}, buttons=buttons)


def _which_person(asking: Asking, named: Named, people: Sequence[Person]) -> Facts:
    buttons = tuple(
        Press(name="person", says=_again(asking, named.as_typed(person.name)), values={"person": person})
        for person in people
    )
    return Facts(template="which_person", values={"words": named.person, "people": people}, buttons=buttons)


def _again(asking: Asking, words: str) -> str:
    """The same command about other words."""
    return typed(asking.frame.intent, asking.frame.language, words)


def _recorded(role: RoleInUse, book: Book) -> str:
    """The name under which somebody has been given the role before; else as the plans have it."""
    return _spellings(role, book)[0]


def _spellings(role: RoleInUse, book: Book) -> list[str]:
    """All names that the role is held under, and the plans' own."""
    known = [one.name for one in book.roles if one.plan_id is None and is_same_role(one.name, role.name, book)]
    return [*known, role.name]


def _plan(words: str, book: Book) -> Plan | None:
    try:
        return plan_named(book, words)
    except NotFound:
        return None


def _is_in(held: Scope, named: Scope) -> bool:
    """Whether what is held is what is named; what is not named is any."""
    return (
        named.unit in (None, held.unit)
        and named.municipality in ("", held.municipality)
        and named.school_year in (None, held.school_year)
    )


def _begins(name: str, words: str) -> bool:
    return name.casefold().startswith(f"{words.casefold()} ")


def _is_meant(asking: Asking, holder: Person, named: Named) -> bool:
    if named.account is not None:
        sender = Sender(platform=asking.message.sender.platform, account=named.account, name=named.person)
        return asking.store.people.find(sender).id == holder.id
    return holder.name.casefold() == named.person.casefold() or _begins(holder.name, named.person)


def _holders_meant(asking: Asking, holding: Held, named: Named) -> Iterator[Person]:
    """Those of a holding that are meant: the group it is of, or persons who hold it by themselves."""
    if holding.group is not None:
        if named.is_group and holding.group.account == named.account:
            yield Person(id=None, name=shown_name(holding.group))
    elif not named.is_group:
        yield from (holder for holder in holding.people if _is_meant(asking, holder, named))


def shown_name(group: UserGroup) -> str:
    """Return how a group is written ("@rektorene")."""
    return f"@{group.name.removeprefix('@')}"
