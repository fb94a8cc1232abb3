"""Who a command acts for."""

from __future__ import annotations

from bot.history import Author
from bot.messages import Sender
from bot.model import Platform
from bot.ports import Store
from handlers.bootstrap import Installation


def author_of(running: Installation, store: Store, person: str | None) -> Author:
    """Return whom `--as` names; without it the local administrator. Raises NotOne."""
    sender = Sender(platform=Platform.COMMAND_LINE, account=None, name=person)
    return Author(person=store.people.find(sender), platform=sender.platform, at=running.now())
