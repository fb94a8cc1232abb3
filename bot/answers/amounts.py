"""How many the plan's own text says there are to be ("4 møter hvert semester"): quoted, never worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.answers.scope import current_plans
from bot.answers.telling import plans_of
from bot.errors import NotUnderstood
from bot.model import Item
from bot.understanding.lexicon import concept_tables, is_filler
from bot.understanding.words import plain, words_of

_PIECE = re.compile(r"(?<=[.!?;])\s+|\n+")
# A number with what it counts, and no day of a date: "4 møter", "5-7 deltakere".
_AMOUNT = re.compile(r"(?<![\d./:–-])\d+(?:\s?[-–]\s?\d+)?\s+[a-zæøå]{3,}", re.IGNORECASE)
_MOST = 3


def amount(asking: Asking) -> Facts:
    """Return the items whose text tells a number of what is asked about. Raises NotUnderstood where none does."""
    asked = _content(asking.message.text)
    plans = {plan.id for plan in current_plans(asking) or asking.book.plans}
    told = [(item, piece) for item in asking.book.items if item.plan_id in plans for piece in _amounts(item)]
    ranked = sorted((-_shared(piece, asked), item.id, item, piece) for item, piece in told)
    best = [(item, piece) for shared, _, item, piece in ranked if -shared * 2 > len(asked) and shared == ranked[0][0]]
    if not best:
        raise NotUnderstood()
    items = tuple({item.id: item for item, _ in best[:_MOST]}.values())
    pieces = tuple(dict.fromkeys(piece for _, piece in best[:_MOST]))
    values = {"sentences": pieces, "items": items, "plans": plans_of(asking, items)}
    return Facts(template="amount", values=values, items=items)


def _amounts(item: Item) -> Iterator[str]:
    for text in (item.title, item.comment, item.goal):
        yield from (piece.strip() for piece in _PIECE.split(text or "") if _AMOUNT.search(piece))


def _shared(piece: str, asked: list[frozenset[str]]) -> int:
    there = {form for word in words_of(piece) for form in word.forms}
    return sum(bool(forms & there) for forms in asked)


def _content(text: str) -> list[frozenset[str]]:
    """The forms of each word that tells what is counted."""
    words = (word for word in words_of(text) if not is_filler(word.text) and plain(word.text) not in _asking_words())
    return [frozenset(word.forms) for word in words]


@cache
def _asking_words() -> frozenset[str]:
    asking = [*concept_tables()["how_many"]["words"], *concept_tables()["all"]["words"], "hvert", "kvart", "kvar"]
    return frozenset(plain(word.text) for phrase in asking for word in words_of(phrase))
