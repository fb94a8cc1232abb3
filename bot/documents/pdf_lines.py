"""Signs on a page to lines of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from bot.documents.document import plain
from bot.documents.pdf_page import Glyph
from bot.documents.pdf_struck import without_struck

# In sizes of the signs: how far lines of one row may lie apart, and how wide gaps between words and columns are.
_ONE_LINE = 0.45
_WORD_GAP = 0.18
_COLUMN_GAP = 0.75
_TWICE = 0.12
_MOST = 0.8

BULLETS = "·•▪▫◦○●■□‣⁃∙➢➤►❖✓✔\ue000-\uf8ff"
_SIGN = re.compile(f"[{BULLETS}]")
_BULLET = re.compile(rf"^(?:(?:[{BULLETS}*–—-]|o)\s+)+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Signs with no gap between them; `sign` is the width of the first; `strong` tells how many are bold at first."""

    text: str
    left: float
    right: float
    sign: float
    strong: int = 0
    is_spaced: bool = False
    is_struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words that stand on one line; there is at least one, with something in it.

    `is_spaced`: the file has a space after the last word, as where a paragraph goes on with the next line.
    """

    words: tuple[Word, ...]
    text: str
    base: float
    size: float

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def top(self) -> float:
        return self.base - self.size

    @property
    def first(self) -> float:
        """The width of the first word."""
        return self.words[0].right - self.words[0].left

    @property
    def sign(self) -> float:
        """The width of the first sign."""
        return self.words[0].sign

    @property
    def is_spaced(self) -> bool:
        return self.words[-1].is_spaced

    @property
    def is_struck(self) -> bool:
        """Whether a line is drawn through all of it."""
        return all(word.is_struck for word in self.words)

    @property
    def strong(self) -> int:
        """How many of the first signs are bold, the spaces between them counted."""
        whole = list(takewhile(lambda word: word.strong >= len(word.text), self.words))
        begun = self.words[len(whole)].strong if len(whole) < len(self.words) else 0
        return min(sum(len(word.text) + 1 for word in whole) + begun, len(self.text))

    def moved(self, down: float) -> Line:
        return replace(self, base=self.base + down)


def is_bullet(text: str) -> bool:
    """Whether a line begins with a bullet."""
    return _BULLET.match(text) is not None


def without_bullet(text: str) -> str:
    return _BULLET.sub("", text)


def line_of(words: Sequence[Word], base: float, size: float) -> Line | None:
    """Return words as a line; None where there is nothing in them."""
    text = plain(" ".join(word.text for word in words))
    return Line(words=tuple(words), text=text, base=base, size=size) if text else None


def joined_line(pieces: Sequence[Line]) -> Line:
    """Return pieces that stand on one line as one line."""
    if len(pieces) == 1:
        return pieces[0]
    words = tuple(word for piece in pieces for word in piece.words)
    text = " ".join(piece.text for piece in pieces)
    return Line(words=words, text=text, base=pieces[0].base, size=max(piece.size for piece in pieces))


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Line]]:
    """Return the lines from the top, each as its pieces between wide gaps."""
    found: list[list[Line]] = []
    for row in _level_rows(glyphs):
        layers = [list(_layers(piece)) for piece in _pieces(row)]
        for depth in range(max(map(len, layers))):
            lines = [line for piece in layers if depth < len(piece) and (line := _line(without_struck(piece[depth])))]
            found.append(lines)
    return [pieces for pieces in found if pieces]


def _layers(piece: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the lines of a piece, one as a rule: larger signs in another column may have brought two together."""
    largest = max(glyph.size for glyph in piece)
    bases: list[float] = []
    for glyph in sorted(piece, key=lambda glyph: glyph.base):
        if glyph.size > _MOST * largest and (not bases or glyph.base - bases[-1] > _ONE_LINE * largest):
            bases.append(glyph.base)
    yield from ([glyph for glyph in piece if _nearest(bases, glyph) == base] for base in bases)


def _nearest(bases: Sequence[float], glyph: Glyph) -> float:
    return min(bases, key=lambda base: abs(base - glyph.base))


def whole_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines from the top, each as one, however wide its gaps are."""
    return [line for row in _level_rows(glyphs) if (line := _line(row))]


def _level_rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the signs of each line from left to right; raised and lowered signs are on the line they belong to."""
    row: list[Glyph] = []
    base, size = 0.0, 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if row and glyph.base - base > _ONE_LINE * max(size, glyph.size):
            yield _once(row)
            row = []
        if not row or glyph.size > size * 1.1:
            base, size = glyph.base, glyph.size
        row.append(glyph)
    if row:
        yield _once(row)


def _once(row: list[Glyph]) -> list[Glyph]:
    """Leave out signs that are printed twice in one place to look bold."""
    made: list[Glyph] = []
    for glyph in sorted(row, key=lambda glyph: glyph.left):
        if not glyph.text.isalnum() or not any(_is_same(glyph, other) for other in made[-2:]):
            made.append(glyph)
    return made


def _is_same(glyph: Glyph, other: Glyph) -> bool:
    is_there = max(abs(other.left - glyph.left), abs(other.base - glyph.base)) < glyph.size * _TWICE
    return is_there and other.text == glyph.text


def _pieces(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    piece: list[Glyph] = []
    for glyph in row:
        if piece and glyph.left - piece[-1].right > _COLUMN_GAP * max(glyph.size, piece[-1].size):
            yield piece
            piece = []
        piece.append(glyph)
    if piece:
        yield piece


def _line(row: Sequence[Glyph]) -> Line | None:
    words: list[list[Glyph]] = []
    for before, glyph in zip((None, *row), row, strict=False):
        if before is None or before.is_spaced or glyph.left - before.right > _WORD_GAP * glyph.size:
            words.append([])
        words[-1].append(glyph)
    # A bullet is often set in signs of its own.
    signs = row[1:] if len(row) > 1 and _SIGN.fullmatch(row[0].text) else row
    size = max(glyph.size for glyph in signs)
    base = max(glyph.base for glyph in signs if glyph.size > size * _MOST)
    return line_of([_word(signs) for signs in words], base, size)


def _word(signs: Sequence[Glyph]) -> Word:
    return Word(
        text="".join(glyph.text for glyph in signs),
        left=signs[0].left,
        right=max(glyph.right for glyph in signs),
        sign=signs[0].right - signs[0].left,
        strong=sum(len(glyph.text) for glyph in takewhile(lambda glyph: glyph.is_bold, signs)),
        is_spaced=signs[-1].is_spaced,
        is_struck=all(glyph.is_struck for glyph in signs),
    )
