"""The local Slack by hand: what can be done over /_control/."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from handlers.slack.blocks import pages
from tests.slack.builders import DONE, a_reply
from tests.slack.local.clock import Clock
from tests.slack.local.control import ControlledSlack
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.views import made
from tests.slack.local.workspace import BOT_USER, Posted
from tests.slack.test_local_delivery import link
from tests.slack.test_local_views import modal


async def test_a_modal_is_sent_by_hand(clock: Clock) -> None:
    slack = ControlledSlack(clock)
    await slack.start()
    slack.workspace.views[KARI] = [made(slack.workspace, modal())]
    values = {"tekst": {"tekst-a": {"type": "plain_text_input", "value": "x"}}, "valg": "Ja"}
    url = f"{slack.root}/_control/view-submit"
    async with aiohttp.ClientSession() as http, http.post(url, json={"user": KARI, "values": values}) as answer:
        assert answer.status == 500, "no app is connected, so the modal is not acknowledged"
    sent = slack.deliveries[-1][0]
    assert sent["view"]["state"]["values"]["tekst"]["tekst-a"]["value"] == "x"
    await slack.stop()


async def test_a_button_is_pressed_by_hand_also_in_what_one_person_alone_sees(clock: Clock) -> None:
    slack = ControlledSlack(clock)
    await slack.start()
    (page,) = pages(a_reply("Fagdag", buttons=(DONE,)))
    blocks = [block.to_dict() for block in page.blocks]
    slack.workspace.messages.append(Posted(PLANNING, "1.2", BOT_USER, page.text, blocks=blocks, only_for=KARI))
    pressed = {"user": KARI, "channel": PLANNING, "messageTs": "1.2", "action": {"action_id": "says:0"}}
    url = f"{slack.root}/_control/interact"
    async with aiohttp.ClientSession() as http, http.post(url, json=pressed) as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": False}), "no app is connected"
    assert slack.deliveries[-1][0]["actions"][0]["value"] == DONE.says
    await slack.stop()


async def test_what_happens_and_what_the_app_may_do_is_told_by_hand(clock: Clock) -> None:
    slack = ControlledSlack(clock)
    await slack.start()
    async with aiohttp.ClientSession() as http:

        async def told(where: str, what: Any) -> tuple[int, Any]:
            async with http.post(f"{slack.root}/_control/{where}", json=what) as answer:
                return answer.status, await answer.json()

        assert await told("happen", {"act": "archive", "user": KARI, "channel": PLANNING}) == (200, {"ok": True})
        assert slack.workspace.channels[PLANNING].is_archived
        assert (await told("happen", {"act": "stop"}))[0] == 400
        assert (await told("happen", {"act": "archive"}))[0] == 400
        assert await told("scopes", ["chat:write"]) == (200, {"ok": True})
        assert slack.workspace.scopes == {"chat:write"}
        socket = await link(slack, http)
        await socket.receive_json()
        await told("disconnect", {"reason": "warning"})
        assert (await socket.receive_json())["reason"] == "warning"
        down = asyncio.create_task(told("disconnect", {"reason": "link_disabled"}))
        assert (await socket.receive_json())["reason"] == "link_disabled"
        await socket.close()
        await down
    await slack.stop()
