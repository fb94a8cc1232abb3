from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Button, Part, PartKind, Reply
from bot.model import Language
from handlers.slack import limits
from handlers.slack.blocks import Page, pages
from handlers.slack.limits import OverLimit, check_message
from handlers.slack.sending import checked
from tests.slack.builders import DONE, UNDO, a_receipt, a_reply


def written(page: Page) -> list[dict[str, object]]:
    return checked(page)


def test_a_short_answer_is_one_message_with_the_same_words_twice() -> None:
    (page,) = pages(a_reply("tors. 7. september: Fagdag", buttons=(DONE,)))
    section, row = written(page)
    assert page.text == "Uke 36\n– tors. 7. september: Fagdag"
    assert section["text"] == {
        "type": "mrkdwn",
        "text": "*Uke 36*\n•  tors. 7. september: Fagdag",
        "verbatim": True,
    }
    (button,) = row["elements"]  # type: ignore[misc]
    assert button["value"] == "/tiltak ferdig KIBS-1"  # type: ignore[has-type]
    assert button["accessibility_label"] == "Marker Fagdag som ferdig"  # type: ignore[has-type]


def test_what_looks_like_a_call_for_everyone_is_only_words() -> None:
    (page,) = pages(a_reply("<!channel> & <@U1>", heading="<!here>"), asked="/plan <!everyone>")
    everything = page.text + str(written(page))
    assert "<!" not in everything
    assert "<@" not in everything
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in page.text


def test_the_question_stands_above_the_answer() -> None:
    (page,) = pages(a_reply("Fagdag"), asked="/plan  hva skjer?")
    first = written(page)[0]
    assert first["type"] == "context"
    assert first["elements"] == [{"type": "mrkdwn", "text": "/plan hva skjer?", "verbatim": True}]


def test_buttons_below_a_change_are_a_receipt() -> None:
    (page,) = pages(a_receipt("Ferdig: Fagdag", UNDO), user="U0KARI")
    assert written(page)[-1]["block_id"] == "receipt:U0KARI"


def test_a_long_answer_is_split_and_nothing_is_lost() -> None:
    rows = [f"{number}. september: Samling nummer {number} med et ganske langt navn" for number in range(600)]
    made = pages(a_reply(*rows, buttons=(DONE,)))
    assert len(made) > 2
    assert "\n".join(page.text for page in made) == a_reply(*rows).text
    assert [block["type"] for page in made for block in written(page)].count("actions") == 1
    assert written(made[-1])[-1]["type"] == "actions"


def test_a_long_answer_in_few_messages_ends_as_plain_words() -> None:
    rows = [f"{number}. september: Samling nummer {number} med et ganske langt navn" for number in range(600)]
    made = pages(a_reply(*rows, buttons=(DONE,)), at_most=2)
    assert [len(page.blocks) > 0 for page in made] == [True, False]
    assert "\n".join(page.text for page in made) == a_reply(*rows).text
    assert written(made[0])[-1]["type"] == "actions"


def test_many_headings_fill_several_messages() -> None:
    parts = tuple(Part(kind=PartKind.HEADING, text=f"Uke {number}") for number in range(100))
    reply = Reply(text="…", parts=parts, intent="help", language=Language.NB)
    assert [len(written(page)) for page in pages(reply)] == [45, 45, 10]


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=5000)
_PARTS = st.builds(Part, kind=st.sampled_from(PartKind), text=_TEXT.filter(str.strip))
_BUTTONS = st.builds(Button, label=_TEXT, says=_TEXT, describes=st.none() | _TEXT)


@given(st.lists(_PARTS, min_size=1, max_size=40), st.lists(_BUTTONS, max_size=40), st.integers(1, 5))
def test_whatever_is_answered_slack_takes_it(parts: list[Part], buttons: list[Button], at_most: int) -> None:
    text = "\n".join(part.text for part in parts)
    reply = Reply(text=text, parts=tuple(parts), buttons=tuple(buttons), intent="help", language=Language.NB)
    made = pages(reply, asked="/plan " + text, at_most=at_most)
    assert len(made) <= at_most
    for page in made:
        written(page)


def section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(**others: object) -> dict[str, object]:
    return {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Ferdig"}, **others}


@pytest.mark.parametrize(
    "blocks",
    [
        [section("x")] * 51,
        [section("x" * 3001)],
        [section("")],
        [section("x" * 2999)] * 5,
        [{"type": "section"}],
        [{"type": "section", "fields": [{"type": "mrkdwn", "text": "x"}] * 11}],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "actions", "elements": []}],
        [{"type": "actions", "elements": [button()] * 26}],
        [{"type": "actions", "elements": [button(value="x" * 2001)]}],
        [{"type": "actions", "elements": [button(text={"type": "plain_text", "text": "x" * 76})]}],
        [{"type": "actions", "elements": [button(accessibility_label="x" * 76)]}],
        [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}],
        [{**section("x"), "block_id": "same"}, {**section("y"), "block_id": "same"}],
        [{**section("x"), "block_id": "x" * 256}],
        [{"type": "data_table"}],
    ],
    ids=lambda blocks: str(blocks)[:60],
)
def test_what_slack_would_refuse_never_leaves(blocks: list[dict[str, object]]) -> None:
    with pytest.raises(OverLimit):
        check_message("ord", blocks)


@pytest.mark.parametrize("text", ["", "  ", "x" * (limits.TEXT + 1)])
def test_a_message_without_words_never_leaves(text: str) -> None:
    with pytest.raises(OverLimit):
        check_message(text, [section("x")])
