"""Replies and payloads for tests, with all that a test does not care for filled in."""

from __future__ import annotations

from typing import Any

from bot.history import Change
from bot.messages import Button, Message, Part, PartKind, Reply
from bot.model import Language, ProposedPlan
from handlers.slack.installation import Installation

INSTALLATION = Installation(team="T0PLAN", team_name="Kommunen", bot_id="B0BOT", bot_user="U0BOT", token="xoxb-local")
DONE = Button(label="Ferdig", says="/tiltak ferdig KIBS-1", describes="Marker Fagdag som ferdig")
UNDO = Button(label="Angre", says="/tiltak angre")


def a_reply(*rows: str, heading: str = "Uke 36", buttons: tuple[Button, ...] = (), **others: Any) -> Reply:
    """A heading with rows below it."""
    parts = (
        Part(kind=PartKind.HEADING, text=heading),
        *(Part(kind=PartKind.ROW, text=row) for row in rows),
    )
    text = "\n".join([heading, *(f"– {row}" for row in rows)])
    known = {"intent": "events_in_span", "language": Language.NB, **others}
    return Reply(text=text, parts=parts, buttons=buttons, **known)


def a_receipt(text: str, *buttons: Button) -> Reply:
    """What is said of a change that was made."""
    change = Change(item="KIBS-1", field="status", before="open", after="done", by="Kari Nordmann")
    parts = (Part(kind=PartKind.TEXT, text=text),)
    return Reply(text=text, parts=parts, intent="mark_done", language=Language.NB, changes=(change,), buttons=buttons)


def planner(message: Message) -> Reply:
    """A core with one measure, which can be marked and taken back."""
    if message.text.startswith("/tiltak ferdig"):
        return a_receipt("Ferdig: Fagdag", UNDO)
    if message.text == "/tiltak angre":
        return a_receipt("Tatt tilbake: Fagdag", DONE)
    return a_reply("tors. 7. september: Fagdag <!channel> & mer", buttons=(DONE,))


def a_preview(proposed: ProposedPlan) -> Reply:
    """What is shown of a plan before it is taken in."""
    take = Button(label="Ta inn planen", says="/plan ta inn 17")
    return a_reply(*(entry.title for entry in proposed.entries), heading=proposed.title, buttons=(take,))
