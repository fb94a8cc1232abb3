"""Addresses of items in Slack: shown to the plans' own people, and a page that tells a stranger nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from starlette.applications import Starlette

from bot.core import Bot
from bot.messages import Message, Sender
from bot.model import Platform, Status
from handlers.bootstrap import Installation
from handlers.server import application
from handlers.settings import Settings
from handlers.slack.links import key_in, shared_links
from handlers.slack.serving import slack
from storage.database import Database
from tests.slack.conftest import START, all_done, listening, settings_for, until
from tests.slack.databases import DATABASES
from tests.slack.local.people import KARI, OLA, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.unfurls import link_event, press_below
from tests.slack.local.workspace import Posted
from tests.slack.test_story import command, database, status

__all__ = ["database"]
ADDRESS = "https://plan.kommunen.no"
DIRECT = "D0KARI"


@pytest.fixture
def url(database: Database) -> str:
    (item,) = database.of(None).plans.book().items
    return f"{ADDRESS}/p/{item.key}"


@pytest.fixture
async def served(local: LocalSlack, database: Database) -> AsyncIterator[LocalSlack]:
    settings = settings_for(local, "http", public_url=ADDRESS)
    async with (
        slack(settings, Bot(database, ADDRESS), local.clock.now, DATABASES[local]) as found,
        listening(Starlette(routes=list(found.routes))) as address,
    ):
        local.deliver_to(f"{address}/slack/events")
        yield local


async def shared(local: LocalSlack, url: str, user: str = KARI, **told: Any) -> Posted:
    """Somebody writes an address in the channel, and Slack tells of it."""
    posted = Posted(PLANNING, local.workspace.ts(), user, f"Se <{url}>")
    local.workspace.messages.append(posted)
    event = local.event(link_event(posted, told.pop("source", "conversations_history")))
    assert (await local.bring("events_api", event | told)).is_acknowledged
    return posted


async def below(local: LocalSlack, posted: Posted, url: str) -> dict[str, Any]:
    await until(lambda: url in local.workspace.unfurls.get((posted.channel, posted.ts), {}))
    return local.workspace.unfurls[posted.channel, posted.ts][url]


async def nothing_more_is_shown(local: LocalSlack) -> None:
    await all_done(local)
    assert local.workspace.unfurls == {}
    assert local.api.called("chat.unfurl") == []


async def test_an_address_shows_what_the_item_is_and_how_far_it_has_come(served: LocalSlack, url: str) -> None:
    shown = await below(served, await shared(served, url), url)
    words = shown["fallback"]
    for told in ("Møte i Kompetanseplan", "Når: Tors. 7. september", "Status: åpen", "Programleiar (ingen har rolla"):
        assert told.casefold().replace("rolla", "roll") in words.casefold().replace("rollen", "roll")
    assert "<!channel>" not in str(shown)
    assert "&lt;!channel&gt;" in words


async def test_a_press_there_is_asked_for_permission_and_shown_to_all(
    served: LocalSlack, database: Database, url: str
) -> None:
    posted = await shared(served, url)
    await below(served, posted, url)
    told = press_below(served.workspace, OLA, posted, url, "Ferdig")
    assert (await served.bring("interactive", told)).is_acknowledged
    refusal = await served.answer(OLA, PLANNING)
    assert (refusal.only_for, status(database)) == (OLA, Status.OPEN)
    assert "Programleiar" in refusal.text
    told = press_below(served.workspace, KARI, posted, url, "Ferdig")
    assert (await served.bring("interactive", told)).is_acknowledged
    await until(lambda: "Status: ferdig" in served.workspace.unfurls[PLANNING, posted.ts][url]["fallback"])
    assert status(database) is Status.DONE
    assert posted.edits == 0


async def test_a_wrong_key_an_outsider_and_a_shared_channel_see_nothing(
    served: LocalSlack, database: Database, url: str
) -> None:
    await shared(served, f"{ADDRESS}/p/KIBS-99")
    await shared(served, f"{ADDRESS}/p/..%2F..%2Fhealthz")
    await shared(served, url.replace("plan.kommunen.no", "plan.annen.no"))
    await shared(served, url, is_ext_shared_channel=True)
    await shared(served, url, team_id="T0OTHER")
    await shared(served, url, source="composer")
    served.workspace.users[OLA].is_restricted = True
    await shared(served, url, user=OLA)
    await nothing_more_is_shown(served)


async def test_a_missing_scope_harms_no_answer(served: LocalSlack, url: str) -> None:
    served.workspace.scopes.discard("links:write")
    await shared(served, url)
    await served.say(KARI, DIRECT, "hei")
    await served.answer(KARI, DIRECT)
    await all_done(served)
    assert len(served.api.called("chat.unfurl")) == 1
    assert served.workspace.unfurls == {}


async def test_what_is_shown_of_an_item_has_its_address(served: LocalSlack, url: str) -> None:
    answer = await command(served, KARI, "/tiltak", f"vis {url.rpartition('/')[2]}")
    assert f"Adresse: {url}" in answer.text


@pytest.mark.parametrize(
    ("url", "address", "key"),
    [
        ("https://plan.no/p/KIBS-1", "https://plan.no", "KIBS-1"),
        ("https://plan.no/p/KIBS-1/", "https://plan.no", "KIBS-1"),
        ("https://plan.no/p/%C3%85RS-1?x=1", "https://plan.no", "ÅRS-1"),
        ("https://plan.no/planvakt/p/KIBS-1", "https://plan.no/planvakt", "KIBS-1"),
        ("http://plan.no/p/KIBS-1", "https://plan.no", None),
        ("https://plan.no/p/KIBS-1/mer", "https://plan.no", None),
        ("https://plan.no/p/", "https://plan.no", None),
        ("https://plan.no.evil.no/p/KIBS-1", "https://plan.no", None),
        ("https://plan.no/p/KIBS-1", None, None),
        ("https://plan.no:99999/p/KIBS-1", "https://plan.no", None),
        ("https://[plan.no/p/KIBS-1", "https://plan.no", None),
    ],
)
def test_only_addresses_of_ours_lead_to_an_item(url: str, address: str | None, key: str | None) -> None:
    assert key_in(url, address) == key


def test_where_slack_does_not_say_who_reads_along_nothing_is_shown() -> None:
    event = {"user": "U1", "channel": "C1", "message_ts": "1.2", "links": [{"url": "https://plan.no/p/KIBS-1"}]}
    known = {"team_id": "T1", "event": event, "is_ext_shared_channel": False}
    assert shared_links(known, "https://plan.no", "T1") is not None
    for other in ({"is_ext_shared_channel": None}, {"team_id": "T2"}, {"authorizations": [{"team_id": "T2"}]}):
        assert shared_links({**known, **other}, "https://plan.no", "T1") is None


def test_a_card_is_of_ones_own_organisation(database: Database) -> None:
    (item,) = database.of(None).plans.book().items
    sender = Sender(platform=Platform.SLACK, account="T0PLAN:U0KARI", name="Kari")
    message = Message(text="", now=START, sender=sender)
    assert Bot(database).card(message, item.key) is not None
    assert Bot(database).card(Message(text="", now=START, sender=sender, organisation="Annen"), item.key) is None


@pytest.mark.parametrize(
    ("accepts", "words"), [("nb", "Åpne"), ("nn-NO,nb;q=0.8", "Opne"), ("en-GB", "Open"), ("", "Åpne")]
)
async def test_the_page_is_the_same_for_every_key(database: Database, accepts: str, words: str, url: str) -> None:
    app = application(Installation(settings=Settings(), database=database, bot=Bot(database)))
    pages = []
    async with listening(app) as address, aiohttp.ClientSession(headers={"accept-language": accepts}) as session:
        for path in (url.removeprefix(ADDRESS), "/p/X-1"):
            async with session.get(f"{address}{path}") as told:
                pages.append((told.status, await told.text(), told.headers["content-security-policy"]))
    assert pages[0] == pages[1]
    assert pages[0][0] == 200
    assert f"{words} Slack" in pages[0][1]
    assert "Fagdag" not in pages[0][1]
    assert "default-src 'none'" in pages[0][2]
