"""Answers that others read too: what was done by a press there is told below, and when it is undone, no longer."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Protocol

from slack_sdk.models.blocks import ActionsBlock, Block

from bot.errors import PlanvaktError
from bot.messages import Sender
from bot.model import Platform
from handlers.slack.blocks import Page, with_line
from handlers.slack.sending import to_dict

log = logging.getLogger("planvakt.slack")

Place = tuple[str, str]


class Memory(Protocol):
    """What is kept of conversations: for a day, and by all our processes."""

    def recall(self, conversation: str, now: datetime) -> str | None: ...

    def remember(self, conversation: str, what: str, now: datetime, sender: Sender | None = None) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a press did: `undo` is what is said to take it back, `row` and `button` where it was pressed."""

    undo: str
    row: str
    button: str
    line: str | None


@dataclass(slots=True)
class _Shared:
    """A message as it was before anybody pressed anything, and all that has been done by presses in it."""

    whole: Page
    done: list[Done] = field(default_factory=list)

    @property
    def page(self) -> Page:
        blocks = tuple(left for block in self.whole.blocks if (left := self._left(block)) is not None)
        page = Page(text=self.whole.text, blocks=blocks)
        for one in self.done:
            page = with_line(page, one.line) if one.line else page
        return page

    def _left(self, block: Block) -> Block | None:
        """A block without the buttons that have done their work; None where nothing is left of it."""
        gone = {one.button for one in self.done if one.row == block.block_id}
        if not isinstance(block, ActionsBlock) or not gone:
            return block
        elements = [one.to_dict() for one in block.elements if getattr(one, "action_id", None) not in gone]
        return ActionsBlock(block_id=block.block_id, elements=elements) if elements else None

    def as_text(self) -> str:
        blocks = [to_dict(block) for block in self.whole.blocks]
        done = [asdict(one) for one in self.done]
        return json.dumps({"text": self.whole.text, "blocks": blocks, "done": done}, ensure_ascii=False)

    @classmethod
    def of_text(cls, text: str) -> _Shared:
        kept: dict[str, Any] = json.loads(text)
        whole = Page(text=kept["text"], blocks=tuple(Block.parse_all(kept["blocks"])))
        return cls(whole, [Done(**one) for one in kept["done"]])


class SharedAnswers:
    """The messages of one workspace in which something was done, by channel and message.

    They are kept as conversations are, so another process can put one back, and for as long. What is forgotten by
    then, or cannot be read or kept just now, is left as it stands.
    """

    def __init__(self, team: str, memory: Callable[[], Memory], now: Callable[[], datetime]) -> None:
        self._team = team
        self._memory = memory
        self._now = now
        self._one_by_one = asyncio.Lock()

    async def done(self, place: Place, whole: Page, what: Done, user: str) -> Page:
        """Return a message as it is to be when a user has done that; `whole` is what stood there just before."""
        async with self._one_by_one:
            try:
                return await asyncio.to_thread(self._done, place, whole, what, user)
            except PlanvaktError as error:
                log.warning("that something was done in a message is not kept: %s", error.template)
                return _Shared(whole, [what]).page

    async def undone(self, undo: str) -> tuple[Place, Page] | None:
        """Return which message is to be otherwise now that this has been taken back; None where none is."""
        async with self._one_by_one:
            try:
                return await asyncio.to_thread(self._undone, undo)
            except PlanvaktError as error:
                log.warning("a message is not as it was: %s", error.template)
                return None

    def _done(self, place: Place, whole: Page, what: Done, user: str) -> Page:
        memory, now = self._memory(), self._now()
        shared = self._recalled(memory, place) or _Shared(whole)
        if all((one.row, one.button) != (what.row, what.button) for one in shared.done):
            shared.done.append(what)
        by = Sender(platform=Platform.SLACK, account=f"{self._team}:{user}")
        memory.remember(self._message(place), shared.as_text(), now, by)
        memory.remember(self._undo(what.undo), json.dumps(place), now, by)
        return shared.page

    def _undone(self, undo: str) -> tuple[Place, Page] | None:
        memory = self._memory()
        told = memory.recall(self._undo(undo), self._now())
        if told is None:
            return None
        channel, message = json.loads(told)
        place = channel, message
        shared = self._recalled(memory, place)
        left = [one for one in shared.done if one.undo != undo] if shared else []
        if shared is None or len(left) == len(shared.done):
            return None
        shared.done = left
        memory.remember(self._message(place), shared.as_text(), self._now())
        return place, shared.page

    def _recalled(self, memory: Memory, place: Place) -> _Shared | None:
        kept = memory.recall(self._message(place), self._now())
        return None if kept is None else _Shared.of_text(kept)

    def _message(self, place: Place) -> str:
        return ":".join(("slack", self._team, *place, "pressed"))

    def _undo(self, undo: str) -> str:
        return f"slack:{self._team}:{undo}"
