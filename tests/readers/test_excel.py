"""Workbooks come to what a planner sees in them, each thing with the cell where it stands."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.filters import AutoFilter, FilterColumn
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.document import Paragraph, Table
from bot.documents.excel import read_excel
from bot.errors import BadFile
from tests.readers.showing import shown
from tests.readers.workbooks import PARTS, archive, from_xml, row, saved, sheet, workbook

HEADINGS = ("Dato", "Hva")


def lines(content: bytes, name: str = "plan.xlsx") -> list[str]:
    return shown(read_excel(content, name))


def test_what_stands_above_and_below_a_table_is_no_row_of_it() -> None:
    rows = [
        ("Møteplan 2023/2024",),
        ("For alle skolene",),
        (),
        HEADINGS,
        ("14. august", "Møte"),
        (),
        ("Med forbehold",),
    ]
    assert lines(workbook(*rows)) == [
        "# Møteplan 2023/2024",
        "For alle skolene",
        "Dato | Hva",
        "14. august | Møte",
        "Med forbehold",
    ]


def test_dates_and_clocks_are_as_their_cells_show_them() -> None:
    def change(made: Worksheet) -> None:
        made["A2"].number_format = "ddd d. mmm"
        made["B2"].number_format = '"kl. "hh.mm'

    rows = [("Dato", "Tid", "År"), (date(2022, 8, 14), time(12, 0), 2023)]
    assert lines(workbook(*rows, change=change))[1] == "søn. 14. aug | kl. 12.00 | 2023"


def test_days_have_their_year_where_nothing_else_names_one() -> None:
    def change(made: Worksheet) -> None:
        made["A2"].number_format = "d. mmmm"

    content = workbook(HEADINGS, (date(2023, 8, 14), "Møte"), change=change)
    assert lines(content)[1] == "14. august 2023 | Møte"
    assert lines(content, "plan 2023-2024.xlsx")[1] == "14. august | Møte"


def test_merged_cells_reach_over_rows_and_columns() -> None:
    def change(made: Worksheet) -> None:
        made.merge_cells("A2:A3")
        made.merge_cells("A4:C4")

    rows = [("Måned", "Dato", "Hva"), ("August", "14.", "Møte"), (None, "18.", "Kurs"), ("Ferie",)]
    assert lines(workbook(*rows, change=change)) == [
        "Måned | Dato | Hva",
        "August | 14. | Møte",
        "^ | 18. | Kurs",
        "Ferie+3",
    ]


def test_rows_columns_and_sheets_hidden_by_hand_are_left_out() -> None:
    made = Workbook()
    first, second = made.worksheets[0], made.create_sheet("Utkast")
    for values in (("Dato", "Notat", "Hva"), ("14.", "x", "Møte"), ("15.", "x", "Avlyst"), ("18.", "x", "Kurs")):
        first.append(values)
    first.row_dimensions[3].hidden = True
    first.column_dimensions["B"].hidden = True
    second.append(("Hemmelig", "plan"))
    second.sheet_state = "hidden"
    assert lines(saved(made)) == ["Dato | Hva", "14. | Møte", "18. | Kurs"]


def test_what_a_filter_hides_is_read_and_what_is_folded_up() -> None:
    def change(made: Worksheet) -> None:
        made.auto_filter.ref = "A1:C4"
        made.auto_filter.add_filter_column(0, ["14."])
        made.row_dimensions[3].hidden = made.row_dimensions[6].hidden = True
        made.row_dimensions.group(5, 5, hidden=True)
        made.column_dimensions.group("B", "B", hidden=True)

    rows = [("Dato", "Hvem", "Hva"), ("14.", "x", "a"), ("15.", "x", "b"), ("16.", "x", "c"), ("17.", "x", "d")]
    content = workbook(*rows, ("18.", "x", "e"), change=change)
    assert lines(content) == [" | ".join(values) for values in rows]


def test_a_filter_of_a_table_hides_nothing_either() -> None:
    def change(made: Worksheet) -> None:
        made.add_table(ExcelTable(displayName="Plan", ref="A1:B3"))
        made.tables["Plan"].autoFilter = AutoFilter(ref="A1:B3", filterColumn=[FilterColumn(colId=0)])
        made.row_dimensions[3].hidden = True

    assert lines(workbook(HEADINGS, ("14.", "Møte"), ("15.", "Kurs"), change=change))[2:] == ["15. | Kurs"]


def test_cells_that_are_struck_out_are_told_apart() -> None:
    def change(made: Worksheet) -> None:
        made["B2"].font = Font(strike=True)

    document = read_excel(workbook(HEADINGS, ("14.", "Møte"), change=change), "plan.xlsx")
    assert isinstance(document.blocks[0], Table)
    assert [cell.paragraphs[0].is_struck for cell in document.blocks[0].rows[1].cells] == [False, True]


def test_the_days_of_old_macs_are_days_too() -> None:
    made = Workbook()
    made.epoch = CALENDAR_MAC_1904
    for values in (HEADINGS, (date(2023, 5, 14), "Møte")):
        made.worksheets[0].append(values)
    assert lines(saved(made))[1] == "2023-05-14 | Møte"


def test_a_merged_cell_that_begins_in_a_hidden_row_is_still_said() -> None:
    def change(made: Worksheet) -> None:
        made.merge_cells("A2:A3")
        made.row_dimensions[2].hidden = True

    rows = [("Måned", "Dato"), ("August", "14."), (None, "18.")]
    assert lines(workbook(*rows, change=change)) == ["Måned | Dato", "August | 18."]


def test_several_sheets_have_their_names_as_headings_where_these_say_something() -> None:
    made = Workbook()
    made.worksheets[0].title = "Barnehage"
    other = made.create_sheet("Ark2")
    for one in made.worksheets:
        one.append(HEADINGS)
        one.append(("14.", "Møte"))
    other["B2"] = "Kurs"
    assert lines(saved(made)) == ["# Barnehage", "Dato | Hva", "14. | Møte", "Dato | Hva", "14. | Kurs"]


def test_an_empty_row_and_new_column_headings_begin_a_new_table() -> None:
    rows = [HEADINGS, ("14.", "Møte"), (), ("Roller",), ("Rolle", "Oppgave"), ("Rektor", "Leder"), ("PPT", "Gir råd")]
    document = read_excel(workbook(*rows), "plan.xlsx")
    assert shown(document) == [
        "Dato | Hva",
        "14. | Møte",
        "# Roller",
        "Rolle | Oppgave",
        "Rektor | Leder",
        "PPT | Gir råd",
    ]
    assert sum(isinstance(block, Table) for block in document.blocks) == 2


def test_an_empty_row_between_months_does_not_part_a_table() -> None:
    rows = [HEADINGS, ("August",), ("14.", "Møte"), (), ("September",), ("4.", "Kurs"), ("5.", "Tur")]
    document = read_excel(workbook(*rows), "plan.xlsx")
    assert [type(block) for block in document.blocks] == [Table]


def test_lines_of_a_cell_are_paragraphs_and_its_bullets_a_list() -> None:
    rows = [HEADINGS, ("14.", "Fagdag\n· Handlingsplan\n· BTI")]
    assert lines(workbook(*rows))[1] == "14. | Fagdag / - Handlingsplan / - BTI"


def test_bold_and_struck_out_words_are_told_apart() -> None:
    bold, struck = InlineFont(b=True), InlineFont(strike=True)
    text = CellRichText(TextBlock(bold, "Ny dato:"), TextBlock(struck, " 14. mai"), " 21. mai")

    def change(made: Worksheet) -> None:
        made["B2"] = text
        made["A2"].font = Font(bold=True)

    document = read_excel(workbook(HEADINGS, ("x", "y"), change=change), "plan.xlsx")
    assert isinstance(document.blocks[0], Table)
    said = [cell.paragraphs[0] for cell in document.blocks[0].rows[1].cells]
    assert [(one.text, one.strong) for one in said] == [("x", 1), ("Ny dato: 21. mai", 8)]


def test_everything_knows_its_cell() -> None:
    def change(made: Worksheet) -> None:
        made.title = "Vår 2024"

    document = read_excel(workbook(("Plan 2024",), HEADINGS, (None, "Møte"), change=change), "plan.xlsx")
    title, table = document.blocks
    assert isinstance(table, Table)
    paragraph = next(one for cell in table.rows[1].cells for one in cell.paragraphs)
    assert isinstance(paragraph, Paragraph)
    assert (title.place.words, table.rows[1].place.words) == ("Vår 2024!A1", "Vår 2024!B3")
    assert paragraph.place.words == "Vår 2024!B3"


def test_formulas_are_what_they_came_to() -> None:
    cells = '<row r="1"><c r="A1" t="str"><f>B1&amp;C1</f><v>14. august</v></c><c r="B1" t="e"><v>#REF!</v></c></row>'
    assert lines(from_xml(sheet(cells + row(2, "Dato", "Hva")))) == ["# 14. august", "Dato | Hva"]


STRANGE: dict[str, dict[str, Any]] = {
    "a filter that the format does not know": {
        "behind": '<autoFilter ref="A1:B2"><filterColumn colId="0"><customFilters><customFilter val=" "/>'
        "</customFilters></filterColumn></autoFilter>"
    },
    "rules for what may be written": {
        "behind": '<dataValidations count="x"><dataValidation type="nothing"/></dataValidations>'
    },
    "looks that the format does not know": {
        "styles": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts><font/></fonts>'
        '<fills><fill><patternFill patternType="glitter"/></fill></fills><borders><border><left style="x"/></border>'
        '</borders><cellStyleXfs><xf fillId="0"/></cellStyleXfs><cellXfs><xf fillId="0" borderId="0"/></cellXfs>'
        '<cellStyles><cellStyle name="x" xfId="9"/></cellStyles></styleSheet>'
    },
}


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_what_is_not_read_may_be_as_strange_as_it_likes(strange: dict[str, str]) -> None:
    rows = row(1, "Dato", "Hva") + row(2, "14.", "Møte")
    styles = {name: part for name, part in strange.items() if name != "behind"}
    assert lines(from_xml(sheet(rows, strange.get("behind", "")), **styles)) == ["Dato | Hva", "14. | Møte"]


def test_the_strict_kind_of_the_format_is_read_too() -> None:
    parts = {**PARTS, "xl/worksheets/sheet1.xml": sheet(row(1, "Dato", "Hva"))}
    for name in parts:
        for vocabulary in ("spreadsheetml", "officeDocument"):
            usual, strict = f"schemas.openxmlformats.org/{vocabulary}/2006", f"purl.oclc.org/ooxml/{vocabulary}"
            parts[name] = parts[name].replace(usual, strict)
    assert lines(archive(dict(parts))) == ["Dato | Hva"]


def test_one_cell_far_away_does_no_harm() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>her</t></is></c></row>'
    assert lines(from_xml(sheet(row(1, "Dato", "Hva") + far))) == ["Dato | Hva", "her"]


def test_a_million_cells_that_are_only_coloured_are_nothing() -> None:
    empty = "".join(
        f'<row r="{number}"><c r="A{number}" s="1"/><c r="B{number}"></c></row>' for number in range(2, 99_999)
    )
    assert lines(from_xml(sheet(row(1, "Dato", "Hva") + empty))) == ["Dato | Hva"]


def test_a_whole_sheet_merged_is_a_single_cell() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert lines(from_xml(sheet(row(1, "Plan") + row(2, "Dato", "Hva"), merged))) == ["# Plan", "Dato | Hva"]


def test_more_rows_than_any_plan_has_are_too_many() -> None:
    rows = "".join(row(number, "Møte") for number in range(1, 20_002))
    with pytest.raises(BadFile) as refused:
        read_excel(from_xml(sheet(rows)), "plan.xlsx")
    assert refused.value.template == "bad_file_too_long"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        archive({}),
        archive({"xl/workbook.xml": "<workbook/>"}),
        from_xml("<worksheet"),
        from_xml(sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')),
        workbook(HEADINGS)[:-200],
    ],
    ids=[
        "nothing",
        "a beginning",
        "an empty archive",
        "no types",
        "half a tag",
        "words that are not there",
        "cut short",
    ],
)
def test_a_broken_workbook_is_said_to_be_unreadable(content: bytes) -> None:
    with pytest.raises(BadFile) as refused:
        read_excel(content, "plan.xlsx")
    assert refused.value.template == "bad_file_unreadable"
