"""A document as lines of text, so that a case can say what it should be."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.document import Cell, Document, Heading, Paragraph, Table


def shown(document: Document) -> list[str]:
    """Return a line for each heading ("# …"), paragraph ("- …" for a bullet) and row ("a | b | ^ | d+2")."""
    return [line for block in document.blocks for line in _block(block)]


def _block(block: Heading | Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * max(block.level, 1)} {block.text}"
    elif isinstance(block, Paragraph):
        yield _paragraph(block)
    else:
        yield from (_row(row.cells, block.width) for row in block.rows)


def _paragraph(paragraph: Paragraph) -> str:
    number = f"{paragraph.number}. " if paragraph.number else ""
    return "- " * (0 if number else paragraph.bullet) + number + paragraph.text


def _row(cells: tuple[Cell, ...], width: int) -> str:
    said = {cell.column: _cell(cell) for cell in cells}
    covered = {cell.column + beside for cell in cells for beside in range(1, cell.width)}
    return " | ".join(said.get(column, "") for column in range(width) if column not in covered)


def _cell(cell: Cell) -> str:
    text = " / ".join(map(_paragraph, cell.paragraphs)) or ("^" if cell.continues else "")
    return f"{text}+{cell.width}" if cell.width > 1 else text
