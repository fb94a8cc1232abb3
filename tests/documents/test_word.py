"""Word files come to the same blocks as text, with what spans cells told apart."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bot.documents.document import Heading, Paragraph, Table
from bot.documents.reader import read
from tests.documents.test_text import shown


def blocks(fill: Callable[[WordDocument], object]) -> list[str]:
    """What a new document comes to, in the notation of text.toml."""
    document = new_document()
    fill(document)
    target = BytesIO()
    document.save(target)
    return [text for block in read(target.getvalue(), "plan.docx").blocks for text in shown(block)]


def add_table(document: WordDocument, *rows: tuple[str, ...]) -> list[list[object]]:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    return [list(row.cells) for row in table.rows]


def test_headings_and_lists_are_known_by_their_style() -> None:
    def fill(document: WordDocument) -> None:
        document.add_heading("Plan", 1)
        document.add_paragraph("Lese", style="List Bullet")
        document.add_paragraph("Først", style="List Number")
        document.add_paragraph("Så", style="List Number")

    assert blocks(fill) == ["# Plan", "- Lese", "1) Først", "2) Så"]


def test_cells_that_span_rows_and_columns() -> None:
    def fill(document: WordDocument) -> None:
        cells = add_table(document, ("Måned", "Dato", "Hva"), ("Mai", "14.", "Møte"), ("", "Hele uka", ""))
        cells[1][0].merge(cells[2][0])  # type: ignore[attr-defined]
        cells[2][1].merge(cells[2][2])  # type: ignore[attr-defined]

    assert blocks(fill) == ["| Måned | Dato | Hva", "| Mai | 14. | Møte", "| ^ | Hele uka"]


def test_a_table_inside_a_frame_is_read_as_itself() -> None:
    def fill(document: WordDocument) -> None:
        frame = document.add_table(rows=1, cols=1).rows[0].cells[0]
        inner = frame.add_table(rows=1, cols=2)
        inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "Dato", "Hva"

    assert blocks(fill) == ["| Dato | Hva"]


def test_forced_line_breaks_part_paragraphs_and_struck_words_are_gone() -> None:
    def fill(document: WordDocument) -> None:
        paragraph = document.add_paragraph("Møte\nSak 1")
        paragraph.add_run(" 14.9").font.strike = True
        paragraph.add_run(" 15.9")

    assert blocks(fill) == ["Møte", "Sak 1 15.9"]


def test_text_boxes_and_content_controls_are_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>I boksen</w:t></w:r></w:p></w:txbxContent>"
    run = f"<w:r {nsdecls('w')}><w:drawing>{box}</w:drawing></w:r>"
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>I feltet</w:t></w:r></w:p></w:sdtContent></w:sdt>"

    def fill(document: WordDocument) -> None:
        paragraph = document.add_paragraph("Utenfor")
        paragraph._p.append(parse_xml(run))
        paragraph._p.addnext(parse_xml(control))

    assert sorted(blocks(fill)) == ["I boksen", "I feltet", "Utenfor"]


def test_a_table_of_contents_is_left_out() -> None:
    def fill(document: WordDocument) -> None:
        for text in ("Mål\t2", "Tiltak\t3", "Møter\t4"):
            document.add_paragraph(text)
        document.add_paragraph("Mål")

    assert blocks(fill) == ["Mål"]


def test_places_are_tables_rows_and_paragraphs() -> None:
    document = new_document()
    document.add_heading("Plan", 1)
    document.add_paragraph("Innledning")
    add_table(document, ("Dato", "Hva"), ("14.9", "Møte"))
    target = BytesIO()
    document.save(target)
    heading, paragraph, table = read(target.getvalue(), "plan.docx").blocks
    assert isinstance(heading, Heading)
    assert isinstance(paragraph, Paragraph)
    assert isinstance(table, Table)
    assert (paragraph.place.words, table.rows[1].place.words) == ("avsnitt 2", "tabell 1, rad 2")
