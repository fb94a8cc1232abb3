"""Slack's own examples: what the local Slack sends has all that they have, and Planvakt bears each of them.

`documented/` has a file a payload, typed from the page that `source` names, with ids and words of ours; `sometimes` are
the fields that the page says are there only now and then, or for an image, or in a whole organisation.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from storage.inbox import Inbox
from tests.slack.builders import planner
from tests.slack.conftest import Scripted, serving, until
from tests.slack.local import workspace as names
from tests.slack.local.groups import Group
from tests.slack.local.people import KARI, OLA, PLANNING
from tests.slack.local.server import LocalSlack
from tests.slack.local.views import made
from tests.slack.local.workspace import Posted
from tests.slack.test_local_answers import ADDRESS, MEASURE
from tests.slack.test_local_delivery import answering, link
from tests.slack.test_local_views import modal, words

DOCUMENTED = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "documented").glob("*.json"))
}
# After these there is nobody to answer.
LEAVING = ("app_uninstalled", "tokens_revoked")
BROUGHT = [name for name, told in DOCUMENTED.items() if told["kind"] != "socket" and name not in LEAVING]
# What is in these is the app's own, or told elsewhere.
OPAQUE = {"blocks", "values", "payload"}
EVENTS = ("member_joined_channel", "channel_left", "channel_archive", "channel_rename", "subteam_members_changed")
EVENTS += ("link_shared", "entity_details_requested", "app_context_changed", "agent_session_stopped")

Act = Callable[[LocalSlack], Awaitable[object]]


def lacking(documented: Any, sent: Any, sometimes: set[str], at: str = "") -> Iterator[str]:
    """Where what is sent has not what is documented, or has it as another type."""
    if at in sometimes or documented is None:
        return
    if type(documented) is not type(sent):
        yield f"{at}: {type(sent).__name__}, not {type(documented).__name__}"
    elif isinstance(documented, list) and documented:
        yield from lacking(documented[0], sent[0], sometimes, f"{at}.0") if sent else [f"{at} is empty"]
    elif isinstance(documented, dict):
        for key, value in documented.items():
            path = f"{at}.{key}".lstrip(".")
            if key not in sent and path not in sometimes:
                yield f"{path} is missing"
            elif key in sent and key not in OPAQUE:
                yield from lacking(value, sent[key], sometimes, path)


def shown(local: LocalSlack) -> Posted:
    """A message of the app's with a button."""
    button = {"type": "button", "action_id": "done", "value": "x", "text": words("Ferdig")}
    row = {"type": "actions", "block_id": "b1", "elements": [button]}
    posted = Posted(PLANNING, local.workspace.ts(), names.BOT_USER, "Uke 36", [row])
    local.workspace.messages.append(posted)
    return posted


def opened(local: LocalSlack) -> dict[str, Any]:
    """A modal that Kari has open."""
    fields = [*modal()["blocks"], {"type": "input", "block_id": "søk", "label": words("Søk"), "element": SEARCH}]
    view = made(local.workspace, modal(notify_on_close=True, blocks=fields))
    local.workspace.views[KARI] = [view]
    return view


SEARCH = {"type": "external_select", "action_id": "søk"}


def published(local: LocalSlack) -> None:
    button = {"type": "button", "action_id": "mer", "text": words("Mer")}
    view = {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}
    local.workspace.homes[KARI] = made(local.workspace, view)


async def share(local: LocalSlack, **how: Any) -> None:
    await local.share(KARI, "D0KARI", [local.files.upload(KARI, "bilde.png", b"png", **how)])


async def open_home(local: LocalSlack) -> None:
    published(local)
    await local.open_home(KARI)


async def press_home(local: LocalSlack) -> None:
    published(local)
    await local.press_home(KARI, "Mer")


async def press_in_modal(local: LocalSlack) -> None:
    opened(local)
    await local.press_in_modal(KARI, "Mer")


async def submit(local: LocalSlack) -> None:
    await local.submit(KARI, opened(local), {"Tekst": "x", "Valg": "Ja", "Søk": {"selected_option": {"value": "x"}}})


async def close(local: LocalSlack) -> None:
    opened(local)
    await local.close_view(KARI)


async def suggest(local: LocalSlack) -> None:
    opened(local)
    await local.suggest(KARI, "søk", "fag")


async def change_group(local: LocalSlack) -> None:
    local.workspace.groups["S01"] = Group("S01", "rektor", "Rektorer", [OLA])
    await local.change_group("S01", [KARI], [OLA])


async def open_details(local: LocalSlack) -> None:
    posted = await local.say(OLA, PLANNING, ADDRESS)
    entity = MEASURE | {"external_ref": {"id": "KIBS-1", "type": "tiltak"}}
    local.workspace.unfurls[posted.channel, posted.ts] = {ADDRESS: entity}
    await local.open_details(KARI, posted, ADDRESS)


async def stop(local: LocalSlack) -> None:
    asked = Posted("D0KARI", local.workspace.ts(), KARI, "hei")
    grows = Posted("D0KARI", local.workspace.ts(), names.BOT_USER, "Uke", thread_ts=asked.ts)
    local.workspace.messages += [asked, grows]
    local.workspace.streams[grows.ts] = local.clock.seconds() + 60
    await local.stop_session(KARI, "D0KARI", asked.ts)


async def revoke(local: LocalSlack) -> None:
    """The tokens go first, and then the app is told both."""
    await local.uninstall()


async def uninstall(local: LocalSlack) -> None:
    await local.bring("events_api", await local.uninstall(told=False))


async def limit(local: LocalSlack) -> None:
    local.health.most = 0
    await local.say(KARI, "D0KARI", "hei")


ACTS: dict[str, Act] = {
    "app_mention": lambda local: local.say(KARI, PLANNING, f"<@{names.BOT_USER}> hei"),
    "message.im": lambda local: local.say(KARI, "D0KARI", "hei"),
    "message.file_share": share,
    "message.file_check": lambda local: share(local, is_stub=True),
    "app_home_opened": open_home,
    "app_home_opened.messages": lambda local: local.open_home(KARI, "messages"),
    "link_shared": lambda local: local.say(KARI, PLANNING, ADDRESS),
    "entity_details_requested": open_details,
    "app_context_changed": lambda local: local.look_at(KARI, PLANNING),
    "agent_session_stopped": stop,
    "app_uninstalled": uninstall,
    "tokens_revoked": revoke,
    "subteam_members_changed": change_group,
    "member_joined_channel": lambda local: local.invite_app(KARI, PLANNING),
    "channel_left": lambda local: local.put_out_app(KARI, PLANNING),
    "channel_archive": lambda local: local.archive(KARI, PLANNING),
    "channel_rename": lambda local: local.rename(PLANNING, "planer"),
    "app_rate_limited": limit,
    "slash_command": lambda local: local.command(KARI, PLANNING, "/plan", "uke 36"),
    "block_actions.message": lambda local: local.press(KARI, shown(local), "Ferdig"),
    "block_actions.modal": press_in_modal,
    "block_actions.home": press_home,
    "view_submission": submit,
    "view_closed": close,
    "shortcut": lambda local: local.shortcut(KARI, "new_item"),
    "message_action": lambda local: local.message_shortcut(KARI, shown(local), "measure_of_message"),
    "block_suggestion": suggest,
}


@pytest.mark.parametrize("name", ACTS)
async def test_what_the_local_slack_sends_has_all_that_slack_documents(local: LocalSlack, name: str) -> None:
    local.events |= set(EVENTS)
    local.unfurl_domains = ("example.no",)
    async with answering(local, [web.Response()]):
        await ACTS[name](local)
    told = DOCUMENTED[name]
    assert list(lacking(told["payload"], local.deliveries[-1][0], set(told.get("sometimes", ())))) == []


async def test_what_comes_through_a_socket_has_all_that_slack_documents(local: LocalSlack) -> None:
    heard: dict[str, Any] = {}
    async with aiohttp.ClientSession() as http:
        socket = await link(local, http)
        heard["socket.hello"] = await socket.receive_json()
        await local.socket.warn()
        heard["socket.warning"] = await socket.receive_json()
        for kind in ("events_api", "slash_commands", "interactive"):
            local.socket.seconds = 0.05
            await local.socket.bring(kind, {"type": "x"})
            heard[f"socket.{kind}"] = await socket.receive_json()
        await socket.close()
    faults = {name: list(lacking(DOCUMENTED[name]["payload"], sent, set())) for name, sent in heard.items()}
    assert faults == {name: [] for name in heard}
    assert set(heard) == set(DOCUMENTED) - {*BROUGHT, *LEAVING}


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_planvakt_bears_all_that_slack_documents(
    local: LocalSlack, inbox: Inbox, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    caplog.set_level(logging.INFO)
    answered: dict[str, Any] = {}
    async with serving(local, Scripted(planner), way):
        for name in (*BROUGHT, *LEAVING):
            if name == LEAVING[0]:
                await until(lambda: bool(local.modals(KARI)))  # a shortcut has opened its form
                await until(lambda: bool(local.seen_by(KARI, PLANNING) and local.seen_by(KARI, "D0KARI")))
            payload = here(local, DOCUMENTED[name]["payload"])
            answered[name] = await local.bring(DOCUMENTED[name]["kind"], payload)
    assert {name: told.status for name, told in answered.items()} == dict.fromkeys((*BROUGHT, *LEAVING), 200)
    if way == "http":
        challenge = DOCUMENTED["url_verification"]["payload"]["challenge"]
        assert challenge in answered["url_verification"].body
    warned = [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]
    assert [one for one in warned if "has uninstalled us" not in one] == []
    assert inbox.dead_letters() == ()


def here(local: LocalSlack, payload: dict[str, Any]) -> dict[str, Any]:
    """With the addresses and triggers of this Slack."""
    own: dict[str, Any] = {}
    if "response_url" in payload:
        own["response_url"] = local.response_url(PLANNING, KARI)
    if "trigger_id" in payload:
        own["trigger_id"] = local.workspace.issue_trigger(KARI)
    return payload | own
