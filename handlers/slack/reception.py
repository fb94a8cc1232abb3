"""Where deliveries are received: kept once, answered at once where that is needed, and acknowledged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.errors import DatabaseTrouble
from handlers.logs import about
from handlers.slack.acts import AT_ONCE, ActAtOnce, Answered
from handlers.slack.deliveries import SUGGESTION, Body, delivery_id, installed_teams, kind_of
from handlers.slack.inbox import HELD, Worker
from handlers.slack.keeping import Keeper
from handlers.slack.workspaces import Workspaces
from storage.inbox import Arrival, Delivery, Inbox

log = logging.getLogger("planvakt.slack")

Told = Mapping[str, Any]


class Reception:
    """Receives what Slack brings, by whatever way."""

    def __init__(
        self,
        inbox: Inbox,
        workspaces: Workspaces,
        worker: Worker,
        now: Callable[[], datetime],
        at_once: Mapping[str, ActAtOnce] = AT_ONCE,
    ) -> None:
        self._inbox = inbox
        self._keeper = Keeper(inbox)
        self._workspaces = workspaces
        self._worker = worker
        self._now = now
        self._at_once = at_once

    async def receive(self, body: Body, team: str) -> Told | None:
        """Return what goes with the acknowledgement; None where it could not be kept, so that Slack sends it again."""
        kind = kind_of(body)
        served = await self._served(body, team)
        if served is None:
            return {}
        team = served
        if kind == SUGGESTION:  # asked anew with every letter, and never twice
            answered = await self._answered(kind, team, body)
            return answered.told if answered else {}
        try:
            with self._worker.waiting():
                delivery = await self._keeper.keep(self._arrival(kind, team, body))
        except DatabaseTrouble as trouble:
            log.error("a delivery (%s) was not kept: %s", kind, trouble.template)
            return None
        return await self._taken(delivery) if delivery else {}

    async def _served(self, body: Body, team: str) -> str | None:
        """Return the workspace that it comes to us from; None where we are not installed there.

        That of its author may be another, in a shared channel; its users' ids are no other's.
        """
        teams = installed_teams(body)
        for one in teams:
            if await self._workspaces.serves(one):
                return one
        return None if teams else team

    def _arrival(self, kind: str, team: str, body: Body) -> Arrival:
        now = self._now()
        return Arrival(delivery=delivery_id(body), kind=kind, team=team, body=body, received_at=now, until=now + HELD)

    async def _taken(self, delivery: Delivery) -> Told:
        with about(delivery=str(delivery.id)):
            return await self._told(delivery)

    async def _told(self, delivery: Delivery) -> Told:
        answered = await self._answered(delivery.kind, delivery.team, delivery.body)
        if answered is None:
            self._worker.start(delivery)
            return {}
        self._worker.follow_up(asyncio.to_thread(self._inbox.done, delivery.id))
        if answered.after is not None:
            self._worker.follow_up(answered.after)
        return answered.told

    async def _answered(self, kind: str, team: str, body: Body) -> Answered | None:
        act = self._at_once.get(kind)
        found = await self._workspaces.of(team) if act else None
        if act is None or found is None:
            return None
        try:
            return await act(*found, body)
        except Exception:  # the edge of one act: Slack is answered all the same
            log.exception("a delivery (%s) was not answered", kind)
            return Answered()
