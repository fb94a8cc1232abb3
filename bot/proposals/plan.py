"""A document to a proposed plan: what it says of itself, and every entry in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.documents.document import Document, Heading, Paragraph, Table
from bot.model import Entry, ProposedPlan
from bot.proposals.dated_records import with_tables
from bot.proposals.doubts import with_doubts
from bot.proposals.excerpts import excerpts_of
from bot.proposals.front import language_of_plan, reservation_of
from bot.proposals.lists import Lines
from bot.proposals.owner import organisation_of
from bot.proposals.periods import period_of
from bot.proposals.sections import under_title
from bot.proposals.surroundings import Days, Surroundings
from bot.proposals.tables import Tables, as_lines
from bot.proposals.terms import terms_of
from bot.proposals.titles import name_of_file, title_of_plan


def propose(document: Document, period: Days | None = None, name: str | None = None) -> ProposedPlan:
    """Return the plan that a document holds; `period` and `name` go before what it says of itself.

    A plan without entries is a document that was not understood; that is for the caller to tell.
    """
    title = name or title_of_plan(document)
    period = period or period_of(document, title, name_of_file(document.name))
    return ProposedPlan(
        title=title,
        organisation=organisation_of(document, title),
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        language=language_of_plan(document),
        reservation=reservation_of(document),
        entries=with_doubts(_entries(document, period, title), period),
        terms=terms_of(document),
        excerpts=excerpts_of(document),
    )


def _entries(document: Document, period: Days | None, title: str) -> Iterator[Entry]:
    """Yield the entries in reading order: tables, and the text between them."""
    lines = Lines(under_title(title, Surroundings.of_plan(period)), title)
    tables = Tables(lines.around)
    text: list[Heading | Paragraph] = []
    for block in (*document.blocks, None):
        if isinstance(block, Table):
            said = as_lines(block)
            if said:
                text.extend(said)
                continue
        elif block is not None:
            text.append(block)
            continue
        for part in with_tables(text):
            yield from tables.entries(part) if isinstance(part, Table) else lines.entries(part)
            tables.apart(lines.around)
        text = []
        if block is not None:
            yield from tables.entries(block) if tables.has_headings(block) else tables.guess(block)
            lines.around = replace(lines.around, audience=())
