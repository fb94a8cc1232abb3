"""Why a digest never came is told in words, in each language, to who can do something about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.answers.closed_channels import closed_reply, why_closed
from bot.answers.facts import Facts
from bot.core import Bot
from bot.delivery import NOT_INSTALLED, OVERTAKEN, TOO_LATE, State
from bot.digest import Subscription
from bot.history import Author
from bot.messages import Message, Sender
from bot.model import Language, Platform
from bot.render import render
from bot.understanding.frame import Intent
from handlers.delivering.work import Tools
from handlers.schedule import Schedule
from storage.database import Database
from tests.deliveries import QUICK, AtOnce

KARI = Sender(platform=Platform.SLACK, account="T1:U1", name="Kari")
OLA = Sender(platform=Platform.SLACK, account="T1:U2", name="Ola")
MONDAY = date(2025, 9, 1)
NOW = datetime(2025, 9, 3, 9, tzinfo=ZoneInfo("Europe/Oslo"))
REASONS = (TOO_LATE, OVERTAKEN, NOT_INSTALLED, "is_archived", "not_in_channel", "token_revoked", "invalid_blocks")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'planvakt.db'}", administrators=("T1:U1",))
    yield made
    made.close()


async def test_status_tells_an_administrator_that_it_stood_still_and_others_nothing(database: Database) -> None:
    store = database.of(None)
    kari = Author(person=store.people.record(KARI), platform=Platform.SLACK, at=NOW - timedelta(days=5))
    store.digests.subscribe(Subscription(id=None, platform=Platform.SLACK, channel="T1:C1"), kari)
    bot, clock = Bot(database), lambda: NOW
    tools = Tools(database=database, bot=bot, platforms={Platform.SLACK: None}, clock=clock, timing=QUICK)  # type: ignore[dict-item]
    await Schedule(tools, AtOnce()).post_due()
    told = [bot.reply(Message(text="/plan status", now=NOW, sender=who, channel="T1:C1")).text for who in (KARI, OLA)]
    assert ["Planvakt sto stille hele dagen" in text for text in told] == [True, False]
    assert "man. 1. september" in told[0]


@pytest.mark.parametrize("language", Language)
def test_each_reason_has_words_of_its_own(language: Language) -> None:
    missing = [{"day": MONDAY, "state": State.SKIPPED, "reason": one, "why": why_closed(one)} for one in REASONS]
    missing.append({"day": MONDAY, "state": State.UNKNOWN, "reason": "timeout", "why": "refused"})
    facts = Facts(template="digest_missing", values={"missing": missing})
    rows = render(facts, Intent.PLAN_STATUS, language, MONDAY).text.splitlines()
    assert len(set(rows)) == len(rows) - 1 == len(REASONS)  # put out of the workspace, or its token revoked, is one
    faults = ("is_archived", "channel_not_found", "not_in_channel", "token_revoked", "restricted_action")
    channel = Subscription(id=1, platform=Platform.SLACK, channel="T1:C1", channel_name="plan", language=language)
    assert len({closed_reply(channel, fault, MONDAY).text for fault in faults}) == len(faults)
