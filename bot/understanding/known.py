"""What a command in plain words may be about: the names that the plans have, and the doubts that a day settles."""

from __future__ import annotations

from datetime import date

from bot.model import Book, Item, Language
from bot.time.reading import Context, find, read_cell
from bot.understanding.command_words import command_words
from bot.understanding.frame import Frame
from bot.understanding.kind_words import is_any_meeting, numbered, of_kind
from bot.understanding.lexicon import gathering_forms, is_filler
from bot.understanding.names import Names, names_of
from bot.understanding.picking import list_shown, pick_first
from bot.understanding.plain_orders import Known
from bot.understanding.walking import means_day
from bot.understanding.words import Word, plain, words_of
from bot.wording import day_to_type

_PLURAL = ("er", "ene", "ar", "ane")


def known_in(book: Book, language: Language, before: Frame | None) -> Known:
    """Return what a command may be about in the book, or in the list that was shown before."""
    names = names_of(book)
    return Known(
        is_item=lambda words: _is_picked(words, before) or _is_item(words, names, book),
        is_title=lambda words: names.is_title(words_of(words)),
        is_person=lambda words: _is_person(words, names, book),
        settled=lambda what, day: _settled(what, day, book, language),
    )


def _is_picked(words: str, before: Frame | None) -> bool:
    """Whether they are a place in the list that was shown: "nummer 2"."""
    pick = pick_first(words)
    return pick is not None and pick.is_alone and list_shown(before, pick) is not None


def _is_item(words: str, names: Names, book: Book) -> bool:
    """Whether each word that means something is in a name, and together they name something."""
    if names.by_key(words) or numbered(words, book) or _is_a_meeting_then(words):
        return True
    said = of_kind(words)
    return _is_named(words, names) or (said is not None and _is_named(said.name, names))


def _is_a_meeting_then(words: str) -> bool:
    return bool(find(words)) and is_any_meeting(_without_times(words))


def _is_named(words: str, names: Names) -> bool:
    spoken = words_of(_without_times(words))
    content = [word for word in spoken if not is_filler(word.text) and plain(word.text) not in names.regions]
    if not content or all(map(_is_in_general, content)):
        return False
    return all(word.is_number or names.titles.knows(word) for word in content) and bool(names.titles.find(content))


def _is_in_general(word: Word) -> bool:
    """Whether it is what any meeting may be called, as nobody calls one of them: "møter", "samlingene"."""
    return bool(gathering_forms().intersection(word.forms)) and plain(word.text).endswith(_PLURAL)


def _without_times(words: str) -> str:
    for time in reversed(find(words)):
        words = f"{words[: time.start_at]} {words[time.stop_at :]}"
    return words


def _is_person(words: str, names: Names, book: Book) -> bool:
    """Whether they name who speaks, somebody who holds a role, or somebody whom the plans do not know."""
    said = plain(words)
    holders = {holder.name.casefold() for role in book.roles for holder in role.holders}
    if said in command_words().speaker or said in holders or any(name.startswith(f"{said} ") for name in holders):
        return True
    spoken = words_of(words)
    return bool(spoken) and all(word.text[:1].isupper() and not names.knows(word) for word in spoken)


def _settled(what: str, day: str, book: Book, language: Language) -> str | None:
    """The key of the one item whose doubt is just whether it is on that day, and the day; None where none is."""
    items = names_of(book).items(_without_times(what)) if _is_item(what, names_of(book), book) else ()
    found = [(item, on) for item in items if (on := _reading(item, day)) and _is_then(item, what)]
    if len(found) != 1:
        return None
    item, on = found[0]
    return f"{item.key} {day_to_type(on, language)}"


def _reading(item: Item, day: str) -> date | None:
    span = item.span
    if item.cancelled or not item.doubts or span.start is None or span.other is None:
        return None
    meant = [one for one in (span.start, span.other) if means_day(day, one)]
    return meant[0] if len(meant) == 1 else None


def _is_then(item: Item, what: str) -> bool:
    """Whether a time that is said beside the name ("BUG i februar") has one of the item's days."""
    return all(any(_has(time.text, day) for day in (item.span.start, item.span.other) if day) for time in find(what))


def _has(time: str, day: date) -> bool:
    when = read_cell(time, Context(reference=day))
    return when is not None and (when.start or day) <= day <= (when.end or day)
