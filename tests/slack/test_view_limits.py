from __future__ import annotations

from typing import Any

import pytest

from bot.forms import Field, FieldKind, Form, Option
from bot.messages import FormName
from bot.model import Language
from handlers.slack.limits import OverLimit
from handlers.slack.modals import Origin, form_view, words_view
from handlers.slack.view_limits import check_modal


def a_form(**others: Any) -> Form:
    field = Field(name="when", label="Når", kind=FieldKind.WHEN)
    known = {"name": FormName.MOVE, "key": "KIBS-1", "language": Language.NB, "title": "Flytt", "submit": "Flytt"}
    return Form(**{**known, "fields": (field,), **others})


def test_a_form_within_the_limits_is_taken() -> None:
    view = form_view(a_form(intro=("x" * 5_000,)), Origin(channel="C1", thread="1.2"))
    assert len(view["blocks"][0]["text"]["text"]) == 3_000
    check_modal(view)


def test_a_choice_has_as_much_as_slack_takes() -> None:
    options = tuple(Option(label="Rolle " * 30, value=f"{number}" * 60) for number in range(1, 130))
    field = Field(name="role", label="Rolle", kind=FieldKind.CHOICE, options=options, initial=options[1].value)
    element = form_view(a_form(fields=(field,)), Origin())["blocks"][0]["element"]
    assert len(element["options"]) <= 100
    assert all(len(option["value"]) <= 150 for option in element["options"])
    assert element["initial_option"] == element["options"][1]


@pytest.mark.parametrize(
    "change",
    [
        {"title": {"type": "plain_text", "text": "x" * 25}},
        {"submit": {"type": "plain_text", "text": "x" * 25}},
        {"submit": None},
        {"private_metadata": "x" * 3_001},
        {"callback_id": "x" * 256},
        {"blocks": [{"type": "divider"}] * 101},
        {"blocks": [{"type": "input", "block_id": "a", "label": {"text": "x" * 2_001}, "element": {}}]},
        {"blocks": [{"type": "input", "block_id": "a", "label": {}, "element": {"max_length": 3_001}}]},
        {"blocks": [{"type": "input", "block_id": "a", "label": {}, "element": {"options": []}}]},
    ],
)
def test_what_slack_would_refuse_is_never_sent(change: dict[str, Any]) -> None:
    with pytest.raises(OverLimit):
        check_modal({**form_view(a_form(), Origin()), **change})


def test_words_alone_have_nothing_to_send() -> None:
    view = words_view("Bare eierne kan dette.\nSpør dem.", Language.NB)
    assert "submit" not in view
    assert view["blocks"][0]["text"]["type"] == "plain_text"
