"""Which plans words name, where nothing but plans is meant: behind a command."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Book, Plan
from bot.understanding.commands import is_between_plans
from bot.understanding.lexicon import is_filler
from bot.understanding.names import names_of
from bot.understanding.words import plain, words_of

_LONGEST_TITLE = 30  # words


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWords:
    """Words and the plans that they may name: one, several to choose from, or none."""

    words: str
    plans: tuple[Plan, ...]


def plans_listed(words: str, book: Book) -> tuple[PlanWords, ...]:
    """Return each piece of a list of plans ("KIBS og SEPU"); a title that has such a word in it is one piece."""
    whole = _bare(words)
    pieces = _pieces(whole)
    if len(pieces) < 2 or plan_called(whole, book):
        return (PlanWords(words=whole, plans=plans_named(whole, book)),)
    each = tuple(PlanWords(words=piece, plans=plans_named(piece, book)) for piece in pieces)
    if not all(piece.plans for piece in each) and (plans := plans_named(whole, book)):
        return (PlanWords(words=whole, plans=plans),)
    return each


def plans_named(words: str, book: Book) -> tuple[Plan, ...]:
    """Return the plan of just that title or short name, else those whose title or organisation has the words."""
    exact = plan_called(words, book)
    return plans_like(words, book) if exact is None else (exact,)


def plans_like(words: str, book: Book) -> tuple[Plan, ...]:
    """Return the plans whose short name, title or organisation has the words, those that fit best."""
    spoken = [word for word in words_of(words) if not is_filler(word.text)]
    hits = names_of(book).plan_titles.find(spoken)
    return tuple(dict.fromkeys(hit.thing for hit in hits))


def plan_and_question(words: str, book: Book) -> tuple[Plan, str] | None:
    """Return the plan whose title or short name begins the words, and what is asked of it; None where none does."""
    pieces = words.split()
    for count in range(min(len(pieces), _LONGEST_TITLE), 0, -1):
        plan = plan_called(" ".join(pieces[:count]), book)
        if plan is not None:
            return plan, " ".join(pieces[count:])
    return None


def plan_called(words: str, book: Book) -> Plan | None:
    """Return the plan of just that title or short name."""
    wanted = plain(_bare(words))
    return next((plan for plan in book.plans if wanted in (plain(plan.short), plain(plan.title))), None)


def _bare(words: str) -> str:
    return " ".join(words.split()).strip(' .,:;!?"“”«»')


def _pieces(words: str) -> tuple[str, ...]:
    pieces: list[list[str]] = [[]]
    for word in words.replace(",", " , ").split():
        if word == "," or is_between_plans(word):
            pieces.append([])
        else:
            pieces[-1].append(word)
    return tuple(bare for piece in pieces if (bare := _bare(" ".join(piece))))
