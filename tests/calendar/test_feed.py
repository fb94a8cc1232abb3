"""What a phone subscribes to: the plan's own days and words, for who has the address, until there is a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import httpx
import pytest
import vobject

from bot.core import Bot
from bot.messages import Message, Reply, Sender
from bot.model import Entry, Kind, Platform, Precision, Span
from handlers.bootstrap import Installation
from handlers.server import application
from handlers.settings import Settings
from storage.database import Database
from tests.storage.builders import taken_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2023, 9, 20, 10, 0, tzinfo=OSLO)
ADDRESS = "https://planvakt.example.no"
HERE = Message(text="/plan kalender", now=NOW, sender=Sender(platform=Platform.COMMAND_LINE), channel="C1")


def a_span(first: date | None, last: date | None, precision: Precision, text: str, **said: object) -> Span:
    return Span(start=first, end=last, precision=precision, text=text, **said)


ENTRIES = (
    Entry(
        kind=Kind.EVENT,
        title="Fagdag, «lesing»; del 1",
        span=a_span(date(2023, 10, 27), date(2023, 10, 27), Precision.DAY, "27. okt."),
        time_start=time(12),
        time_end=time(15, 30),
        location="Møysalen",
    ),
    Entry(
        kind=Kind.EVENT,
        title="Vintermøte",
        span=a_span(date(2023, 10, 30), date(2023, 10, 30), Precision.DAY, "30. okt."),
        time_start=time(12),
    ),
    Entry(
        kind=Kind.MEASURE,
        title="Kartlegging",
        span=a_span(date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH, "Februar?", uncertain=True),
    ),
    Entry(kind=Kind.MEASURE, title="Rettleiing", span=a_span(None, None, Precision.ONGOING, "Løpande")),
    Entry(
        kind=Kind.EVENT,
        title="BUG",
        span=a_span(date(2023, 10, 26), date(2023, 10, 26), Precision.DAY, "Tirs. 26.", other=date(2023, 10, 24)),
        time_start=time(9),
    ),
    Entry(kind=Kind.GOAL, title="Alle leser", span=a_span(date(2023, 11, 1), date(2023, 11, 1), Precision.DAY, "1.11")),
)


@pytest.fixture
def running(database: Database) -> Installation:
    taken_in(database.of(None), *ENTRIES)
    taken_in(database.of("Havdal"), Entry(kind=Kind.EVENT, title="Hemmelig", span=ENTRIES[0].span), title="Annen plan")
    return Installation(settings=Settings(), database=database, bot=Bot(database, ADDRESS))


def asked(running: Installation, text: str = "/plan kalender", **said: object) -> Reply:
    return running.bot.reply(replace(HERE, text=text, **said))


def address_in(reply: Reply) -> str:
    return next(line for line in reply.text.splitlines() if line.startswith(ADDRESS)).removeprefix(ADDRESS)


async def fetched(running: Installation, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=application(running))
    async with httpx.AsyncClient(transport=transport, base_url="http://planvakt") as client:
        return await client.get(path)


async def test_the_feed_is_a_calendar_to_another_parser_with_the_plans_days_and_words(running: Installation) -> None:
    answer = await fetched(running, address_in(asked(running)))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    events = {event.summary.value: event for event in vobject.readOne(answer.text).vevent_list}
    assert set(events) == {
        "Fagdag, «lesing»; del 1",
        "Vintermøte",
        "Kartlegging (Februar?)",
        "BUG (Tirs. 26.)",
    }
    day = events["Fagdag, «lesing»; del 1"]
    assert (day.dtstart.value, day.dtend.value) == (
        datetime(2023, 10, 27, 12, tzinfo=OSLO),
        datetime(2023, 10, 27, 15, 30, tzinfo=OSLO),
    )
    assert day.location.value == "Møysalen"
    assert "KIBS-1" in day.description.value


async def test_times_keep_the_clock_on_the_wall_on_both_sides_of_the_change(running: Installation) -> None:
    answer = await fetched(running, address_in(asked(running)))
    told = vobject.readOne(answer.text)
    starts = [event.dtstart.value for event in told.vevent_list if isinstance(event.dtstart.value, datetime)]
    assert [(start.hour, start.utcoffset().seconds // 3600) for start in starts] == [(12, 2), (12, 1)]
    assert "TZID:Europe/Oslo" in answer.text


async def test_what_has_no_sure_day_is_there_all_of_its_days_and_no_end_is_made_up(running: Installation) -> None:
    answer = await fetched(running, address_in(asked(running)))
    events = {event.summary.value: event for event in vobject.readOne(answer.text).vevent_list}
    vague, doubtful = events["Kartlegging (Februar?)"], events["BUG (Tirs. 26.)"]
    assert (vague.dtstart.value, vague.dtend.value) == (date(2024, 2, 1), date(2024, 3, 1))
    assert (doubtful.dtstart.value, doubtful.dtend.value) == (date(2023, 10, 24), date(2023, 10, 27))
    assert not hasattr(events["Vintermøte"], "dtend")


async def test_an_old_address_and_a_wrong_one_lead_nowhere(running: Installation) -> None:
    first = address_in(asked(running))
    assert address_in(asked(running)) == first
    second = address_in(asked(running, "/plan kalender ny"))
    number = second.rsplit("/", 1)[1].split("-")[0]
    for gone in (
        first,
        f"/kalender/{number}-.ics",
        f"/kalender/{number}-x.ics",
        "/kalender/99-x.ics",
        "/kalender/%00.ics",
    ):
        assert (await fetched(running, gone)).status_code == 404
    assert (await fetched(running, second)).status_code == 200
    assert asked(running, "/plan kalender av").changes
    assert (await fetched(running, second)).status_code == 404


async def test_a_feed_has_its_own_organisation_and_what_its_channel_follows(running: Installation) -> None:
    theirs = await fetched(running, address_in(asked(running, organisation="Havdal")))
    assert [event.summary.value for event in vobject.readOne(theirs.text).vevent_list] == ["Hemmelig"]
    path = address_in(asked(running))
    taken_in(
        running.database.of(None), Entry(kind=Kind.EVENT, title="Fra SEPU", span=ENTRIES[0].span), title="SEPU 2024"
    )
    assert "Fra SEPU" in (await fetched(running, path)).text
    assert asked(running, "/plan følg KIBS").changes
    assert "Fra SEPU" not in (await fetched(running, path)).text


async def test_a_channels_calendar_has_what_its_digest_is_about_as_long_as_there_is_one(running: Installation) -> None:
    path, own = address_in(asked(running)), address_in(asked(running, channel=None))
    taken_in(
        running.database.of(None),
        Entry(kind=Kind.EVENT, title="Styrermøte", span=ENTRIES[0].span, audience=("styrere",)),
        title="SEPU 2024",
    )

    async def titles(of: str) -> set[str]:
        return {event.summary.value for event in vobject.readOne((await fetched(running, of)).text).vevent_list}

    everything = await titles(path)
    assert asked(running, "/ukebrev her bare for styrerne, ikke i tomme uker").changes
    assert await titles(path) == {"Styrermøte"}
    assert "Den har bare det som gjelder styrerne, som ukebrevet her:" in asked(running).text
    assert asked(running, "/ukebrev her bare KIBS").changes
    assert await titles(path) == everything - {"Styrermøte"}
    assert await titles(own) == everything
    assert asked(running, "/ukebrev av").changes
    assert await titles(path) == everything


def test_a_channels_calendar_is_made_by_who_sets_up_its_digest_and_ones_own_by_oneself(running: Installation) -> None:
    kari = Sender(platform=Platform.COMMAND_LINE, name="Kari")
    refused = asked(running, sender=kari)
    assert (refused.changes, ADDRESS in refused.text) == ((), False)
    own = asked(running, sender=kari, channel=None)
    assert (bool(own.changes), ADDRESS in own.text) == (True, True)
    assert address_in(asked(running, sender=kari, channel=None)) == address_in(own)
    assert address_in(asked(running)) == address_in(asked(running, sender=kari)) != address_in(own)


def test_the_history_tells_of_a_feed_and_never_its_secret(running: Installation) -> None:
    reply = asked(running)
    secret = address_in(reply).rsplit("-", 1)[1].removesuffix(".ics")
    assert [(change.field, change.before, change.after) for change in reply.changes] == [("calendar_feed", None, "on")]
    assert secret not in repr(reply.changes)


def test_without_an_address_there_is_no_calendar_and_that_is_said(database: Database) -> None:
    reply = Bot(database).reply(HERE)
    assert "PLANVAKT_PUBLIC_URL" in reply.text
    assert not reply.changes
