"""Slack's limits of a modal, and the check that every one passes on its way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handlers.slack.limits import BLOCKS_IN_VIEW, IDENTIFIER, OverLimit, block_faults, size_faults

TITLE = 24
PRIVATE_METADATA = 3_000
LABEL = HINT = 2_000
INPUT_TEXT = 3_000
OPTIONS = 100
OPTION_LABEL = 75
OPTION_VALUE = 150

View = Mapping[str, Any]


def check_modal(view: View) -> None:
    """Raise OverLimit if Slack would refuse the modal; the message says each thing that is wrong with it."""
    if faults := list(modal_faults(view)):
        raise OverLimit("; ".join(faults))


def modal_faults(view: View) -> Iterator[str]:
    """Everything that is wrong with a modal, in words."""
    for name in ("title", "submit", "close"):
        yield from _long(name, (view.get(name) or {}).get("text", ""), TITLE)
    yield from _long("private_metadata", view.get("private_metadata", ""), PRIVATE_METADATA)
    yield from _long("callback_id", view.get("callback_id", ""), IDENTIFIER)
    blocks: Sequence[View] = view.get("blocks", ())
    if not (view.get("title") or {}).get("text"):
        yield "title: empty"
    if len(blocks) > BLOCKS_IN_VIEW:
        yield f"{len(blocks)} blocks, {BLOCKS_IN_VIEW} allowed"
    yield from size_faults(view)
    inputs = [block for block in blocks if block.get("type") == "input"]
    if inputs and not view.get("submit"):
        yield "submit: a modal with inputs must have it"
    yield from block_faults([block for block in blocks if block.get("type") != "input"])
    for block in inputs:
        yield from (f"{block.get('block_id')}: {fault}" for fault in _input_faults(block))


def _input_faults(block: View) -> Iterator[str]:
    element: View = block.get("element") or {}
    yield from _long("block_id", block.get("block_id", ""), IDENTIFIER)
    yield from _long("label", (block.get("label") or {}).get("text", ""), LABEL)
    yield from _long("hint", (block.get("hint") or {}).get("text", ""), HINT)
    if element.get("max_length", 1) > INPUT_TEXT:
        yield f"max_length: {element['max_length']}, {INPUT_TEXT} allowed"
    yield from _long("initial_value", element.get("initial_value", ""), element.get("max_length", INPUT_TEXT))
    if "options" not in element:
        return
    options: Sequence[View] = element["options"]
    if not 1 <= len(options) <= OPTIONS:
        yield f"options: {len(options)}, 1 to {OPTIONS} allowed"
    for option in options:
        yield from _long("option", option["text"]["text"], OPTION_LABEL)
        yield from _long("option's value", option["value"], OPTION_VALUE)
    if "initial_option" in element and element["initial_option"] not in options:
        yield "initial_option: is none of the options"


def _long(name: str, words: str, allowed: int) -> Iterator[str]:
    if len(words) > allowed:
        yield f"{name}: {len(words)} characters, {allowed} allowed"
