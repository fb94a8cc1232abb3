"""What Slack refuses in a message: typed from its reference, apart from the limits that the app itself checks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.slack.local import sdk_rules
from tests.slack.local.elements import element_fault
from tests.slack.local.workspace import Refused

BLOCK_TYPES = {"actions", "context", "divider", "header", "image", "input", "rich_text", "section"}
BLOCK_TYPES |= {"alert", "card", "carousel", "container", "context_actions", "markdown", "plan", "table", "task_card"}
BLOCK_TYPES |= {"data_table", "file", "video"}
MARKDOWN = 12_000
ROWS, COLUMNS = 100, 20
BUTTON = {"value": 2000, "action_id": 255, "url": 3000, "accessibility_label": 75}
# What a press asks first.
CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
ELEMENTS = {"actions": 25, "context": 10, "context_actions": 5}
NOT_PLAIN = {"button", "image", "mrkdwn", "plain_text", "feedback_buttons", "icon_button"}


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
    if wrong := block_faults(blocks, most):
        raise Refused("invalid_blocks", errors=wrong, response_metadata={"messages": wrong})


def block_faults(blocks: list[dict[str, Any]], most: int) -> list[str]:
    """All that Slack would refuse in these blocks."""
    wrong = [f"more than {most}"] if len(blocks) > most else []
    wrong += [f"{at}: {fault}" for at, block in enumerate(blocks) if (fault := _fault(block))]
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        wrong.append("duplicate block_id")
    if sum(len(block.get("text", "")) for block in blocks if block.get("type") == "markdown") > MARKDOWN:
        wrong.append(f"more than {MARKDOWN} characters of markdown")
    if sum(block.get("type") == "table" for block in blocks) > 1:
        wrong.append("more than one table")
    return wrong or list(sdk_rules.block_faults(blocks))


def _fault(block: dict[str, Any]) -> str | None:
    kind = block.get("type")
    if kind not in BLOCK_TYPES:
        return f"unsupported type: {kind}"
    if len(block.get("block_id", "")) > 255:
        return "block_id too long"
    if kind == "header":
        return _plain_fault(block.get("text"), 150)
    if kind == "section":
        return _section_fault(block)
    if kind == "input":
        return _input_fault(block)
    if kind in ELEMENTS:
        return _elements_fault(block.get("elements", []), ELEMENTS[kind])
    if kind == "image":
        return _image_fault(block)
    return _table_fault(block.get("rows", [])) if kind == "table" else None


def _image_fault(block: dict[str, Any]) -> str | None:
    if not block.get("alt_text"):
        return "an image without alt_text"
    if not (block.get("image_url") or block.get("slack_file")):
        return "an image of nothing"
    return None


def _table_fault(rows: list[Any]) -> str | None:
    if not 1 <= len(rows) <= ROWS or any(len(row) > COLUMNS for row in rows):
        return f"a table has {ROWS} rows of {COLUMNS} at most"
    return None


def _section_fault(block: dict[str, Any]) -> str | None:
    beside = block.get("accessory")
    texts = [_text_fault(block.get("text"), 3000)] if "text" in block or "fields" not in block else []
    fields = block.get("fields", [])
    if len(fields) > 10:
        return f"{len(fields)} fields"
    faults = [*texts, *(_text_fault(one, 2000) for one in fields)]
    faults += [_elements_fault([beside], 1)] if beside else []
    return next((fault for fault in faults if fault), None)


def _input_fault(block: dict[str, Any]) -> str | None:
    faults = [_plain_fault(block.get("label"), 2000), element_fault(block.get("element", {}))]
    faults += [_plain_fault(block["hint"], 2000)] if block.get("hint") else []
    return next((fault for fault in faults if fault), None)


def _elements_fault(elements: list[dict[str, Any]], most: int) -> str | None:
    if not 1 <= len(elements) <= most:
        return f"{len(elements)} elements"
    ids = [element["action_id"] for element in elements if "action_id" in element]
    if len(ids) != len(set(ids)):
        return "duplicate action_id"
    return next((fault for element in elements if (fault := _element_fault(element))), None)


def _element_fault(element: dict[str, Any]) -> str | None:
    if element.get("type") == "button":
        return _button_fault(element)
    return None if element.get("type") in NOT_PLAIN else element_fault(element)


def _button_fault(button: dict[str, Any]) -> str | None:
    if fault := _plain_fault(button.get("text"), 75) or _confirm_fault(button.get("confirm")):
        return fault
    if button.get("style") not in (None, "primary", "danger"):
        return "no such style"
    for key, most in BUTTON.items():
        if len(button.get(key, "")) > most:
            return f"{key} is longer than {most}"
    return None


def _confirm_fault(confirm: Mapping[str, Any] | None) -> str | None:
    faults = [_text_fault(confirm.get(key), most) for key, most in CONFIRM.items()] if confirm else []
    return next((fault for fault in faults if fault), None)


def _plain_fault(text: Any, most: int) -> str | None:
    """Where no markup may stand."""
    if isinstance(text, dict) and text.get("type") != "plain_text":
        return "text is no plain_text"
    return _text_fault(text, most)


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


def check_view(view: Mapping[str, Any]) -> None:
    """Refuse a view as views.* do: with invalid_arguments and the reasons."""
    wrong = block_faults(list(view.get("blocks", [])), 100)
    if view.get("type") == "modal":
        wrong += _modal_faults(view)
    for key, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        if len(view.get(key) or "") > most:
            wrong.append(f"{key} is longer than {most}")
    wrong = wrong or list(sdk_rules.view_faults(view))
    if wrong:
        raise Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {one}" for one in wrong]})
    if len(json.dumps(view, ensure_ascii=False).encode()) > 250_000:
        raise Refused("view_too_large")


def _modal_faults(view: Mapping[str, Any]) -> list[str]:
    wrong = [] if view.get("blocks") else ["no blocks"]
    for key in ("title", "submit", "close"):
        words = view.get(key)
        if words is None and key != "title":
            continue
        if (
            not isinstance(words, dict)
            or words.get("type") != "plain_text"
            or not 1 <= len(words.get("text", "")) <= 24
        ):
            wrong.append(f"{key} is not 1 to 24 characters of plain_text")
    has_input = any(block.get("type") == "input" for block in view.get("blocks", []))
    return [*wrong, "submit is missing"] if has_input and not view.get("submit") else wrong
