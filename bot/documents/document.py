"""A file as a neutral document: headings, paragraphs and tables, each with the place where it stands."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

# In bytes: a larger file is no plan.
LARGEST = 50 * 1024 * 1024

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Return the text in NFC with plain single spaces, without marks that nobody sees."""
    return _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text))).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: in words ("linje 346", "tabell 2, rad 7"), and as a line where lines exist."""

    words: str
    line: int | None = None

    @classmethod
    def at_line(cls, line: int) -> Place:
        return cls(words=_wording()["line"].format(line=line), line=line)

    @classmethod
    def at_paragraph(cls, paragraph: int) -> Place:
        return cls(words=_wording()["paragraph"].format(paragraph=paragraph))

    @classmethod
    def at_row(cls, table: int, row: int) -> Place:
        return cls(words=_wording()["row"].format(table=table, row=row))


@cache
def _wording() -> dict[str, str]:
    return tomllib.loads(files("bot").joinpath("norwegian/places.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; `level` is 1 for the outermost, 0 for the title of the whole."""

    text: str
    place: Place
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, plain text.

    `bullet` is its depth in a list, 0 outside lists; `number` its number in a numbered one.
    `strong` tells how many of its first characters are bold; `is_struck`: a line goes through all of it.
    """

    text: str
    place: Place
    bullet: int = 0
    number: int | None = None
    strong: int = 0
    is_struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell over `width` columns from `column` on; `continues`: it is the rest of the cell above it."""

    paragraphs: tuple[Paragraph, ...]
    column: int
    width: int = 1
    continues: bool = False

    @property
    def text(self) -> str:
        return " ".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, its cells from left to right."""

    cells: tuple[Cell, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; a row may have fewer cells than another."""

    rows: tuple[Row, ...]
    place: Place

    @property
    def width(self) -> int:
        return max((cell.column + cell.width for row in self.rows for cell in row.cells), default=0)


Block: TypeAlias = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file holds, in reading order; `name` is the file's name without folder.

    `edges` is what stands at the top and the bottom of its pages, once.
    `unread` are the places that hold nothing but a picture, which may be one of text.
    """

    name: str
    blocks: tuple[Block, ...]
    edges: tuple[str, ...] = ()
    unread: tuple[Place, ...] = ()
