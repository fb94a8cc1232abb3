"""Whose a plan is: the school, kindergarten, district, municipality or region that owns it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile

from bot.documents.document import Block, Document, Table
from bot.proposals.front import names_plan, texts_of
from bot.proposals.kinds import names_event
from bot.proposals.lexicon import fold, word_set, words
from bot.proposals.people import is_group, is_person

_FRONT, _END = 8, 3
_LONGEST_LINE = 110
_FEW_WORDS = 3
_SHORTEST_NAME = 3
_FEW_BESIDE = 8
_PIECES = re.compile(r"\s*[–—|·•;,()]\s*|\s-\s|(?<=\w\w)[.:]\s+|\s/\s")
_CAPITAL = r"[A-ZÆØÅÁ][\w'’-]*\.?"
_NAME = rf"{_CAPITAL}(?:\s(?:(?:og|i|på|&)\s)?{_CAPITAL}){{0,4}}"


def organisation_of(document: Document, title: str) -> str | None:
    """Return the owner of a plan: who is named where owners are, the nearest to its users; None where nobody is.

    Owners stand on a line of their own before the first table or at the edges of the pages, or in the title; then in
    the signature, then in what the plan says of itself. A municipality may also be the one that the text names most.
    """
    lines = [*_lines(_front(document)), *document.edges]
    inside = _inside(title)
    found = [*map(in_small_letters, lines), ""]
    owners = [owner for line in found for owner in _on_line(line)]
    owners += inside if len({name for name in inside if _rank(name) == 0}) < 2 else []
    owners = owners or [owner for line in _lines(document.blocks[-_END:]) for owner in _on_line(_signed(line))]
    owners = owners or [owner for line in _lines(_front(document)) for owner in _inside(line)]
    return min(owners, key=_rank, default=None) or _most_named(document)


def is_organisation(text: str) -> bool:
    """Whether a line begins with an owner of plans and holds little else: "Bydel Vestbyen, oppvekst"."""
    said = in_small_letters(text)
    is_short = not names_plan(said) and len(said.split()) <= _FEW_BESIDE
    return is_short and any(_on_line(_PIECES.split(said)[0]))


def in_small_letters(text: str) -> str:
    """Return a line that is all in capitals in the letters that names are written in; others as they are."""
    if not text.isupper() or len(text.split()) < 2:
        return text
    return " ".join(_in_small_letters(word, is_first=not at) for at, word in enumerate(text.split()))


def _in_small_letters(word: str, *, is_first: bool) -> str:
    small = word.casefold()
    bare = small.strip(".,:;()")
    if bare in word_set("plans", "organisations", "acronyms"):
        return word
    if is_first or not (bare in word_set("plans", "organisations", "small") or _is_noun(bare)):
        return re.sub(r"(?<![^\W\d_])[^\W\d_]", lambda letter: letter[0].upper(), small)
    return small


def _front(document: Document) -> list[Block]:
    """Return what stands before the first table, no more than a few lines of it."""
    return list(takewhile(lambda block: not isinstance(block, Table), document.blocks[:_FRONT]))


def _lines(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks if not isinstance(block, Table) and not getattr(block, "bullet", 0)]


def _on_line(line: str) -> Iterator[str]:
    """Yield the owners that a line names in pieces of their own; of a long one only the beginning counts."""
    if labelled := _labelled(line):
        yield labelled
        return
    pieces = [piece for piece in _PIECES.split(line) if piece]
    for piece in pieces if len(line) <= _LONGEST_LINE else pieces[:1]:
        found = _owner().match(piece)
        rest = piece[found.end() :].split() if found else []
        if found and len(rest) <= _FEW_WORDS and (name := _named(found[0])):
            yield name
        elif fold(piece) in word_set("plans", "organisations", "alone") or _is_compound(piece):
            yield piece
        elif (first := re.match(rf"({_CAPITAL})\s", piece)) and _is_alone(first[1], piece):
            yield first[1]


def _is_alone(word: str, piece: str) -> bool:
    """Whether a piece begins with a body that needs no name, and says with whom it works."""
    rest = fold(piece[len(word) :])
    with_others = any(rest.startswith(said) for said in words("plans", "organisations", "together"))
    return with_others and fold(word) in word_set("plans", "organisations", "alone")


def _labelled(line: str) -> str | None:
    """Return the owner behind a label: "Skole: Skjelvik", "Eining: Lia barnehage"."""
    found = re.match(rf"(\w+)\s*:\s*({_NAME}(?:\s\w+)?)$", line)
    label = found[1].casefold() if found else ""
    if not found or label not in word_set("plans", "organisations", "labels"):
        return None
    is_whole = label not in word_set("plans", "organisations", "nouns") or fold(found[2]).split()[-1].endswith(label)
    return found[2] if is_whole else f"{found[2]} {label}"


def _inside(text: str) -> list[str]:
    """Return the owners that a title or a sentence names."""
    said = " ".join(word for word in in_small_letters(text).split() if not names_plan(word))
    named = [name for found in _owner().finditer(said) if (name := _named(found[0]))]
    later = text.split()[1:]
    return named or [word.strip(".,:;()") for word in later if _is_compound(word.strip(".,:;()"))]


def _is_compound(word: str) -> bool:
    """Whether a word is a name itself: "Kystregionen", "Solheimskulen"."""
    small = word.casefold()
    for end in words("plans", "organisations", "compounds"):
        first = small.removesuffix(end)
        if first != small and word[0].isupper() and word.isalpha() and len(first) >= _SHORTEST_NAME:
            return first.removesuffix("s") not in word_set("plans", "organisations", "kinds")
    return False


def _named(match: str) -> str | None:
    """Return an owner's name without a word for the plan before it; None where it is a group's or an event's."""
    parts = match.split()
    while len(parts) > 2 and (names_plan(parts[0]) or names_event(parts[0])):
        parts.pop(0)
    name = " ".join(parts)
    before_noun = list(takewhile(lambda word: not _is_noun(word.casefold()), parts))
    own = [word for word in (parts[1:] if _before().match(name) else before_noun) if word[0].isupper()]
    if not own or any(map(_is_no_name, own)) or names_plan(parts[0]):
        return None
    return name


def _is_no_name(word: str) -> bool:
    bare = word.strip(".")
    is_other = bare.casefold() in word_set("plans", "organisations", "not_names") or any(map(str.isdigit, bare))
    return is_other or is_person(bare) or (is_group(bare) and not bare.isupper()) or names_event(bare)


def _rank(name: str) -> int:
    """Return how near to a plan's users an owner is: a school before a district before a municipality."""
    last = fold(name).split()[-1]
    if any(last.endswith(end) for end in words("plans", "organisations", "places")) and not _before().match(name):
        return 0
    return 2 if last.endswith(words("plans", "organisations", "wide")) else 1


def _signed(line: str) -> str:
    """Return who a signature is for: "for Skjelvik skole"."""
    first, _, rest = line.partition(" ")
    return rest if fold(first) in word_set("people", "for_whom") else line


def _most_named(document: Document) -> str | None:
    """Return the municipality or region that the text names most."""
    found = Counter(name for text in texts_of(document) for name in _inside(text) if _rank(name))
    wide = words("plans", "organisations", "wide")
    return min(found, key=lambda name: (not name.endswith(wide), -found[name]), default=None)


@cache
def _owner() -> re.Pattern[str]:
    nouns = _choices(words("plans", "organisations", "nouns"))
    two = _choices(words("plans", "organisations", "two_words"))
    after = rf"{_NAME}\s(?:(?i:{two})|[\w-]*(?i:{nouns}))(?:\s(?:og|med)\s(?i:{nouns}))?(?:\s(?:SA|AS|BA))?"
    return re.compile(rf"(?<![\w-])(?:{_before().pattern}|{after})(?![\w-])")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?i:{_choices(words('plans', 'organisations', 'before_name'))})\s{_NAME}")


def _choices(choices: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(choices, key=len, reverse=True))


def _is_noun(word: str) -> bool:
    return any(word.endswith(noun) for noun in words("plans", "organisations", "nouns"))
