"""Files made to keep a reader busy, or to bring it down: small to send, enormous to read."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable

from tests.readers.paper import pdf
from tests.readers.word_files import paragraph, part, word
from tests.readers.word_files import row as word_row
from tests.readers.word_files import table as word_table
from tests.readers.workbooks import PARTS, archive, from_xml, row, sheet

_ENTITIES = '<!DOCTYPE a [<!ENTITY e0 "aaaaaaaaaa">' + "".join(
    f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10)
)
_IN_UTF_16 = '<?xml version="1.0" encoding="UTF-16"?>'
_BOMB = f"{_ENTITIES}]>{sheet(row(1, '&e9;'))}"


def squeezed_pdf(content: bytes, extra: bytes = b"") -> bytes:
    """Return a PDF whose one page has this content, squeezed; `extra` is an object that it may draw as /P."""
    packed = zlib.compress(content, 9)
    stream = b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed)
    made = pdf([""]).replace(b"<</Length 0>>\nstream\n\nendstream", stream)
    if extra:
        begun = made.index(b"5 0 obj\n") + len(b"5 0 obj\n")
        made = made[:begun] + extra + made[made.index(b"\nendobj", begun) :]
    return made


def _form(content: bytes) -> bytes:
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</P 5 0 R>>>>/Length %d>>" % len(
        content
    )
    return head + b"\nstream\n" + content + b"\nendstream"


def _lines() -> bytes:
    places = random.Random(1)
    return b"".join(b"%d %d m %d %d l S\n" % tuple(places.randrange(800) for _ in range(4)) for _ in range(100_000))


def _overlapping() -> bytes:
    """Return an archive with four thousand parts that are all the same ten million zeros."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(10_000_000)
    packed = squeeze.compress(zeros) + squeeze.flush()
    sizes = (0, 0, zlib.crc32(zeros), len(packed), len(zeros))
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, *sizes, 1, 0) + b"a" + packed
    names = [b"word/document.xml", *(b"%d" % number for number in range(4_000))]
    listed = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, *sizes, len(name), 0, 0, 0, 0, 0, 0) + name
        for name in names
    )
    return local + listed + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, *[len(names)] * 2, len(listed), len(local), 0)


def _nested(levels: int) -> str:
    opened, closed = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    return opened * levels + paragraph("14. mai: Møte") + closed * levels


def _boxes(content: bytes) -> bytes:
    """Return archives inside each other."""
    for _ in range(20):
        content = archive({"a.zip": content})
    return content


def _in_pdf(old: bytes, new: bytes) -> bytes:
    return pdf(["~\n50 100 14. mai: Møte"]).replace(old, new)


BOMBS: dict[str, Callable[[], bytes]] = {
    "an archive that grows a thousand times": lambda: archive({**PARTS, "xl/media/a.png": bytes(290_000_000)}),
    "a sheet of spaces": lambda: from_xml(sheet(" " * 38_000_000)),
    "entities that grow": lambda: from_xml(_BOMB),
    "entities that grow, in another encoding": lambda: from_xml(f"{_IN_UTF_16}{_BOMB}".encode("utf-16")),
    "tags in tags in tags": lambda: from_xml(sheet("<a>" * 200_000 + "</a>" * 200_000)),
    "a hundred thousand rows": lambda: from_xml(sheet("".join(row(at, "Møte", "Rektor") for at in range(1, 100_001)))),
    "as many merged cells": lambda: from_xml(
        sheet(row(1, "Dato", "Hva"), "<mergeCells>" + '<mergeCell ref="A1:D9"/>' * 100_000 + "</mergeCells>")
    ),
    "pages of zeros": lambda: squeezed_pdf(bytes(900_000_000)),
    "words without end": lambda: squeezed_pdf(b"BT /F0 9 Tf 50 500 Td " + b"(Hei og hopp) Tj " * 3_000_000 + b"ET"),
    "lines all over the page": lambda: squeezed_pdf(_lines()),
    "a form that draws itself": lambda: squeezed_pdf(b"/P Do", _form(b"/P Do /P Do /P Do")),
    "more looks than Excel has": lambda: from_xml(sheet(row(1, "a")), styles="<cellXfs>" + "<xf/>" * 1_500_000),
    "one text in every cell": lambda: from_xml(
        sheet("".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 5_000))),
        sharedStrings=f"<sst>{'<si><t>' + 'Møte ' * 5_000_000}</t></si></sst>",
    ),
    "archives in archives": lambda: _boxes(archive({"a": bytes(50_000_000)})),
    "parts that are the same": _overlapping,
    "as many parts as there can be": lambda: archive({f"word/{at}.xml": "" for at in range(60_000)}),
    "entities in Word's text": lambda: word("&e9;", f"{_ENTITIES}]>"),
    "entities in Word's text, in another encoding": lambda: word("&e9;", f"{_IN_UTF_16}{_ENTITIES}]>", "utf-16"),
    "entities in Word's text, in an encoding of large machines": lambda: word(
        "&e9;", f'<?xml version="1.0" encoding="cp037"?>{_ENTITIES}]>', "cp037"
    ),
    "entities in Word's styles": lambda: word("", styles=part("styles", "&e9;", f"{_ENTITIES}]>")),
    "eight hundred thousand paragraphs": lambda: word(paragraph("a") * 800_000),
    "a table without end": lambda: word(word_table(word_row("14. mai", "Møte") * 100_000)),
    "a row without end": lambda: word(word_table(word_row(*["a"] * 200_000))),
    "breaks without end": lambda: word("<w:p><w:r>" + "<w:br/>" * 4_000_000 + "</w:r></w:p>"),
    "a text without end": lambda: word(paragraph("Møte " * 2_000_000)),
    "tables in tables in tables": lambda: word(_nested(1_000)),
    "a zero in Word's text": lambda: word(paragraph("14. mai: M\x00te")),
    "ten thousand pages": lambda: pdf(["50 100 14. mai: Møte"] * 10_000),
    "states without end": lambda: squeezed_pdf(b"q " * 5_000_000),
    "boxes without end": lambda: squeezed_pdf(b"9 9 9 9 re f\n" * 500_000),
    "lists in lists in lists": lambda: squeezed_pdf(b"[" * 5_000_000),
    "objects in objects in objects": lambda: _in_pdf(b"/Contents", b"/X " + b"<</A" * 500_000 + b"/Contents"),
    "pages that hold themselves": lambda: _in_pdf(b"/Kids[6 0 R]", b"/Kids[2 0 R]"),
    "rows of rows": lambda: ("<table>" + "<tr><td rowspan=100 colspan=100>a</td></tr>" * 1_000).encode(),
    "tags in tags in a text": lambda: ("<table>" + "<tr><td><div>" * 200_000).encode(),
    "stars without end": lambda: ("*a" * 20_000 + "\n").encode() * 15,
    "half a sign": lambda: "14. mai: Møte\n".encode("utf-16") + b"\x00\xd8\x00",
    "random bytes": lambda: random.Random(2).randbytes(200_000),
    "random bytes that look like an archive": lambda: b"PK\x03\x04" + random.Random(3).randbytes(200_000),
    "random bytes that look like a PDF": lambda: b"%PDF-1.7\n" + random.Random(4).randbytes(200_000),
    "a long line": lambda: "Møte 14. mai ".encode() * 2_000_000,
    "many lines": lambda: "14. mai: Møte\n".encode() * 500_000,
}

_PLAN = word_table(word_row("Dato", "Hva"), word_row("14. mai 2023", "Møte"))

# What looks like a bomb and is read all the same: nothing of it but the plan is looked at.
HEAVY: dict[str, Callable[[], bytes]] = {
    "a sheet that says it has a million rows": lambda: from_xml(
        sheet(row(1, "Dato", "Hva") + row(2, "14. mai 2023", "Møte")).replace(
            "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
        )
    ),
    "archives in a Word file": lambda: word(_PLAN, **{"embeddings/a": _boxes(b"a")}),
    "a cell over two thousand million columns": lambda: word(_PLAN.replace("<w:tc>", _WIDE, 1)),
    "tables in tables": lambda: word(_PLAN + _nested(20).replace("14. mai: Møte", "")),
    "a picture of four thousand million dots": lambda: _in_pdf(b"/Width 1/Height 1", b"/Width 65000/Height 65000"),
    "a page as large as a country": lambda: _in_pdf(b"[0 0 595 842]", b"[0 0 99999999 842]"),
    "more pages than there are": lambda: _in_pdf(b"/Count 1", b"/Count 99999999"),
}
_WIDE = '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>'
