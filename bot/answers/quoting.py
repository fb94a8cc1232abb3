"""What the plans say in running text, quoted: for a question that nothing in their items answers."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.facts import Facts
from bot.answers.scope import is_over
from bot.excerpts import Excerpt
from bot.messages import Message
from bot.model import Book, Language, Plan
from bot.ports import Store
from bot.school_calendar import seen_from
from bot.time.lexicon import lexicon
from bot.understanding.index import Index
from bot.understanding.lexicon import is_filler
from bot.understanding.names import names_of
from bot.understanding.sentence import Sentence, take_apart
from bot.understanding.words import Word, plain

_MOST, _MOST_UNDER_A_HEADING = 3, 8
_MOST_FITTING = 15  # what stands everywhere is no answer
_SHORTEST_ALONE = 6  # letters of a word that is looked for all by itself
_LONGEST = 420
_ENOUGH_OF_WHO = 2  # no text says who somebody is by a role's name alone
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«])|(?<=;)\s+")
# Somebody asks what is so; "kan du skrive et referat" asks for something to be done.
_ASKS = frozenset({"what", "which", "who", "when", "where", "how", "why", "how_many", "how_long", "content", "meaning"})
_MOST_BOOKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words of a plan, and where they stand."""

    plan: Plan
    excerpt: Excerpt
    text: str


def quoted(message: Message, text: str, language: Language, book: Book, store: Store) -> Facts | None:
    """Return what the plans say that has every word of the question; None where they say nothing like it.

    Plans that are over are quoted only where every plan is.
    """
    today = message.now.date()
    plans = tuple(plan for plan in book.plans if not is_over(plan, today)) or book.plans
    sentence = take_apart(text, names_of(book), language, seen_from(today, book, text))
    words = _looked_for(sentence, text)
    if not words or not plans:
        return None
    found = _most_alike([one for one in _index(book, store).having(words) if one.plan in plans], sentence)
    rows = tuple(_cut(one, words) for one in _best(found, words))
    if not rows:
        return None
    values = {"quotes": rows, "plans": tuple(plan for plan in plans if any(row.plan == plan for row in rows))}
    return Facts(template="plan_says", values=values)


def _looked_for(sentence: Sentence, text: str) -> tuple[Word, ...]:
    """The words that the question is about; none where it asks for nothing, or for too little to be sure."""
    if not sentence.concepts & _ASKS and not text.rstrip().endswith("?"):
        return ()
    words = tuple(word for word in sentence.rest if not _is_number(word))
    if sentence.says("resources") or (sentence.says("who") and len(words) < _ENOUGH_OF_WHO):
        return ()
    is_one_enough = any(len(word.text) >= _SHORTEST_ALONE or word.text.isupper() for word in words)
    return words if is_one_enough else ()


def _most_alike(found: Sequence[Quoted], sentence: Sentence) -> list[Quoted]:
    """Those first that have most of the words which may mean something else too ("kompetansepakkene")."""
    helpful = [word for word in sentence.soft if not is_filler(word.text)]
    return sorted(found, key=lambda one: -sum(_has_all(one.excerpt.text, [word]) for word in helpful))


def _is_number(word: Word) -> bool:
    """Whether it is a number, in figures or as a word ("sju"): a plan may write it the other way."""
    return word.is_number or "number_word" in lexicon().said(plain(word.text)).categories


def _best(found: Sequence[Quoted], words: Sequence[Word]) -> list[Quoted]:
    """What stands under a heading that has the words, else what has them itself, in the plan's order.

    None where there is so much that it tells nothing.
    """
    headed = [one for one in found if _has_all(one.excerpt.heading or "", words)]
    if headed and len(headed) <= _MOST_FITTING:
        return headed[:_MOST_UNDER_A_HEADING]
    named = [one for one in found if _has_all(one.excerpt.text, words)]
    return named[:_MOST] if len(named) <= _MOST_FITTING else []


def _has_all(text: str, words: Sequence[Word]) -> bool:
    index = Index([(text, text)])
    return all(index.knows(word) for word in words)


def _cut(one: Quoted, words: Sequence[Word]) -> Quoted:
    """With the sentences alone that have a word of the question, where the paragraph is long."""
    if len(one.text) <= _LONGEST:
        return one
    parts = [part for part in _SENTENCE.split(one.text) if any(Index([(part, part)]).knows(word) for word in words)]
    said = " ".join(parts).rstrip(";") or one.text
    return Quoted(plan=one.plan, excerpt=one.excerpt, text=said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …")


_kept: OrderedDict[int, tuple[Book, Index[Quoted]]] = OrderedDict()
_lock = threading.Lock()


def _index(book: Book, store: Store) -> Index[Quoted]:
    """The book's excerpts by their words and headings; made at the first question that needs them."""
    with _lock:
        known = _kept.get(id(book))
        if known is not None and known[0] is book:
            return known[1]
    by_plan = store.plans.excerpts(book.plans)
    index = Index(
        (f"{excerpt.heading or ''} {excerpt.text}", Quoted(plan=plan, excerpt=excerpt, text=excerpt.text))
        for plan in book.plans
        for excerpt in by_plan.get(plan.id, ())
    )
    with _lock:
        _kept[id(book)] = (book, index)
        while len(_kept) > _MOST_BOOKS:
            _kept.popitem(last=False)
    return index
