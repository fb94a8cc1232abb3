"""Word plans of the kind municipalities write, built with the merges and nesting that plain text cannot show."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from docx import Document
from docx.table import Table, _Cell

MONTHS_AND_MEETINGS = (
    ("September", "14.", "Skoleledermøte", "Rektorene", "Oppvekstsjef"),
    ("", "20.–21.", "Samling for ressurslærere", "Ressurslærere", "Pedagogisk veileder"),
    ("Oktober", "5.", "Fagdag i lesing", "Lærere 1.–4. trinn", "Pedagogisk veileder"),
    ("", "26.", "Skoleledermøte", "Rektorene", "Oppvekstsjef"),
    ("", "Uke 44", "Lesekampanje", "Alle elever", "Skolebibliotekarene"),
    ("Desember", "7.", "Skoleledermøte", "Rektorene", "Oppvekstsjef"),
)
SPRING = (
    ("Januar", "18.", "Skoleledermøte", "Rektorene", "Oppvekstsjef"),
    ("", "25.", "Kurs i skriving", "Lærere 5.–7. trinn", "Pedagogisk veileder"),
    ("Mars", "15.", "Skoleledermøte", "Rektorene", "Oppvekstsjef"),
    ("", "22.–23.", "Studietur til Oslo", "Rektorene", "Oppvekstsjef"),
    ("Mai", "3.", "Erfaringsdeling", "Ressurslærere", "Pedagogisk veileder"),
)


def _paragraphs(cell: _Cell, *lines: str) -> None:
    """Fill the cell with one paragraph a line."""
    cell.text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)


def _months(table: Table, heading: str, rows: tuple[tuple[str, ...], ...]) -> None:
    """A heading over the whole width, then rows whose month is one cell over all its days."""
    row = table.add_row().cells
    row[0].merge(row[-1]).text = heading
    first = None
    for month, *rest in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells[1:], rest, strict=True):
            cell.text = text
        if month:
            first = cells[0]
            first.text = month
        elif first is not None:
            first = first.merge(cells[0])
            first.text = first.text.strip()


def merged_months() -> bytes:
    """A year of meetings, where month cells span rows and half-years span columns."""
    document = Document()
    document.add_heading("Møte- og kursplan for grunnskolen 2022/2023", 1)
    document.add_paragraph("Lundby kommune")
    table = document.add_table(rows=1, cols=5)
    for cell, text in zip(table.rows[0].cells, ("Måned", "Dag", "Hva", "For hvem", "Ansvar"), strict=True):
        cell.text = text
    _months(table, "HØSTEN 2022", MONTHS_AND_MEETINGS)
    _months(table, "VÅREN 2023", SPRING)
    return _saved(document)


def nested_measures() -> bytes:
    """A goal a row, its measures in a table of their own inside the cell, and paragraphs that belong together."""
    document = Document()
    document.add_heading("Utviklingsplan for skulane i Vestdal kommune 2010/2011", 1)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Mål"
    table.rows[0].cells[1].text = "Tiltak"
    goals = (
        (
            "Betre leseopplæring",
            (
                ("Kurs i lesestrategiar", "8. september 2010", "Leserettleiar"),
                ("Innkjøp av bøker til klasseromma", "Oktober 2010", "Rektor"),
                ("Lesekveld for foreldre", "3. november 2010 kl. 19.00", "FAU"),
            ),
        ),
        (
            "Vurdering for læring",
            (
                ("Samling for alle lærarar", "12.–13. januar 2011", "Skulesjef"),
                ("Prøve ut eigenvurdering", "Veke 6–9", "Kontaktlærarane"),
                ("Ferdigstille rutine for halvårsvurdering", "Innan 20. mai 2011", "Arbeidsgruppe for vurdering"),
            ),
        ),
    )
    for goal, measures in goals:
        cells = table.add_row().cells
        _paragraphs(cells[0], goal)
        inner = cells[1].add_table(rows=1, cols=3)
        for cell, text in zip(inner.rows[0].cells, ("Kva", "Når", "Ansvarleg"), strict=True):
            cell.text = text
        for measure in measures:
            for cell, text in zip(inner.add_row().cells, measure, strict=True):
                cell.text = text
    document.add_heading("Møteplan for skuleleiarane", 2)
    meetings = document.add_table(rows=2, cols=3)
    for cell, text in zip(meetings.rows[0].cells, ("Møte", "Dato", "Stad"), strict=True):
        cell.text = text
    row = meetings.rows[1].cells
    _paragraphs(row[0], "Rektormøte", "Budsjettmøte", "Evalueringsmøte")
    _paragraphs(row[1], "24.8.2010", "19.10.2010", "14.6.2011")
    _paragraphs(row[2], "Kommunehuset", "Fjordsenteret", "Kommunehuset")
    return _saved(document)


FORMS = (
    ("Styrke begynneropplæringen i lesing", "Kurs for lærere på 1. og 2. trinn", "30.09.2021", "Skolesjef"),
    ("Tidlig innsats", "Ansette logoped i hel stilling", "1. januar 2022", "PP-leder"),
    ("Godt samarbeid mellom hjem og skole", "Foreldreskole for førsteklasseforeldre", "Hver høst", "Rektorene"),
    ("Robuste elever", "Innføre programmet Livsmestring på mellomtrinnet", "Skoleåret 2022/2023", "Helsesykepleier"),
)


def measure_forms() -> bytes:
    """A small form of two columns for each measure, label on the left, words on the right."""
    document = Document()
    document.add_heading("Handlingsplan for oppvekst 2021–2024", 1)
    document.add_paragraph("Nordre Eid kommune")
    for form in FORMS:
        table = document.add_table(rows=0, cols=2)
        for label, text in zip(("Mål", "Tiltak", "Frist", "Ansvarlig"), form, strict=True):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, text
        document.add_paragraph("")
    return _saved(document)


def _saved(document: object) -> bytes:
    """The bytes of a python-docx document."""
    target = BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


WORD_PLANS: dict[str, Callable[[], bytes]] = {
    "motekurs-sammenslatt": merged_months,
    "utviklingsplan-nestet": nested_measures,
    "handlingsplan-skjema": measure_forms,
}
