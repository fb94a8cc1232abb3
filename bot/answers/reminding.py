"""How somebody is reminded of their deadlines: on, off, later, not mine, and how many days before."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from bot.answers.acting import author_of
from bot.answers.asking import Asking
from bot.answers.choosing import item_to_mark
from bot.answers.facts import Facts, Press
from bot.errors import BadDate, NotAllowed
from bot.history import Change, HistoryEntry
from bot.model import Item, Person
from bot.permissions import may_administer, responsible_people
from bot.reminding import MOST_DAYS_BEFORE
from bot.roles import owners_of
from bot.time.calendar import WEEK
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.understanding.words import plain

_MOST_TIMES = 5


def show_reminders(asking: Asking) -> Facts:
    """Tell when the organisation reminds, and whether the asker wants it."""
    known = asking.store.reminders.known()
    is_on = asking.asker.id not in known.off
    values = {
        "days": _said(known.days),
        "is_on": is_on,
        "has_account": any(one.person_id == asking.asker.id for one in known.accounts),
        "sets": typed(Intent.REMINDERS_SET, asking.frame.language),
    }
    return Facts(template="reminders_shown", values=values, buttons=(_turns(asking, on=not is_on),))


def reminders_on(asking: Asking) -> Facts:
    """Remind the asker of their deadlines again."""
    return _turned(asking, on=True)


def reminders_off(asking: Asking) -> Facts:
    """Remind the asker of nothing any more."""
    return _turned(asking, on=False)


def set_reminders(asking: Asking) -> Facts:
    """Write how many days before a deadline it is reminded of. Raises BadDate and NotAllowed."""
    days = _days_in(asking.frame.argument)
    if not may_administer(asking.asker, None, asking.book):
        raise NotAllowed("reminders_not_allowed")
    entry = asking.store.reminders.set_days(days, author_of(asking))
    changes = (_change(entry),) if entry else ()
    return Facts(template="reminders_set", values={"days": _said(days), "is_same": not changes}, changes=changes)


def remind_later(asking: Asking) -> Facts:
    """Do not remind the asker of one item for a week."""
    item = item_to_mark(asking)
    if isinstance(item, Facts):
        return item
    if not _is_theirs(asking.asker, item, asking):
        return Facts(template="remind_not_yours", values={"item": item}, items=(item,))
    until = asking.today + WEEK
    entry = asking.store.reminders.quiet(asking.asker, item, until, author_of(asking))
    changes = (_change(entry),) if entry else ()
    return Facts(template="remind_later", values={"item": item, "until": until}, items=(item,), changes=changes)


def not_mine(asking: Asking) -> Facts:
    """Never remind the asker of one item again; the item stays as it is, and the plan's owners are told once."""
    item = item_to_mark(asking)
    if isinstance(item, Facts):
        return item
    if not _is_theirs(asking.asker, item, asking):
        return Facts(template="remind_not_yours", values={"item": item}, items=(item,))
    entry = asking.store.reminders.quiet(asking.asker, item, None, author_of(asking))
    owners = tuple(one for one in owners_of(asking.book.plan_of(item), asking.book) if one.id != asking.asker.id)
    return Facts(
        template="remind_not_mine",
        values={
            "item": item,
            "owners": owners,
            "is_same": entry is None,
            "again": typed(Intent.REMIND_LATER, asking.frame.language, item.key),
        },
        items=(item,),
        changes=(_change(entry),) if entry else (),
    )


def _turned(asking: Asking, *, on: bool) -> Facts:
    if asking.asker.id is None and not asking.asker.is_administrator:
        return Facts(template="reminders_no_role")
    entry = asking.store.reminders.turn(asking.asker, author_of(asking), on=on)
    return Facts(
        template="reminders_on" if on else "reminders_off",
        values={"is_same": entry is None, "days": _said(asking.store.reminders.known().days)},
        changes=(_change(entry),) if entry else (),
        buttons=(_turns(asking, on=not on),),
    )


def _said(days: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(map(str, days))


def _turns(asking: Asking, *, on: bool) -> Press:
    name, intent = ("reminders_on", Intent.REMINDERS_ON) if on else ("reminders_off", Intent.REMINDERS_OFF)
    return Press(name=name, says=typed(intent, asking.frame.language))


def _change(entry: HistoryEntry) -> Change:
    """A setting is no change of an item, whatever it is about."""
    return Change(item=None, field=entry.field, before=entry.before, after=entry.after, by=entry.by.name)


def _is_theirs(person: Person, item: Item, asking: Asking) -> bool:
    """Whether they hold one of the roles that are reminded; an administrator as such is not."""
    people = responsible_people(item, asking.book)
    return person.id is not None and any(one.id == person.id for _, holders in people for one in holders)


def _days_in(words: str) -> tuple[int, ...]:
    """Return the days before a deadline, the most first. Raises BadDate for any other word."""
    said = re.findall(r"[^\W_]+", plain(words))
    numbers = [int(word) for word in said if word.isascii() and word.isdigit() and len(word) < 5]
    days = tuple(sorted(set(numbers), reverse=True))
    is_read = len(numbers) + sum(word in _small() for word in said) == len(said)
    if not is_read or not 0 < len(days) <= _MOST_TIMES or days[0] > MOST_DAYS_BEFORE:
        raise BadDate("bad_reminder_days", words=words, most=MOST_DAYS_BEFORE, times=_MOST_TIMES)
    return days


@cache
def _small() -> frozenset[str]:
    said = tomllib.loads(files("bot").joinpath("norwegian/reminders.toml").read_text("utf-8"))["days"]["small"]
    return frozenset(word for phrase in said for word in plain(phrase).split())
