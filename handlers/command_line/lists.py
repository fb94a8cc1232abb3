"""A small file of lines that the command line is given."""

from __future__ import annotations

from pathlib import Path

from bot.errors import BadFile

_LARGEST = 1_000_000  # bytes; a list of breaks or schools has some dozens of lines


def content_of(path: Path) -> bytes:
    """Return what the file holds. Raises BadFile where it is not there, or is no such list."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError:
        raise BadFile("bad_file_not_there", name=str(path)) from None
    if len(content) > _LARGEST:
        raise BadFile("bad_file_too_large", name=path.name)
    return content
