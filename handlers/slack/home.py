"""The app's Home tab: a person's own measures, the week, what is to be settled, roles and help."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ActionsBlock, Block, DividerBlock, HeaderBlock, MarkdownTextObject, SectionBlock
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import MINE, HomePart, first_words, home_parts
from bot.messages import PartKind, Reply
from bot.model import Language
from handlers.slack.blocks import escape, pages
from handlers.slack.conversation import Workspace, apology, reply_to
from handlers.slack.faults import error_of
from handlers.slack.limits import check_home
from handlers.slack.sending import to_dict
from handlers.slack.translate import NO_TALK, Heard, Pressed

log = logging.getLogger("planvakt.slack")

ROWS = 15
BUTTONS = 10
# Seven answers of these have room in the 100 blocks of a page.
SECTIONS = 11
TOLD = "told"
CONFLICT = "hash_conflict"


async def publish_home(workspace: Workspace, client: AsyncWebClient, user: str, seen: str | None = None) -> None:
    """Show a person's page anew; `seen` is the hash of the view that they have before them."""
    try:
        await _publish(workspace, client, user, seen, None)
    except Exception:  # the outermost edge: nobody has asked, so nobody is told
        log.exception("the Home tab was not published")


async def press_home(workspace: Workspace, client: AsyncWebClient, body: Mapping[str, Any]) -> None:
    """Do what a press in the Home tab says, and tell it at the top of the page, which is shown anew."""
    heard = heard_at_home(str(body["user"]["id"]), str(body["actions"][0].get("value") or ""))
    try:
        try:
            _, told = await reply_to(workspace, client, heard)
        except Exception:  # what was pressed has an answer, whatever happens
            told, _ = await apology(workspace, heard)
        await _publish(workspace, client, heard.user, (body.get("view") or {}).get("hash"), told)
    except Exception:  # the outermost edge: what was pressed is done, and the next opening shows it
        log.exception("the Home tab was not published")


def heard_at_home(user: str, text: str) -> Heard:
    """What is said in a person's own Home tab: nobody reads along, and it is no talk of its own in Slack."""
    return Heard(user=user, text=text, channel=f"{NO_TALK}home-{user}", pressed=Pressed())


async def _publish(
    workspace: Workspace, client: AsyncWebClient, user: str, seen: str | None, told: Reply | None
) -> None:
    """Publish; where another has come in between, it is read anew and published once more."""
    try:
        await _publish_once(workspace, client, user, seen, told)
    except SlackApiError as error:
        if error_of(error) != CONFLICT:
            raise
        await _publish_once(workspace, client, user, None, told)


async def _publish_once(
    workspace: Workspace, client: AsyncWebClient, user: str, seen: str | None, told: Reply | None
) -> None:
    parts = home_parts(told.language if told else Language.NB)
    replies = [(await reply_to(workspace, client, heard_at_home(user, part.says)))[1] for part in parts]
    language = replies[0].language  # that of what is asked, or the one that the person has chosen
    answers = list(zip(home_parts(language), replies, strict=True))
    blocks = list(home_blocks(answers, told, language))
    check_home([to_dict(block) for block in blocks])
    await client.views_publish(user_id=user, view=View(type="home", blocks=blocks), hash=seen)


def home_blocks(answers: list[tuple[HomePart, Reply]], told: Reply | None, language: Language) -> Iterator[Block]:
    """The page: what was just done, what somebody new does first, and then each part."""
    if told is not None:
        yield from _blocks(told, TOLD)
        yield DividerBlock()
    if any(part.name == MINE and not reply.items for part, reply in answers):
        yield SectionBlock(text=MarkdownTextObject(text=escape(first_words(language)), verbatim=True))
    for part, reply in answers:
        if reply.buttons or not part.only_with_buttons:
            yield HeaderBlock(text=part.title)
            yield from _blocks(reply, part.name)


def _blocks(reply: Reply, name: str) -> Iterator[Block]:
    """An answer's first rows, with its buttons; no form opens here, so a button says what it says."""
    rows = [at for at, part in enumerate(reply.parts) if part.kind is PartKind.ROW]
    parts = reply.parts[: rows[ROWS]] if len(rows) > ROWS else reply.parts
    buttons = tuple(replace(button, form=None) for button in reply.buttons[:BUTTONS])
    (first, *_) = pages(replace(reply, parts=parts, buttons=buttons))
    shown = [block for block in first.blocks if not isinstance(block, ActionsBlock)][:SECTIONS]
    pressed = [block for block in first.blocks if isinstance(block, ActionsBlock)]
    yield from shown
    for block in pressed:
        block.block_id = name
        yield block
