"""Word files for the tests, from the XML of their text: for what no library would write."""

from __future__ import annotations

import zipfile
from io import BytesIO

from docx import Document

from tests.readers.workbooks import archive

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
END = "<w:sectPr/>"


def word(body: str, head: str = HEAD, encoding: str = "utf-8", **parts: str | bytes) -> bytes:
    """Return a Word file with this body; other parts by their names without folder, "styles" for word/styles.xml."""
    content = BytesIO()
    Document().save(content)
    with zipfile.ZipFile(content) as opened:
        made: dict[str, str | bytes] = {name: opened.read(name) for name in opened.namelist()}
    names = f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"'
    made["word/document.xml"] = f"{head}<w:document {names}><w:body>{body}{END}</w:body></w:document>".encode(encoding)
    others = {name if "." in name else f"{name}.xml": content for name, content in parts.items()}
    return archive({**made, **{f"word/{name}": content for name, content in others.items()}})


def part(tag: str, content: str, head: str = HEAD) -> str:
    """Return another part: "styles", "numbering"."""
    return f'{head}<w:{tag} xmlns:w="{_MAIN}">{content}</w:{tag}>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(content: str, properties: str = "") -> str:
    """Return a cell with words, or with whatever XML it is given."""
    words = content if content.startswith("<") else paragraph(content)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{words}</w:tc>"


def row(*cells: str) -> str:
    """Return a row; words become cells."""
    return f"<w:tr>{''.join(one if one.startswith(('<w:tc', '<w:sdt')) else cell(one) for one in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"
