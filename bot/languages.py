"""Which language somebody is answered in: that of their words, or of what was said before."""

from __future__ import annotations

from bot.errors import NotUnderstood
from bot.messages import Message
from bot.model import Language
from bot.understanding.commands import read_command
from bot.understanding.frame import Frame
from bot.understanding.language import language_of

LONGEST = 4000


def language_in(message: Message, before: Frame | None) -> Language:
    """Return the language of a message; one that tells nothing goes on in that of its conversation."""
    return language_of(message.text[:LONGEST], before.language if before else None)


def language_of_form(message: Message, before: Frame | None) -> Language:
    """Return that of the command that the form stands for, or of the words that it is made of."""
    language = language_in(message, before)
    try:
        command = read_command(message.text, language) if message.text.startswith("/") else None
    except NotUnderstood:  # somebody's message may begin with a slash too
        return language
    return command.language if command else language
