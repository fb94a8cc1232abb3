"""What a message wants, and which plans it is about: those its channel follows, or others that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.errors import NotUnderstood
from bot.followed import only
from bot.messages import Message
from bot.model import Book, Language
from bot.school_calendar import seen_from
from bot.understanding.commands import leads_to_plan, without_command
from bot.understanding.frame import Frame, Intent
from bot.understanding.names import names_of
from bot.understanding.plan_words import plan_and_question
from bot.understanding.reading import as_chosen, command_in, question_in, read
from bot.understanding.sentence import words_beside_time
from bot.understanding.words import Word, plain, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A frame, and the book of the plans that it is about."""

    frame: Frame
    book: Book


def hear(message: Message, book: Book, followed: Book, before: Frame | None) -> Heard:
    """Return what the message wants of the followed plans, or of others in the book that it names or goes on from.

    A key, a short name, a title or an organisation names a plan. Raises what bot.understanding.reading.read does.
    """
    message = as_chosen(message, book, before)
    command = command_in(message, book, before)
    if command is not None and command.intent is Intent.ASK_PLAN:
        return _of_one_plan(message, command, book, followed, before)
    if followed is book:
        return Heard(frame=command or read(message, book, before), book=book)
    if command is not None:
        return Heard(frame=command, book=book if _keyed(command.argument, book) - _ids(followed) else followed)
    text, language = question_in(message, before)
    named = _named(text, language, message.now.date(), followed, book)
    near = only(book, named) if named else followed
    frame = read(message, near, before)
    return Heard(frame=frame, book=_with_all_of(frame, near, book))


def _of_one_plan(message: Message, command: Frame, book: Book, followed: Book, before: Frame | None) -> Heard:
    """What is asked of the plan that is named first; where none is, the question is asked as it stands."""
    found = plan_and_question(command.argument, book)
    question = found[1] if found else command.argument
    asked = replace(message, text=question or without_command("/", command.language))
    if found is None:
        frame, near = read(asked, followed, before), followed
    else:
        near = only(book, (found[0].id,))
        frame = replace(read(asked, near, before), plans=(found[0].id,))
    if frame.intent is Intent.ASK_PLAN:
        raise NotUnderstood()
    return Heard(frame=frame, book=near)


def _with_all_of(frame: Frame, near: Book, book: Book) -> Book:
    """The plans that the frame is read in, or those of what it goes on from."""
    items = (book.by_id.get(number) for number in (*frame.items, *frame.shown))
    spoken_of = {*frame.plans, *(item.plan_id for item in items if item)} & _ids(book)
    return near if spoken_of <= _ids(near) else only(book, spoken_of)


def _named(text: str, language: Language, today: date, followed: Book, book: Book) -> set[int]:
    """The plans that are not followed and are named all the same, with those whose keys stand beside theirs."""
    keyed = _keyed(text, book)
    if keyed - _ids(followed):
        return keyed
    others = {plan.id for plan in book.plans if plan.id not in followed.plan_by_id}
    titled = {number for number in others if plain(book.plan_by_id[number].title) in plain(text)}
    words = words_beside_time(text, names_of(book), language, seen_from(today, book, text))
    named = titled or _by_words(words, text, followed, book) & others
    return named | _named_among(words, followed) if named else set()


def _by_words(words: tuple[Word, ...], text: str, followed: Book, book: Book) -> set[int]:
    """By words that name nothing in the followed plans, or are said to be a plan's ("i KIBS")."""
    near, led_to = names_of(followed), set(_led_to(text, followed))
    found = names_of(book).plans.find(words, of_people=True, besides=frozenset(near.regions))
    is_telling = any(not near.knows(word) or word.start in led_to for word in found.words)
    return set(found.plans) if is_telling else set()


def _named_among(words: tuple[Word, ...], book: Book) -> set[int]:
    return set(names_of(book).plans.find(words, of_people=True, besides=frozenset(names_of(book).regions)).plans)


def _led_to(text: str, followed: Book) -> Iterator[int]:
    """Where words begin that a plan is led up to with, and that are nothing else in the followed plans."""
    for before, word in pairwise(words_of(text)):
        is_alone = text[word.stop : word.stop + 1] != "-"
        if leads_to_plan(before.text) and is_alone and not names_of(followed).is_other_name(word):
            yield word.start


def _keyed(text: str, book: Book) -> set[int]:
    return {item.plan_id for item in names_of(book).by_key(text)}


def _ids(book: Book) -> set[int]:
    return set(book.plan_by_id)
