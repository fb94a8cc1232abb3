"""Whom a digest is for, found in the plans by the words that it was said with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.digest import Target
from bot.digest_target import has, is_for, is_meeting
from bot.errors import BadDate
from bot.model import Book
from bot.roles import role_named
from bot.understanding.plan_words import plan_called, plans_like

_MOST_OFFERED = 8


def target_of(only: Iterable[str], book: Book) -> Target:
    """Return what the words mean in these plans. Raises BadDate for what no plan has, with the groups they have."""
    plans, groups, regions, meetings = [], [], [], []
    for words in only:
        if any(item.region and has(item.region, words) for item in book.items):
            regions.append(words)
        elif any(has(group, words) for item in book.items for group in item.audience) or role_named(words, book):
            groups.append(words)
        elif plan_called(words, book):
            plans.append(words)
        elif any(is_meeting(item, words) for item in book.items):
            meetings.append(words)
        elif any(is_for(item, words) for item in book.items):
            groups.append(words)
        elif plans_like(words, book):
            plans.append(words)
        else:
            raise BadDate("digest_nobody", words=words, groups=_groups(book))
    return Target(plans=tuple(plans), groups=tuple(groups), regions=tuple(regions), meetings=tuple(meetings))


def _groups(book: Book) -> tuple[str, ...]:
    """The groups that most is for."""
    counted = Counter(group for item in book.items for group in item.audience)
    return tuple(group for group, _ in counted.most_common(_MOST_OFFERED))
