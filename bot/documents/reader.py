"""A file's bytes to a neutral document, by what is in them and not by the file's name."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO

from bot.documents.document import LARGEST, Block, Document, Table
from bot.documents.excel import read_excel
from bot.documents.pdf import read_pdf
from bot.documents.text import read_text
from bot.errors import BadFile

# What a file may grow to when unpacked: all of it, and one part that is parsed.
_UNPACKED = 300 * 1024 * 1024
_PARSED = 40 * 1024 * 1024
_PARTS = 5_000
_PIECE = 1024 * 1024
# Sheets with a million cells that are only coloured are no rarity.
_TAGS = 3_000_000
# A plan of the largest municipality has some thousand rows; what has more is no plan.
_ROWS = 5_000
_BLOCKS = 20_000
_CELLS = 100_000
_WIDEST = 300
# A cell with an agenda has some thousand signs.
_LONGEST_TEXT = 50_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF"
# Pictures, rich text, other archives and programs.
_OTHERS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
)
_ENCRYPTED = 0x1
_DOCUMENT_TYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def _read_word(content: bytes, name: str) -> Document:
    from bot.documents.word import read_word  # its library is not needed for other files, and takes a while to load

    return read_word(content, name)


# What reads an archive, by the part that makes it what it is.
_READERS: Mapping[str, Callable[[bytes, str], Document]] = {
    "word/document.xml": _read_word,
    "xl/workbook.xml": read_excel,
}


def read(content: bytes, name: str) -> Document:
    """Return what the file holds. Raises BadFile, which says why it cannot be read and what to do."""
    if len(content) > LARGEST:
        raise BadFile("bad_file_too_large", name=name)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise BadFile("bad_file_empty", name=name)
    document = _by_content(content, name)
    if not document.blocks:
        raise BadFile("bad_file_empty", name=name)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    rows = sum(len(table.rows) for table in tables)
    cells = sum(len(row.cells) for table in tables for row in table.rows)
    widest = max((table.width for table in tables), default=0)
    longest = max(map(len, _texts(document.blocks)), default=0)
    sizes = (
        (rows, _ROWS),
        (cells, _CELLS),
        (widest, _WIDEST),
        (len(document.blocks), _BLOCKS),
        (longest, _LONGEST_TEXT),
    )
    if any(size > most for size, most in sizes):
        raise BadFile("bad_file_too_long", name=name)
    return document


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row.cells)
        else:
            yield block.text


def _by_content(content: bytes, name: str) -> Document:
    if content.startswith(_OLE):
        raise BadFile(_old_format(content), name=name)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _from_archive(content, name)
    if content.startswith(_PDF):
        return read_pdf(content, name)
    if content.startswith(_OTHERS):
        raise BadFile("bad_file_format", name=name)
    return read_text(content, name)


def _old_format(content: bytes) -> str:
    """Return what to say of a file in Microsoft's older container, which locked new files lie in too."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "bad_file_password"
    return "bad_file_old" if "WordDocument".encode("utf-16-le") in content else "bad_file_format"


def _from_archive(content: bytes, name: str) -> Document:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _check(parts, name)
            reader = _reader_of({part.filename for part in parts}, name)
            _unpack(archive, parts)
            _check_xml(archive, parts, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise BadFile("bad_file_unreadable", name=name) from error
    return reader(content, name)


def _reader_of(parts: set[str], name: str) -> Callable[[bytes, str], Document]:
    """Return what reads an archive with these parts. Raises BadFile where nothing does."""
    found = next((reader for part, reader in _READERS.items() if part in parts), None)
    if found is None:
        raise BadFile("bad_file_format", name=name)
    return found


def _check(parts: list[zipfile.ZipInfo], name: str) -> None:
    """Raise BadFile where the archive is locked or would grow beyond all measure."""
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise BadFile("bad_file_password", name=name)
    largest = max((part.file_size for part in parts if _is_xml(part)), default=0)
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED or largest > _PARSED:
        raise BadFile("bad_file_too_large", name=name)


def _unpack(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Raise BadZipFile where a part grows beyond what the archive tells of it, before anything reads it as a whole."""
    for part in parts:
        with archive.open(part) as unpacked:
            while unpacked.read(_PIECE):
                pass


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.casefold().endswith((".xml", ".rels"))


def _check_xml(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> None:
    """Raise BadFile where some part declares a document type, or has more tags than any plan.

    Office programs never declare one, and the entities in it can grow without end.
    """
    for part in filter(_is_xml, parts):
        xml = archive.read(part)
        if any(mark in xml for mark in _DOCUMENT_TYPE):
            raise BadFile("bad_file_unreadable", name=name)
        if xml.count(b"<") > _TAGS:
            raise BadFile("bad_file_too_long", name=name)
