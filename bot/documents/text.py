"""Plain text and Markdown to a neutral document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.documents.cell_lines import cell_line_blocks, cell_lines
from bot.documents.document import Block, Document, Heading, Paragraph, Table
from bot.documents.html_tables import html_rows, html_table
from bot.documents.lists import joined, numbered
from bot.documents.markup import bare, has_html, one_paragraph, paragraphs
from bot.documents.space_tables import space_rows, space_table
from bot.documents.text_tables import (
    Line,
    contents_lines,
    pipe_rows,
    pipe_table,
    semicolon_rows,
    semicolon_table,
    tab_rows,
    tab_table,
)
from bot.errors import BadFile

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^\s{0,3}(=+|-+)\s*$")
_RULE = re.compile(r"^\s{0,3}([-*_=])(?:\s*\1){2,}\s*$")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

# A row with lists in HTML has some thousand signs; the largest plan some ten thousand lines.
_LONGEST_LINE = 50_000
_MOST_LINES = 30_000
_MOST_SIGNS = 3_000_000

_End: TypeAlias = Callable[[Sequence[Line], int], int]
_Reader: TypeAlias = Callable[[Sequence[Line]], tuple[Block, ...]]


def read_text(content: bytes, name: str) -> Document:
    """Return what a text file holds. Raises BadFile if the bytes are no text, or more of it than a plan has."""
    text = decode(content, name)
    written = text.splitlines()
    if len(text) > _MOST_SIGNS or len(written) > _MOST_LINES or max(map(len, written), default=0) > _LONGEST_LINE:
        raise BadFile("bad_file_too_long", name=name)
    lines = [Line(number=number, text=line) for number, line in enumerate(written, start=1)]
    return Document(name=name, blocks=tuple(_blocks(lines)))


def decode(content: bytes, name: str) -> str:
    """Return the text in UTF-8, UTF-16 or Windows' Western encoding. Raises BadFile if it is none of them."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) * 500 <= len(text):
            return text
    raise BadFile("bad_file_format", name=name)


def _encodings(content: bytes) -> tuple[str, ...]:
    """Return the encodings to try: those the first bytes tell of, else by where the zero bytes lie."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if content.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    sample = content[:4000]
    if sample[1::2].count(0) * 4 > len(sample):
        return ("utf-16-le",)
    if sample[::2].count(0) * 4 > len(sample):
        return ("utf-16-be",)
    return ("utf-8", "cp1252")


def _one(reader: Callable[[Sequence[Line]], Table]) -> _Reader:
    return lambda lines: (reader(lines),)


def _nothing(lines: Sequence[Line]) -> tuple[Block, ...]:
    """A table of contents repeats what stands elsewhere."""
    return ()


# Each pair: where rows that begin here end, and what they are. The first that finds rows is right.
_READERS: tuple[tuple[_End, _Reader], ...] = (
    (html_rows, _one(html_table)),
    (pipe_rows, _one(pipe_table)),
    (contents_lines, _nothing),
    (tab_rows, _one(tab_table)),
    (cell_lines, cell_line_blocks),
    (semicolon_rows, _one(semicolon_table)),
    (space_rows, _one(space_table)),
)


def _blocks(lines: Sequence[Line]) -> list[Block]:
    blocks: list[Block] = []
    running: list[Paragraph] = []
    at = 0
    while at < len(lines):
        found = _table_at(lines, at)
        heading = None if found else _heading(lines, at)
        if found is None and heading is None:
            running.extend(_paragraphs(lines[at]))
            at += 1
            if at < len(lines) and not lines[at].is_blank:
                continue
        blocks.extend(numbered(joined(running)))
        running = []
        if found:
            end, made = found
            blocks.extend(made)
            at = end
        elif heading:
            blocks.append(heading)
            at += 1
    blocks.extend(numbered(joined(running)))
    return blocks


def _table_at(lines: Sequence[Line], at: int) -> tuple[int, tuple[Block, ...]] | None:
    """Return the table that begins at this line, and where it ends."""
    if lines[at].is_blank:
        return None
    for find_end, read in _READERS:
        end = find_end(lines, at)
        if end > at:
            return end, read(lines[at:end])
    return None


def _heading(lines: Sequence[Line], at: int) -> Heading | None:
    found = _HEADING.match(lines[at].text)
    if found:
        text = bare(found.group(2))
        return Heading(text=text, place=lines[at].place, level=len(found.group(1))) if text else None
    if at + 1 < len(lines) and (rule := _UNDERLINE.match(lines[at + 1].text)) and bare(lines[at].text):
        return Heading(text=bare(lines[at].text), place=lines[at].place, level=1 if rule[1][0] == "=" else 2)
    return None


def _paragraphs(line: Line) -> tuple[Paragraph, ...]:
    if line.is_blank or _RULE.match(line.text) or _UNDERLINE.match(line.text):
        return ()
    if has_html(line.text):
        return paragraphs(line.text, line.place)
    found = one_paragraph(line.text, line.place)
    return (found,) if found else ()
