"""A reminder as it is sent and previewed: one path to both."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.answers.facts import Facts, Press
from bot.messages import Reply
from bot.model import PLAN_OWNER, Book, Item, Language, Platform
from bot.permissions import responsible_people
from bot.ports import Store
from bot.reminders import Reminder, deadline_of, reminders_due
from bot.render import render
from bot.roles import role_key
from bot.understanding.commands import typed
from bot.understanding.frame import Intent

MOST_ROWS = 30
# Three buttons each, and one to turn reminders off: Slack takes 25 in a row.
_WITH_BUTTONS = 5
_ACTS = (
    ("remind_done", Intent.MARK_DONE),
    ("remind_later", Intent.REMIND_LATER),
    ("remind_not_mine", Intent.REMIND_NOT_MINE),
)


def reminders_of(store: Store, now: datetime, platforms: Collection[Platform] | None = None) -> tuple[Reminder, ...]:
    """Return the reminders that are due now, on those platforms or of all people: to send and to preview."""
    return reminders_due(store.plans.book(), store.reminders.known(), now, platforms)


def reminder_reply(reminder: Reminder, book: Book) -> Reply:
    """Return the message, in the language that its reader has chosen, or that of the plan that most of it is about."""
    language = reminder.language or _language(reminder, book)
    rows = [(item, end, (end - reminder.day).days) for item in reminder.items if (end := deadline_of(item))]
    turns_off = typed(Intent.REMINDERS_OFF, language)
    values = {
        "rows": rows[:MOST_ROWS],
        "left_out": len(rows[MOST_ROWS:]),
        "declined": reminder.declined[:MOST_ROWS],
        "vacant": reminder.vacant,
        "gives": typed(Intent.GIVE_ROLE, language),
        "roles": _roles(reminder, book),
        "mine": typed(Intent.MY_MEASURES, language),
        "turns_off": turns_off,
    }
    buttons = [press for item in reminder.items[:_WITH_BUTTONS] for press in _presses(item, language)]
    buttons.append(Press(name="reminders_off", says=turns_off))
    about = tuple(dict.fromkeys((*reminder.items, *(item for _, item in reminder.declined))))
    facts = Facts(template="reminder", values=values, items=about, buttons=tuple(buttons))
    return render(facts, Intent.REMINDERS, language, reminder.day, book)


def _presses(item: Item, language: Language) -> Iterable[Press]:
    for name, intent in _ACTS:
        yield Press(name=name, says=typed(intent, language, item.key), values={"item": item})


def _roles(reminder: Reminder, book: Book) -> tuple[str, ...]:
    """The person's roles that the items name, as the plans write them; none where only owning the plan is why."""
    found = [
        name
        for item in reminder.items
        for name, holders in responsible_people(item, book)
        if any(one.id == reminder.person.id for one in holders) and role_key(name) != PLAN_OWNER
    ]
    return tuple(dict.fromkeys(found))


def _language(reminder: Reminder, book: Book) -> Language:
    items = reminder.items or tuple(item for _, item in reminder.declined)
    said = [book.plan_of(item).language for item in items] or [plan.language for plan, _ in reminder.vacant]
    return max(dict.fromkeys(said), key=said.count)
