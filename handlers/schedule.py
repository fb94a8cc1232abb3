"""Wakes up, and has what is due sent: digests once a channel and week, reminders once a person and day."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.answers.reminders import reminder_reply, reminders_of
from bot.core import Bot
from bot.days_off import days_off
from bot.digest import Subscription
from bot.due import due_since, has_come
from bot.messages import Reply
from bot.model import Platform
from bot.ports import Store, Stores
from bot.reminders import Reminder
from handlers.platform import ChatPlatform, PerhapsPosted, PostingFailed

log = logging.getLogger("planvakt.schedule")

PAUSE_SECONDS = 20.0
POSTED = "posted"


class Schedule:
    """One installation's digests and reminders, in one process; unique rows hold that each comes once."""

    def __init__(
        self,
        stores: Stores,
        bot: Bot,
        platforms: Mapping[Platform, ChatPlatform],
        clock: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._bot = bot
        self._platforms = platforms
        self._clock = clock

    async def run(self) -> None:
        """Look every 20 seconds, until cancelled; no fault in one round ends the next."""
        while True:
            for look in (self.post_due, self.remind_due):
                try:
                    await look()
                except Exception:  # the outermost edge of the schedule
                    log.exception("round failed %s", uuid.uuid4().hex[:8])
            await asyncio.sleep(PAUSE_SECONDS)

    async def post_due(self) -> int:
        """Post every digest that is due now; return how many were posted. One channel's fault stops no other."""
        posted = 0
        for organisation in await asyncio.to_thread(self._stores.organisations):
            store = await asyncio.to_thread(self._stores.of, organisation)
            for subscription in await asyncio.to_thread(store.digests.subscriptions):
                if subscription.platform in self._platforms:
                    posted += await self._post(store, subscription)
        return posted

    async def _post(self, store: Store, subscription: Subscription) -> bool:
        now = self._clock()
        if not await self._platforms[subscription.platform].reaches(subscription.channel):
            return False
        claimed = await asyncio.to_thread(self._claim, store, subscription, now)
        if claimed is None:
            return False
        delivery, reply = claimed
        platform = self._platforms[subscription.platform]
        ended = await _sent(f"digest {delivery}", platform.post(subscription.channel, reply, delivery=str(delivery)))
        await asyncio.to_thread(store.digests.close, delivery, *ended)
        return ended[0] == POSTED

    async def remind_due(self) -> int:
        """Send every reminder that is due now; return how many were sent. One person's fault stops no other."""
        sent, now = 0, self._clock()
        for organisation in await asyncio.to_thread(self._stores.organisations):
            store = await asyncio.to_thread(self._stores.of, organisation)
            for reminder in await asyncio.to_thread(reminders_of, store, now, frozenset(self._platforms)):
                try:
                    sent += await self._remind(store, reminder, now)
                except Exception:
                    log.exception("a reminder failed %s", uuid.uuid4().hex[:8])
        return sent

    async def _remind(self, store: Store, reminder: Reminder, now: datetime) -> bool:
        """Send one, unless somebody else has it. Once it is ours it is never tried again, whatever happens."""
        to = reminder.account
        if to is None or not await self._platforms[to.platform].reaches(to.account):
            return False
        reply = await asyncio.to_thread(lambda: reminder_reply(reminder, store.plans.book()))
        number = await asyncio.to_thread(store.reminders.claim, to, reminder.day, now, reminder.told)
        if number is None:
            return False
        platform = self._platforms[to.platform]
        ended = await _sent(f"reminder {number}", platform.direct(to.account, reply, delivery=f"reminder-{number}"))
        await asyncio.to_thread(store.reminders.close, number, *ended)
        return ended[0] == POSTED

    def _claim(self, store: Store, subscription: Subscription, now: datetime) -> tuple[int, Reply] | None:
        """Return the number and text of a digest that is ours to post."""
        dues = due_since(subscription, now - timedelta(days=2), now, days_off(store.plans.book()))
        due = dues[-1] if dues and dues[-1].until > now else None
        if due is None or has_come(store.digests.last_day(subscription), due.day):
            return None
        reply = self._bot.digest(store, subscription, now)
        delivery = store.digests.claim(subscription, due.day, now)
        if reply.is_silent and delivery is not None:
            store.digests.close(delivery, "skipped", None, "nothing_new")
            return None
        return None if delivery is None else (delivery, reply)


async def _sent(what: str, sending: Awaitable[str]) -> tuple[str, str | None, str | None]:
    """How it ended: its state, the message's id, and the reason where it went wrong."""
    try:
        return POSTED, await sending, None
    except PostingFailed as error:
        # What may stand there is never tried again: twice is worse than one to look for.
        log.warning("%s was not posted: %s", what, error.reason)
        return "unknown" if isinstance(error, PerhapsPosted) else "failed", None, error.reason
    except Exception as error:
        log.exception("%s failed", what)
        return "failed", None, type(error).__name__
