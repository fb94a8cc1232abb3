"""Which language somebody is answered in: the one that they have chosen, or that of their words or of those before."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.asking import Asking
from bot.errors import NotUnderstood
from bot.messages import Message
from bot.model import Language
from bot.ports import Store
from bot.understanding.commands import read_command
from bot.understanding.frame import Frame
from bot.understanding.language import language_of

LONGEST = 4000


def as_they_chose(message: Message, store: Store) -> Message:
    """Return the message with the language that its sender has chosen to be answered in. Raises PlanvaktError."""
    chosen = store.person_settings.of(store.people.find(message.sender)).language
    return message if chosen is None else replace(message, language=chosen)


def language_in(message: Message, before: Frame | None) -> Language:
    """Return the language to answer a message in; one that tells nothing goes on in that of its conversation."""
    return message.language or language_of(message.text[:LONGEST], before.language if before else None)


def language_of_form(message: Message, before: Frame | None) -> Language:
    """Return that of the command that the form stands for, or of the words that it is made of."""
    language = language_in(message, before)
    if message.language is not None:
        return language
    try:
        command = read_command(message.text, language) if message.text.startswith("/") else None
    except NotUnderstood:  # somebody's message may begin with a slash too
        return language
    return command.language if command else language


def to_answer(asking: Asking) -> Asking:
    """Return what is to be answered in the language that the asker has chosen; it was read in that of its words."""
    chosen = asking.message.language
    return asking if chosen is None else replace(asking, frame=replace(asking.frame, language=chosen))
