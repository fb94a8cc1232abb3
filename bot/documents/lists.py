"""Lines that belong together: sentences that a line's end has cut, and lists with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.documents.document import Block, Paragraph

_NUMBERED = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")
_SUSPENDED = frozenset(("og", "eller", "samt", "and", "or"))
_LONG = 60
_SMALL = 3
# A line's end cuts long lines; a short one that begins with a small word is a line of its own ("on Fellestid").
_NARROW = 40
# How many items make a list, without and with other lines between them, and how far these may bring them apart.
_PAIR = 2
_SEVERAL = 3
_BETWEEN = 4
_NOWHERE = 1_000_000


def joined(lines: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """Put lines together that a line's end has cut: the next goes on in lower case after, or with, a small word."""
    made: list[Paragraph] = []
    for line in lines:
        if made and not line.bullet and _goes_on(made[-1].text, line.text):
            made[-1] = replace(made[-1], text=_put_together(made[-1].text, line.text))
        else:
            made.append(line)
    return tuple(made)


def _put_together(before: str, after: str) -> str:
    """Return two lines as one; a hyphen that only cuts a word is left out, one that stands for a word is kept."""
    is_cut = before[-1] == "-" and before[-2:-1].isalnum()
    if not is_cut or after.split()[0] in _SUSPENDED:
        return f"{before} {after}"
    return f"{before[:-1]}{after}" if before[-2].islower() else before + after


def _goes_on(before: str, after: str) -> bool:
    if not after[0].islower() or before[-1] in ".:;!?" or any(map(str.isdigit, " ".join(after.split()[:2]))):
        return False
    is_cut = len(before) >= _LONG or before[-1] in "-,/"
    return is_cut or (len(before) >= _NARROW and min(len(before.split()[-1]), len(after.split()[0])) <= _SMALL)


def numbered(lines: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """Take the numbers off a list that counts from one; other numbers at the beginning of a line are words.

    A longer list may have lines of their own below its items ("Frist: 1. mai").
    """
    made = list(lines)
    found = [(at, int(number[1])) for at, line in enumerate(made) if (number := _NUMBERED.match(line.text))]
    for items in _counting(found):
        for place, at in enumerate(items, start=1):
            text = _NUMBERED.sub("", made[at].text)
            made[at] = replace(made[at], text=text, number=place, bullet=made[at].bullet or 1)
    return tuple(made)


def _counting(found: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield where the items of each list stand: what counts from one, with few lines between."""
    items: list[int] = []
    for at, number in (*found, (_NOWHERE, 0)):
        if items and (number != len(items) + 1 or at - items[-1] > _BETWEEN):
            is_close = items[-1] - items[0] == len(items) - 1
            if len(items) >= (_PAIR if is_close else _SEVERAL):
                yield items
            items = []
        if items or number == 1:
            items.append(at)


def with_numbers(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks; the paragraphs between two headings or tables may be lists with typed numbers."""
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        yield from numbered(run)
        run = []
        yield block
    yield from numbered(run)
