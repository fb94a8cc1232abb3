"""The words of what is sent, made just before it is sent, by the same path as a preview's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answers.reminders import reminder_reply
from bot.core import Bot
from bot.delivery import Delivery, Sending
from bot.errors import DatabaseTrouble
from bot.messages import Reply
from bot.reminders import reminders_due
from bot.reminding import Vacancy
from storage.database import OrganisationStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The words, and what their reader knows of vacant roles from then on."""

    reply: Reply
    told: tuple[Vacancy, ...] = ()


def texts_of(
    store: OrganisationStore, bot: Bot, deliveries: Sequence[Delivery], now: datetime
) -> list[Text | Exception | None]:
    """Return the words of each; None where there is nothing to be said any more, else what went wrong with one."""
    if deliveries[0].sending is Sending.REMINDER:
        try:
            return _reminders(store, deliveries, now)
        except DatabaseTrouble as error:
            return [error] * len(deliveries)
    try:
        made = iter(bot.digests(store, [one.subscription for one in deliveries if one.subscription is not None], now))
    except Exception as error:  # what they have in common could not be read
        return [error] * len(deliveries)
    return [None if one.subscription is None else _text(next(made)) for one in deliveries]


def _text(made: Reply | Exception) -> Text | Exception:
    return made if isinstance(made, Exception) else Text(reply=made)


def _reminders(
    store: OrganisationStore, deliveries: Sequence[Delivery], now: datetime
) -> list[Text | Exception | None]:
    book = store.plans.book()
    known = store.reminders.known(before=deliveries[0].day)
    due = {one.person.id: one for one in reminders_due(book, known, now, {one.platform for one in deliveries})}
    found: list[Text | Exception | None] = []
    for delivery in deliveries:
        reminder = due.get(delivery.person)
        found.append(Text(reply=reminder_reply(reminder, book), told=reminder.told) if reminder else None)
    return found
