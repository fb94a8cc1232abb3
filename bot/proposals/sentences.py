"""Cutting the words of a plan into titles and what is said besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bot.proposals.lexicon import word_set, words

_STOP = re.compile(r"[.!?](?=\s+[A-ZÆØÅ«\"(])")
_LAST_WORD = re.compile(r"(\S+)$")
_PART = re.compile(r"(?<![\w.])(\w+)\s*(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?\s*:\s*", re.IGNORECASE)
# A title this short is taken whole: cutting it would leave a word that says nothing.
_SHORT = 12


def first_sentence(text: str) -> tuple[str, str]:
    """Return the first sentence without its full stop, and the rest of the text."""
    for found in _STOP.finditer(text):
        before = text[: found.start()]
        last = _LAST_WORD.search(before)
        if last is None or _is_short_form(last[1]):
            continue
        if found.group() == ".":
            return before.rstrip(), text[found.end() :].strip()
        return text[: found.end()], text[found.end() :].strip()
    return text.rstrip(), ""


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text."""
    while text:
        sentence, text = first_sentence(text)
        yield sentence


def whole_sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text as they are written, each with the sign that it ends in."""
    start = 0
    for found in _STOP.finditer(text):
        before = text[start : found.start()].split()
        if before and not _is_short_form(before[-1]):
            yield text[start : found.end()].strip()
            start = found.end()
    if rest := text[start:].strip():
        yield rest


def _is_short_form(word: str) -> bool:
    bare = word.casefold().strip("(").rstrip(".")
    return bare in word_set("plans", "abbreviations", "words") or (bare.isdecimal() and len(bare) < 3) or len(bare) == 1


def title_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the title in a text, and what else it says: how long it lasts and what follows that, more sentences."""
    title, rest = first_sentence(text)
    if len(title) < _SHORT and rest:
        title, rest = text, ""
    notes = [rest] if rest else []
    if (found := _duration().search(title)) and title[: found.start()].strip():
        notes = [part for part in (found[0].strip("() "), title[found.end() :].strip(" .:–-")) if part] + notes
        title = title[: found.start()]
    return neat(title), tuple(notes)


def neat(title: str) -> str:
    """Return a title without the signs that only lead over to what follows."""
    title = re.sub(r"\s+([:,;.])", r"\1", title).strip(" :;,–-·|")
    title = title[:-1] if title.endswith(".") and not _is_short_form(title.split()[-1]) else title
    return title.removeprefix("(").removesuffix(")") if _is_wrapped(title) else title


def _is_wrapped(title: str) -> bool:
    return title.startswith("(") and title.endswith(")") and title.count("(") == 1


@cache
def _duration() -> re.Pattern[str]:
    units = "|".join(sorted(words("plans", "durations", "units"), key=len, reverse=True))
    return re.compile(r"\(\s*(?:ca\.?\s*)?\d+(?:\s*[.,/]\s*\d+)?\s*(?:" + units + r")\.?\s*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the numbered parts of a text: "Modul 2-6: Mars" has label "Modul", first 2, last 6."""

    label: str
    first: int
    last: int
    text: str

    @property
    def title(self) -> str:
        return neat(f"{self.label} {self.first}: {self.text}" if self.text else f"{self.label} {self.first}")


def numbered_parts(text: str) -> tuple[Part, ...]:
    """Return the parts of a text that counts them upwards ("Modul 1: … Modul 2: …"); none where it does not."""
    known = word_set("plans", "parts", "words")
    found = [match for match in _PART.finditer(text) if match[1].casefold() in known]
    if len(found) < 2 or len({match[1].casefold() for match in found}) > 1 or text[: found[0].start()].strip():
        return ()
    ends = [match.start() for match in found[1:]] + [len(text)]
    made = tuple(
        Part(
            label=match[1],
            first=int(match[2]),
            last=int(match[3] or match[2]),
            text=text[match.end() : end].strip(" .;,"),
        )
        for match, end in zip(found, ends, strict=True)
    )
    return made if all(one.last < next_.first for one, next_ in pairwise(made)) else ()


def restarts(text: str) -> tuple[str, ...]:
    """Cut a text that has lost the marks between its paragraphs where a capital begins anew, mid-sentence.

    A capital after a preposition, a conjunction or a sign belongs to a name.
    """
    pieces: list[list[str]] = [[]]
    all_words = text.split()
    for index, word in enumerate(all_words):
        before = all_words[index - 1] if index else ""
        if before and len(pieces[-1]) >= 2 and _begins(word) and _may_end(before) and index + 1 < len(all_words):
            pieces.append([])
        pieces[-1].append(word)
    return tuple(" ".join(piece) for piece in pieces if piece)


def _begins(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and word[1:].islower() and word.isalpha()


def _may_end(word: str) -> bool:
    bound = word_set("people", "binding") | word_set("people", "between")
    return (word[-1].islower() or word[-1] in ").") and word.casefold() not in bound and not word[0].isupper()
