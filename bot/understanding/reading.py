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
    command = command_in(message, book, before)
    if command is not None:
        return command
    text, language = question_in(message, before)
    return _question(text, language, book, before, message.now.date())


def command_in(message: Message, book: Book, before: Frame | None) -> Frame | None:
    """Return the command that the message is, or None. Raises NotUnderstood for a command that there is not."""
    text = message.text.strip()
    language = _language(text, before)
    command = read_command(text, language) or answer_to_doubt(text, language, before, book)
    return None if command is None else about_what_was_shown(command, before)


def question_in(message: Message, before: Frame | None) -> tuple[str, Language]:
    """Return what is asked, without the command that it stands behind, and the language of the question."""
    text = message.text.strip()
    language = _language(text, before)
    if text.startswith("/"):
        text = without_command(text, language)
        language = language_of(text, language)
    return text, language


def _language(text: str, before: Frame | None) -> Language:
    return language_of(text, before.language if before else None)


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
