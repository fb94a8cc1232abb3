"""Documents of every format, and what may have happened to one: bytes, tags or lines are not what they were."""

from __future__ import annotations

import random
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from docx import Document
from lxml import etree

from tests.readers.paper import pdf
from tests.readers.workbooks import archive, workbook

PLANS = Path(__file__).parents[1] / "proposals" / "plans"
ROWS = [
    ("Måned", "Dato", "Hva", "Ansvarlig", "Kommentar"),
    ("August", "Man. 14.", "Planleggingsdag", "Rektor", "Kl. 12.00-15.30"),
    ("", "18.–19.", "Ledersamling", "Kommunalsjef", "I løpet av høsten:\n· Kartlegging\n· Samtaler"),
    ("September", "Uke 36", "Foreldremøter", "Kontaktlærerne", "Innen 30. september"),
]
_GRID = "## 50 120 200 300 400 540 / 100 120 140 160 180"
_WORDS = [
    f"{50 + 90 * column} {114 + 20 * at} {text.splitlines()[0]}"
    for at, row in enumerate(ROWS)
    for column, text in enumerate(row)
    if text
]
_LIST = (
    "50 60 b18 Plan 2023/2024\n50 300 Frist: 1. mai – Ansvarlig: rektor\n50 312 • Tiltak: kartlegge\n60 324 trivselen"
)
_COLUMNS = "\n".join(f"{50 + 180 * (at % 3)} {100 + 12 * (at // 3)} {at + 1}. Møte" for at in range(15))
_PIECES = (
    b"14. mai 2023",
    b"uke 53",
    b"\t|\t",
    b"<td>",
    b"<table><tr><td rowspan='99999' colspan='-1'>",
    b"&amp;",
    b"31.02.",
    b"(",
    b"\xff\xfe",
    b"\x00",
    b"9" * 40,
    b"\xc3\xa5",
    b"\r",
    b'"',
)
_ODD = ("", "-1", "0", "1", "9", "65536", "99999999999", "-2147483649", "1e309", "nan", "A1:XFD1048576", "true", "å")
_ODD_FIGURES = (b"0", b"-1", b"1", b"0.00001", b"1000000", b"99999999999", b"-2147483649", b"3.5e38", b"9" * 60, b".")
_FIGURE = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")

Damage = Callable[[bytes, random.Random], bytes]


def seeds() -> Mapping[str, list[bytes]]:
    """Return whole documents by format."""
    texts = [path.read_bytes() for path in sorted(PLANS.iterdir()) if path.suffix in (".txt", ".md", ".csv")]
    pages = ["\n".join([_GRID, *_WORDS]), _LIST, "\n".join(_WORDS), _COLUMNS]
    return {
        "text": [*texts, _html().encode()],
        "word": [_word()],
        "excel": [workbook(*ROWS, change=lambda sheet: sheet.merge_cells("A2:A3"))],
        "pdf": [pdf(pages), pdf(pages[:2], turned=90), pdf(pages[:1])],
    }


def damaged(content: bytes, format_name: str, chance: random.Random) -> bytes:
    """Return a document that something has happened to; mostly something that leaves it a document."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        content = chance.choice(_DAMAGES[format_name])(content, chance)
    return content


def _html() -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>\n" for row in ROWS)
    return f"# Plan 2023/2024\n\n<table>\n{cells}</table>\n\n<p>Lese <b>mer</b></p><ul><li>Bok<br>Avis</li></ul>\n"


def _word() -> bytes:
    document, content = Document(), BytesIO()
    document.add_heading("Møteplan 2023/2024")
    document.add_paragraph("Lese", style="List Bullet")
    document.add_paragraph("Skrive", style="List Number")
    table = document.add_table(rows=0, cols=5)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 2).add_table(1, 2).cell(0, 0).text = "Innerst"
    document.save(content)
    return content.getvalue()


def _bytes(content: bytes, chance: random.Random) -> bytes:
    """Return bytes that some have been changed, cut out, put in or said twice of."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        start = chance.randrange(len(made) + 1)
        end = min(len(made), start + chance.choice((0, 1, 4, 60, 2000)))
        piece = chance.choice((b"", chance.randbytes(1), chance.choice(_PIECES), bytes(made[start:end]) * 2))
        made[start:end] = piece
    return bytes(made)


def _lines(content: bytes, chance: random.Random) -> bytes:
    """Return lines of which one is gone, said twice, elsewhere, or has got something in the middle."""
    lines = content.splitlines(keepends=True) or [b""]
    line = lines.pop(chance.randrange(len(lines)))
    at = chance.randrange(len(line) + 1)
    put = chance.choice(([], [line, line], [line[:at] + chance.choice(_PIECES) + line[at:]], [line[:at], line[at:]]))
    where = chance.randrange(len(lines) + 1)
    return b"".join([*lines[:where], *put, *lines[where:]])


def _figures(content: bytes, chance: random.Random) -> bytes:
    """Return a PDF in which some figure is another; so it is still a PDF."""
    found = list(_FIGURE.finditer(content))
    if not found:
        return content
    one = chance.choice(found)
    return content[: one.start()] + chance.choice(_ODD_FIGURES) + content[one.end() :]


def _inside(damage: Damage) -> Damage:
    """Return damage to one part of an archive: so it reaches what reads the part."""

    def damage_inside(content: bytes, chance: random.Random) -> bytes:
        try:
            with zipfile.ZipFile(BytesIO(content)) as opened:
                parts = {name: opened.read(name) for name in opened.namelist()}
        except (zipfile.BadZipFile, ValueError, EOFError, OSError, RuntimeError, zlib.error):
            return content
        name = chance.choice(sorted(parts)) if parts else ""
        return archive({**parts, name: damage(parts[name], chance)}) if name else content

    return damage_inside


def _xml(content: bytes, chance: random.Random) -> bytes:
    """Return XML that is still XML: an element is gone, elsewhere, said twice, called or filled with something else."""
    try:
        root = etree.fromstring(content)
    except (etree.XMLSyntaxError, ValueError):
        return content
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    one, other = chance.choice(elements), chance.choice(elements)
    match chance.randrange(6):
        case 0 if one.attrib:
            one.set(chance.choice(sorted(one.attrib)), chance.choice(_ODD))
        case 1 if one.attrib:
            del one.attrib[chance.choice(sorted(one.attrib))]
        case 2 if (parent := one.getparent()) is not None:
            parent.remove(one)
        case 3:
            other.append(deepcopy(one))
        case 4:
            one.tag = other.tag
        case _:
            one.text = chance.choice(_ODD)
    return bytes(etree.tostring(root))


_IN_ARCHIVE = (_bytes, _inside(_bytes), _inside(_xml), _inside(_xml), _inside(_xml), _inside(_xml))
_DAMAGES: Mapping[str, tuple[Damage, ...]] = {
    "text": (_bytes, _lines, _lines),
    "word": _IN_ARCHIVE,
    "excel": _IN_ARCHIVE,
    "pdf": (_bytes, _lines, _figures, _figures),
}
