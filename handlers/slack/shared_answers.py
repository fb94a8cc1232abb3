"""Answers that others read too: what was done by a press there is told below, and when it is undone, no longer."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from slack_sdk.models.blocks import ActionsBlock, Block

from handlers.slack.blocks import Page, with_line

# Most is undone at once. What is forgotten, or was pressed before we were started, is left as it stands.
AT_MOST = 1_000


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


class SharedAnswers:
    """The messages of one workspace in which something was done, by channel and message."""

    def __init__(self) -> None:
        self._messages: OrderedDict[tuple[str, str], _Shared] = OrderedDict()

    def done(self, place: tuple[str, str], whole: Page, what: Done) -> Page:
        """Return a message as it is to be when that has been done; `whole` is what stood there just before."""
        shared = self._messages.setdefault(place, _Shared(whole))
        if all((one.row, one.button) != (what.row, what.button) for one in shared.done):
            shared.done.append(what)
        self._messages.move_to_end(place)
        while len(self._messages) > AT_MOST:
            self._messages.popitem(last=False)
        return shared.page

    def undone(self, undo: str) -> tuple[tuple[str, str], Page] | None:
        """Return which message is to be otherwise now that this has been taken back; None where none is."""
        for place, shared in reversed(self._messages.items()):
            left = [one for one in shared.done if one.undo != undo]
            if len(left) < len(shared.done):
                shared.done = left
                return place, shared.page
        return None
