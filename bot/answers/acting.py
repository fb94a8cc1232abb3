"""Who changes something, and what a change is told as."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.answers.asking import Asking
from bot.digest import ZONE
from bot.history import Author, Change, HistoryEntry


def author_of(asking: Asking) -> Author:
    """Return who acts, written down if no table knows them yet: only for whoever may do what they ask for."""
    person = asking.asker
    if person.id is None or person.name == asking.message.sender.account:
        person = asking.store.people.record(asking.message.sender)
    return Author(person=person, platform=asking.message.sender.platform, at=asking.message.now)


def item_change(entry: HistoryEntry) -> Change:
    """Return a change of an item, whose key is what its history is about."""
    return Change(item=entry.subject, field=entry.field, before=entry.before, after=entry.after, by=entry.by.name)


def role_change(entry: HistoryEntry) -> Change:
    """Return a change of who holds a role."""
    return Change(item=None, field=entry.subject, before=entry.before, after=entry.after, by=entry.by.name)


def break_change(entry: HistoryEntry) -> Change:
    """Return a change of when a break is: its field is the break with the school year, its values are days."""
    return Change(item=None, field=entry.subject, before=entry.before, after=entry.after, by=entry.by.name)


def step_change(entry: HistoryEntry) -> Change:
    """Return a change of an item, or of the plan or its owner as a whole, as one act may hold them all."""
    if entry.item_id is not None:
        return item_change(entry)
    if entry.field == "holder":
        return role_change(entry)
    return Change(item=None, field=entry.field, before=entry.before, after=entry.after, by=entry.by.name)


def zone_of(asking: Asking) -> str:
    """Return the name of the organisation's time zone, which the message's `now` carries."""
    zone = asking.message.now.tzinfo
    return zone.key if isinstance(zone, ZoneInfo) else ZONE
