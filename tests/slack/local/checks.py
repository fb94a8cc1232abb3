"""What Slack refuses in a message: typed from its reference, apart from the limits that the app itself checks."""

from __future__ import annotations

from typing import Any

from tests.slack.local.workspace import Refused

BLOCK_TYPES = {"actions", "context", "divider", "header", "image", "input", "rich_text", "section"}
ELEMENTS = {"actions": 25, "context": 10}


def check_message(text: str, blocks: list[dict[str, Any]]) -> None:
    """Refuse as chat.postMessage does."""
    if not text and not blocks:
        raise Refused("no_text")
    if len(text) > 40_000:
        raise Refused("msg_too_long")
    check_blocks(blocks, 50)
    if sum(map(_length, blocks)) > 13_200:
        raise Refused("msg_blocks_too_long")


def check_blocks(blocks: list[dict[str, Any]], most: int) -> None:
    wrong = [f"more than {most}"] if len(blocks) > most else []
    wrong += [f"{at}: {fault}" for at, block in enumerate(blocks) if (fault := _fault(block))]
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        wrong.append("duplicate block_id")
    if wrong:
        raise Refused("invalid_blocks", errors=wrong, response_metadata={"messages": wrong})


def _fault(block: dict[str, Any]) -> str | None:
    kind = block.get("type")
    if kind not in BLOCK_TYPES:
        return f"unsupported type: {kind}"
    if len(block.get("block_id", "")) > 255:
        return "block_id too long"
    if kind == "header":
        return _text_fault(block.get("text"), 150)
    if kind == "section" and "fields" not in block:
        return _text_fault(block.get("text"), 3000)
    if kind in ELEMENTS:
        return _elements_fault(block.get("elements", []), ELEMENTS[kind])
    return None


def _elements_fault(elements: list[dict[str, Any]], most: int) -> str | None:
    if not 1 <= len(elements) <= most:
        return f"{len(elements)} elements"
    ids = [element["action_id"] for element in elements if "action_id" in element]
    if len(ids) != len(set(ids)):
        return "duplicate action_id"
    for element in elements:
        if element.get("type") != "button":
            continue
        if fault := _text_fault(element.get("text"), 75):
            return fault
        if len(element.get("value", "")) > 2000 or len(element.get("action_id", "")) > 255:
            return "button value or action_id too long"
    return None


def _text_fault(text: Any, most: int) -> str | None:
    if not isinstance(text, dict) or text.get("type") not in ("mrkdwn", "plain_text"):
        return "text is no text object"
    if not 1 <= len(text.get("text", "")) <= most:
        return f"text has {len(text.get('text', ''))} characters, 1 to {most} allowed"
    return None


def _length(value: Any) -> int:
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(_length(one) for one in value.values() if isinstance(one, dict | list))
    return sum(map(_length, value)) if isinstance(value, list) else 0
