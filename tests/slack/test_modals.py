"""Forms in Slack with the real core over SQLite: opened, filled in wrong and right, by who may and who may not."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.forms import Form
from bot.history import Author
from bot.messages import FormName, Message, Reply, Sender
from bot.model import Entry, Item, Kind, Platform, Precision, ProposedPlan, Span
from bot.proposals.revision import Revision
from storage.database import Database
from tests.slack.conftest import Served, serving, until
from tests.slack.local.api import Fault
from tests.slack.local.people import ELSEWHERE, KARI, OLA, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.views import shown
from tests.slack.local.workspace import BOT_USER, Posted

TITLE = "Fagdag <!channel>"
DAY = date(2023, 9, 7)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path / 'plan.db'}", administrators=("T0PLAN:U0KARI",))
    store = found.of(None)
    span = Span(start=DAY, end=DAY, precision=Precision.DAY, text="7. september")
    entries = (
        Entry(kind=Kind.EVENT, title=TITLE, span=span, responsible=("Rektor",)),
        Entry(kind=Kind.MEASURE, title="Lesekurs", responsible=("Rektor",)),
    )
    plan = ProposedPlan(
        title="Plan for skolene", period_start=date(2023, 8, 1), period_end=date(2024, 7, 31), entries=entries
    )
    owner = store.people.record(Sender(platform=Platform.COMMAND_LINE))
    author = Author(person=owner, platform=Platform.COMMAND_LINE, at=datetime(2023, 8, 1, tzinfo=ZoneInfo("UTC")))
    store.plans.take_in(plan, Revision(plan=None, added=plan.entries), author)
    yield found
    found.close()


class Slow(Bot):
    """A core that gives its forms and answers when it is let."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.is_let = threading.Event()
        self.is_let.set()

    def form(self, message: Message, name: FormName, key: str) -> Form | Reply:
        assert self.is_let.wait(60)
        return super().form(message, name, key)

    def reply(self, message: Message) -> Reply:
        assert self.is_let.wait(60)
        if "umulig" in message.text:
            raise RuntimeError("the database has gone away")
        return super().reply(message)


@pytest.fixture
def bot(database: Database) -> Slow:
    return Slow(database)


@pytest.fixture(params=["http", "socket"])
async def served(request: pytest.FixtureRequest, local: LocalSlack, bot: Slow) -> AsyncIterator[Served]:
    async with serving(local, bot, request.param) as found:
        yield found


def items(database: Database) -> tuple[Item, ...]:
    return database.of(None).plans.book().items


def named(database: Database, title: str) -> Item:
    return next(item for item in items(database) if item.title == title)


async def told(local: LocalSlack, user: str, command: str, text: str, channel: str = PLANNING) -> Posted:
    """A slash command and its answer."""
    before = len(local.seen_by(user, channel))
    assert (await local.command(user, channel, command, text)).is_acknowledged
    return await local.answer(user, channel, before + 1)


async def opened(local: LocalSlack, database: Database, user: str = KARI, label: str = "Flytt") -> dict[str, Any]:
    """The modal that a button below an item opens, in the channel."""
    item = await told(local, user, "/tiltak", f"vis {named(database, TITLE).key}")
    assert (await local.press(user, item, label)).is_acknowledged
    return await local.modal()


async def test_a_press_opens_a_form_that_moves_and_the_receipt_is_for_the_mover_alone(
    served: Served, local: LocalSlack, database: Database
) -> None:
    view = await opened(local, database)
    assert view["title"]["text"] == "Flytt"
    assert "Nå: tors. 7. september" in shown(view)
    seen = len(local.seen_by(KARI, PLANNING))
    assert await local.submit(KARI, view, {"when": "14. september kl. 9-11"}) == {}
    receipt = await local.answer(KARI, PLANNING, seen + 1)
    assert named(database, TITLE).span.start == date(2023, 9, 14)
    assert (receipt.only_for, receipt.pings) == (KARI, [])
    assert "er flyttet" in receipt.text
    assert local.workspace.views == {}


async def test_what_is_no_date_is_told_at_its_field_and_can_be_put_right_in_the_same_modal(
    served: Served, local: LocalSlack, database: Database
) -> None:
    view = await opened(local, database)
    wrong = await local.submit(KARI, view, {"when": "når det passer"})
    assert "når det passer" in wrong["errors"]["when"]
    assert named(database, TITLE).span.start == DAY
    assert await local.submit(KARI, view, {"when": "14. september"}) == {}
    assert named(database, TITLE).span.start == date(2023, 9, 14)


async def test_who_may_not_has_no_button_and_gets_no_form(
    served: Served, local: LocalSlack, database: Database
) -> None:
    item = await told(local, KARI, "/tiltak", f"vis {named(database, TITLE).key}")
    mine = await told(local, OLA, "/tiltak", f"vis {named(database, TITLE).key}")
    assert "Flytt" not in [button["text"]["text"] for button in mine.buttons]
    await local.press(OLA, item, "Flytt")
    view = await local.modal()
    assert "administratorer og planeiere" in shown(view)
    assert not view["submit"]


async def test_a_role_that_was_lost_meanwhile_is_missed_when_the_form_is_sent(
    served: Served, local: LocalSlack, database: Database
) -> None:
    await told(local, KARI, "/rolle", "gi Rektor <@U0OLA|ola>")
    view = await opened(local, database, OLA, "Ferdig med notat")
    await told(local, KARI, "/rolle", "fjern Rektor <@U0OLA|ola>")
    refused = await local.submit(OLA, view, {})
    assert "Rektor" in refused["errors"]["note"]
    assert named(database, TITLE).status == "open"


async def test_a_form_that_is_sent_twice_at_once_is_done_once_and_told_once(
    served: Served, local: LocalSlack, database: Database
) -> None:
    view = await opened(local, database)
    seen = len(local.seen_by(KARI, PLANNING))
    when = {"when": "14. september"}
    assert await asyncio.gather(local.submit(KARI, view, when), local.submit(KARI, view, when)) == [{}, {}]
    assert await local.submit(KARI, view, when) == {}
    await local.answer(KARI, PLANNING, seen + 1)
    moved = [one for one in database.of(None).history.of_item(named(database, TITLE).id) if one.field == "start"]
    assert len(moved) == 1
    assert len(local.seen_by(KARI, PLANNING)) == seen + 1


async def test_a_trigger_that_is_too_old_is_told_in_a_plain_sentence(
    served: Served, local: LocalSlack, database: Database
) -> None:
    item = await told(local, KARI, "/tiltak", f"vis {named(database, TITLE).key}")
    local.api.faults.append(Fault("views.open", error="expired_trigger_id"))
    seen = len(local.seen_by(KARI, PLANNING))
    await local.press(KARI, item, "Flytt")
    answer = await local.answer(KARI, PLANNING, seen + 1)
    assert (answer.text, answer.only_for) == (
        "Det gikk for lang tid før skjemaet kunne åpnes. Prøv én gang til.",
        KARI,
    )


async def test_a_slow_core_has_the_trigger_taken_first_and_an_old_hash_is_tried_once_more(
    served: Served, local: LocalSlack, database: Database, bot: Slow
) -> None:
    item = await told(local, KARI, "/tiltak", f"vis {named(database, TITLE).key}")
    bot.is_let.clear()
    local.api.faults.append(Fault("views.update", error="hash_conflict"))
    await local.press(KARI, item, "Flytt")
    view = await local.modal()
    assert shown(view) == "Et øyeblikk …"
    bot.is_let.set()
    await until(lambda: view["title"]["text"] == "Flytt")
    assert ["hash" in call for call in local.api.called("views.update")] == [True, False]


async def test_an_answer_that_takes_long_is_told_in_the_modal(
    served: Served, local: LocalSlack, database: Database, bot: Slow
) -> None:
    view = await opened(local, database)
    bot.is_let.clear()
    sent = await local.submit(KARI, view, {"when": "14. september"})
    assert sent["response_action"] == "update"
    bot.is_let.set()
    await until(lambda: "er flyttet" in shown(view))


async def test_a_fault_of_ours_is_told_in_the_modal_with_its_number(
    served: Served, local: LocalSlack, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    view = await opened(local, database)
    assert (await local.submit(KARI, view, {"when": "umulig"}))["response_action"] == "update"
    number = next(record.args[0] for record in caplog.records if record.name == "planvakt.slack" and record.args)
    assert str(number) in shown(view)
    assert "umulig" not in " ".join(record.getMessage() for record in caplog.records)


async def test_a_measure_is_made_of_a_message_and_links_to_it(
    served: Served, local: LocalSlack, database: Database
) -> None:
    said = await local.say(OLA, PLANNING, "Vi må kjøpe\nbøker &amp; hyller, <@U0KARI>!")
    await local.use_shortcut(KARI, "measure_of_message", said)
    view = await local.modal()
    title = next(block for block in view["blocks"] if block["block_id"] == "title")
    assert title["element"]["initial_value"] == "Vi må kjøpe bøker & hyller, @Kari Nordmann!"
    assert await local.submit(KARI, view, {"title": "Kjøpe bøker", "when": "innen 1. mars", "role": "Rektor"}) == {}
    made = named(database, "Kjøpe bøker")
    assert (made.kind, made.responsible) == (Kind.MEASURE, ("Rektor",))
    assert made.comment == f"https://kommunen.slack.com/archives/{PLANNING}/p{said.ts.replace('.', '')}"


async def test_the_shortcut_for_a_new_event_is_answered_directly(
    served: Served, local: LocalSlack, database: Database
) -> None:
    await local.use_shortcut(KARI, "new_item")
    view = await local.modal()
    assert await local.submit(KARI, view, {"title": "Foreldremøte", "when": "14. september kl. 18"}) == {}
    receipt = await local.answer(KARI, "D0KARI")
    assert "Foreldremøte" in receipt.text
    assert named(database, "Foreldremøte").span.start == date(2023, 9, 14)
    assert local.seen_by(KARI, PLANNING) == []


async def test_a_receipt_that_the_channel_does_not_take_comes_directly(
    served: Served, local: LocalSlack, database: Database
) -> None:
    item = await told(local, KARI, "/tiltak", f"vis {named(database, TITLE).key}", ELSEWHERE)
    await local.press(KARI, item, "Flytt")
    assert await local.submit(KARI, await local.modal(), {"when": "14. september"}) == {}
    assert "er flyttet" in (await local.answer(KARI, "D0KARI")).text


async def test_the_digests_settings_are_changed_in_a_form(
    served: Served, local: LocalSlack, database: Database
) -> None:
    digest = await told(local, KARI, "/ukebrev", "")
    await local.press(KARI, digest, "Endre innstillinger")
    view = await local.modal()
    wrong = await local.submit(KARI, view, {"at": "halv syv"})
    assert list(wrong["errors"]) == ["at"]
    assert await local.submit(KARI, view, {"weekday": "4", "at": "07.30", "language": "nn"}) == {}
    kept = database.of(None).digests.subscription(Platform.SLACK, f"T0PLAN:{PLANNING}")
    assert kept is not None
    assert (kept.weekday, kept.at.isoformat("minutes"), kept.language, kept.is_active) == (4, "07:30", "nn", True)


async def test_the_app_is_not_mentioned_by_what_is_typed_into_a_form(
    served: Served, local: LocalSlack, database: Database
) -> None:
    item = await told(local, KARI, "/tiltak", f"vis {named(database, TITLE).key}")
    await local.press(KARI, item, "Flytt")
    sent = await local.submit(KARI, await local.modal(), {"when": f"<@{BOT_USER}> <!channel>"})
    assert sent["response_action"] == "errors"
