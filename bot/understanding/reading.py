"""A message as a frame: a command, an answer to what was asked, small talk, a follow-up, a question, in that order."""

from __future__ import annotations

from datetime import date

from bot.errors import NotUnderstood
from bot.messages import Message
from bot.model import Book, Language
from bot.understanding.commands import about_what_was_shown, read_command, without_command
from bot.understanding.followup import followed, inherited
from bot.understanding.frame import Frame, Intent
from bot.understanding.language import language_of
from bot.understanding.names import names_of
from bot.understanding.pointing import point
from bot.understanding.question import frame_of
from bot.understanding.sentence import take_apart, talk_of
from bot.understanding.walking import answer_to_doubt


def read(message: Message, book: Book, before: Frame | None) -> Frame:
    """Return what the message wants. Raises NotUnderstood, NothingThere where only a name is not known."""
    text = message.text.strip()
    language = language_of(text, before.language if before else None)
    command = read_command(text, language) or answer_to_doubt(text, language, before, book)
    if command is not None:
        return about_what_was_shown(command, before)
    if text.startswith("/"):
        text = without_command(text, language)
        language = language_of(text, language)
    return _question(text, language, book, before, message.now.date())


def _question(text: str, language: Language, book: Book, before: Frame | None, today: date) -> Frame:
    talk = talk_of(text)
    if talk is not None:
        return Frame(intent=Intent.SMALLTALK, language=language, state=talk)
    names = names_of(book)
    sentence = take_apart(text, names, language, today)
    if not sentence.order and not sentence.rest and sentence.asked is None:
        raise NotUnderstood()
    pointed = point(sentence, names)
    frame = followed(sentence, pointed, before)
    if frame is not None:
        return frame
    return inherited(frame_of(sentence, pointed, language, before), sentence, before)
