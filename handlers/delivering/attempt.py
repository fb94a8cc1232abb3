"""One attempt to send one delivery that is ours by its claim, and how it ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery import NOT_INSTALLED, NOTHING_NEW, TOO_LATE, Before, Delivery, Ended, Sending, State
from bot.errors import DatabaseTrouble
from handlers.delivering.pace import Pace
from handlers.delivering.replica import Replica
from handlers.delivering.texts import Text
from handlers.delivering.timing import Timing
from handlers.platform import (
    CannotLook,
    ChatPlatform,
    Closed,
    Limited,
    NotReached,
    PartlyPosted,
    PerhapsPosted,
    PostingFailed,
)
from storage.ledger import Ledger

log = logging.getLogger("planvakt.delivering")

# Where nobody can look, a digest is posted again so many times in all.
_BLIND_ATTEMPTS = 3
_MOST_ATTEMPTS = 12
# Whoever takes us back the same day gets that day's.
_UNINSTALLED = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What the attempts of one round have in common; they all go to one workspace, and are claimed by one token."""

    platform: ChatPlatform
    replica: Replica
    token: str
    pace: Pace
    clock: Callable[[], datetime]
    timing: Timing
    pauses: Ledger
    paused_until: datetime | None


class Attempt:
    """One delivery; `text` is its words, or what went wrong when they were made."""

    def __init__(self, round_: Round, delivery: Delivery, before: Before, text: Text | Exception | None) -> None:
        self._round = round_
        self._delivery = delivery
        self._before = before
        self._text = text

    async def ended(self) -> Ended | None:
        """How it ended; None where we may not post any more and have posted nothing."""
        try:
            return await self._ended()
        except DatabaseTrouble as error:
            log.warning("%s waits for the database: %s", self._delivery.mark, error.template)
            # Nothing was posted now; what somebody may have posted before is still to be looked up.
            state = State.DUE if self._before.began_at is None else State.POSTING
            return Ended(state=state, reason=error.template, again_at=self._later(error))
        except Exception as error:
            log.exception("%s failed", self._delivery.mark)
            return Ended(state=State.FAILED, reason=type(error).__name__)

    async def _ended(self) -> Ended | None:
        known = await self._known() or await self._left_out()
        if known is not None:
            return known
        text = self._text
        if isinstance(text, Exception):
            raise text
        if text is None or text.reply.is_silent:
            return Ended(state=State.SKIPPED, reason=NOTHING_NEW)
        if (paused := await self._paused()) is not None:
            return Ended(state=State.DUE, again_at=paused)
        await self._round.pace.turn(self._delivery.team, self._delivery.place)
        return await self._posted(text) if self._round.replica.may_post(self._round.token) else None

    async def _known(self) -> Ended | None:
        """What became of an earlier attempt, where somebody may have posted it; None where it is to be sent now."""
        if self._before.began_at is None:
            return None
        now = self._round.clock()
        # What is under way must have come there before it is looked for.
        settled = (self._before.claimed_at or now) + self._round.timing.until_settled
        if now < settled:
            return Ended(state=State.POSTING, again_at=settled, tried_at=self._before.claimed_at)
        return await self._looked_up(self._before.began_at)

    async def _left_out(self) -> Ended | None:
        """Why it is not sent, or not now: its day is over, or the workspace has put us out."""
        now = self._round.clock()
        is_reached = await self._round.platform.reaches(self._delivery.place)
        if now >= self._delivery.until:
            return Ended(state=State.SKIPPED, reason=TOO_LATE if is_reached else NOT_INSTALLED)
        if not is_reached:
            return Ended(state=State.DUE, reason=NOT_INSTALLED, again_at=now + _UNINSTALLED)
        return None

    async def _looked_up(self, began_at: datetime) -> Ended | None:
        """What became of an earlier attempt; None where nothing stands there, or it is to be sent whatever does."""
        delivery = self._delivery
        try:
            found = await self._round.platform.find(delivery.place, delivery=delivery.mark, since=began_at)
        except CannotLook as error:
            is_over = delivery.sending is Sending.REMINDER or self._before.attempts >= _BLIND_ATTEMPTS
            return Ended(state=State.UNKNOWN, reason=error.reason) if is_over else None
        except PostingFailed as error:
            if self._before.attempts >= _MOST_ATTEMPTS:
                return Ended(state=State.UNKNOWN, reason=error.reason)
            return Ended(state=State.POSTING, reason=error.reason, again_at=self._later(error))
        if found is not None:
            log.info("%s stood there already", delivery.mark)
            return Ended(state=State.POSTED, message_id=found)
        return None

    async def _paused(self) -> datetime | None:
        """Until when the workspace wants nothing, where that is too long to wait for here."""
        until = self._round.paused_until
        left = (until - self._round.clock()).total_seconds() if until else 0.0
        if until is None or left <= 0:
            return None
        if left > self._round.timing.short_pause:
            return until
        await asyncio.sleep(left)
        return None

    async def _posted(self, text: Text) -> Ended:
        delivery, platform = self._delivery, self._round.platform
        send = platform.post if delivery.sending is Sending.DIGEST else platform.direct
        try:
            posted = await send(delivery.place, text.reply, delivery=delivery.mark)
            return Ended(state=State.POSTED, message_id=posted, is_new=True, shown=text.reply.mark)
        except PartlyPosted as error:
            log.warning("%s was not posted as a whole: %s", delivery.mark, error.reason)
            return Ended(state=State.POSTED, message_id=error.message, reason=error.reason, is_new=True)
        except PostingFailed as error:
            log.warning("%s was not posted: %s", delivery.mark, error.reason)
            return await self._failed(error)

    async def _failed(self, error: PostingFailed) -> Ended:
        again_at = self._later(error)
        if isinstance(error, Limited):
            team = self._delivery.team
            await asyncio.to_thread(self._round.pauses.pause, self._delivery.platform, team, again_at)
            return Ended(state=State.DUE, reason=error.reason, again_at=again_at)
        if isinstance(error, NotReached):
            return Ended(state=State.DUE, reason=error.reason, again_at=again_at)
        if isinstance(error, PerhapsPosted):
            if self._before.attempts + 1 >= _MOST_ATTEMPTS:
                return Ended(state=State.UNKNOWN, reason=error.reason)
            settled = self._round.clock() + self._round.timing.until_settled
            return Ended(state=State.POSTING, reason=error.reason, again_at=settled)
        return Ended(state=State.FAILED, reason=error.reason, is_closed=isinstance(error, Closed))

    def _later(self, error: Exception) -> datetime:
        seconds = error.seconds if isinstance(error, Limited) else self._round.timing.again
        return self._round.clock() + timedelta(seconds=seconds)
