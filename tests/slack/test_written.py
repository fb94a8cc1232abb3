"""What is sent is what the SDK itself would write, and what its rules refuse is refused."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from handlers.slack.written import written

TEXT = MarkdownTextObject(text="*Denne uka*", verbatim=True)
BUTTONS = [
    ButtonElement(text="Ferdig", action_id="says:0", value="/tiltak ferdig K-1", accessibility_label="K-1 er ferdig"),
    ButtonElement(text=PlainTextObject(text="Endre", emoji=False), action_id="form:x:1", value="", style="danger"),
]
LONG = "a" * 3001


@pytest.mark.parametrize(
    "block",
    [
        SectionBlock(text=TEXT),
        SectionBlock(text="bare ord", block_id="b"),
        SectionBlock(fields=[TEXT, MarkdownTextObject(text="b", verbatim=False)], accessory=BUTTONS[0]),
        SectionBlock(text=TEXT, fields=[]),
        ActionsBlock(block_id="answer", elements=BUTTONS),
        ContextBlock(elements=[TEXT, PlainTextObject(text="c", emoji=True)]),
        HeaderBlock(text="Overskrift"),
        DividerBlock(),
    ],
)
def test_it_is_what_the_sdk_writes(block: Block) -> None:
    assert written(block) == block.to_dict()
    assert written([block, block]) == [block.to_dict()] * 2


@pytest.mark.parametrize(
    "block",
    [
        SectionBlock(),
        SectionBlock(text=MarkdownTextObject(text=LONG)),
        SectionBlock(text=TEXT, fields=[TEXT] * 11),
        ActionsBlock(elements=[ButtonElement(text="a" * 76, action_id="says:0")]),
        ActionsBlock(elements=[ButtonElement(text="a", action_id="says:0", value="a" * 2001)]),
        ContextBlock(elements=[TEXT] * 11),
        HeaderBlock(text="a" * 151),
    ],
)
def test_what_the_sdk_refuses_is_refused(block: Block) -> None:
    def told(write: object) -> str | None:
        try:
            write(block)  # type: ignore[operator]
        except SlackObjectFormationError as error:
            return str(error)
        return None

    assert told(written) == told(type(block).to_dict) is not None
