"""Files made to keep a reader busy, or to bring it down: small to send, enormous to read."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable

from tests.readers.paper import pdf
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
    "random bytes": lambda: random.Random(2).randbytes(200_000),
    "random bytes that look like an archive": lambda: b"PK\x03\x04" + random.Random(3).randbytes(200_000),
    "random bytes that look like a PDF": lambda: b"%PDF-1.7\n" + random.Random(4).randbytes(200_000),
    "a long line": lambda: "Møte 14. mai ".encode() * 2_000_000,
    "many lines": lambda: "14. mai: Møte\n".encode() * 500_000,
}
