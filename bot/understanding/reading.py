"""A message as a frame: a command, an answer to what was asked, small talk, a follow-up, a question, in that order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.errors import NothingThere, NotUnderstood, PlanvaktError
from bot.messages import Message
from bot.model import Book, Language
from bot.school_calendar import seen_from
from bot.understanding.asides import questions_in
from bot.understanding.asking_breaks import break_asked_for
from bot.understanding.asking_leaders import leaders_asked_for
from bot.understanding.asking_set_aside import set_aside_asked_for
from bot.understanding.asking_units import units_asked_for
from bot.understanding.commands import is_skipping, read_command, without_command
from bot.understanding.followup import Turn, followed
from bot.understanding.frame import Frame, Intent
from bot.understanding.inheriting import inherited
from bot.understanding.known import known_in
from bot.understanding.language import language_of
from bot.understanding.names import names_of
from bot.understanding.pointed_back import about_what_was_shown, chosen_words, pointed_back
from bot.understanding.pointing import point
from bot.understanding.question import frame_of
from bot.understanding.sentence import take_apart, talk_of
from bot.understanding.short_answers import said_no, said_not_now
from bot.understanding.walking import answer_to_doubt

DECLINED = "declined"  # the state of small talk that says no


def read(message: Message, book: Book, before: Frame | None) -> Frame:
    """Return what the message wants. Raises NotUnderstood, NothingThere where only a name is not known."""
    command = command_in(message, book, before)
    if command is not None:
        return command
    text, language = question_in(message, before)
    try:
        return _question(text, language, book, before, message.now.date())
    except (NotUnderstood, NothingThere) as error:
        return _question_beside(text, language, book, message.now.date(), error)


def command_in(message: Message, book: Book, before: Frame | None) -> Frame | None:
    """Return the command that the message is, or None. Raises NotUnderstood for a command that there is not."""
    text = message.text.strip()
    language = _language(text, before)
    if before is not None and _is_declined(text, before):
        return Frame(intent=Intent.SMALLTALK, language=language, state=DECLINED)
    answer = answer_to_doubt(text, language, before, book)
    command = answer or read_command(text, language, known_in(book, language, before))
    return None if command is None else about_what_was_shown(command, before)


def _is_declined(text: str, before: Frame) -> bool:
    """Whether somebody wants nothing of what was offered, or does not answer what was asked."""
    return said_no(text) if before.choices else bool(before.asks) and _is_passed_over(text)


def _is_passed_over(text: str) -> bool:
    return said_no(text) or said_not_now(text) or is_skipping(text)


def as_chosen(message: Message, book: Book, before: Frame | None) -> Message:
    """Return the message that was offered to choose from, where this one only says which ("ja", "nummer 2")."""
    language = _language(message.text, before)
    chosen = chosen_words(message.text.strip(), language, before, book, message.now.date())
    return message if chosen is None else replace(message, text=chosen)


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


def _question_beside(text: str, language: Language, book: Book, today: date, error: PlanvaktError) -> Frame:
    """The question that stands beside something told, with the words of that which nobody knows; or the error."""
    for asked, told in questions_in(text):
        try:
            frame = _question(asked, language, book, None, today)
        except PlanvaktError:
            continue
        if frame.intent not in (Intent.SMALLTALK, Intent.HELP):
            return replace(frame, unheard=_unknown(told, language, book, today))
    raise error


def _unknown(told: str, language: Language, book: Book, today: date) -> tuple[str, ...]:
    names = names_of(book)
    try:
        sentence = take_apart(told, names, language, seen_from(today, book, told))
    except PlanvaktError:
        return ()
    is_signed = sentence.says("signing")
    return () if is_signed else tuple(word.text for word in sentence.rest if not names.knows(word))


def _question(text: str, language: Language, book: Book, before: Frame | None, today: date) -> Frame:
    whole = _asked_as_a_whole(text, language, book, before)
    if whole is not None:
        return whole
    back = pointed_back(text, language, before, book, today)
    if back is not None:
        return back
    names = names_of(book)
    sentence = take_apart(text, names, language, seen_from(today, book, text))
    if not sentence.order and not sentence.rest and sentence.asked is None:
        raise NotUnderstood()
    pointed = point(sentence, names)
    if pointed.holds_time:
        sentence = replace(sentence, asked=None)
    if before is not None:
        turn = Turn(sentence=sentence, pointed=pointed, before=before, book=book, today=today)
        frame = followed(turn)
        if frame is not None:
            return replace(frame, language=language)
    return inherited(frame_of(sentence, pointed, language, before), sentence, before)


def _asked_as_a_whole(text: str, language: Language, book: Book, before: Frame | None) -> Frame | None:
    """Small talk, or a question that is known by all its words, whatever is named in it."""
    talk = talk_of(text)
    if talk is not None:
        return Frame(intent=Intent.SMALLTALK, language=language, state=talk)
    asked = (
        units_asked_for(text, language, before, book)
        or leaders_asked_for(text, language, book)
        or set_aside_asked_for(text, language)
    )
    if asked is not None:
        return asked
    name = break_asked_for(text, language, book)
    return None if name is None else Frame(intent=Intent.BREAKS, language=language, argument=name.value)
