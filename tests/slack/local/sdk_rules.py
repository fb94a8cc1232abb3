"""What slack-sdk's own models refuse in blocks and views: rules that somebody else has written down."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

# Slack has these, and the SDK no model of them.
WITHOUT_MODEL = {"data_table", "data_visualization"}
# The SDK only warns of what it does not know, and then leaves it out.
MODELS = "slack_sdk.models"


class _Unknown(logging.Handler):
    """Keeps what the SDK warns of while it reads a payload."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def block_faults(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """What the SDK would not have made of these blocks."""
    for at, block in enumerate(blocks):
        if block.get("type") in WITHOUT_MODEL:
            continue
        if fault := _fault(lambda block=block: _written(Block.parse(dict(block)))):
            yield f"{at}: {fault}"


def view_faults(view: Mapping[str, Any]) -> Iterator[str]:
    """What the SDK would not have made of a view, its blocks included."""
    if fault := _fault(lambda: View(**view).to_dict()):
        yield fault


def _written(block: Block | None) -> None:
    if block is None:
        raise SlackObjectFormationError("no such block")
    block.to_dict()


def _fault(made: Any) -> str | None:
    log, unknown = logging.getLogger(MODELS), _Unknown()
    log.addHandler(unknown)
    try:
        made()
    except (SlackObjectFormationError, TypeError, AttributeError, KeyError, ValueError) as wrong:
        return f"the SDK says: {wrong}"
    finally:
        log.removeHandler(unknown)
    return f"the SDK says: {unknown.said[0]}" if unknown.said else None
