"""Files that are made to grow: what an archive tells of itself is not believed."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from bot.documents.reader import read
from bot.errors import BadFile

MEGABYTE = 1024 * 1024


def an_archive_that_lies(size: int) -> bytes:
    """Return an archive whose one part is told to have a hundred bytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(size))
    content = bytearray(made.getvalue())
    told = content.rfind(b"PK\x01\x02") + 24
    content[told : told + 4] = struct.pack("<I", 100)
    return bytes(content)


def test_an_archive_that_lies_of_its_size_is_not_unpacked() -> None:
    content = an_archive_that_lies(100 * MEGABYTE)
    tracemalloc.start()
    with pytest.raises(BadFile, match="bad_file_unreadable"):
        read(content, "plan.docx")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * MEGABYTE
