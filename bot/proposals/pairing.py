"""Which entry of a new version is which item of the plan, one to one, though its title or its date was edited.

What is certain pairs first: all alike, then the same title at another time. Then titles that are nearly alike.
At last what stands between two neighbours that are paired already, for a title may be another one altogether.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import TypeAlias

from rapidfuzz import fuzz

from bot.model import Entry, Kind
from bot.proposals.lexicon import fold

Pairs: TypeAlias = "dict[int, int]"
Key: TypeAlias = Callable[[Entry], Hashable]

_ALIKE = 85.0
_ALIKE_SOON = 65.0
_ALIKE_ON_ONE_DAY = 55.0
_ALIKE_IN_PLACE = 40.0
# A title that only has more words, or fewer, is so much less alike than the same.
_MORE_WORDS = 25.0
# From so many days on a day is another one altogether.
_FAR = 21
_NEAR = 7
# More than this is not the next version of a plan but another plan.
_MOST_CHOICES = 1_000_000
_WORK = (Kind.EVENT, Kind.MEASURE, Kind.MODULE, Kind.MILESTONE)


def paired(items: Sequence[Entry], entries: Sequence[Entry]) -> Pairs:
    """Return which entry belongs to which item, by their places in the two lists."""
    pairs: Pairs = {}
    for key in (_whole, _all, _without_area, _title_and_day, _title_and_region, _title):
        _by_key(items, entries, pairs, key)
    _by_likeness(items, entries, pairs)
    _by_neighbours(items, entries, pairs)
    return pairs


def adopted(own: Sequence[Entry], entries: Sequence[Entry], taken: Collection[int]) -> Pairs:
    """Return which entry that nobody has taken is what people had made themselves: the same title on the same day."""
    pairs: Pairs = {}
    free: dict[Hashable, int] = {}
    for index in _free(len(entries), taken):
        free.setdefault(_title_and_day(entries[index]), index)
    _take(((one, free[key]) for one, entry in enumerate(own) if (key := _title_and_day(entry)) in free), pairs)
    return pairs


def _whole(entry: Entry) -> Hashable:
    return replace(_plain(entry), source=None, source_line=None)


def _all(entry: Entry) -> Hashable:
    return (entry.kind, fold(entry.title), entry.span.start, entry.span.end, entry.region, entry.area, entry.goal)


def _without_area(entry: Entry) -> Hashable:
    return (entry.kind, fold(entry.title), entry.span.start, entry.region)


def _title_and_day(entry: Entry) -> Hashable:
    return (_group(entry), fold(entry.title), entry.span.start, entry.region)


def _title_and_region(entry: Entry) -> Hashable:
    return (_group(entry), fold(entry.title), entry.region, entry.area)


def _title(entry: Entry) -> Hashable:
    return (_group(entry), fold(entry.title))


def _plain(entry: Entry) -> Entry:
    """What the plan says, without the item's place in the database."""
    return Entry(**{field.name: getattr(entry, field.name) for field in fields(Entry)})


def _group(entry: Entry) -> Hashable:
    """A meeting may turn out to be a measure; a goal never does."""
    return "work" if entry.kind in _WORK else entry.kind


def _by_key(items: Sequence[Entry], entries: Sequence[Entry], pairs: Pairs, key: Key) -> None:
    """Pair what has the same key; of several, those whose days lie nearest to each other, or all in their order."""
    free = defaultdict[Hashable, list[int]](list)
    for index in _free(len(entries), set(pairs.values())):
        free[key(entries[index])].append(index)
    waiting = defaultdict[Hashable, list[int]](list)
    for index in _free(len(items), pairs):
        waiting[key(items[index])].append(index)
    for mark, places in waiting.items():
        if len(places) == len(free.get(mark, ())) or len(places) * len(free.get(mark, ())) > _MOST_CHOICES:
            _take(zip(_by_day(items, places), _by_day(entries, free[mark]), strict=False), pairs)
            continue
        choices = sorted(
            (_days_between(items[one], entries[other]), abs(order - other_order), one, other)
            for order, one in enumerate(places)
            for other_order, other in enumerate(free.get(mark, ()))
        )
        _take(((one, other) for _, _, one, other in choices), pairs)


def _by_day(entries: Sequence[Entry], places: Sequence[int]) -> list[int]:
    return sorted(places, key=lambda place: _day(entries[place]) or date.max)


def _take(choices: Iterable[tuple[int, int]], pairs: Pairs) -> None:
    """Pair from the best choice on, each of both sides once."""
    taken = set(pairs.values())
    for one, other in choices:
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)


def _free(count: int, taken: Collection[int]) -> list[int]:
    return [index for index in range(count) if index not in taken]


def _days_between(one: Entry, other: Entry) -> int:
    first, second = _day(one), _day(other)
    if first is None or second is None:
        return 0 if first is second else 10_000
    return abs((first - second).days)


def _day(entry: Entry) -> date | None:
    return entry.span.start or entry.span.end


def _by_likeness(items: Sequence[Entry], entries: Sequence[Entry], pairs: Pairs) -> None:
    """Pair titles that are nearly alike; the nearer the days, the less likeness is enough."""
    choices: list[tuple[float, int, int]] = []
    ones, others = _free(len(items), pairs), _free(len(entries), set(pairs.values()))
    for one in ones if len(ones) * len(others) <= _MOST_CHOICES else ():
        for other in others:
            likeness = _likeness(items[one], entries[other])
            if likeness:
                choices.append((-likeness, one, other))
    _take(((one, other) for _, one, other in sorted(choices)), pairs)


def _likeness(item: Entry, entry: Entry) -> float:
    if _group(item) != _group(entry) or item.region != entry.region:
        return 0.0
    apart = _days_apart(item, entry)
    least = _ALIKE if apart >= _FAR else _ALIKE_SOON if apart else _ALIKE_ON_ONE_DAY
    ratio = _titles_alike(item, entry, has_more_words=apart <= _NEAR)
    return ratio + _FAR - min(apart, _FAR) if ratio >= least else 0.0


def _days_apart(item: Entry, entry: Entry) -> int:
    """How far two entries are from one another; undated ones of the same area and goal are near."""
    if _day(item) and _day(entry):
        return _days_between(item, entry)
    is_undated = not _day(item) and not _day(entry)
    return _NEAR if is_undated and (item.area, item.goal) == (entry.area, entry.goal) else _FAR


def _titles_alike(item: Entry, entry: Entry, *, has_more_words: bool) -> float:
    one, other = fold(item.title), fold(entry.title)
    # A slip in the sign between two words makes them one, which sorting the words cannot see.
    ratio = max(fuzz.token_sort_ratio(one, other), fuzz.ratio(one, other))
    return max(ratio, fuzz.token_set_ratio(one, other) - _MORE_WORDS) if has_more_words else ratio


def _by_neighbours(items: Sequence[Entry], entries: Sequence[Entry], pairs: Pairs) -> None:
    """Pair one item left over with one entry left over between the same two neighbours, if kind or day agree."""
    changed = True
    while changed:
        changed = False
        taken = set(pairs.values())
        for one in _free(len(items), pairs):
            before = pairs.get(one - 1, -1 if one == 0 else None)
            after = pairs.get(one + 1, len(entries) if one + 1 == len(items) else None)
            if before is None or after != before + 2 or before + 1 in taken:
                continue
            item, entry = items[one], entries[before + 1]
            if _group(item) == _group(entry) and _is_in_place_of(item, entry):
                pairs[one] = before + 1
                changed = True
                break


def _is_in_place_of(item: Entry, entry: Entry) -> bool:
    """Whether another title may be of the same thing: a little like it, on the same day, or undated in its area."""
    if _titles_alike(item, entry, has_more_words=True) >= _ALIKE_IN_PLACE:
        return True
    if _day(item) or _day(entry):
        return _day(item) == _day(entry)
    return item.area is not None and item.area == entry.area
