"""What two people do by presses in one message is told there, and taken back one by one."""

from __future__ import annotations

from handlers.slack.blocks import Page, pages
from handlers.slack.shared_answers import AT_MOST, Done, SharedAnswers
from tests.slack.builders import DONE, a_reply

PLACE = ("C1", "1.2")
(WHOLE,) = pages(a_reply("Fagdag", "Lesekurs", buttons=(DONE, DONE)))
ROW = WHOLE.blocks[-1].block_id or ""
FIRST, SECOND = (button.action_id for button in WHOLE.blocks[-1].elements)  # type: ignore[attr-defined]


def done(number: int, button: str) -> Done:
    return Done(undo=f"/tiltak angre {number}", row=ROW, button=button, line=f"Kari: {number} er ferdig")


def buttons(page: Page) -> list[str]:
    return [
        one["action_id"] for block in page.blocks for one in block.to_dict().get("elements", ()) if "action_id" in one
    ]


def test_each_is_taken_back_by_itself() -> None:
    shared = SharedAnswers()
    first = shared.done(PLACE, WHOLE, done(1, FIRST))
    both = shared.done(PLACE, first, done(2, SECOND))
    assert both.text.splitlines()[-2:] == ["Kari: 1 er ferdig", "Kari: 2 er ferdig"]
    assert buttons(both) == []
    assert shared.undone("/tiltak angre 3") is None
    place, left = shared.undone("/tiltak angre 1") or ((), WHOLE)
    assert (place, buttons(left)) == (PLACE, [FIRST])
    assert left.text == f"{WHOLE.text}\nKari: 2 er ferdig"
    assert shared.undone("/tiltak angre 1") is None
    _, whole = shared.undone("/tiltak angre 2") or ((), left)
    assert (whole.text, buttons(whole)) == (WHOLE.text, [FIRST, SECOND])


def test_only_the_newest_are_kept() -> None:
    shared = SharedAnswers()
    for number in range(AT_MOST + 1):
        shared.done(("C1", str(number)), WHOLE, done(number, FIRST))
    assert shared.undone("/tiltak angre 0") is None
    assert shared.undone("/tiltak angre 1") is not None
