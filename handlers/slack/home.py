"""The app's Home tab: what one can ask."""

from __future__ import annotations

import logging
from dataclasses import replace

from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.blocks import pages
from handlers.slack.conversation import Workspace, reply_to
from handlers.slack.limits import check_home
from handlers.slack.sending import to_dict
from handlers.slack.translate import HELP, Heard

log = logging.getLogger("planvakt.slack")


async def publish_home(workspace: Workspace, client: AsyncWebClient, user: str) -> None:
    """Show the help that a person would get by asking for it; a press there has no message to answer in."""
    try:
        _, reply = await reply_to(workspace, client, Heard(user=user, text=HELP, channel=f"D-home-{user}"))
        (first, *_) = pages(replace(reply, buttons=()))
        check_home([to_dict(block) for block in first.blocks])
        await client.views_publish(user_id=user, view=View(type="home", blocks=list(first.blocks)))
    except Exception:  # the outermost edge: nobody has asked, so nobody is told
        log.exception("the Home tab was not published")
