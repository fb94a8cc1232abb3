"""The local Slack by hand: that a modal can be sent over /_control/."""

from __future__ import annotations

import aiohttp

from tests.slack.local.clock import Clock
from tests.slack.local.control import ControlledSlack
from tests.slack.local.people import KARI
from tests.slack.local.views import made
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
