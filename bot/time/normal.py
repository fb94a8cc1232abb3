"""Text in one form (NFC, plain dashes and spaces), with a way back to where each character stood."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# Invisible marks that word processors leave inside words, and the combining accents of text that is not NFC.
_DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ONE_FOR_ONE = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣－→", "-")
    | dict.fromkeys("\xa0\u2007\u2009\u200a\u202f\u2002\u2003\t\r\n\x0b\x0c", " ")
    | dict.fromkeys("’‘ʼ′`´", "'")
    | {"…": ".", "⁄": "/", "∕": "/"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalText:
    """`text` in normal form; `origins[i]` is where text[i] stood, None where nothing has moved."""

    text: str
    origins: tuple[int, ...] | None
    length: int

    def origin(self, at: int) -> int:
        """Return the offset in the text as it was given; the end of the one is the end of the other."""
        if self.origins is None:
            return at
        return self.origins[at] if at < len(self.origins) else self.length


def normalised(text: str) -> NormalText:
    """Return the text with dashes, spaces and quotes as plain ones, composed, without invisible marks."""
    plain = text.translate(_ONE_FOR_ONE)
    if plain.isascii() or (unicodedata.is_normalized("NFC", plain) and not _has_dropped(plain)):
        return NormalText(text=plain, origins=None, length=len(text))
    letters: list[str] = []
    origins: list[int] = []
    for start, cluster in _clusters(plain):
        composed = unicodedata.normalize("NFC", cluster)
        letters.append(composed)
        origins.extend([start] * len(composed))
    return NormalText(text="".join(letters), origins=tuple(origins), length=len(text))


def _has_dropped(text: str) -> bool:
    return any(mark in text for mark in _DROPPED)


def _clusters(text: str) -> list[tuple[int, str]]:
    """Return each letter together with the accents that follow it, and where it begins."""
    found: list[tuple[int, str]] = []
    for at, letter in enumerate(text):
        if letter in _DROPPED:
            continue
        if found and unicodedata.combining(letter):
            found[-1] = (found[-1][0], found[-1][1] + letter)
        else:
            found.append((at, letter))
    return found
