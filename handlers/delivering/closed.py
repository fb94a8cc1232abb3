"""A channel that can no longer be posted in: its plans' owners are told once, each alone."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

from bot.answers.closed_channels import closed_reply, owners_to_tell
from bot.digest import Subscription
from handlers.platform import ChatPlatform, PostingFailed
from storage.database import OrganisationStore

log = logging.getLogger("planvakt.delivering")


async def tell_owners(
    store: OrganisationStore, platform: ChatPlatform, subscription: Subscription, told: tuple[str, datetime]
) -> None:
    """Tell those who own a plan that the channel follows why and when; whoever cannot be told stops no other."""
    fault, now = told
    for account in await asyncio.to_thread(owners_to_tell, store, subscription):
        try:
            await platform.direct(
                account, closed_reply(subscription, fault, now.date()), delivery=f"closed-{subscription.id}"
            )
        except PostingFailed as error:
            log.warning("an owner was not told that channel %s is closed: %s", subscription.id, error.reason)
