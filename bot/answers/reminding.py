"""How somebody is reminded of their deadlines: on, off, later, not mine, and how many days before."""

from __future__ import annotations

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
from bot.understanding.own_words import MOST_TIMES, days_said, days_to_type

OFTEN_WANTED = (7, 1)


def show_reminders(asking: Asking) -> Facts:
    """Tell when the organisation reminds, and whether the asker wants it."""
    known = asking.store.reminders.known()
    is_on = asking.asker.id not in known.off
    days = known.days_of(asking.asker.id) if is_on else known.days
    values = {
        "days": _said(days),
        "is_own": days != known.days,
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


def reminders_own(asking: Asking) -> Facts:
    """Remind the asker alone some other days before a deadline. Raises BadDate."""
    if not asking.frame.argument:
        return show_reminders(asking)
    return _with_own_days(asking, _days_in(asking.frame.argument))


def reminders_as_all(asking: Asking) -> Facts:
    """Remind the asker again when all others are reminded."""
    return _with_own_days(asking, None)


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
        values={"is_same": entry is None, "days": _said(asking.store.reminders.known().days_of(asking.asker.id))},
        changes=(_change(entry),) if entry else (),
        buttons=(_turns(asking, on=not on),),
    )


def _with_own_days(asking: Asking, days: tuple[int, ...] | None) -> Facts:
    if asking.asker.id is None and not asking.asker.is_administrator:
        return Facts(template="reminders_no_role")
    author = author_of(asking)
    entry = asking.store.person_settings.choose_days(author.person, days, author)
    known = asking.store.reminders.known()
    values = {
        "is_same": entry is None,
        "is_own": days is not None,
        "days": _said(known.days_of(author.person.id)),
        "is_on": author.person.id not in known.off,
    }
    buttons = () if days is None else (as_all_press(asking),)
    return Facts(template="reminders_own", values=values, changes=(_change(entry),) if entry else (), buttons=buttons)


def own_days_press(asking: Asking) -> Press:
    """The button for whoever has the days of all: some that many want."""
    days = days_to_type(OFTEN_WANTED, asking.frame.language)
    says = typed(Intent.REMINDERS_OWN, asking.frame.language, days)
    return Press(name="reminders_own", says=says, values={"days": days})


def as_all_press(asking: Asking) -> Press:
    """The button for whoever has days of their own, and wants those of all."""
    return Press(name="reminders_as_all", says=typed(Intent.REMINDERS_AS_ALL, asking.frame.language))


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
    """Return the days before a deadline, the most first. Raises BadDate for other words."""
    days = days_said(words)
    if days is None:
        raise BadDate("bad_reminder_days", words=words, most=MOST_DAYS_BEFORE, times=MOST_TIMES)
    return days
