"""What Slack shows around a talk: what to ask, that we are at work, and the stop. No answer needs it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator

import pytest
import yaml

from bot.core import Bot
from bot.messages import Message, Reply
from handlers.slack.limits import OverLimit, check_prompts, check_status
from handlers.slack.manifest import manifest
from storage.database import Database
from tests.slack.builders import a_receipt, planner
from tests.slack.conftest import Scripted, Served, all_done, serving, until
from tests.slack.local.api import Fault
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import BOT_USER, Posted
from tests.slack.test_story import database

__all__ = ["database"]
DIRECT = "D0KARI"
STATUS, SESSION, PROMPTS = (
    "assistant.threads.setStatus",
    "agents.sessions.setStatus",
    "assistant.threads.setSuggestedPrompts",
)


class Slow:
    """A core that answers when it is let go on."""

    def __init__(self) -> None:
        self.answers = planner
        self.goes_on = threading.Event()

    def __call__(self, message: Message) -> Reply:
        self.goes_on.wait(60)
        return self.answers(message)


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
async def served(local: LocalSlack, slow: Slow) -> AsyncIterator[Served]:
    local.events.add("agent_session_stopped")
    async with serving(local, Scripted(slow), "http") as found:
        yield found
        slow.goes_on.set()


async def at_work(local: LocalSlack, channel: str, text: str) -> Posted:
    """Something is asked, and is shown to be under way."""
    asked = await local.say(KARI, channel, text)
    await until(lambda: local.workspace.statuses.get((channel, asked.ts)) not in (None, ""))
    assert local.workspace.sessions[channel, asked.ts]["status"] == "processing"
    return asked


def is_over(local: LocalSlack, asked: Posted) -> bool:
    place = asked.channel, asked.ts
    session = local.workspace.sessions.get(place) or {}
    return session.get("status") == "active" and place not in local.workspace.statuses


@pytest.mark.parametrize(
    ("channel", "text", "words"),
    [
        (DIRECT, "hva skjer neste uke?", "ser i planen …"),
        (PLANNING, f"<@{BOT_USER}> kva skjer neste veke?", "ser i planen …"),
        (DIRECT, "what happens next week?", "is looking in the plan …"),
    ],
)
async def test_what_takes_its_time_is_shown_and_taken_away(
    served: Served, local: LocalSlack, slow: Slow, channel: str, text: str, words: str
) -> None:
    asked = await at_work(local, channel, text)
    assert local.workspace.statuses[channel, asked.ts] == words
    slow.goes_on.set()
    assert (await local.answer(KARI, channel)).text.startswith("Uke 36")
    await until(lambda: is_over(local, asked))


async def test_it_is_taken_away_where_the_answer_goes_wrong(served: Served, local: LocalSlack, slow: Slow) -> None:
    def broken(message: Message) -> Reply:
        raise RuntimeError

    slow.answers = broken
    asked = await at_work(local, DIRECT, "hva skjer?")
    slow.goes_on.set()
    assert "feilnummer" in (await local.answer(KARI, DIRECT)).text
    await until(lambda: is_over(local, asked))


async def stopped(local: LocalSlack, asked: Posted) -> None:
    await local.stop_session(KARI, asked.channel, asked.ts)
    await until(lambda: is_over(local, asked))


async def test_a_stop_ends_the_answer(served: Served, local: LocalSlack, slow: Slow) -> None:
    asked = await at_work(local, DIRECT, "hva skjer neste uke?")
    await stopped(local, asked)
    slow.goes_on.set()
    assert (await local.answer(KARI, DIRECT)).text == "Stoppet. Ingenting er endret."


async def test_what_was_done_before_the_stop_is_told(served: Served, local: LocalSlack, slow: Slow) -> None:
    slow.answers = lambda message: a_receipt("Ferdig: Fagdag")
    asked = await at_work(local, DIRECT, "fagdagen er ferdig")
    await stopped(local, asked)
    slow.goes_on.set()
    assert (await local.answer(KARI, DIRECT)).text == "Ferdig: Fagdag"


async def test_a_stop_ends_the_reading_of_a_file(served: Served, local: LocalSlack) -> None:
    file = local.files.upload(KARI, "plan.txt", "Møteplan 2023/2024\n\n14. september: Foreldremøte\n".encode())
    file.seconds = 5
    shared = await local.share(KARI, DIRECT, [file])
    await until(lambda: local.workspace.statuses.get((DIRECT, shared.ts)) == "leser fila …")
    await stopped(local, shared)
    assert (await local.answer(KARI, DIRECT)).text == "Stoppet. «plan.txt» er ikke lest inn."


async def test_a_stop_of_nothing_only_takes_the_status_away(served: Served, local: LocalSlack) -> None:
    local.workspace.sessions[DIRECT, "1.2"] = {"status": "processing", "title": "", "until": 0}
    await stopped(local, Posted(DIRECT, "1.2", KARI, ""))
    assert local.seen_by(KARI, DIRECT) == []


@pytest.mark.parametrize("fault", ["missing_scope", "unknown_method", "fatal_error"])
async def test_an_answer_needs_none_of_it(served: Served, local: LocalSlack, slow: Slow, fault: str) -> None:
    local.api.faults += [Fault(name, error=fault, times=9) for name in (STATUS, SESSION)]
    await local.say(KARI, DIRECT, "hva skjer neste uke?")
    await until(lambda: bool(local.api.called(STATUS)))
    slow.goes_on.set()
    assert (await local.answer(KARI, DIRECT)).text.startswith("Uke 36")


async def test_an_answer_does_not_wait_for_it(served: Served, local: LocalSlack, slow: Slow) -> None:
    local.api.faults.append(Fault(SESSION, seconds=4))
    asked = await local.say(KARI, DIRECT, "hva skjer neste uke?")
    await until(lambda: bool(local.api.called(SESSION)))
    slow.goes_on.set()
    assert (await local.answer(KARI, DIRECT)).text.startswith("Uke 36")
    assert (DIRECT, asked.ts) not in local.workspace.sessions, "Slack has not answered yet"


async def test_whoever_opens_the_talk_sees_what_to_ask_of_the_plans(local: LocalSlack, database: Database) -> None:
    async with serving(local, Bot(database), "http"):
        await local.open_home(KARI, "messages")
        await until(lambda: DIRECT in local.workspace.prompts)
        (asked,) = local.api.called(PROMPTS)
        assert "thread_ts" not in asked
        assert asked["title"] == "Spør for eksempel"
        assert [prompt["message"] for prompt in asked["prompts"]] == [
            "Hva har programleiar ansvar for?",
            "Hva skjer neste uke?",
        ]
        assert all("<" not in prompt["message"] for prompt in asked["prompts"])
        await local.say(KARI, DIRECT, "Kva skjer neste veke?")
        await local.answer(KARI, DIRECT)
        await local.open_home(KARI, "messages")
        await until(lambda: len(local.api.called(PROMPTS)) == 2)
        assert local.workspace.prompts[DIRECT][-1]["message"] == "Kva skjer neste veke?"


async def test_nothing_is_suggested_to_a_stranger_and_a_refusal_harms_nothing(
    local: LocalSlack, database: Database
) -> None:
    async with serving(local, Bot(database), "http"):
        local.workspace.users[KARI].is_restricted = True
        local.api.faults.append(Fault(PROMPTS, error="missing_scope"))
        await local.open_home(KARI, "messages")
        await local.say(KARI, DIRECT, "hei")
        await local.answer(KARI, DIRECT)
        await all_done(local)
        assert local.api.called(PROMPTS) == []


def test_what_is_suggested_and_shown_is_within_the_limits() -> None:
    check_prompts("Spør", [{"title": "a", "message": "a"}] * 4)
    check_status("ser i planen …")
    for prompts in ([], [{"title": "a", "message": "a"}] * 5, [{"title": "", "message": "a"}]):
        with pytest.raises(OverLimit):
            check_prompts("Spør", prompts)
    with pytest.raises(OverLimit):
        check_status("a" * 51)


def test_the_manifest_asks_for_what_this_needs() -> None:
    asked = yaml.safe_load(manifest(None, socket_mode=True))
    assert "agent_session_stopped" in asked["settings"]["event_subscriptions"]["bot_events"]
    assert {"assistant:write", "chat:write"} <= set(asked["oauth_config"]["scopes"]["bot"])
