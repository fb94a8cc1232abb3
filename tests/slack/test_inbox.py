"""What Slack delivers is kept before it is acknowledged, and worked on once, whatever happens to us."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.acts import Act, Answered
from handlers.slack.conversation import Workspace
from handlers.slack.inbox import HELD, MOST_ATTEMPTS, PAUSES, Worker
from handlers.slack.reception import Reception
from storage.inbox import Inbox
from tests.slack.builders import planner
from tests.slack.conftest import Scripted, serving, until
from tests.slack.local import payloads
from tests.slack.local.clock import Clock
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import Posted

DIRECT = "D0KARI"
WAYS = ["http", "socket"]
EVENT = {"event_id": "Ev1", "event": {"type": "message"}}


class Nowhere:
    """Workspaces that need no Slack."""

    async def of(self, team: str) -> Any:
        return (None, None)

    async def authorized(self, team: str | None) -> AuthorizeResult | None:
        return None

    async def keep_up(self) -> None:
        pass


class Counted:
    """An act that fails its first times."""

    def __init__(self, failures: int = 0) -> None:
        self.bodies: list[Mapping[str, Any]] = []
        self._failures = failures

    async def __call__(self, workspace: Workspace, client: AsyncWebClient, body: Mapping[str, Any]) -> None:
        self.bodies.append(body)
        if len(self.bodies) <= self._failures:
            raise RuntimeError("secret words")


def a_worker(inbox: Inbox, clock: Clock, act: Act) -> Worker:
    return Worker(inbox, Nowhere(), clock.now, acts={"message": act})


def put(inbox: Inbox, now: datetime) -> bool:
    return inbox.put("Ev1", ("message", "T1"), EVENT, now=now, until=now + HELD) is not None


async def settle(worker: Worker) -> None:
    await worker.look()
    await worker.finish(30)


@pytest.mark.parametrize("way", WAYS)
async def test_a_repeated_delivery_is_acknowledged_and_not_run_again_also_after_a_restart(
    local: LocalSlack, way: str
) -> None:
    bot = Scripted(planner)
    posted = Posted(DIRECT, local.workspace.ts(), KARI, "hva skjer?")
    event = local.event(payloads.message_event(posted, "message"))
    for _ in range(2):
        async with serving(local, bot, way):
            assert (await local.bring("events_api", event)).is_acknowledged
            assert (await local.bring("events_api", event)).is_acknowledged
            await local.answer(KARI, DIRECT)
    assert len(bot.heard) == 1


@pytest.mark.parametrize("way", WAYS)
async def test_what_nobody_hears_is_acknowledged(local: LocalSlack, way: str) -> None:
    async with serving(local, Scripted(planner), way):
        for kind in ("channel_rename", "message", "something_new"):
            assert (await local.bring("events_api", local.event({"type": kind}))).is_acknowledged
        told = {"type": "view_closed", "team": {"id": "T1"}, "user": {"id": KARI}, "view": {"id": "V1", "hash": "1"}}
        assert (await local.bring("interactive", told)).is_acknowledged
        assert (await local.command(KARI, PLANNING, "/ukjent")).is_acknowledged


@pytest.mark.parametrize("way", WAYS)
async def test_what_a_crash_left_is_answered_after_a_restart(local: LocalSlack, inbox: Inbox, way: str) -> None:
    posted = Posted(DIRECT, local.workspace.ts(), KARI, "hva skjer?")
    body = local.event(payloads.message_event(posted, "message"))
    now = local.clock.now()
    inbox.put("Ev1", ("message", "T0PLAN"), body, now=now, until=now + HELD)
    local.clock.move(HELD.total_seconds())
    async with serving(local, Scripted(planner), way):
        await local.answer(KARI, DIRECT)


async def test_what_fails_is_tried_again_later_and_then_done(inbox: Inbox, clock: Clock) -> None:
    act = Counted(failures=1)
    worker = a_worker(inbox, clock, act)
    put(inbox, clock.now())
    clock.move(HELD.total_seconds())
    await settle(worker)
    await settle(worker)
    assert len(act.bodies) == 1
    clock.move(PAUSES[1].total_seconds())
    await settle(worker)
    clock.move(3600)
    await settle(worker)
    assert act.bodies == [EVENT, EVENT]


async def test_what_fails_every_time_is_a_dead_letter_with_a_number_in_the_log(
    inbox: Inbox, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    act = Counted(failures=99)
    worker = a_worker(inbox, clock, act)
    delivery = inbox.put("Ev1", ("message", "T1"), EVENT, now=clock.now(), until=clock.now())
    assert delivery
    worker.start(delivery)
    await worker.finish(30)
    for _ in range(MOST_ATTEMPTS + 2):
        clock.move(3600)
        await settle(worker)
    assert len(act.bodies) == MOST_ATTEMPTS == 5
    assert inbox.dead_letters() == ((delivery.id, "message", "RuntimeError"),)
    assert f"delivery {delivery.id} (message) is given up: RuntimeError" in caplog.text
    assert "secret words" not in caplog.text
    await worker.purge(clock.now() + timedelta(days=31))
    assert inbox.dead_letters() == ()


async def test_a_delivery_that_ends_the_process_every_time_is_given_up(inbox: Inbox, clock: Clock) -> None:
    put(inbox, clock.now())
    for _ in range(MOST_ATTEMPTS - 1):
        clock.move(HELD.total_seconds())
        assert inbox.claim(now=clock.now(), until=clock.now() + HELD, at_most=1)
    clock.move(HELD.total_seconds())
    act = Counted()
    await settle(a_worker(inbox, clock, act))
    assert (act.bodies, len(inbox.dead_letters())) == ([], 1)


async def test_what_is_under_way_stays_ours_while_we_live(inbox: Inbox, clock: Clock) -> None:
    go_on = asyncio.Event()

    async def slow(workspace: Workspace, client: AsyncWebClient, body: Mapping[str, Any]) -> None:
        await go_on.wait()

    act = Counted()
    ours, others = a_worker(inbox, clock, slow), a_worker(inbox, clock, act)
    now = clock.now()
    delivery = inbox.put("Ev1", ("message", "T1"), EVENT, now=now, until=now + HELD)
    assert delivery
    ours.start(delivery)
    for _ in range(4):
        clock.move(60)
        await ours.look()
        await settle(others)
    go_on.set()
    await ours.finish(30)
    clock.move(3600)
    await settle(others)
    assert act.bodies == []


async def test_what_is_not_finished_when_we_stop_is_left_for_the_next(inbox: Inbox, clock: Clock) -> None:
    async def endless(workspace: Workspace, client: AsyncWebClient, body: Mapping[str, Any]) -> None:
        await asyncio.Event().wait()

    worker = a_worker(inbox, clock, endless)
    delivery = inbox.put("Ev1", ("message", "T1"), EVENT, now=clock.now(), until=clock.now() + HELD)
    assert delivery
    worker.start(delivery)
    await asyncio.sleep(0)
    await worker.finish(0.05)
    act = Counted()
    await settle(a_worker(inbox, clock, act))
    assert act.bodies == [EVENT]


async def test_what_is_answered_at_once_is_told_with_the_acknowledgement_and_run_once(
    inbox: Inbox, clock: Clock
) -> None:
    done: list[str] = []

    async def after() -> None:
        done.append("after")

    async def submit(workspace: Workspace, client: AsyncWebClient, body: Mapping[str, Any]) -> Answered | None:
        return Answered(told={"response_action": "clear"}, after=after()) if body["view"]["id"] == "V1" else None

    act = Counted()
    worker = Worker(inbox, Nowhere(), clock.now, acts={"view_submission": act})
    reception = Reception(inbox, Nowhere(), worker, clock.now, {"view_submission": submit})
    body = {"type": "view_submission", "trigger_id": "1", "view": {"id": "V1"}}
    assert await reception.receive(body, "T1") == {"response_action": "clear"}
    assert await reception.receive(body, "T1") == {}
    other = {**body, "trigger_id": "2", "view": {"id": "V2"}}
    assert await reception.receive(other, "T1") == {}
    await until(lambda: bool(done and act.bodies))
    await worker.finish(30)
    assert (done, act.bodies) == (["after"], [other])
