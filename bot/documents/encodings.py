"""The text in bytes: UTF-8 and UTF-16, and what Windows, old Macs and DOS wrote."""

from __future__ import annotations

import re

from bot.errors import BadFile

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NORWEGIAN = re.compile("[æøåÆØÅ]")
_STRAY = re.compile("[\udc80-\udcff]")
# Programs' own encodings of the letters of Norway, the commonest first.
_OLDER = ("cp1252", "mac_roman", "cp850")
_SAMPLE = 4000


def decode(content: bytes, name: str) -> str:
    """Return the text. Raises BadFile where the bytes are none."""
    text = _text(content)
    if text is None or len(_CONTROL.findall(text)) * 500 > len(text):
        raise BadFile("bad_file_format", name=name)
    return text


def _text(content: bytes) -> str | None:
    """Return the text by what the first bytes tell, else by where the zero bytes lie; None where it is none."""
    sample = content[:_SAMPLE]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _wide(content, "utf-16")
    if content.startswith(b"\xef\xbb\xbf"):
        return _utf8(content[3:])
    if sample[1::2].count(0) * 4 > len(sample):
        return _wide(content, "utf-16-le")
    if sample[::2].count(0) * 4 > len(sample):
        return _wide(content, "utf-16-be")
    return _utf8(content)


def _wide(content: bytes, encoding: str) -> str | None:
    try:
        return content[: len(content) // 2 * 2].decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf8(content: bytes) -> str:
    """Return the text in UTF-8, single bytes of Windows' put into it as well, or in an older encoding."""
    text = content.decode("utf-8", "surrogateescape")
    stray = len(_STRAY.findall(text))
    # What is no UTF-8 hardly ever looks like it.
    if stray * 2 > sum(sign > "\x7f" for sign in text):
        return _older(content)
    return _STRAY.sub(lambda found: _one(found[0]), text) if stray else text


def _one(sign: str) -> str:
    return sign.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _older(content: bytes) -> str:
    """Return the text in the encoding that makes the most Norwegian letters of it."""
    texts = [content.decode(encoding, "replace") for encoding in _OLDER]
    return max(texts, key=lambda text: len(_NORWEGIAN.findall(text)))
