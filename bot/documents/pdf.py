"""PDF files with a text layer to a neutral document; this file alone knows the library that opens them."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.documents.document import Document
from bot.documents.pdf_document import document_of
from bot.documents.pdf_page import Box, Glyph, Page
from bot.documents.pdf_places import at_page
from bot.documents.pdf_struck import with_struck
from bot.documents.pdf_turning import box_between, is_on_paper, placing, upright
from bot.errors import BadFile

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

# No plan has so many pages or signs; what has more is a book, or made to keep a reader busy.
_PAGES = 400
_SIGNS = 500_000
_OBJECTS = 30_000
_SEGMENTS = 200
_NESTED = 8

# A page is a picture where one covers this part of it, and no more signs stand on it than a stamp has; where none
# stand, any picture will do.
_MOST_OF_IT = 0.5
_FEW_SIGNS = 100
_ANY = 0.001

# A bar thinner than this is a line.
_THIN = 3.0
_HARD_SPACES = "\xa0\u202f"
_HYPHENS = "\x02\xad\ufffe\u2010\u2011"
_UNKNOWN = "\ufffd"
_QUARTER = math.pi / 2
# How large a sign may be, in points; and how much of that stands above its line.
_LARGEST = 1000.0
_ABOVE = 0.8


def read_pdf(content: bytes, name: str) -> Document:
    """Return what a PDF says, without what its pages repeat at the top and the bottom.

    Raises BadFile if it cannot be opened, is locked, is longer than any plan, or is a scanned picture of one.
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as opened:
            pages = _pages(opened, name)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise BadFile("bad_file_password" if is_locked else "bad_file_unreadable", name=name) from error
    if _is_scanned(pages):
        raise BadFile("bad_file_scanned", name=name)
    unread = tuple(at_page(page.number) for page in pages if page.is_picture)
    return replace(document_of(pages, name), unread=unread)


def _pages(opened: PdfDocument, name: str) -> tuple[Page, ...]:
    """Return all pages. Raises BadFile where they hold more than any plan."""
    pages: list[Page] = []
    left = _SIGNS
    for index in range(len(opened)):
        reader = _PageReader(opened[index], index + 1)
        left -= reader.count
        if index >= _PAGES or left < 0:
            raise BadFile("bad_file_too_long", name=name)
        pages.append(reader.page())
    return tuple(pages)


def _is_scanned(pages: tuple[Page, ...]) -> bool:
    """Whether most pages are pictures, or most signs are such that nobody can tell their letters."""
    signs = [glyph.text for page in pages for glyph in page.glyphs]
    unknown = sum(sign == _UNKNOWN or unicodedata.category(sign[0]) == "Co" for sign in signs)
    pictures = sum(page.is_picture and not page.glyphs for page in pages)
    return pictures * 2 > len(pages) or (not signs and pictures > 0) or unknown * 2 > len(signs) > 0


class _PageReader:
    """Reads one page through the library's plain functions, and turns it the way it is shown."""

    def __init__(self, page: PdfPage, number: int) -> None:
        from pypdfium2 import raw

        self._raw: Any = raw
        self._page = page
        self._number = number
        self._text = page.get_textpage()
        self.count: int = self._text.count_chars()
        self._turned = int(page.get_rotation()) % 360
        self._place = placing(page.get_bbox(), self._turned)
        self._looks: dict[int, tuple[bool, int, float]] = {}

    def page(self) -> Page:
        left, bottom, right, top = self._page.get_bbox()
        width, height = (right - left, top - bottom) if self._turned % 180 == 0 else (top - bottom, right - left)
        lines: list[Box] = []
        fills: list[Box] = []
        pictured = 0.0
        for count, drawn in enumerate(self._page.get_objects(max_depth=_NESTED)):
            if count > _OBJECTS:
                break
            if drawn.type == self._raw.FPDF_PAGEOBJ_IMAGE:
                pictured = max(pictured, _size(drawn) / max(width * height, 1.0), _ANY)
            if drawn.type == self._raw.FPDF_PAGEOBJ_PATH:
                self._path(drawn, lines, fills)
        glyphs, others = with_struck(list(upright(list(self._glyphs()))), lines)
        self._text.close()
        return Page(
            number=self._number,
            width=width,
            height=height,
            glyphs=glyphs,
            lines=others,
            fills=tuple(box for box in fills if box.width < width * 0.95 or box.height < height * 0.5),
            is_picture=pictured >= (_MOST_OF_IT if glyphs else _ANY) and len(glyphs) < _FEW_SIGNS,
        )

    def _glyphs(self) -> Iterator[tuple[Glyph, int]]:
        """Yield each sign with the quarters that it is turned; a space is told of by the sign before it."""
        waiting: tuple[Glyph, int] | None = None
        for index in range(self.count):
            if self._raw.FPDFText_IsGenerated(self._text, index):
                continue
            text = _sign(self._raw.FPDFText_GetUnicode(self._text, index))
            if text.isspace() and text not in _HARD_SPACES:
                waiting = (replace(waiting[0], is_spaced=True), waiting[1]) if waiting else None
                continue
            glyph, quarters = self._glyph(index, text)
            if waiting and self._is_same_sign(index, waiting[0], glyph):
                waiting = (replace(waiting[0], text=waiting[0].text + text), quarters)
                continue
            if waiting:
                yield waiting
            waiting = (glyph, quarters) if is_on_paper(glyph) else None
        if waiting:
            yield waiting

    def _is_same_sign(self, index: int, before: Glyph, glyph: Glyph) -> bool:
        """Whether a letter is only another one of the same sign: "ff" may be drawn as one."""
        is_there = (before.left, before.right, before.base) == (glyph.left, glyph.right, glyph.base)
        return is_there and self._piece(index) == self._piece(index - 1)

    def _piece(self, index: int) -> int:
        """Return which piece of text a sign is in."""
        return ctypes.cast(self._raw.FPDFText_GetTextObject(self._text, index), ctypes.c_void_p).value or 0

    def _glyph(self, index: int, text: str) -> tuple[Glyph, int]:
        box, x, y = self._raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetLooseCharBox(self._text, index, box)
        self._raw.FPDFText_GetCharOrigin(self._text, index, x, y)
        shown = box_between(self._place(box.left, box.bottom), self._place(box.right, box.top))
        is_bold, quarters, size = self._look(index)
        _, base = self._place(x.value, y.value)
        is_turned = quarters % 2 == 1
        made = Glyph(
            text=text,
            left=shown.left,
            right=shown.right,
            top=shown.top if is_turned else base - size * _ABOVE,
            bottom=shown.bottom if is_turned else base + size * (1 - _ABOVE),
            base=base,
            size=size,
            is_bold=is_bold,
        )
        return made, quarters

    def _look(self, index: int) -> tuple[bool, int, float]:
        """Return whether a sign is bold, its quarters turned and its size; asked once for each piece of text."""
        key = self._piece(index)
        if key not in self._looks:
            named = ctypes.create_string_buffer(100)
            self._raw.FPDFText_GetFontInfo(self._text, index, named, len(named), ctypes.c_int())
            is_bold = b"bold" in named.value.lower() or self._raw.FPDFText_GetFontWeight(self._text, index) >= 600
            angle = self._raw.FPDFText_GetCharAngle(self._text, index)
            quarters = round(angle / _QUARTER) - self._turned // 90 if 0 <= angle <= 2 * math.pi else 0
            matrix = self._raw.FS_MATRIX()
            self._raw.FPDFText_GetMatrix(self._text, index, matrix)
            size = self._raw.FPDFText_GetFontSize(self._text, index) * math.hypot(matrix.c, matrix.d)
            self._looks[key] = (is_bold, quarters % 4, min(max(1.0, size), _LARGEST))
        return self._looks[key]

    def _path(self, drawn: Any, lines: list[Box], fills: list[Box]) -> None:
        """Add a path: each straight stroke is a line, so is a thin bar of colour; a broad one is a fill."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not self._raw.FPDFPath_GetDrawMode(drawn, fill, stroke):
            return
        points = list(self._points(drawn))
        if stroke.value:
            for (start, _), (end, is_drawn) in pairwise(points):
                box = box_between(start, end)
                if is_drawn and is_on_paper(box) and min(box.width, box.height) <= 1.0:
                    lines.append(box)
        elif fill.value and len(points) >= 3:
            xs, ys = [x for (x, _), _ in points], [y for (_, y), _ in points]
            box = Box(left=min(xs), top=min(ys), right=max(xs), bottom=max(ys))
            if is_on_paper(box):
                (lines if min(box.width, box.height) <= _THIN else fills).append(box)

    def _points(self, drawn: Any) -> Iterator[tuple[tuple[float, float], bool]]:
        """Yield the corners of a path where they are shown, and whether a straight line leads to each."""
        start: tuple[float, float] | None = None
        x, y = ctypes.c_float(), ctypes.c_float()
        matrices = list(_matrices(drawn))
        for index in range(min(self._raw.FPDFPath_CountSegments(drawn), _SEGMENTS)):
            segment = self._raw.FPDFPath_GetPathSegment(drawn, index)
            self._raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = (x.value, y.value)
            for matrix in matrices:
                point = matrix.on_point(*point)
            shown = self._place(*point)
            kind = self._raw.FPDFPathSegment_GetType(segment)
            start = shown if kind == self._raw.FPDF_SEGMENT_MOVETO or start is None else start
            yield shown, kind == self._raw.FPDF_SEGMENT_LINETO
            if self._raw.FPDFPathSegment_GetClose(segment):
                yield start, True


def _size(drawn: Any) -> float:
    """Return how much of the page a picture covers."""
    left, bottom, right, top = drawn.get_bounds()
    size = abs(right - left) * abs(top - bottom)
    return float(size) if math.isfinite(size) else 0.0


def _matrices(drawn: Any) -> Iterator[Any]:
    """Yield how an object is moved, and each form that it stands in, from the inside out."""
    while drawn is not None:
        yield drawn.get_matrix()
        drawn = drawn.container


def _sign(code: int) -> str:
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return _UNKNOWN
    sign = chr(code)
    if sign in _HYPHENS:
        return "-"
    return unicodedata.normalize("NFKC", sign) if 0xFB00 <= code <= 0xFB06 else sign
