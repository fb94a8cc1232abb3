"""A form as a Slack modal, and a modal that was sent as what was filled in: pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    InputInteractiveElement,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
    UrlInputElement,
)
from slack_sdk.models.blocks import Option as SlackOption
from slack_sdk.models.views import View

from bot.forms import Field, FieldKind, Form, Option, main_field, said, words_of_form
from bot.messages import FormName, Reply
from bot.model import Language
from handlers.slack import limits
from handlers.slack.view_limits import OPTION_LABEL, OPTION_VALUE, OPTIONS, TITLE, check_modal

CALLBACK = "form"
VALUE = "value"
LONGEST_ERROR = 500
OUR_NAME = "Planvakt"

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a form was opened from: its receipt belongs there. Without channel: from no message."""

    channel: str = ""
    thread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A modal that was sent. `view` and `hash` are Slack's own of it: the same twice is the same press twice."""

    user: str
    view: str
    hash: str
    name: FormName
    key: str
    language: Language
    origin: Origin
    values: Mapping[str, str]
    fields: tuple[str, ...]

    @property
    def says(self) -> str:
        """The typed command that it becomes."""
        return said(self.name, self.key, self.language, self.values)

    def errors(self, reply: Reply) -> dict[str, str]:
        """What is wrong, as Slack shows it: at the main field, or the first where that is not in the modal."""
        wanted = main_field(self.name, self.values)
        field = wanted if wanted in self.fields else self.fields[0]
        words = " ".join(reply.text.split())
        return {field: words if len(words) <= LONGEST_ERROR else f"{words[: LONGEST_ERROR - 1]}…"}


def form_view(form: Form, origin: Origin) -> dict[str, Any]:
    """Return the modal of a form. Raises OverLimit where Slack would not take it."""
    about = {"name": form.name, "key": form.key, "language": form.language, **asdict(origin)}
    return _checked(
        View(
            type="modal",
            callback_id=CALLBACK,
            title=PlainTextObject(text=form.title[:TITLE]),
            submit=PlainTextObject(text=form.submit[:TITLE]),
            close=_common("cancel", form.language),
            private_metadata=json.dumps(about, ensure_ascii=False),
            blocks=[*_words(form.intro), *map(_input, form.fields)],
        )
    )


def words_view(text: str, language: Language) -> dict[str, Any]:
    """Return a modal that only tells something."""
    close = _common("close", language)
    title = PlainTextObject(text=OUR_NAME)
    return _checked(View(type="modal", title=title, close=close, blocks=_words(text.splitlines())))


def waiting_view(language: Language) -> dict[str, Any]:
    """Return the modal that is shown until there is more to tell."""
    return words_view(str(words_of_form("common")["waiting"][language]), language)


def read_submission(body: Body) -> Submitted:
    """Return what a view_submission says; what was left open is not among the values."""
    view = body["view"]
    about = json.loads(view["private_metadata"])
    state = view["state"]["values"]
    values = {name: _value(block[VALUE]) for name, block in state.items() if VALUE in block}
    return Submitted(
        user=body["user"]["id"],
        view=view["id"],
        hash=view["hash"],
        name=FormName(about["name"]),
        key=about["key"],
        language=Language(about["language"]),
        origin=Origin(channel=about["channel"], thread=about["thread"]),
        values={name: value for name, value in values.items() if value},
        fields=tuple(block["block_id"] for block in view["blocks"] if block["type"] == "input"),
    )


def _value(element: Body) -> str:
    chosen = element.get("selected_option") or {}
    return str(chosen.get("value") or element.get("value") or "")


def _checked(view: View) -> dict[str, Any]:
    written: dict[str, Any] = view.to_dict()
    check_modal(written)
    return written


def _words(lines: Sequence[str]) -> list[Block]:
    """Plain text, which Slack reads no markup in."""
    shown = "\n".join(lines)
    shown = shown if len(shown) <= limits.SECTION else f"{shown[: limits.SECTION - 1]}…"
    return [SectionBlock(text=PlainTextObject(text=shown, emoji=False))] if shown else []


def _input(field: Field) -> InputBlock:
    return InputBlock(
        block_id=field.name,
        label=PlainTextObject(text=field.label),
        hint=PlainTextObject(text=field.hint) if field.hint else None,
        optional=field.is_optional,
        element=_element(field),
    )


def _element(field: Field) -> InputInteractiveElement:
    if field.kind is FieldKind.CHOICE:
        options = [_option(option) for option in field.options if len(option.value) <= OPTION_VALUE][:OPTIONS]
        chosen = next((option for option in options if option.value == field.initial), None)
        return StaticSelectElement(action_id=VALUE, options=options, initial_option=chosen)
    if field.kind is FieldKind.URL:
        return UrlInputElement(action_id=VALUE, initial_value=field.initial or None)
    return PlainTextInputElement(
        action_id=VALUE,
        initial_value=field.initial or None,
        multiline=field.kind is FieldKind.LONG_TEXT,
        max_length=field.longest,
    )


def _option(option: Option) -> SlackOption:
    label = option.label if len(option.label) <= OPTION_LABEL else f"{option.label[: OPTION_LABEL - 1]}…"
    return SlackOption(text=PlainTextObject(text=label, emoji=False), value=option.value)


def _common(name: str, language: Language) -> PlainTextObject:
    return PlainTextObject(text=str(words_of_form("common")[name][language]))
