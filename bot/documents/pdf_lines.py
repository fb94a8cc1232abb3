"""Signs on a page to lines of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from bot.documents.document import plain
from bot.documents.pdf_page import Glyph

# In sizes of the signs: how far lines of one row may lie apart, and how wide gaps between words and columns are.
_ONE_LINE = 0.45
_WORD_GAP = 0.18
_COLUMN_GAP = 0.75
_TWICE = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Signs with no gap between them; `sign` is the width of the first; `strong` tells how many are bold at first."""

    text: str
    left: float
    right: float
    sign: float
    strong: int = 0
    is_spaced: bool = False


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
    def strong(self) -> int:
        """How many of the first signs are bold, the spaces between them counted."""
        whole = list(takewhile(lambda word: word.strong >= len(word.text), self.words))
        begun = self.words[len(whole)].strong if len(whole) < len(self.words) else 0
        return min(sum(len(word.text) + 1 for word in whole) + begun, len(self.text))

    def moved(self, down: float) -> Line:
        return replace(self, base=self.base + down)


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
    found = ([line for piece in _pieces(row) if (line := _line(piece))] for row in _level_rows(glyphs))
    return [pieces for pieces in found if pieces]


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
        is_again = any(
            other.text == glyph.text and abs(other.left - glyph.left) < glyph.size * _TWICE for other in made[-2:]
        )
        if not is_again or not glyph.text.isalnum():
            made.append(glyph)
    return made


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
    size = max(glyph.size for glyph in row)
    base = max(glyph.base for glyph in row if glyph.size > size * 0.8)
    return line_of([_word(signs) for signs in words], base, size)


def _word(signs: Sequence[Glyph]) -> Word:
    return Word(
        text="".join(glyph.text for glyph in signs),
        left=signs[0].left,
        right=max(glyph.right for glyph in signs),
        sign=signs[0].right - signs[0].left,
        strong=sum(len(glyph.text) for glyph in takewhile(lambda glyph: glyph.is_bold, signs)),
        is_spaced=signs[-1].is_spaced,
    )
