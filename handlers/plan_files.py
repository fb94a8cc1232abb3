"""A plan that somebody shares in a chat: read beside everything else, and previewed by the core."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.documents.document import LARGEST
from bot.errors import BadFile
from bot.messages import Message, Reply
from bot.model import ProposedPlan
from bot.render import render_error
from handlers.platform import Answers
from handlers.reading_child import read_in_child

__all__ = ["AT_ONCE", "LARGEST", "LONGEST_NAME", "SECONDS_BEFORE_PROGRESS", "preview"]

# What takes longer is told of while it is under way.
SECONDS_BEFORE_PROGRESS = 2.0
# As many files are read at once as children are: more would only wait, each with a thread of the pool that answers.
AT_ONCE = 2
LONGEST_NAME = 200


async def preview(
    bot: Answers, message: Message, content: bytes, name: str, found: Callable[[ProposedPlan], None] = lambda _: None
) -> Reply:
    """Return the preview of the plan in a file, or the sentence that says why it cannot be read.

    Whether the sender may read plans in has been asked before the bytes were fetched. `found` is told what the file
    holds as soon as it is known.
    """
    try:
        proposed = await asyncio.to_thread(read_in_child, content, name)
    except BadFile as error:
        return render_error(error, await asyncio.to_thread(bot.language, message), message.now.date())
    found(proposed)
    return await asyncio.to_thread(bot.read_in, message, proposed)
