"""Where things on a turned page, and words that stand on end, are when a reader turns them upright."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from bot.documents.pdf_page import Box, Glyph

# No sheet of paper is so large, in points; what a damaged file puts farther out is nowhere.
_FARTHEST = 20_000.0

Placing: TypeAlias = Callable[[float, float], tuple[float, float]]


def placing(box: tuple[float, float, float, float], turned: int) -> Placing:
    """Return where a point of the file is on the page as it is shown, from the top left corner."""
    left, bottom, right, top = box
    return {
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }.get(turned, lambda x, y: (x - left, top - y))


def box_between(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return Box(
        left=min(one[0], other[0]),
        top=min(one[1], other[1]),
        right=max(one[0], other[0]),
        bottom=max(one[1], other[1]),
    )


def is_on_paper(thing: Box | Glyph) -> bool:
    """Whether all sides are figures, and such as a sheet of paper may have."""
    sides = (thing.left, thing.top, thing.right, thing.bottom)
    base = thing.base if isinstance(thing, Glyph) else 0.0
    # No comparison holds of what is no figure.
    return all(abs(side) <= _FARTHEST for side in (*sides, base))


def upright(signs: list[tuple[Glyph, int]]) -> Iterator[Glyph]:
    """Yield the signs; words that are turned a quarter are set upright in the middle of where they stand."""
    turned: list[Glyph] = []
    for index, (glyph, quarters) in enumerate(signs):
        if quarters % 2 == 0:
            yield glyph
            continue
        turned.append(glyph)
        following = signs[index + 1] if index + 1 < len(signs) else None
        if following is None or following[1] != quarters or abs(following[0].left - glyph.left) > glyph.size:
            yield from _laid_down(turned)
            turned = []


def _laid_down(turned: list[Glyph]) -> Iterator[Glyph]:
    left, right = min(glyph.left for glyph in turned), max(glyph.right for glyph in turned)
    middle = (min(glyph.top for glyph in turned) + max(glyph.bottom for glyph in turned)) / 2
    step = (right - left) / len(turned)
    for index, glyph in enumerate(turned):
        yield replace(
            glyph,
            left=left + index * step,
            right=left + (index + 1) * step,
            top=middle - glyph.size / 2,
            bottom=middle + glyph.size / 2,
            base=middle + glyph.size * 0.3,
        )
