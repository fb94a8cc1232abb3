"""Words with a line drawn through them: gone where others stand beside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.documents.pdf_page import Box, Glyph

# In sizes: how far above its line a sign is struck; and how thick such a line may be, in points.
_LOWEST = 0.1
_HIGHEST = 0.5
_THICKEST = 2.0
# In parts of a line's length: how much of it the signs have at the least.
_MOST = 0.6
# Where there are more lines and signs on a page (their product), it is a drawing, or made to keep a reader busy.
_MANY = 40_000_000


def with_struck(glyphs: Sequence[Glyph], lines: Sequence[Box]) -> tuple[tuple[Glyph, ...], tuple[Box, ...]]:
    """Return the signs, those with a line through them marked, and the lines that strike nothing."""
    if len(lines) * len(glyphs) > _MANY:
        return tuple(glyphs), tuple(lines)
    order = sorted(range(len(glyphs)), key=lambda index: glyphs[index].base)
    bases = [glyphs[index].base for index in order]
    farthest = _HIGHEST * max((glyph.size for glyph in glyphs), default=0.0)
    struck: set[int] = set()
    left: list[Box] = []
    for line in lines:
        level = order[bisect_left(bases, line.top) : bisect_right(bases, line.bottom + farthest)]
        found = [index for index in level if _is_through(line, glyphs[index])]
        if found and sum(glyphs[index].right - glyphs[index].left for index in found) >= _MOST * line.width:
            struck.update(found)
        else:
            left.append(line)
    made = (replace(glyph, is_struck=True) if index in struck else glyph for index, glyph in enumerate(glyphs))
    return tuple(made), tuple(left)


def _is_through(line: Box, glyph: Glyph) -> bool:
    at = (line.top + line.bottom) / 2
    is_level = line.height <= _THICKEST and line.left <= (glyph.left + glyph.right) / 2 <= line.right
    return is_level and _LOWEST * glyph.size <= glyph.base - at <= _HIGHEST * glyph.size


def without_struck(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Return the signs of a cell or a piece of a line without what is struck out, where that leaves words."""
    kept = [glyph for glyph in glyphs if not glyph.is_struck]
    return kept if any(glyph.text.isalnum() for glyph in kept) else glyphs
