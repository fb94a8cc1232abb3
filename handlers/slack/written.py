"""What the SDK has as objects, as the JSON that Slack takes: the same as its own, in a tenth of the time."""

from __future__ import annotations

from functools import cache
from typing import Any

from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

# What answers are made of; which fields and rules these have is told by their kind alone. The SDK looks that up anew
# for each object, and in a digest that takes longer than all the rest of posting it.
_KINDS = (ActionsBlock, ButtonElement, ContextBlock, MarkdownTextObject, PlainTextObject, SectionBlock)


_fields: dict[type, tuple[str, ...]] = {}


def written(value: object) -> Any:
    """Return it as JSON, checked by the SDK's own rules. Raises SlackObjectFormationError."""
    if isinstance(value, list | tuple):
        return [written(one) for one in value]
    if not isinstance(value, JsonObject):
        return value
    kind = type(value)
    if kind not in _KINDS:
        return value.to_dict()
    for rule in _rules(kind):
        getattr(value, rule)()
    if kind not in _fields:
        _fields[kind] = tuple(sorted(value.attributes))
    found = ((name, getattr(value, name, None)) for name in _fields[kind])
    return {name: written(one) for name, one in found if one is not None and (not hasattr(one, "__len__") or len(one))}


@cache
def _rules(kind: type) -> tuple[str, ...]:
    """The names of the methods that the SDK has marked as rules."""
    return tuple(name for name in dir(kind) if not name.startswith("__") and hasattr(getattr(kind, name), "validator"))
