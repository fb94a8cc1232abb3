"""Posted digests kept true: for a week after it was posted, what stands in the channel follows the plans."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from bot.core import Bot
from bot.digest import PostedDigest
from bot.messages import Message, Reply
from bot.model import Platform
from bot.ports import Store, Stores
from handlers.platform import ChatPlatform, PostingFailed

log = logging.getLogger("planvakt.live")

KEPT = timedelta(days=7)
PAUSE_SECONDS = 20.0
# Somebody may have deleted the message, or put us out of the channel.
TRIES = 5
# Longer than the calls of one edit are waited for; then another replica may try.
AT_IT = timedelta(minutes=2)


class AttentiveBot(Bot):
    """The core, which also says that something has been changed by a message, from whatever platform."""

    def __init__(self, stores: Stores, changed: Callable[[], None], address: str | None = None) -> None:
        super().__init__(stores, address)
        self._changed = changed

    def reply(self, message: Message) -> Reply:
        """Return the answer; whoever wants to know of a change is told before it is given."""
        reply = super().reply(message)
        if reply.changes:
            self._changed()
        return reply


class LiveDigests:
    """Edits the posted digests in place, one of all replicas each edit.

    A change stands in the plans before, and whatever goes wrong here.
    """

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
        self._standing: dict[tuple[str | None, int], str] = {}
        self._tried: Counter[tuple[str | None, int]] = Counter()

    async def run(self, woken: asyncio.Event) -> None:
        """Look at once when woken, else every 20 seconds (others may write to the plans too), until cancelled."""
        while True:
            try:
                await self.refresh()
            except Exception:  # the outermost edge
                log.exception("round failed %s", uuid.uuid4().hex[:8])
            try:
                async with asyncio.timeout(PAUSE_SECONDS):
                    await woken.wait()
            except TimeoutError:
                continue
            woken.clear()

    async def refresh(self) -> int:
        """Edit each digest of the last seven days that is otherwise now; return how many were edited."""
        edited, kept = 0, set()
        for organisation in await asyncio.to_thread(self._stores.organisations):
            store = await asyncio.to_thread(self._stores.of, organisation)
            for posted in await asyncio.to_thread(store.digests.posted, self._clock() - KEPT):
                if posted.subscription.platform in self._platforms:
                    kept.add((organisation, posted.delivery))
                    edited += await self._refresh(organisation, store, posted)
        for gone in self._standing.keys() - kept:
            del self._standing[gone]
        return edited

    async def _refresh(self, organisation: str | None, store: Store, posted: PostedDigest) -> bool:
        key, subscription = (organisation, posted.delivery), posted.subscription
        reply = await asyncio.to_thread(self._bot.digest, store, subscription, posted.at)
        mark = _mark(reply)
        is_new = key not in self._standing
        if posted.shown == mark or (is_new and not await asyncio.to_thread(self._has_changed, store, posted)):
            self._standing[key] = mark
        if self._standing.get(key) == mark:
            return False
        now = self._clock()
        if not await asyncio.to_thread(store.digests.take_on_edit, posted, now, now + AT_IT):
            return False  # another replica is at it, or was
        is_edited = await self._is_edited(key, posted, reply)
        is_over = is_edited or self._tried[key] >= TRIES
        await asyncio.to_thread(store.digests.edited, posted, now + AT_IT, mark if is_over else posted.shown)
        if is_over:
            self._standing[key] = mark
            del self._tried[key]
        return is_edited

    async def _is_edited(self, key: tuple[str | None, int], posted: PostedDigest, reply: Reply) -> bool:
        """Whether the platform took the edit; one that it did not take is counted."""
        subscription = posted.subscription
        try:
            await self._platforms[subscription.platform].change(subscription.channel, posted.message_id, reply)
        except PostingFailed as error:
            log.warning("digest %s was not edited: %s", posted.delivery, error.reason)
            self._tried[key] += 1
            return False
        return True

    def _has_changed(self, store: Store, posted: PostedDigest) -> bool:
        """Whether anything in the plans is otherwise than when it was posted, as far as we have not seen it."""
        now = self._clock() + timedelta(seconds=1)  # up to and with this moment
        return bool(store.history.developments(posted.at, now) or store.history.intakes(posted.at, now))


def _mark(reply: Reply) -> str:
    """Alike in every process for what is read and pressed alike."""
    return sha256(repr((reply.text, reply.parts, reply.buttons)).encode()).hexdigest()[:32]
