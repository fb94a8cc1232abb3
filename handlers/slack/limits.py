"""Slack's limits, and the check that every payload passes on its way out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

TEXT = 40_000
BLOCKS_IN_MESSAGE = 50
BLOCKS_IN_VIEW = 100
VIEW_BYTES = 250_000
# Not documented: messages whose blocks hold some 12,000 to 13,200 characters are refused as msg_blocks_too_long.
CHARACTERS_IN_BLOCKS = 12_000
SECTION = 3_000
FIELD = 2_000
FIELDS = 10
HEADER = 150
BUTTON_LABEL = 75
BUTTON_VALUE = 2_000
ELEMENTS = {"actions": 25, "context": 10, "context_actions": 5}
IDENTIFIER = 255
ANSWERS_TO_A_RESPONSE_URL = 5
PROMPTS = 4
# Slack documents no limit of these; longer ones are cut off where they are shown.
PROMPT, STATUS = 100, 50

Payload = Mapping[str, Any]


class OverLimit(ValueError):
    """Slack would refuse this payload; the message says each thing that is wrong with it."""


def check_message(text: str, blocks: Sequence[Payload]) -> None:
    """Raise OverLimit if Slack would refuse the message, or a screen reader would find it empty."""
    _raise_if_any(message_faults(text, blocks))


def check_home(blocks: Sequence[Payload]) -> None:
    """Raise OverLimit if Slack would refuse the view."""
    _raise_if_any([*_number(blocks, BLOCKS_IN_VIEW), *size_faults({"blocks": blocks}), *block_faults(blocks)])


def size_faults(view: Payload) -> list[str]:
    """What is wrong with the size of a whole view, modal or Home."""
    size = len(json.dumps(view, ensure_ascii=False).encode())
    return [f"{size} bytes, {VIEW_BYTES} allowed"] if size > VIEW_BYTES else []


def check_prompts(title: str, prompts: Sequence[Mapping[str, str]]) -> None:
    """Raise OverLimit if Slack would refuse what is suggested to be asked, or cut it off."""
    faults = [] if 1 <= len(prompts) <= PROMPTS else [f"{len(prompts)} prompts, 1 to {PROMPTS} allowed"]
    said = [("title", title), *(part for prompt in prompts for part in prompt.items())]
    _raise_if_any([*faults, *(fault for name, words in said for fault in _words(name, words, PROMPT))])


def check_status(words: str) -> None:
    """Raise OverLimit if what we are doing would be cut off where it is shown."""
    _raise_if_any(list(_words("status", words, STATUS)))


def message_faults(text: str, blocks: Sequence[Payload]) -> list[str]:
    """Everything that is wrong with a message, in words."""
    faults = [] if text.strip() else ["no text: a screen reader reads nothing else"]
    if len(text) > TEXT:
        faults.append(f"text: {len(text)} characters, {TEXT} allowed")
    if (length := characters(blocks)) > CHARACTERS_IN_BLOCKS:
        faults.append(f"blocks: {length} characters, {CHARACTERS_IN_BLOCKS} allowed")
    return [*faults, *_number(blocks, BLOCKS_IN_MESSAGE), *block_faults(blocks)]


def block_faults(blocks: Sequence[Payload]) -> list[str]:
    """Everything that is wrong with the blocks one by one, in words."""
    faults = [f"blocks[{at}].{fault}" for at, block in enumerate(blocks) for fault in _faults_of(block)]
    named = [block["block_id"] for block in blocks if "block_id" in block]
    if len(named) != len(set(named)):
        faults.append("blocks: two have the same block_id")
    return faults


def characters(blocks: Sequence[Payload]) -> int:
    """How many characters people can read in the blocks."""
    return sum(len(text) for block in blocks for text in _texts(block))


def _raise_if_any(faults: list[str]) -> None:
    if faults:
        raise OverLimit("; ".join(faults))


def _number(blocks: Sequence[Payload], allowed: int) -> list[str]:
    return [f"{len(blocks)} blocks, {allowed} allowed"] if len(blocks) > allowed else []


def _faults_of(block: Payload) -> Iterator[str]:
    kind = block.get("type")
    yield from _too_long("block_id", block.get("block_id", ""), IDENTIFIER)
    if kind == "section":
        yield from _section(block)
    elif kind == "header":
        yield from _too_long("text", _text_of(block.get("text")), HEADER)
    elif kind in ELEMENTS:
        elements = block.get("elements", [])
        if not 1 <= len(elements) <= ELEMENTS[str(kind)]:
            yield f"elements: {len(elements)}, 1 to {ELEMENTS[str(kind)]} allowed"
        for element in elements:
            yield from _element(element)
    elif kind != "divider":
        yield f"type: {kind} is none that we send"


def _section(block: Payload) -> Iterator[str]:
    fields = block.get("fields") or []
    if "text" not in block and not fields:
        yield "section: neither text nor fields"
    if "text" in block:
        yield from _text("text", block["text"], SECTION)
    if len(fields) > FIELDS:
        yield f"fields: {len(fields)}, {FIELDS} allowed"
    for field in fields:
        yield from _text("field", field, FIELD)


def _element(element: Payload) -> Iterator[str]:
    if element.get("type") == "button":
        yield from _text("label", element.get("text"), BUTTON_LABEL)
        yield from _too_long("value", element.get("value", ""), BUTTON_VALUE)
        yield from _too_long("action_id", element.get("action_id", ""), IDENTIFIER)
        yield from _too_long("accessibility_label", element.get("accessibility_label", ""), BUTTON_LABEL)
    elif element.get("type") in ("mrkdwn", "plain_text"):
        yield from _text("text", element, SECTION)
    else:
        yield f"element: {element.get('type')} is none that we send"


def _text(name: str, value: object, allowed: int) -> Iterator[str]:
    yield from _words(name, _text_of(value), allowed)


def _words(name: str, words: str, allowed: int) -> Iterator[str]:
    if not words:
        yield f"{name}: empty"
    yield from _too_long(name, words, allowed)


def _too_long(name: str, words: str, allowed: int) -> Iterator[str]:
    if len(words) > allowed:
        yield f"{name}: {len(words)} characters, {allowed} allowed"


def _text_of(value: object) -> str:
    return str(value.get("text", "")) if isinstance(value, Mapping) else ""


def _texts(block: Payload) -> Iterator[str]:
    for value in (block.get("text"), *(block.get("fields") or ())):
        yield _text_of(value)
    for element in block.get("elements", ()):
        yield _text_of(element) if element.get("type") in ("mrkdwn", "plain_text") else _text_of(element.get("text"))
