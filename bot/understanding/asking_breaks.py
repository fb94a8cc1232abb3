"""A question for the school calendar itself: "når er vinterferien?", "når er planleggingsdagene?"."""

from __future__ import annotations

from bot.breaks import BreakName
from bot.model import Book, Language
from bot.time.breaks import breaks_in
from bot.time.reading import find
from bot.time.values import Break
from bot.understanding.breaks import read_named
from bot.understanding.sentence import asks_only_when
from bot.understanding.words import words_of

_LONGEST = 100


def break_asked_for(text: str, language: Language, book: Book) -> BreakName | None:
    """Return the break whose days are all that is asked for.

    Days that the plans have as items, as planning days, are asked for among those, unless an administrator has told
    of them.
    """
    if len(text) > _LONGEST:
        return None
    found = find(text)
    if len(found) == 1 and isinstance(found[0].value, Break):
        (value,) = breaks_in(found[0].value)
        rest = f"{text[: found[0].start_at]} {text[found[0].stop_at :]}"
        return BreakName(value.name) if value.name in set(BreakName) and asks_only_when(rest, language) else None
    return None if found else _told_by_administrators(text, language, book)


def _told_by_administrators(text: str, language: Language, book: Book) -> BreakName | None:
    told = {one.name for one in book.breaks}
    for word in words_of(text) if told else ():
        named = read_named(text[word.start :].rstrip(" ?!."))
        if named is None or named.behind or named.name not in told:
            continue
        if asks_only_when(text[: word.start], language):
            return named.name
    return None
