"""What a command is about, taken apart from the time, the text or the roles behind it: none of them is one word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Test = Callable[[str], bool]

_QUOTED = re.compile(r"[\"“”«]([^\"“”«»]+)[\"“”»]\s*[:,]?\s*(.*)", re.DOTALL)
_TO = re.compile(r"\s+(?:til|to|until)\s+", re.IGNORECASE)
_TO_FIRST = re.compile(r"(?:til|to|until)\s+", re.IGNORECASE)
_FROM = re.compile(r"\s(?:fra|frå|from)\s+(?=\S)", re.IGNORECASE)
_OF_PLAN = re.compile(r"\s+(?:i|in)\s+", re.IGNORECASE)
_LONGEST = 14  # words; no time and no list of roles is longer, and each way to part them is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """`what` a command is about and what stands `behind` it; empty where it is not said."""

    what: str = ""
    behind: str = ""


def what_and_when(words: str, is_known: Test, is_when: Test, is_step: Test) -> Parted:
    """Return WHAT and WHEN of "WHAT til WHEN"; a key (or a title in quotes) needs no "til".

    A step ("en uke senere", `is_step`) needs none either. `is_known` tells keys and whole titles, which may have a
    "til" of their own. Where nothing behind a "til" is a time, what stands behind the last one is given all the same:
    it was meant as one.
    """
    begun = _begun(words, is_known)
    if begun is not None:
        return begun
    places = list(_TO.finditer(words))
    for place in places:
        behind = words[place.end() :].strip()
        if len(behind.split()) <= _LONGEST and is_when(behind):
            return Parted(what=_without_from(words[: place.start()], is_when), behind=behind)
    stepped = next((cut for cut in _cuts(words) if is_step(cut[1])), None)
    if stepped and not is_known(words):
        return Parted(what=stepped[0].strip(), behind=stepped[1])
    if places and not is_known(words):
        return Parted(what=words[: places[-1].start()].strip(), behind=words[places[-1].end() :].strip())
    return Parted(what=words.strip())


def title_and_when(words: str, is_when: Test) -> Parted:
    """Return TITLE and WHEN of "TITLE WHEN": the longest time that the words end in; none without a title."""
    quoted = _QUOTED.match(words)
    if quoted:
        return Parted(what=quoted[1].strip(), behind=quoted[2].strip())
    if is_when(words.strip()):
        return Parted(behind=words.strip())
    for before, behind in _cuts(words):
        if is_when(behind):
            return Parted(what=before.strip(" ,:;–-"), behind=behind)
    return Parted(what=words.strip())


def without_plan(words: str, is_plan: Test) -> tuple[str, str]:
    """Return the words and the plan that is named behind them ("… i KIBS"); none where no such plan is known."""
    for place in _OF_PLAN.finditer(words):
        name = words[place.end() :].strip(' ."«»')
        if is_plan(name):
            return words[: place.start()], name
    return words, ""


def what_and_text(words: str, is_known: Test) -> Parted:
    """Return WHAT and TEXT: WHAT is a key, stands in quotes or before a colon, or is the longest known title."""
    begun = _begun(words, is_known)
    if begun is not None:
        quoted = _QUOTED.fullmatch(begun.behind)
        return Parted(what=begun.what, behind=quoted[1] if quoted and not quoted[2] else begun.behind)
    before, colon, behind = words.partition(": ")
    if colon and len(before.split()) <= _LONGEST:
        return Parted(what=before.strip(), behind=behind.strip())
    said = words.split()
    for count in range(min(_before_repetition(said), len(said) - 1, _LONGEST), 0, -1):
        if is_known(" ".join(said[:count])):
            return Parted(what=" ".join(said[:count]), behind=" ".join(said[count:]))
    return Parted(what=words.strip())


def _before_repetition(said: Sequence[str]) -> int:
    """How many words come before one that is said once more: there the text begins, "fagdag Fagdag om språk"."""
    small = [word.casefold() for word in said]
    return next((at for at, word in enumerate(small) if word in small[:at]), len(said))


def what_and_roles(words: str, is_known: Test, are_roles: Test) -> Parted:
    """Return WHAT and ROLE: the longest known roles that the words end in, else what stands behind a known WHAT."""
    begun = _begun(words, is_known)
    if begun is not None:
        return Parted(what=begun.what, behind=begun.behind.strip(' "«»'))
    for before, behind in _cuts(words):
        if are_roles(behind):
            return Parted(what=_TO.sub("", f"{before} "), behind=behind)
    return what_and_text(words, is_known)


def _begun(words: str, is_known: Test) -> Parted | None:
    """What begins with a key, or with a title in quotes."""
    quoted = _QUOTED.match(words)
    if quoted:
        return Parted(what=quoted[1].strip(), behind=_TO_FIRST.sub("", quoted[2], count=1).strip())
    first, _, behind = words.partition(" ")
    if "-" in first and is_known(first.strip(",:")):
        return Parted(what=first.strip(",:"), behind=_without_to(behind))
    return None


def _without_to(words: str) -> str:
    found = _TO_FIRST.match(words)
    return words[found.end() :].strip() if found else words.strip()


def _without_from(words: str, is_when: Test) -> str:
    """ "møtet fra 12. mai" is the meeting on 12 May."""
    for place in _FROM.finditer(words):
        if is_when(words[place.end() :]):
            return f"{words[: place.start()]} {words[place.end() :]}"
    return words.strip()


def _cuts(words: str) -> Iterator[tuple[str, str]]:
    """Each way to part the words, the longest end first."""
    said = words.split()
    for cut in range(max(1, len(said) - _LONGEST), len(said)):
        yield " ".join(said[:cut]), " ".join(said[cut:])
