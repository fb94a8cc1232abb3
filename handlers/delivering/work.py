"""A batch worked on: each delivery claimed, looked up where it may stand already, posted in its turn, and ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar

from bot.core import Bot
from bot.delivery import OPEN, Claims, Delivery, Ended, State
from bot.errors import DatabaseTrouble
from bot.model import Book, Platform
from handlers.delivering.attempt import Attempt, Round
from handlers.delivering.closed import tell_owners
from handlers.delivering.pace import Pace
from handlers.delivering.replica import Replica
from handlers.delivering.texts import Text, texts_of
from handlers.delivering.timing import Timing
from handlers.platform import ChatPlatform, PostingFailed
from storage.database import Database, OrganisationStore
from storage.ledger import Batch

log = logging.getLogger("planvakt.delivering")
Given = ParamSpec("Given")
Made = TypeVar("Made")

# Claimed together and posted at once, in as many channels; so many are looked up where a process has died.
TOGETHER = 15
_HELD_SECONDS = 1.0
_SECONDS_TO_SEE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What all batches are worked on with."""

    database: Database
    bot: Bot
    platforms: Mapping[Platform, ChatPlatform]
    clock: Callable[[], datetime]
    timing: Timing


class Worker:
    """Works on batches, some at once; the ledger holds that each message comes once, however often one is worked on."""

    def __init__(self, tools: Tools, replica: Replica) -> None:
        self._tools = tools
        self._replica = replica
        self._pace = Pace(tools.timing)
        self._is_stopping = False
        self._one_thread = asyncio.Semaphore(1)

    def stop(self) -> None:
        """Finish what is being posted, and leave the rest to others."""
        self._is_stopping = True

    async def _in_turn(self, act: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Made:
        """Do it in a thread, one at a time of all batches: the others are for whoever asks, and would not be faster."""
        async with self._one_thread:
            return await asyncio.to_thread(act, *given, **named)

    async def work(self, batch: Batch) -> None:
        """Work until nothing is left of the batch, or it is to be tried again later."""
        store = await self._in_turn(self._tools.database.of, batch.organisation)
        held = await self._in_turn(_book, store)
        try:
            await self._all(store, batch)
        finally:
            del held  # as long as somebody holds the plans, they are read once however many others are at work

    async def _all(self, store: OrganisationStore, batch: Batch) -> None:
        ledger = store.deliveries
        while left := await self._in_turn(ledger.of_batch, batch.sending, batch.name):
            is_held = False
            for first in range(0, len(left), TOGETHER):
                if self._is_stopping:
                    await self._in_turn(ledger.freed, batch.sending, batch.name)
                    return
                is_held |= await self._some(store, left[first : first + TOGETHER])
            if is_held:
                await asyncio.sleep(min(_HELD_SECONDS, self._tools.timing.beat))

    async def _some(self, store: OrganisationStore, some: Sequence[Delivery]) -> bool:
        """Claim some of a workspace and end those that are ours; whether somebody else is at one of them."""
        sending, token = some[0].sending, self._replica.token()
        try:
            claims = await self._in_turn(
                store.deliveries.claim,
                sending,
                [one.number for one in some],
                token,
                self._replica.claimant,
                self._tools.clock(),
            )
            ours = [one for one in some if one.number in claims.ours]
            made = await self._in_turn(texts_of, store, self._tools.bot, ours, self._tools.clock()) if ours else []
            texts = dict(zip(ours, made, strict=True))
            ended = await self._ended(token, claims, texts)
            await self._end(store, token, ours, ended)
            await self._tell(store, ended, texts)
            return bool(claims.held) or len(ended) < len(ours)
        finally:
            self._replica.let_go(token)

    async def _ended(
        self, token: str, claims: Claims, texts: Mapping[Delivery, Text | Exception | None]
    ) -> dict[int, Ended]:
        """How each of ours ended; one that we may no longer post is left out."""
        first = next(iter(texts), None)
        if first is None:
            return {}
        ledger = self._tools.database.ledger
        round_ = Round(
            platform=self._tools.platforms[first.platform].together(),
            replica=self._replica,
            token=token,
            pace=self._pace,
            clock=self._tools.clock,
            timing=self._tools.timing,
            pauses=ledger,
            paused_until=await self._in_turn(ledger.paused_until, first.platform, first.team),
        )
        attempts = [Attempt(round_, one, claims.ours[one.number], text) for one, text in texts.items()]
        found = await asyncio.gather(*(attempt.ended() for attempt in attempts))
        return {one.number: ended for one, ended in zip(texts, found, strict=True) if ended is not None}

    async def _end(
        self, store: OrganisationStore, token: str, ours: Sequence[Delivery], ended: Mapping[int, Ended]
    ) -> None:
        """Write it, and take away what we posted where another has the claim by now."""
        if not ended:
            return
        lost = await self._in_turn(store.deliveries.end, ours[0].sending, token, ended)
        for one in ours:
            if one.number in lost:
                await self._take_away(store, one, ended[one.number])
        await self._mark(store, [(one, ended[one.number]) for one in ours if one.number in ended.keys() - lost])

    async def _tell(
        self,
        store: OrganisationStore,
        ended: Mapping[int, Ended],
        texts: Mapping[Delivery, Text | Exception | None],
    ) -> None:
        """Keep what people were told of vacant roles, where they may have been."""
        told = [
            vacancy
            for one, text in texts.items()
            if isinstance(text, Text) and (how := ended.get(one.number)) and how.state in (State.POSTED, State.UNKNOWN)
            for vacancy in text.told
        ]
        if told:
            await self._in_turn(store.reminders.tell, told)

    async def _take_away(self, store: OrganisationStore, delivery: Delivery, how: Ended) -> None:
        """Take our copy away where another stands; whoever has the claim now may have found ours, and keeps it."""
        if how.message_id is None or not how.is_new:
            return
        for _ in range(_SECONDS_TO_SEE):
            state, standing = await self._in_turn(store.deliveries.standing, delivery.sending, delivery.number)
            if state not in OPEN:
                break
            await asyncio.sleep(1)
        else:
            return  # whoever tries it next finds ours
        if state is not State.POSTED or standing is None or how.message_id.startswith(standing):
            return
        log.warning("%s was posted by another too; ours is taken away", delivery.mark)
        try:
            await self._tools.platforms[delivery.platform].delete(delivery.place, how.message_id)
        except PostingFailed as error:
            log.warning("%s may stand there twice: %s", delivery.mark, error.reason)

    async def _mark(self, store: OrganisationStore, ended: Sequence[tuple[Delivery, Ended]]) -> None:
        """Keep which channels can be posted in, and tell the owners once where one cannot."""
        for delivery, how in ended:
            one = delivery.subscription
            if one is None or one.id is None:
                continue
            if how.state is State.POSTED and delivery.was_closed:
                await self._in_turn(store.deliveries.mark_fault, one.id, None)
            is_news = how.is_closed and await self._in_turn(store.deliveries.mark_fault, one.id, how.reason)
            if is_news and how.reason is not None:
                platform = self._tools.platforms[one.platform]
                await tell_owners(store, platform, one, (how.reason, self._tools.clock()))


def _book(store: OrganisationStore) -> Book | None:
    """The plans; None where they cannot be read just then, of which each message tells by itself."""
    try:
        return store.plans.book()
    except DatabaseTrouble:
        return None
