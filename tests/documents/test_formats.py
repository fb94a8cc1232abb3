"""Workbooks and PDFs come in as plans, and broken ones are told of in one plain sentence."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

import pytest
from openpyxl import Workbook

from bot.errors import BadFile
from bot.model import Entry
from handlers.reading import read_plan

HEADINGS = ("Dato", "Kl.", "Hva", "Hvem", "Ansvarlig")


def workbook(*sheets: tuple[str, tuple[tuple[object, ...], ...]], hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook's bytes: sheets by name, with their rows."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def named(entries: tuple[Entry, ...], title: str) -> Entry:
    return next(entry for entry in entries if entry.title == title)


def test_a_workbook_keeps_true_dates_clocks_and_places() -> None:
    rows = (
        ("Møteplan 2025/2026",),
        HEADINGS,
        (date(2025, 9, 3), time(12, 0), "Nettverksmøte", "Skoleledere", "Programleder"),
        ("Løpende", None, "Følge opp lesegruppene", "Lærere", "Koordinatorene"),
    )
    entries = read_plan(workbook(("Høst", rows)), "moter.xlsx").entries
    meeting = named(entries, "Nettverksmøte")
    assert (meeting.span.start, meeting.time_start) == (date(2025, 9, 3), time(12, 0))
    assert (meeting.source or "").endswith("3")
    assert named(entries, "Følge opp lesegruppene").span.start is None


def test_all_sheets_but_hidden_ones_are_read() -> None:
    def sheet(day: datetime, title: str) -> tuple[tuple[object, ...], ...]:
        return (HEADINGS, (day, None, title, "Styrere", "Programleder"))

    content = workbook(
        ("Høst 2025", sheet(datetime(2025, 10, 1), "Høstsamling")),
        ("Vår 2026", sheet(datetime(2026, 3, 4), "Vårsamling")),
        ("Utkast", sheet(datetime(2026, 5, 6), "Hemmelig samling")),
        hidden=("Utkast",),
    )
    titles = {entry.title for entry in read_plan(content, "samlinger 2025-2026.xlsx").entries}
    assert titles == {"Høstsamling", "Vårsamling"}


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\nnonsense", b"%PDF-", workbook(("Tom", ()))[:400]],
    ids=["pdf without pages", "pdf without anything", "cut workbook"],
)
def test_what_is_broken_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile):
        read_plan(content, "plan")


def test_an_empty_workbook_holds_no_plan() -> None:
    with pytest.raises(BadFile):
        read_plan(workbook(("Ark1", ())), "tom.xlsx")
