"""What can be asked, in sentences that work on the plans that are there; small talk."""

from __future__ import annotations

import string
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.answers.scope import first_day, is_over
from bot.breaks import BreakName
from bot.model import Book, Item, Kind, Language, Plan
from bot.school_calendar import school_calendar, the_name_in_words
from bot.terms import Tells, Term
from bot.understanding.frame import Intent
from bot.understanding.words import Word, words_of
from bot.wording import in_quotes

_MOST_BUTTONS = 5
_MOST_NEARBY = 3
_LONGEST_NAME = 32

# In the order that help shows them.
_SHOWN = (
    Intent.EVENTS_IN_SPAN,
    Intent.NEXT_OCCURRENCE,
    Intent.LAST_OCCURRENCE,
    Intent.LIST_OCCURRENCES,
    Intent.RESPONSIBLE_FOR,
    Intent.DUTIES_OF_ROLE,
    Intent.AUDIENCE_OF,
    Intent.TIME_OR_PLACE_OF,
    Intent.CONTENT_OF,
    Intent.MEASURES_BY_STATUS,
    Intent.MILESTONES,
    Intent.GOALS,
    Intent.MODULES,
    Intent.COUNT,
    Intent.CONFLICTS,
    Intent.FREE_DAYS,
    Intent.CHANGES_SINCE,
    Intent.PLANS,
    Intent.SOURCE,
    Intent.HELP,
)


def help_with(asking: Asking) -> Facts:
    """Return one sentence of each kind that has an answer in these plans."""
    there = examples(asking.book, asking.frame.language, asking.today)
    sentences = tuple(some[0] for intent, some in there.items() if some and intent is not Intent.HELP)
    values = {"sentences": sentences, "has_plans": bool(asking.book.plans)}
    return Facts(template="help", values=values, buttons=buttons(sentences[:_MOST_BUTTONS]))


def smalltalk(asking: Asking) -> Facts:
    """Return a kind word, and where it greets, something to ask."""
    there = examples(asking.book, asking.frame.language, asking.today)
    sentences = nearby("", there)
    return Facts(template="smalltalk", values={"talk": asking.frame.state or "greeting", "sentences": sentences})


def buttons(sentences: Iterable[str]) -> tuple[Press, ...]:
    """Return a button for each sentence that asks it."""
    return tuple(Press(name="example", says=sentence, values={"sentence": sentence}) for sentence in sentences)


def examples(book: Book, language: Language, today: date) -> Mapping[Intent, tuple[str, ...]]:
    """Return sentences by intent, filled with names from the book; those that lack a name in it are left out."""
    names = _names(book, language, today)
    return {
        intent: tuple(
            sentence.format_map(names)
            for sentence in _templates()[intent][language]
            if _slots(sentence) <= names.keys()
        )
        for intent in _SHOWN
    }


def sentence(intent: Intent, language: Language, **names: str) -> str:
    """Return a sentence that asks the question, with the names put in; it is read back as just that."""
    return _templates()[intent][language][0].format_map(names)


def nearby(text: str, there: Mapping[Intent, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the three sentences that share most words with the text; the first of each kind come before others."""
    spoken = {form for word in words_of(text) for form in word.forms}
    ranked = sorted(
        (-_shared(sentence, spoken), place, number, sentence)
        for number, some in enumerate(there.values())
        for place, sentence in enumerate(some)
    )
    return tuple(sentence for *_, sentence in ranked)[:_MOST_NEARBY]


def _shared(sentence: str, spoken: set[str]) -> int:
    return sum(_weight(word) for word in words_of(sentence) if spoken.intersection(word.forms))


def _weight(word: Word) -> int:
    return len(word.text)


def _slots(sentence: str) -> set[str]:
    return {slot for _, slot, _, _ in string.Formatter().parse(sentence) if slot}


@cache
def _templates() -> dict[Intent, dict[Language, tuple[str, ...]]]:
    folder = files("bot").joinpath("norwegian/examples")
    return {
        intent: {Language(code): tuple(sentences) for code, sentences in table.items()}
        for intent in _SHOWN
        for table in [tomllib.loads(folder.joinpath(f"{intent}.toml").read_text("utf-8"))]
    }


def _names(book: Book, language: Language, today: date) -> dict[str, str]:
    """A name from the book for each slot of the examples; what is still to come is taken before what was.

    A measure's title may be a whole sentence: it stays as it is, and the examples put it in quotation marks.
    """
    current = {plan.id for plan in book.plans if not is_over(plan, today)}
    items = [item for item in book.items if item.plan_id in current] or list(book.items)
    meetings = [item for item in items if item.kind is Kind.EVENT and item.span.is_dated]
    coming = [item for item in meetings if first_day(item) >= today] or meetings
    measure = _first(item.title for item in items if item.responsible and item.kind is not Kind.GOAL)
    found = {
        "meeting": commonest(item.title for item in coming),
        "role": commonest(role for item in items for role in item.responsible),
        "group": commonest(group for item in coming for group in item.audience),
        "attended": _first(item.title for item in coming if item.audience),
        "place": _first(item.title for item in coming if item.location or item.time_start),
        "content": _first(item.title for item in coming if item.comment),
        "area": _first(item.area or "" for item in items if item.kind is Kind.GOAL),
        "package": _first(item.area or "" for item in items if item.kind is Kind.MODULE),
        "term": _first(term.name for plan in book.plans if plan.id in current for term in _told(plan)),
        "milestone": _milestone(items),
        "week": str(_week_of_next(coming, today)),
    }
    spoken = {slot: in_a_sentence(name, language) for slot, name in found.items() if name}
    coming_break = _coming_break(book, language, today)
    return spoken | {slot: name for slot, name in (("measure", measure), ("break", coming_break)) if name}


def _coming_break(book: Book, language: Language, today: date) -> str:
    """The next break whose days are known."""
    agreed = {BreakName(name): known for name, known in school_calendar(book).agreed.items()}
    coming = [(days, name) for name, known in agreed.items() for days in known if name.is_long and days[0] > today]
    return the_name_in_words(min(coming)[1], language) if coming else ""


def _told(plan: Plan) -> Iterable[Term]:
    """The short names and groups of which the plan says who sits in them."""
    return (term for term in plan.terms if term.telling(Tells.MEMBERS))


def _first(names: Iterable[str]) -> str:
    return next((name for name in names if is_short(name)), "")


def commonest(names: Iterable[str]) -> str:
    """Return the name that comes most often; "" where none is short."""
    counted = Counter(name for name in names if is_short(name))
    return counted.most_common(1)[0][0] if counted else ""


def is_short(name: str) -> bool:
    """Whether a name has room in a sentence, and is certain."""
    return 0 < len(name) <= _LONGEST_NAME and "?" not in name


def in_a_sentence(name: str, language: Language) -> str:
    """With a small first letter where all the others are small, one word as it stands ("SePU"), and else in quotes."""
    if name[1:].islower():
        return name[0].lower() + name[1:]
    return in_quotes(name, language) if " " in name else name


def _milestone(items: Iterable[Item]) -> str:
    numbers = (
        item.milestones[0]
        for item in items
        if item.kind is Kind.MILESTONE and item.milestones and item.milestones != "all"
    )
    return str(next(numbers, ""))


def _week_of_next(coming: list[Item], today: date) -> int:
    day = min((first_day(item) for item in coming), default=today)
    return max(day, today).isocalendar().week
