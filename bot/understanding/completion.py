"""The next message after a question about what was done: its answer, unless it is something else."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import PlanvaktError
from bot.messages import Message
from bot.model import Book, Language
from bot.remarks import CARRY_ON, WORKED
from bot.school_calendar import seen_from
from bot.understanding.commands import is_skipping, typed
from bot.understanding.frame import Frame, Intent
from bot.understanding.language import language_of
from bot.understanding.names import names_of
from bot.understanding.reading import command_in, read
from bot.understanding.sentence import take_apart, talk_of
from bot.understanding.short_answers import is_besides, said_no, said_not_now

_WRITES = {WORKED: Intent.NOTE_WORKED, CARRY_ON: Intent.NOTE_CARRY_ON}
_ASKS = frozenset(
    {"what", "which", "who", "when", "where", "clock", "dates", "how_long", "how_many", "how_far", "how", "why", "help"}
)


def as_remark(message: Message, book: Book, before: Frame | None) -> Message:
    """Return the command that writes the answer down, where the message answers what was just asked.

    A command, a question, small talk and "hopp over" are no answers, however much may be asked.
    """
    if before is None or len(before.asks) != 2:
        return message
    field, key = before.asks
    text = message.text.strip()
    language = language_of(text, before.language)
    if not text or key.casefold() not in book.by_key or _is_something_else(message, text, language, book, before):
        return message
    return replace(message, text=typed(_WRITES[field], language, f"{key} {text}"))


def _is_something_else(message: Message, text: str, language: Language, book: Book, before: Frame) -> bool:
    if text.startswith("/") or text.endswith("?") or talk_of(text) is not None or is_besides(text):
        return True
    if is_skipping(text) or said_no(text) or said_not_now(text):
        return True
    return _is_command(message, book, before) or _is_question(message, text, language, book)


def _is_command(message: Message, book: Book, before: Frame) -> bool:
    try:
        return command_in(message, book, before) is not None
    except PlanvaktError:  # it begins as one, and ends as nothing that there is
        return True


def _is_question(message: Message, text: str, language: Language, book: Book) -> bool:
    """Whether it begins as one, or is made of nothing but what the plans and the questions know."""
    names = names_of(book)
    try:
        sentence = take_apart(text, names, language, seen_from(message.now.date(), book, text))
        if sentence.order and not _ASKS.isdisjoint(sentence.order[0]):
            return True
        frame = read(message, book, None)
    except PlanvaktError:
        return False
    return not frame.unheard and all(names.knows(word) for word in sentence.rest)
