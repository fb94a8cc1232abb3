"""What a conversation was about last, which follow-ups go on from."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.messages import Message
from bot.ports import Store
from bot.understanding import memory
from bot.understanding.frame import Frame
from bot.understanding.subject import ABOUT_ONE, is_aside


def remembered(store: Store, message: Message) -> Frame | None:
    """Return the conversation's last frame."""
    if message.conversation is None:
        return None
    kept = store.conversations.recall(message.conversation, message.now)
    return None if kept is None else memory.from_text(kept)


def remember(asking: Asking, frame: Frame) -> None:
    """Keep the frame as the conversation's last."""
    message = asking.message
    if message.conversation is not None:
        asking.store.conversations.remember(message.conversation, memory.as_text(frame), message.now, message.sender)


def as_told(frame: Frame, facts: Facts, before: Frame | None) -> Frame:
    """Return the frame with what was told, for the messages that go on from it.

    What was chosen from more than the user had pointed to is only offered; behind an empty answer the list that was
    shown before it can still be pointed into.
    """
    told = tuple(item.id for item in facts.items)
    is_guess = frame.intent in ABOUT_ONE and frame.earlier is not None and not frame.is_picked
    offered = told if is_guess and len(frame.items) > len(told) else tuple(item.id for item in facts.offered)
    return replace(
        frame,
        earlier=_subject(frame.earlier or (None if told or facts.listed_plans else before)),
        shown=tuple(number for number in told if number not in offered),
        offered=offered,
        shown_plans=tuple(plan.id for plan in facts.listed_plans),
        choices=facts.choices,
        asks=(facts.asks.field, facts.asks.item.key) if facts.asks else (),
    )


def _subject(before: Frame | None) -> Frame | None:
    """What a thread goes on from: of one aside after another only the newest is kept, so that the list is not lost."""
    return before.earlier if before is not None and is_aside(before) and before.earlier is not None else before
