"""Word files come to what a reader sees in them: changes taken, hidden words gone, frames opened, labels written."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document as new_document

from bot.documents.document import Document, Table
from bot.documents.word import read_word
from handlers.reading_child import read_in_child
from tests.readers.showing import shown
from tests.readers.word_files import cell, paragraph, part, row, run, table, word
from tests.readers.workbooks import archive

HEADINGS = row("Dato", "Hva")
_BOX = "<w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing>"
_FRAME = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{}</mc:AlternateContent>'
_DOWN, _ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
_LISTS = part(
    "numbering",
    "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="decimal"/><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
        for number, (start, pattern) in enumerate((("1", "%1."), ("14", "%1."), ("1", "Mål %1:")), start=1)
    )
    + "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2, 3)),
)


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def box(content: str) -> str:
    """Return a text box as Word writes it: twice, the second time for its own old versions."""
    new, old = _BOX.format(content), f"<w:pict><w:txbxContent>{content}</w:txbxContent></w:pict>"
    return f"<w:r>{_FRAME.format(f'<mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>')}</w:r>"


def changed(content: str, how: str) -> str:
    """Return a row that was put in or taken out."""
    return content.replace("<w:tr>", f'<w:tr><w:trPr><w:{how} w:id="1"/></w:trPr>', 1)


def listed(text: str, number: int) -> str:
    return paragraph(text, f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>')


def styled(text: str, style: str) -> str:
    return paragraph(text, f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>')


CASES = {
    "content controls around rows, cells and words": (
        table(
            HEADINGS,
            control(row("14. mai", "Møte")),
            row(control(cell("15. mai")), f"<w:tc>{control(paragraph('Kurs'))}</w:tc>"),
        ),
        ["Dato | Hva", "14. mai | Møte", "15. mai | Kurs"],
    ),
    "words put in are there, words taken out are gone": (
        f"<w:p>{run('Møte ')}<w:del><w:r><w:delText>14. mai</w:delText></w:r></w:del>"
        f"<w:ins>{run('15. mai')}</w:ins></w:p>",
        ["Møte 15. mai"],
    ),
    "words that were moved are where they are now": (
        f"<w:p>{run('Møte ')}<w:moveFrom>{run('14. mai')}</w:moveFrom><w:moveTo>{run('15. mai')}</w:moveTo></w:p>",
        ["Møte 15. mai"],
    ),
    "rows put in are there, rows taken out are gone": (
        table(HEADINGS, changed(row("14. mai", "Møte"), "del"), changed(row("15. mai", "Kurs"), "ins")),
        ["Dato | Hva", "15. mai | Kurs"],
    ),
    "paragraphs whose end is taken out are one": (
        paragraph("Møte ", '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>') + paragraph("med rektor"),
        ["Møte med rektor"],
    ),
    "hidden words are not read": (f"<w:p>{run('Møte')}{run(' hemmelig', '<w:vanish/>')}</w:p>", ["Møte"]),
    "links, fields, smart tags and comments are their words": (
        f'<w:p><w:hyperlink r:id="r9">{run("Møte")}</w:hyperlink><w:commentRangeStart w:id="0"/>'
        f'<w:smartTag>{run(" 14. mai")}</w:smartTag><w:commentRangeEnd w:id="0"/>'
        f'<w:fldSimple w:instr="DATE">{run(" 2023")}</w:fldSimple>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r></w:p>',
        ["Møte 14. mai 2023"],
    ),
    "breaks part lines, and tabs words": (
        table(
            HEADINGS,
            row(
                cell(f"<w:p>{run('14. mai')}<w:r><w:br/></w:r>{run('15. mai')}</w:p>"),
                cell(f"<w:p>{run('Møte')}<w:r><w:tab/></w:r>{run('kl. 12')}</w:p>"),
            ),
        ),
        ["Dato | Hva", "14. mai / 15. mai | Møte kl. 12"],
    ),
    "a table with one column inside a cell is a frame around its words": (
        table(HEADINGS, row("14. mai", cell(table(row("Møte"), row("Kurs")) + "<w:p/>"))),
        ["Dato | Hva", "14. mai | Møte / Kurs"],
    ),
    "a table inside a cell follows the one around it": (
        table(
            HEADINGS, row("14. mai", cell(paragraph("Møte") + table(row("Kl.", "Sak"), row("9", "Åpning")) + "<w:p/>"))
        ),
        ["Dato | Hva", "14. mai | Møte", "Kl. | Sak", "9 | Åpning"],
    ),
    "a table in a text box is read once": (
        f"<w:p>{run('Før')}{box(table(HEADINGS, row('14. mai', 'Møte')))}</w:p>{paragraph('Etter')}",
        ["Før", "Dato | Hva", "14. mai | Møte", "Etter"],
    ),
    "cells merged down and across": (
        table(
            row("Måned", "Dato", "Hva"),
            row(cell("Mai", _DOWN), "14.", "Møte"),
            row(cell("", _ON), cell("Hele uka", '<w:gridSpan w:val="2"/>')),
            row(cell("Juni", _DOWN + '<w:gridSpan w:val="2"/>'), "Tur"),
            row(cell("", _ON + '<w:gridSpan w:val="2"/>'), "Fest"),
            row(cell("Sommer", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "Ferie"),
        ),
        ["Måned | Dato | Hva", "Mai | 14. | Møte", "^ | Hele uka+2", "Juni+2 | Tur", "^+2 | Fest", "Sommer+2 | Ferie"],
    ),
}


def lines(body: str, **parts: str) -> list[str]:
    return shown(read_word(word(body, **parts), "plan.docx"))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_body_comes_to_what_a_reader_sees(case: tuple[str, list[str]]) -> None:
    assert lines(case[0]) == case[1]


def test_numbers_that_word_writes_are_words_where_they_say_more() -> None:
    body = listed("Lese", 1) + listed("Skrive", 1) + listed("mai", 2) + listed("mai", 2) + listed("Trivsel", 3)
    assert lines(body, numbering=_LISTS) == ["1. Lese", "2. Skrive", "14. mai", "15. mai", "Mål 1: Trivsel"]


def test_a_style_is_what_it_is_based_on() -> None:
    styles = part(
        "styles",
        '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="A"><w:name w:val="Kommunens tittel"/><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:styleId="L"><w:name w:val="List Bullet"/></w:style>'
        '<w:style w:styleId="B"><w:name w:val="Kommunens punkt"/><w:basedOn w:val="L"/></w:style>'
        '<w:style w:styleId="C"><w:name w:val="Kapittel"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:styleId="D"><w:name w:val="Rundt"/><w:basedOn w:val="D"/></w:style>',
    )
    body = styled("Mål", "A") + styled("Lese", "B") + styled("Tiltak", "C") + styled("Skrive", "D")
    assert lines(body, styles=styles) == ["# Mål", "- Lese", "## Tiltak", "Skrive"]


def test_what_is_struck_out_as_a_whole_is_told_apart() -> None:
    struck = f"<w:p>{run('Møte', '<w:strike/>')}</w:p>"
    document = read_word(word(table(HEADINGS, row("14. mai", cell(struck)), row("15. mai", "Kurs"))), "plan.docx")
    assert _struck(document) == ["Møte"]


def _struck(document: Document) -> list[str]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    cells = (one for block in tables for row_of in block.rows for one in row_of.cells)
    return [line.text for one in cells for line in one.paragraphs if line.is_struck]


def test_a_footnote_in_a_cell_stands_in_that_cell() -> None:
    reference = f'<w:p>{run("Møte")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    body = table(HEADINGS, row("14. mai", cell(reference)))
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
        "</Relationships>"
    )
    notes = part("footnotes", f'<w:footnote w:id="2">{paragraph("Gjelder ikke SFO")}</w:footnote>')
    content = word(body, footnotes=notes, **{"_rels/document.xml.rels": relations})
    assert shown(read_word(content, "plan.docx")) == ["Dato | Hva", "14. mai | Møte / Gjelder ikke SFO"]


def with_header(text: str, header: str) -> bytes:
    document, content = new_document(), BytesIO()
    document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = header
    document.save(content)
    return content.getvalue()


def test_a_header_is_read_where_nothing_else_tells_the_year() -> None:
    said = [shown(read_word(with_header(text, "Plan 2023"), "x")) for text in ("14. mai: Møte", "14. mai 2022: Møte")]
    assert said == [["Plan 2023", "14. mai: Møte"], ["14. mai 2022: Møte"]]


@pytest.mark.parametrize(
    "kind",
    [
        "ms-word.document.macroEnabled",
        "ms-word.template.macroEnabledTemplate",
        "openxmlformats-officedocument.wordprocessingml.template",
    ],
)
def test_a_template_or_a_document_with_macros_is_read_without_them(kind: str) -> None:
    content = word(paragraph("14. mai: Møte"), **{"vbaProject.bin": b"Sub AutoOpen"})
    with zipfile.ZipFile(BytesIO(content)) as opened:
        parts: dict[str, str | bytes] = {name: opened.read(name) for name in opened.namelist()}
    kinds = opened_kinds(parts).replace("openxmlformats-officedocument.wordprocessingml.document.main", f"{kind}.main")
    assert shown(read_word(archive({**parts, "[Content_Types].xml": kinds}), "x")) == ["14. mai: Møte"]


def opened_kinds(parts: dict[str, str | bytes]) -> str:
    kinds = parts["[Content_Types].xml"]
    return kinds if isinstance(kinds, str) else kinds.decode()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "\\\\server\\share\\a.dotm", "http://127.0.0.1:9/a.png"])
@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "header", "footnotes", "hyperlink"])
def test_what_lies_outside_the_file_is_left_there(kind: str, target: str) -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )
    content = word(paragraph("14. mai: Møte"), **{"_rels/document.xml.rels": relations})
    assert [entry.title for entry in read_in_child(content, "plan 2023.docx").entries] == ["Møte"]
