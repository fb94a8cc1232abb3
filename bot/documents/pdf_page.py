"""What stands on a page of a PDF: signs and straight lines, with `y` growing downwards from the top, in points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """One sign: its box, the line it stands on, and its size; `is_spaced`: the file has a space after it;
    `is_struck`: a line is drawn through it.

    A sign that is turned a quarter has the place of its text as if that were upright.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    is_bold: bool = False
    is_spaced: bool = False
    is_struck: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, self.base - self.size * 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, point: tuple[float, float], margin: float = 0.0) -> bool:
        x, y = point
        is_beside = self.left - margin <= x <= self.right + margin
        return is_beside and self.top - margin <= y <= self.bottom + margin


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it is shown; `lines` are strokes and thin bars, `fills` the boxes of colour behind words.

    `is_picture`: hardly anything but a picture stands on it, as on a scanned page.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    lines: tuple[Box, ...] = ()
    fills: tuple[Box, ...] = ()
    is_picture: bool = False
