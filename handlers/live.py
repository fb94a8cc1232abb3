"""Posted digests kept true: for a week after it was posted, what stands in the channel follows the plans."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot.core import Bot
from bot.digest import PostedDigest
from bot.messages import Message, Reply
from bot.model import Platform
from bot.ports import Store, Stores
from handlers.platform import ChatPlatform, PostingFailed
from storage.database import Database
from storage.ledger import Standing

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

    A change stands in the plans before, and whatever goes wrong here. Where nothing in the plans has moved since we
    looked, nothing is looked at.
    """

    def __init__(
        self,
        database: Database,
        bot: Bot,
        platforms: Mapping[Platform, ChatPlatform],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._bot = bot
        self._platforms = platforms
        self._clock = clock
        self._seen: dict[str | None, _Seen] = {}
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
        edited, since = 0, self._clock() - KEPT
        there = await asyncio.to_thread(self._database.ledger.standing, since)
        for organisation, standing in there.items():
            seen = self._seen.get(organisation)
            if seen is None or seen.standing != standing:
                edited += await self._look(organisation, standing, since)
        self._seen = {organisation: seen for organisation, seen in self._seen.items() if organisation in there}
        return edited

    async def _look(self, organisation: str | None, standing: Standing, since: datetime) -> int:
        """Edit those of an organisation; it is looked at again until nothing is left to be done."""
        store = await asyncio.to_thread(self._database.of, organisation)
        posted = [
            one
            for one in await asyncio.to_thread(store.digests.posted, since)
            if one.subscription.platform in self._platforms
        ]
        made = await asyncio.to_thread(self._made, store, posted, self._known(organisation, standing))
        ended = [await self._refresh(organisation, store, one, reply) for one, reply in made]
        if None not in ended:
            self._seen[organisation] = _Seen(standing=standing, ids=frozenset(one.delivery for one in posted))
        return ended.count(True)

    def _known(self, organisation: str | None, standing: Standing) -> Collection[int] | None:
        """The digests that we have looked at while the plans were as they are now; None where they have moved since."""
        seen = self._seen.get(organisation)
        if seen is None:
            return ()
        return seen.ids if seen.standing.revision == standing.revision else None

    def _made(
        self, store: Store, posted: Sequence[PostedDigest], known: Collection[int] | None
    ) -> list[tuple[PostedDigest, Reply]]:
        """Those that may be otherwise, as they are now."""
        left = [one for one in posted if known is None or one.delivery not in known]
        if not left or (known is not None and self._is_as_it_came(store, left)):
            return []
        found: list[tuple[PostedDigest, Reply]] = []
        for at, together in groupby(sorted(left, key=lambda one: one.at), key=lambda one: one.at):
            some = list(together)
            replies = self._bot.digests(store, [one.subscription for one in some], at)
            found += [(one, made) for one, made in zip(some, replies, strict=True) if isinstance(made, Reply)]
        return found

    def _is_as_it_came(self, store: Store, posted: Sequence[PostedDigest]) -> bool:
        """Whether we know what all of them show, and nothing has happened since the first of them was made."""
        return all(one.shown for one in posted) and not self._has_changed(store, min(one.at for one in posted))

    async def _refresh(self, organisation: str | None, store: Store, posted: PostedDigest, reply: Reply) -> bool | None:
        """Whether it was edited; None where somebody has to look again."""
        if posted.shown == reply.mark:
            return False
        key, now = (organisation, posted.delivery), self._clock()
        if not await asyncio.to_thread(store.digests.take_on_edit, posted, now, now + AT_IT):
            return None  # another replica is at it, or was
        if posted.shown is None and not await asyncio.to_thread(self._has_changed, store, posted.at):
            await asyncio.to_thread(store.digests.edited, posted, now + AT_IT, reply.mark)
            return False
        is_edited = await self._is_edited(key, posted, reply)
        is_over = is_edited or self._tried[key] >= TRIES
        await asyncio.to_thread(store.digests.edited, posted, now + AT_IT, reply.mark if is_over else posted.shown)
        if is_over:
            del self._tried[key]
        return is_edited if is_over else None

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

    def _has_changed(self, store: Store, since: datetime) -> bool:
        """Whether anything in the plans is otherwise than it was then."""
        now = self._clock() + timedelta(seconds=1)  # up to and with this moment
        return bool(store.history.developments(since, now) or store.history.intakes(since, now))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What an organisation was like when we last looked at its digests, and which there were."""

    standing: Standing
    ids: frozenset[int]
