"""Wakes up, asks which digests are due, and has them posted: once a channel and week."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.core import Bot
from bot.digest import Subscription, is_due
from bot.messages import Reply
from bot.model import Platform
from bot.ports import Store, Stores
from handlers.platform import ChatPlatform, PerhapsPosted, PostingFailed

log = logging.getLogger("planvakt.schedule")

PAUSE_SECONDS = 20.0


class Schedule:
    """One installation's digests, in one process; the unique delivery row holds once a channel and day."""

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
            try:
                await self.post_due()
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
        claimed = await asyncio.to_thread(self._claim, store, subscription, now)
        if claimed is None:
            return False
        delivery, reply = claimed
        state, message, reason = "posted", None, None
        try:
            platform = self._platforms[subscription.platform]
            message = await platform.post(subscription.channel, reply, delivery=str(delivery))
        except PostingFailed as error:
            # What may stand in the channel is never tried again: a digest twice is worse than one to look for.
            state, reason = "unknown" if isinstance(error, PerhapsPosted) else "failed", error.reason
            log.warning("digest %s was not posted: %s", delivery, error.reason)
        except Exception as error:
            state, reason = "failed", type(error).__name__
            log.exception("digest %s failed", delivery)
        await asyncio.to_thread(store.digests.close, delivery, state, message, reason)
        return state == "posted"

    def _claim(self, store: Store, subscription: Subscription, now: datetime) -> tuple[int, Reply] | None:
        """Return the number and text of a digest that is ours to post."""
        day = is_due(subscription, store.digests.last_day(subscription), now)
        if day is None:
            return None
        reply = self._bot.digest(store, subscription, now)
        delivery = store.digests.claim(subscription, day, now)
        return None if delivery is None else (delivery, reply)
