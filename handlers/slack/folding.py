"""Long lists: the first ten rows, and the others by a press; nothing is kept between the two.

What all see has all its words in its text, and Slack sends that along with the press. Of a message for one person's
eyes Slack sends nothing, so there the button itself carries the rest.
"""

from __future__ import annotations

import zlib
from base64 import b85decode, b85encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from bot.answers.facts import Press
from bot.messages import Part, PartKind, Reply
from bot.model import Language
from bot.render import label_of
from handlers.slack import limits
from handlers.slack.blocks import Page, pages

FIRST = 10
FEW = 3  # so few more are shown at once
MORE = "more"
ABOVE = "above"
DASH = "– "


def folded(reply: Reply, *, user: str, asked: str | None = None, is_alone: bool = False) -> Page | None:
    """Return a long answer as its first rows and a button for the others; None where all of it is to be shown.

    `is_alone` is that only one person sees it. The text has all the words, for whoever has them read out.
    """
    rows = [at for at, part in enumerate(reply.parts) if part.kind is PartKind.ROW]
    text = "\n".join(page.text for page in pages(reply))
    if len(rows) <= FIRST + FEW or reply.changes or len(text) > limits.TEXT:
        return None
    begin, end = rows[FIRST - 1] + 1, rows[-1] + 1
    value = _packed(reply.parts[begin:end]) if is_alone else ABOVE
    shown = pages(replace(reply, parts=(*reply.parts[:begin], *reply.parts[end:])), user=user, asked=asked)
    if len(shown) > 1 or len(value) > limits.BUTTON_VALUE:
        return None
    blocks = list(shown[0].blocks)
    at = len(blocks) - isinstance(blocks[-1], ActionsBlock)
    blocks.insert(at, _button(len(rows) - FIRST, value, reply.language))
    return Page(text=text, blocks=tuple(blocks))


def rest_of(body: Mapping[str, Any]) -> Reply | None:
    """Return the rows that a press asks for; None where there are none."""
    value = str(body["actions"][0].get("value") or "")
    shown = str((body.get("message") or {}).get("text") or "")
    lines = _below(shown) if value == ABOVE else _unpacked(value)
    parts = tuple(
        Part(kind=PartKind.ROW, text=line.removeprefix(DASH))
        if line.startswith(DASH)
        else Part(kind=PartKind.TEXT, text=line)
        for line in lines
        if line.strip()
    )
    if not parts:
        return None
    return Reply(text="\n".join(lines), parts=parts, intent="rest", language=Language.NB)


def _button(count: int, value: str, language: Language) -> ActionsBlock:
    label = label_of(Press(name="more_rows", says="", values={"count": count}), language)
    return ActionsBlock(block_id=MORE, elements=[ButtonElement(text=label, action_id=MORE, value=value)])


def _below(text: str) -> list[str]:
    """The lines below the tenth row, to the last one; what people have done since stands below that."""
    lines = [_literal(line) for line in text.split("\n")]
    rows = [at for at, line in enumerate(lines) if line.startswith(DASH)]
    return lines[rows[FIRST - 1] + 1 : rows[-1] + 1] if len(rows) > FIRST else []


def _literal(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _packed(parts: Sequence[Part]) -> str:
    lines = (f"{DASH}{part.text}" if part.kind is PartKind.ROW else part.text for part in parts)
    return b85encode(zlib.compress("\n".join(lines).encode(), 9)).decode("ascii")


def _unpacked(value: str) -> list[str]:
    try:
        packed = b85decode(value)
        return zlib.decompressobj().decompress(packed, limits.TEXT * 4).decode().split("\n")
    except (ValueError, zlib.error):
        return []
