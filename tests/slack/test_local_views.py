"""The local Slack's modals and App Home: that they are refused, stacked and answered as in Slack."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.local import workspace as names
from tests.slack.local.elements import NotSent
from tests.slack.local.people import KARI
from tests.slack.local.server import LocalSlack


def words(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def field(name: str, element: dict[str, Any], **others: Any) -> dict[str, Any]:
    element = {"action_id": f"{name}-a", **element}
    return {"type": "input", "block_id": name, "label": words(name.title()), "element": element, **others}


OPTIONS = [{"text": words(one.title()), "value": one} for one in ("ja", "nei")]
FIELDS = [
    field("tekst", {"type": "plain_text_input", "max_length": 10}),
    field("valg", {"type": "static_select", "options": OPTIONS}),
    field("dato", {"type": "datepicker", "initial_date": "2023-09-01"}),
    field("tid", {"type": "timepicker"}, optional=True),
    field("flere", {"type": "checkboxes", "options": OPTIONS}, optional=True),
    field("ett", {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[0]}),
    field("lenke", {"type": "url_text_input"}, optional=True),
    {"type": "actions", "elements": [{"type": "button", "action_id": "mer", "text": words("Mer")}]},
]


def modal(**others: Any) -> dict[str, Any]:
    return {"type": "modal", "title": words("Tiltak"), "submit": words("Lagre"), "blocks": FIELDS, **others}


@pytest.fixture
async def client(local: LocalSlack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(names.BOT_TOKEN, base_url=local.api_url, session=session, retry_handlers=[])


@pytest.fixture
async def app(local: LocalSlack) -> AsyncIterator[list[Any]]:
    """An app that hears everything, and answers with what is put first in the list."""
    kept: list[Any] = [""]

    async def hear(request: web.Request) -> web.Response:
        kept.append(json.loads((await request.post())["payload"]))
        return web.json_response(kept[0]) if kept[0] else web.Response()

    served = web.Application()
    served.router.add_post("/slack/events", hear)
    runner = web.AppRunner(served, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    local.deliver_to(f"http://{host}:{port}/slack/events")
    yield kept
    await runner.cleanup()


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as found:
        await call
    return str(found.value.response["error"])


async def opened(local: LocalSlack, client: AsyncWebClient, **others: Any) -> dict[str, Any]:
    trigger = local.workspace.issue_trigger(KARI)
    return dict((await client.views_open(trigger_id=trigger, view=modal(**others)))["view"])


async def test_a_modal_is_filled_in_and_sent(local: LocalSlack, client: AsyncWebClient, app: list[Any]) -> None:
    await opened(local, client, callback_id="lagre", private_metadata="KIBS-1")
    await local.submit(KARI, local.top(KARI), {"Tekst": "hei", "Valg": "Nei", "flere": ["Ja"]})
    sent = app[-1]
    values = sent["view"]["state"]["values"]
    assert (sent["type"], sent["view"]["callback_id"], sent["view"]["private_metadata"]) == (
        "view_submission",
        "lagre",
        "KIBS-1",
    )
    assert values["tekst"]["tekst-a"] == {"type": "plain_text_input", "value": "hei"}
    assert values["valg"]["valg-a"]["selected_option"]["value"] == "nei"
    assert values["dato"]["dato-a"]["selected_date"] == "2023-09-01"
    assert values["flere"]["flere-a"]["selected_options"] == OPTIONS[:1]
    assert values["tid"]["tid-a"] == {"type": "timepicker", "selected_time": None}
    assert local.modals(KARI) == []


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"Tekst": "for mange tegn"},
        {"Tekst": "x", "Valg": "Kanskje"},
        {"Tekst": "x", "Valg": "Ja", "Dato": "1. mai"},
        {"Tekst": "x", "Valg": "Ja", "Lenke": "nrk"},
        {"Tekst": "x", "Valg": "Ja", "Ukjent": "x"},
    ],
)
async def test_slack_stops_what_the_fields_do_not_take(
    local: LocalSlack, client: AsyncWebClient, app: list[Any], values: dict[str, Any]
) -> None:
    await opened(local, client)
    with pytest.raises(NotSent):
        await local.submit(KARI, local.top(KARI), values)
    assert app == [""]


async def test_the_app_answers_with_errors_another_modal_or_none(
    local: LocalSlack, client: AsyncWebClient, app: list[Any]
) -> None:
    await opened(local, client)
    filled = {"Tekst": "x", "Valg": "Ja"}
    app[0] = {"response_action": "errors", "errors": {"dato": "For tidlig"}}
    await local.submit(KARI, local.top(KARI), filled)
    assert local.errors(KARI) == {"dato": "For tidlig"}
    app[0] = {"response_action": "update", "view": modal(title=words("Kvittering"))}
    await local.submit(KARI, local.top(KARI), filled)
    assert (local.top(KARI)["title"]["text"], local.errors(KARI)) == ("Kvittering", {})
    app[0] = {"response_action": "push", "view": modal()}
    await local.submit(KARI, local.top(KARI), filled)
    assert len(local.modals(KARI)) == 2
    app[0] = {"response_action": "clear"}
    await local.submit(KARI, local.top(KARI), filled)
    assert local.modals(KARI) == []


async def test_three_modals_lie_on_each_other_and_no_more(local: LocalSlack, client: AsyncWebClient) -> None:
    first = await opened(local, client)

    async def push() -> Any:
        return await client.views_push(trigger_id=local.workspace.issue_trigger(KARI), view=modal())

    second = (await push())["view"]
    await push()
    assert (second["root_view_id"], second["previous_view_id"]) == (first["id"], first["id"])
    assert await refused(push()) == "push_limit_reached"


async def test_a_modal_is_updated_by_its_hash(local: LocalSlack, client: AsyncWebClient) -> None:
    first = await opened(local, client)
    await client.views_update(view_id=first["id"], hash=first["hash"], view=modal())
    stale = client.views_update(view_id=first["id"], hash=first["hash"], view=modal())
    assert await refused(stale) == "hash_conflict"
    assert await refused(client.views_update(view_id="V0", view=modal())) == "not_found"


async def test_a_trigger_opens_one_modal_in_three_seconds(local: LocalSlack, client: AsyncWebClient) -> None:
    once, late = local.workspace.issue_trigger(KARI), local.workspace.issue_trigger(KARI)
    await client.views_open(trigger_id=once, view=modal())
    assert await refused(client.views_open(trigger_id=once, view=modal())) == "exchanged_trigger_id"
    local.clock.move(4)
    assert await refused(client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"


@pytest.mark.parametrize(
    ("others", "error"),
    [
        ({"title": words("x" * 25)}, "invalid_arguments"),
        ({"submit": None}, "invalid_arguments"),
        ({"private_metadata": "x" * 3001}, "invalid_arguments"),
        ({"blocks": []}, "invalid_arguments"),
        ({"blocks": [{"type": "divider"}] * 101}, "invalid_arguments"),
        ({"blocks": [field("a", {"type": "static_select", "options": OPTIONS * 51})]}, "invalid_arguments"),
        ({"blocks": [field("a", {"type": "datepicker", "initial_date": "1. mai"})]}, "invalid_arguments"),
        ({"blocks": [field("a", {"type": "slider"})]}, "invalid_arguments"),
        (
            {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "ø" * 3000}}] * 50},
            "view_too_large",
        ),
    ],
)
async def test_views_are_refused_with_slacks_codes(
    local: LocalSlack, client: AsyncWebClient, others: dict[str, Any], error: str
) -> None:
    trigger = local.workspace.issue_trigger(KARI)
    assert await refused(client.views_open(trigger_id=trigger, view=modal(**others))) == error
    assert local.workspace.triggers[trigger] is not None


async def test_closing_is_told_only_where_it_was_asked_for(
    local: LocalSlack, client: AsyncWebClient, app: list[Any]
) -> None:
    await opened(local, client)
    assert await local.close_view(KARI) is None
    await opened(local, client, notify_on_close=True)
    await local.close_view(KARI)
    assert (app[-1]["type"], app[-1]["is_cleared"], local.modals(KARI)) == ("view_closed", False, [])


Act = Callable[[LocalSlack], Any]


async def test_presses_and_shortcuts_come_with_what_they_were_made_in(
    local: LocalSlack, client: AsyncWebClient, app: list[Any]
) -> None:
    await opened(local, client)
    await local.press_in_modal(KARI, "Mer")
    assert (app[-1]["container"]["type"], app[-1]["view"]["type"]) == ("view", "modal")
    await client.views_publish(user_id=KARI, view={"type": "home", "blocks": FIELDS[-1:]})
    await local.press_home(KARI, "Mer")
    assert (app[-1]["view"]["type"], app[-1]["actions"][0]["action_id"]) == ("home", "mer")
    menu = {"type": "overflow", "action_id": "meny", "options": OPTIONS}
    section = {"type": "section", "text": words("Fagdag"), "accessory": menu}
    told = await client.chat_postMessage(channel="D0KARI", text="Fagdag", blocks=[section])
    posted = local.workspace.find("D0KARI", told["ts"])
    await local.choose(KARI, posted, "meny", "Nei")
    assert app[-1]["actions"][0]["selected_option"]["value"] == "nei"
    await local.shortcut(KARI, "nytt")
    assert (app[-1]["type"], app[-1]["callback_id"]) == ("shortcut", "nytt")
    await client.views_open(trigger_id=app[-1]["trigger_id"], view=modal())
    await local.message_shortcut(KARI, posted, "av-melding")
    assert (app[-1]["type"], app[-1]["message"]["ts"]) == ("message_action", posted.ts)
