"""A workbook's archive with nothing in it but what is read: words, dates, merged cells, and what is hidden.

Macros, links to other files, drawings and pivot tables are left behind, and so are filters, rules and names, which
many programs write in ways that a strict reader refuses. Cells that have a format but no content go too: some
sheets have a million of them.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from bot.documents.excel_hidden import filtered_rows, unfolded
from bot.errors import BadFile

# No plan has so many rows and cells; how many may be merged: areas, and cells in them.
_ROWS = 20_000
_CELLS = 300_000
_MERGED = 5_000
_MERGED_CELLS = 100_000
# Excel itself has no more.
_LOOKS_OF_CELLS = 70_000

_KEPT = re.compile(
    r"^\[Content_Types\]\.xml$|^_rels/\.rels$"
    r"|(?:^|/)(?:_rels/workbook\w*\.xml\.rels|workbook\w*\.xml|sharedstrings\.xml|styles\.xml)$"
    r"|/worksheets/[^/]+\.xml$",
    re.IGNORECASE,
)
_SHEET = re.compile(r"/worksheets/[^/]+\.xml$", re.IGNORECASE)
_WORKBOOK = re.compile(r"(?:^|/)workbook\w*\.xml$", re.IGNORECASE)
_STYLES = re.compile(r"(?:^|/)styles\.xml$", re.IGNORECASE)

_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
_EMPTY_CELLS = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?/>|<((?:\w+:)?)c(?:\s[^<>]*)?></\1c>")
_EMPTY_ROWS = re.compile(rb"<(?:\w+:)?row(?:\s[^<>]*)?/>|<((?:\w+:)?)row(?:\s[^<>]*)?></\1row>")
_END_OF_CELLS = re.compile(rb"</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*/>")
_MERGES = re.compile(rb"<((?:\w+:)?)mergeCells[\s>].*?</\1mergeCells\s*>", re.DOTALL)
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"[^<>]*?/>')
_END_OF_SHEET = re.compile(rb"</(?:\w+:)?worksheet\s*>\s*$")
_NAMES = re.compile(
    rb"<((?:\w+:)?)(definedNames|externalReferences|pivotCaches|customWorkbookViews|bookViews)(?:\s[^<>]*)?>.*?</\1\2\s*>",
    re.DOTALL,
)
_LOOKS = re.compile(
    rb"<((?:\w+:)?)(fill|border|dxf|tableStyle|color|cellStyle|ext)(s|Lst)(?:\s[^<>]*)?>.*?</\1\2\3\s*>", re.DOTALL
)
_LOOK = re.compile(rb'\s(?:fillId|borderId)="[^"]*"')

# The strict kind of the format differs in the names of its vocabularies alone.
_STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}


def bare(content: bytes, name: str) -> BytesIO:
    """Return the archive of a workbook with only what is read. Raises BadFile where it has more cells than a plan.

    What the zip module raises of a broken archive is let through.
    """
    made = BytesIO()
    rows, cells = _ROWS, _CELLS
    with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as bare_archive:
        for part in archive.namelist():
            if not _KEPT.search(part) or part in bare_archive.namelist():
                continue
            xml = archive.read(part)
            filtered = filtered_rows(archive, part, xml) if _SHEET.search(part) else []
            xml = _part(part, xml, filtered)
            if _SHEET.search(part):
                rows -= len(_ROW.findall(xml))
                cells -= len(_CELL.findall(xml))
            if rows < 0 or cells < 0 or xml.count(b"<xf") > _LOOKS_OF_CELLS:
                raise BadFile("bad_file_too_long", name=name)
            bare_archive.writestr(part, xml)
    made.seek(0)
    return made


def _part(part: str, xml: bytes, filtered: list[range]) -> bytes:
    for strict, usual in _STRICT.items():
        xml = xml.replace(strict, usual)
    if _SHEET.search(part):
        return unfolded(_sheet(xml), filtered)
    if _WORKBOOK.search(part):
        return _NAMES.sub(b"", xml)
    return _LOOK.sub(b"", _LOOKS.sub(_plain_look, xml)) if _STYLES.search(part) else xml


def _plain_look(found: re.Match[bytes]) -> bytes:
    """Return one fill and one border where there were many, and nothing for other looks."""
    prefix, what, *_ = found.groups()
    if what == b"fill":
        return b"<%bfills><%bfill><%bpatternFill/></%bfill></%bfills>" % ((prefix,) * 5)
    return b"<%bborders><%bborder/></%bborders>" % ((prefix,) * 3) if what == b"border" else b""


def _sheet(xml: bytes) -> bytes:
    """Leave out empty cells and rows, and all that stands behind the cells but what says which are merged."""
    xml = _EMPTY_ROWS.sub(b"", _EMPTY_CELLS.sub(b"", xml))
    end = _END_OF_CELLS.search(xml)
    close = _END_OF_SHEET.search(xml)
    if not end or not close:
        return xml
    merged = _MERGES.search(xml, end.end())
    return xml[: end.end()] + (_small_merges(merged[0]) if merged else b"") + xml[close.start() :]


def _small_merges(xml: bytes) -> bytes:
    """Leave out merged cells beyond all measure: a whole column merged says nothing of its rows."""
    areas, cells = _MERGED, _MERGED_CELLS

    def kept(found: re.Match[bytes]) -> bytes:
        nonlocal areas, cells
        size = (int(found[4]) - int(found[2]) + 1) * (_column(found[3]) - _column(found[1]) + 1)
        if not 0 < size <= cells or not areas:
            return b""
        areas, cells = areas - 1, cells - size
        return found[0]

    return _MERGE.sub(kept, xml)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
