"""Things that are each told in a few labelled lines, the day first: "Dato: …", "Tema: …", "Ansvarlig: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.documents.document import Cell, Heading, Paragraph, Row, Table
from bot.proposals.columns import CONTENT, TIMES, Column, meaning

_FIELD = re.compile(r"^([A-ZÆØÅ][\w/ ]{1,30}?)\s*:\s+(\S.*)$")
_FEWEST_RECORDS, _MOST_LABELS = 2, 8


def with_tables(blocks: Sequence[Heading | Paragraph]) -> Iterator[Table | list[Heading | Paragraph]]:
    """Yield the lines in their order, and as a table each run of records, with their labels as its headings."""
    lines: list[Heading | Paragraph] = []
    at = 0
    while at < len(blocks):
        records = _records(blocks, at)
        if len(records) < _FEWEST_RECORDS:
            lines.append(blocks[at])
            at += 1
            continue
        if lines:
            yield lines
        yield _table(records)
        lines, at = [], at + sum(map(len, records))
    if lines:
        yield lines


_Record = dict[str, tuple[str, Paragraph]]


def _records(blocks: Sequence[Heading | Paragraph], at: int) -> list[_Record]:
    """Return the records that begin here: each with the label for time that the first begins with, and one for what."""
    records: list[_Record] = []
    first = _field(blocks[at])
    is_within = at > 0 and _field(blocks[at - 1]) is not None
    if first is None or is_within or meaning(first[0]) not in TIMES:
        return []
    for block in blocks[at:]:
        field = _field(block)
        if field is None or not isinstance(block, Paragraph):
            break
        if field[0] == first[0]:
            records.append({})
        elif field[0] in records[-1]:
            break
        records[-1][field[0]] = (field[1], block)
    labels = {label for record in records for label in record}
    is_told = any(meaning(label) in (*CONTENT, Column.TOPIC) for label in labels)
    return records if is_told and len(labels) <= _MOST_LABELS else []


def _field(block: Heading | Paragraph) -> tuple[str, str] | None:
    found = _FIELD.match(block.text)
    return (found[1], found[2]) if found and not isinstance(block, Heading) and meaning(found[1]) else None


def _table(records: Sequence[_Record]) -> Table:
    labels = list(dict.fromkeys(label for record in records for label in record))
    place = next(iter(records[0].values()))[1].place
    headings = Row(
        cells=tuple(
            Cell(paragraphs=(Paragraph(text=label, place=place),), column=column) for column, label in enumerate(labels)
        ),
        place=place,
    )
    return Table(rows=(headings, *(_row(record, labels) for record in records)), place=place)


def _row(record: _Record, labels: Sequence[str]) -> Row:
    cells = tuple(
        Cell(
            paragraphs=(Paragraph(text=record[label][0], place=record[label][1].place),) if label in record else (),
            column=column,
        )
        for column, label in enumerate(labels)
    )
    return Row(cells=cells, place=next(iter(record.values()))[1].place)
