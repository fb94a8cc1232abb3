"""What the local Slack refuses in blocks: by Slack's reference, and by what slack-sdk's models refuse themselves."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    ImageBlock,
    InputBlock,
    MarkdownBlock,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    SectionBlock,
    StaticSelectElement,
)

from tests.slack.local.checks import check_blocks, check_view
from tests.slack.local.workspace import Refused

OPTIONS = [Option(text=f"Valg {number}", value=str(number)) for number in range(3)]
TAKEN = [
    SectionBlock(text=MarkdownTextObject(text="Uke 36"), accessory=ButtonElement(text="Mer", action_id="mer")),
    SectionBlock(fields=[MarkdownTextObject(text="a"), MarkdownTextObject(text="b")]),
    HeaderBlock(text="Uke 36"),
    DividerBlock(),
    ContextBlock(elements=[MarkdownTextObject(text="linje 3")]),
    ImageBlock(image_url="https://example.no/a.png", alt_text="Et bilde"),
    MarkdownBlock(text="**Uke 36**"),
    ActionsBlock(
        elements=[
            ButtonElement(
                text="Slett",
                action_id="slett",
                style="danger",
                confirm=ConfirmObject(title="Sikker?", text="Dette kan ikke angres", confirm="Ja", deny="Nei"),
            ),
            StaticSelectElement(placeholder="Velg", action_id="velg", options=OPTIONS),
        ]
    ),
    InputBlock(label="Notat", element=PlainTextInputElement(action_id="notat", multiline=True)),
    InputBlock(label="Valg", element=RadioButtonsElement(action_id="valg", options=OPTIONS)),
]


def text(words: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": words}


def pressed(**others: Any) -> list[dict[str, Any]]:
    button = {"type": "button", "action_id": "x", "text": text("Ferdig"), **others}
    return [{"type": "actions", "elements": [button]}]


def chosen(kind: str, **others: Any) -> list[dict[str, Any]]:
    return [{"type": "input", "label": text("Valg"), "element": {"type": kind, "action_id": "x", **others}}]


ASKED = {"title": text("Sikker?"), "text": text("x"), "confirm": text("Ja"), "deny": text("Nei")}
REFUSED: list[tuple[str, list[dict[str, Any]]]] = [
    ("type", [{"type": "seksjon"}]),
    ("fields", [{"type": "section", "fields": [text("x")] * 11}]),
    ("header", [{"type": "header", "text": text("x" * 151)}]),
    ("header in markup", [{"type": "header", "text": text("x", "mrkdwn")}]),
    ("alt_text", [{"type": "image", "image_url": "https://example.no/a.png"}]),
    ("image of nothing", [{"type": "image", "alt_text": "x"}]),
    ("markdown", [{"type": "markdown", "text": "x" * 6001}] * 2),
    ("tables", [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2),
    ("rows", [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101}]),
    ("empty context", [{"type": "context", "elements": []}]),
    ("11 in a context", [{"type": "context", "elements": [text("x")] * 11}]),
    ("label", pressed(text=text("x" * 76))),
    ("label in markup", pressed(text=text("x", "mrkdwn"))),
    ("value", pressed(value="x" * 2001)),
    ("action_id", pressed(action_id="x" * 256)),
    ("style", pressed(style="warning")),
    ("url", pressed(url="https://example.no/" + "x" * 3000)),
    ("accessibility_label", pressed(accessibility_label="x" * 76)),
    ("confirm", pressed(confirm=ASKED | {"confirm": text("x" * 31)})),
    ("confirm title", pressed(confirm=ASKED | {"title": text("x" * 101)})),
    ("options", chosen("static_select", options=[{"text": text(str(n)), "value": str(n)} for n in range(101)])),
    ("no options", chosen("radio_buttons", options=[])),
    ("option value", chosen("static_select", options=[{"text": text("a"), "value": "x" * 151}])),
    ("placeholder", chosen("plain_text_input", placeholder=text("x" * 151))),
    ("date", chosen("datepicker", initial_date="1. mars")),
    ("block_id", [{"type": "divider", "block_id": "x" * 256}]),
]


@pytest.mark.parametrize("block", TAKEN, ids=lambda block: block.type)
def test_what_the_sdk_makes_is_taken(block: Any) -> None:
    check_blocks([block.to_dict()], 50)


@pytest.mark.parametrize("blocks", [blocks for _, blocks in REFUSED], ids=[name for name, _ in REFUSED])
def test_what_slack_does_not_take_is_refused(blocks: list[dict[str, Any]]) -> None:
    with pytest.raises(Refused, match="invalid_blocks"):
        check_blocks(blocks, 50)


@pytest.mark.parametrize(
    "others",
    [
        {"submit": text("Lagre")},
        {"type": "skjema"},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"blocks": [{"type": "divider"}] * 101},
    ],
)
def test_a_home_tab_that_slack_does_not_take_is_refused(others: dict[str, Any]) -> None:
    check_view({"type": "home", "blocks": [{"type": "divider"}]})
    with pytest.raises(Refused, match="invalid_arguments"):
        check_view({"type": "home", "blocks": [{"type": "divider"}], **others})


def test_what_the_sdk_does_not_know_is_refused() -> None:
    """The SDK itself only warns, and leaves it out: our own rules take any element of a context."""
    with pytest.raises(Refused, match="invalid_blocks"):
        check_blocks([{"type": "context", "elements": [{"type": "knapp", "text": "x"}]}], 50)
