"""Where a sentence names a short name or a group that is known, and the noun of a group that is not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.proposals.lexicon import lexicon, word_set

_WORD = re.compile(r"[^\W_][\w&]*")
_SPACES = re.compile(r"\s+")
# "SUTs", and a longer word that begins with the name: "BTI-modellen", "SUT-gruppa".
_GENITIVE = re.compile(r"(?:['’]?s\b)?")
_COMPOUND = re.compile(r"-\s?[a-zæøå]+(?:en|et|a|ene|ane)(?![\w-])")
_BEFORE_WORD = "-/&"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in a text, from `start` to `stop`; `key` is that of the term."""

    key: str
    start: int
    stop: int


class Names:
    """Names that texts are looked through for; a short name counts just as it is written, a longer one in any case."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[re.Pattern[str], str]]] = defaultdict(list)
        self._known: set[str] = set()

    def add(self, name: str, key: str, *, is_short: bool) -> None:
        """Let the name point to a term; the first term that has it keeps it."""
        first = _WORD.search(name)
        if first is None or name.casefold() in self._known:
            return
        self._known.add(name.casefold())
        written = r"\s+".join(re.escape(word) for word in _SPACES.split(name.strip()))
        pattern = re.compile(written if is_short else f"(?i:{written})")
        self._by_first[first.group().casefold()].append((pattern, key))

    def mentions(self, text: str) -> list[Mention]:
        """Return where names stand in the text, in order; of two that begin together the longer one."""
        found: list[Mention] = []
        for word in _WORD.finditer(text):
            if found and word.start() < found[-1].stop:
                continue
            if (mention := self._at(text, word)) is not None:
                found.append(mention)
        return _with_brackets(text, found)

    def _at(self, text: str, word: re.Match[str]) -> Mention | None:
        if word.start() and text[word.start() - 1] in _BEFORE_WORD:
            return None
        fits = [(stop, key) for stop, key in self._fitting(text, word) if stop is not None]
        if not fits:
            return None
        stop, key = max(fits)
        return Mention(key=key, start=word.start(), stop=stop)

    def _fitting(self, text: str, word: re.Match[str]) -> Iterator[tuple[int | None, str]]:
        first = word.group().casefold()
        for form in {first, first.removesuffix("s")}:
            for pattern, key in self._by_first.get(form, ()):
                found = pattern.match(text, word.start())
                yield (_whole(text, found.end()) if found else None), key


def _with_brackets(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return a name and its other name in brackets as one: "Skolenes utviklingsgruppe (SKUT)"."""
    made: list[Mention] = []
    for mention in mentions:
        before = made[-1] if made else None
        is_closed = text[mention.stop : mention.stop + 1] == ")"
        if before and before.key == mention.key and is_closed and text[before.stop : mention.start].strip() == "(":
            made[-1] = Mention(key=mention.key, start=before.start, stop=mention.stop + 1)
        else:
            made.append(mention)
    return made


def _whole(text: str, stop: int) -> int | None:
    """Where a name ends that is a word of its own, or the first part of one for the same thing; else None."""
    if compound := _COMPOUND.match(text, stop):
        return compound.end()
    genitive = _GENITIVE.match(text, stop)
    stop = genitive.end() if genitive else stop
    after = text[stop : stop + 1]
    return None if after and (after.isalnum() or after in _BEFORE_WORD) else stop


def group_noun(words: list[str], kind: str = "nouns") -> int | None:
    """Return the place of the first of the words that is what a group is called ("Referansegruppa"), or None."""
    nouns = tuple(word_set("terms", "groups", kind))
    return next((at for at, word in enumerate(words) if word.casefold().strip(",:;.").endswith(nouns)), None)


@cache
def _forms() -> tuple[tuple[str, ...], ...]:
    forms = lexicon("terms")["groups"]
    assert isinstance(forms, dict)
    return tuple(tuple(map(str, some)) for some in forms["forms"])


def form_of(word: str) -> str | None:
    """Return what a group is called, in the form that tells it from others: "utviklingsgruppa" is a "gruppe"."""
    bare = word.casefold().strip(",:;.()")
    return next((some[0] for some in _forms() if bare.endswith(some)), None)


def inflected(name: str) -> tuple[str, ...]:
    """Return a group's name in each form of its noun: "Referansegruppe", "Referansegruppa", "Referansegruppen"."""
    said = name.split()
    at = group_noun(said)
    if at is None or (form := form_of(said[at])) is None:
        return (name,)
    some = next(forms for forms in _forms() if forms[0] == form)
    stem = next(
        said[at][: -len(one)] for one in sorted(some, key=len, reverse=True) if said[at].casefold().endswith(one)
    )
    return tuple(" ".join([*said[:at], stem + one, *said[at + 1 :]]) for one in some)
