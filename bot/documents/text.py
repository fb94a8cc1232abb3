"""Plain text and Markdown to a neutral document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import unescape
from typing import TypeAlias

from bot.documents.cell_lines import cell_line_blocks, cell_lines
from bot.documents.csv_tables import csv_rows, csv_table
from bot.documents.document import Block, Document, Heading, Paragraph, Table, plain
from bot.documents.drawn_tables import drawn_rows, drawn_table
from bot.documents.encodings import decode
from bot.documents.html_tables import html_rows, html_table
from bot.documents.lists import joined, numbered
from bot.documents.markup import bare, has_html, one_paragraph, paragraphs, without_unread
from bot.documents.space_tables import space_rows, space_table
from bot.documents.text_tables import (
    Line,
    contents_lines,
    pipe_rows,
    pipe_table,
    tab_rows,
    tab_table,
)
from bot.errors import BadFile

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^\s{0,3}(=+|-+)\s*$")
_RULE = re.compile(r"^\s{0,3}([-*_=])(?:\s*\1){2,}\s*$")
_HTML_HEADING = re.compile(r"^\s*<h([1-6])\b[^<>]*>(.*)</h\1\s*>\s*$", re.I)
# Where a line of HTML is cut, so that headings and tables stand alone; and what stands before a quoted line.
_CUT = re.compile(r"(?=<table\b|<h[1-6]\b)|(?<=</table>)|(?<=</h[1-6]>)", re.I)
_QUOTED = re.compile(r"^(?:\s{0,3}>\s?)+")
_LONGEST_FRONT = 40
# A first word that spaces set apart begins a line of its own: "  on  Planleggingsdag".
_SET_APART = re.compile(r"^\s+(?:[^\W\d_]{1,4}[.:]?\s{2,}|[^\W\d_]+(?:\s[^\W\d_]+)?:\s)\S")

# A row with lists in HTML has some thousand signs; the largest plan some ten thousand lines.
_LONGEST_LINE = 50_000
_MOST_LINES = 30_000
_MOST_SIGNS = 3_000_000

_End: TypeAlias = Callable[[Sequence[Line], int], int]
_Reader: TypeAlias = Callable[[Sequence[Line]], tuple[Block, ...]]


def read_text(content: bytes, name: str) -> Document:
    """Return what a text file holds. Raises BadFile if the bytes are no text, or more of it than a plan has."""
    text = without_unread(decode(content, name))
    written = text.splitlines()
    if len(text) > _MOST_SIGNS or len(written) > _MOST_LINES or max(map(len, written), default=0) > _LONGEST_LINE:
        raise BadFile("bad_file_too_long", name=name)
    lines = [
        Line(number=number, text=part)
        for number, line in enumerate(_without_front(written), start=1)
        for part in (_CUT.split(line) if "<" in line else [line])
    ]
    if len(lines) > _MOST_LINES:
        raise BadFile("bad_file_too_long", name=name)
    return Document(name=name, blocks=tuple(_blocks(lines)))


def _without_front(lines: Sequence[str]) -> list[str]:
    """Return the lines without the rules around what some programs write first, and without marks of quotation."""
    made = [_QUOTED.sub("", line) for line in lines]
    ends = [at for at, line in enumerate(made[:_LONGEST_FRONT]) if line.strip() == "---"]
    for at in ends[:2] if ends[:1] == [0] and len(ends) > 1 else ():
        made[at] = ""
    return made


def _one(reader: Callable[[Sequence[Line]], Table]) -> _Reader:
    return lambda lines: (reader(lines),)


def _nothing(lines: Sequence[Line]) -> tuple[Block, ...]:
    """A table of contents repeats what stands elsewhere."""
    return ()


# Each pair: where rows that begin here end, and what they are. The first that finds rows is right.
_READERS: tuple[tuple[_End, _Reader], ...] = (
    (html_rows, _one(html_table)),
    (drawn_rows, _one(drawn_table)),
    (pipe_rows, _one(pipe_table)),
    (csv_rows, _one(csv_table)),
    (contents_lines, _nothing),
    (tab_rows, _one(tab_table)),
    (cell_lines, cell_line_blocks),
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
    if html := _HTML_HEADING.match(lines[at].text):
        text = plain(" ".join(line.text for line in paragraphs(html[2], lines[at].place)))
        return Heading(text=text, place=lines[at].place, level=int(html[1])) if text else None
    if at + 1 < len(lines) and (rule := _UNDERLINE.match(lines[at + 1].text)) and bare(lines[at].text):
        return Heading(text=bare(lines[at].text), place=lines[at].place, level=1 if rule[1][0] == "=" else 2)
    return None


def _paragraphs(line: Line) -> tuple[Paragraph, ...]:
    if line.is_blank or _RULE.match(line.text) or _UNDERLINE.match(line.text):
        return ()
    if has_html(line.text):
        return paragraphs(line.text, line.place)
    found = one_paragraph(unescape(line.text), line.place)
    if found and not found.bullet and _SET_APART.match(line.text):
        found = replace(found, bullet=1)
    return (found,) if found else ()
