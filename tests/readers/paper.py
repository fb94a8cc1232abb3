"""A tiny writer of PDF files for the tests: words, lines and boxes of colour, put where a case says.

Each line of a drawing is one thing; `y` grows downwards from the top of an A4 page, in points:

    50 100 Møteplan            words in 10 points; "50 100 b16 Møteplan": bold, 16 points; "50 100 t10 August": turned
    -- 50 100 500 100          a line
    [] 50 100 500 120          a box of colour
    ## 50 200 500 / 100 120    a grid: its columns' sides, then its rows'
    ~                          a picture over the whole page

A "_" at the end of words is a space that the file has there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

WIDTH, HEIGHT = 595, 842
_WORDS = re.compile(r"(\d+(?:\.\d+)?) (\d+(?:\.\d+)?) (?:([bt]*)(\d+) )?(.+)")
_FONT = "<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>"
_PICTURE = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"


def pdf(pages: Sequence[str], turned: int = 0) -> bytes:
    """Return a PDF file with these drawings; `turned`: every page is shown turned by so many degrees."""
    resources = "<</Font<</F0 3 0 R/F1 4 0 R>>/XObject<</P 5 0 R>>>>"
    numbers = range(6, 6 + 2 * len(pages), 2)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{number} 0 R' for number in numbers)}]>>".encode(),
        _FONT.format(name="Helvetica").encode(),
        _FONT.format(name="Helvetica-Bold").encode(),
        _stream(_PICTURE.encode(), b"\x80"),
    ]
    for number, page in zip(numbers, pages, strict=True):
        drawn = "\n".join(_drawn(page)).encode("cp1252")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {turned}/Resources {resources}"
            f"/Contents {number + 1} 0 R>>".encode()
        )
        objects.append(_stream(f"<</Length {len(drawn)}>>".encode(), drawn))
    return _file(objects)


def _stream(head: bytes, content: bytes) -> bytes:
    return head + b"\nstream\n" + content + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    made = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + head + table + tail


def _drawn(page: str) -> Iterator[str]:
    for line in filter(None, map(str.strip, page.splitlines())):
        if line.startswith("--"):
            yield _stroke([float(number) for number in line.split()[1:]])
        elif line.startswith("[]"):
            left, top, right, bottom = (float(number) for number in line.split()[1:])
            yield f"0.8 g {left} {HEIGHT - bottom} {right - left} {bottom - top} re f 0 g"
        elif line.startswith("##"):
            yield from _grid(line)
        elif line == "~":
            yield f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q"
        else:
            yield _words(line)


def _stroke(ends: Sequence[float]) -> str:
    return f"{ends[0]} {HEIGHT - ends[1]} m {ends[2]} {HEIGHT - ends[3]} l S"


def _grid(line: str) -> Iterator[str]:
    xs, ys = ([float(number) for number in part.split()] for part in line[2:].split("/"))
    for x, y in product(xs, ys):
        if x != xs[-1]:
            yield _stroke((x, y, xs[xs.index(x) + 1], y))
        if y != ys[-1]:
            yield _stroke((x, y, x, ys[ys.index(y) + 1]))


def _words(line: str) -> str:
    found = _WORDS.fullmatch(line)
    assert found, line
    x, y, looks, size, words = found.groups()
    text = re.sub(r"([()\\])", r"\\\1", words[:-1] + " " if words.endswith("_") else words)
    matrix = f"0 1 -1 0 {x} {HEIGHT - float(y)}" if "t" in (looks or "") else f"1 0 0 1 {x} {HEIGHT - float(y)}"
    return f"BT /F{int('b' in (looks or ''))} {size or 10} Tf {matrix} Tm ({text}) Tj ET"
