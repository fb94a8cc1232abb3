"""What the words behind a name say of it: who is in it, who leads it, what it does, what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from bot.proposals.lexicon import phrase, word_set, words
from bot.terms import Tells

_SPACES = re.compile(r"\s+")
_NOT_TO_BE = ("cancelled", "postponed", "moved")


def tells_of(predicate: str) -> tuple[Tells, ...]:
    """Return what the words behind a name tell of it; what tells nothing else is what it does."""
    said = _SPACES.sub(" ", predicate.casefold())
    found = [what for what in (Tells.MEMBERS, Tells.LEADER, Tells.TASK) if _has(said, what)]
    if Tells.MEMBERS not in found and starts(said, words("terms", "tells", "members_first")):
        found.insert(0, Tells.MEMBERS)
    if not found and starts(said, words("terms", "tells", "meaning")):
        return (Tells.MEANING,)
    return tuple(found) or (Tells.TASK,)


def begins_with_verb(predicate: str) -> bool:
    """Whether something is said of the name before the words, so that they are no title or list."""
    return is_verb(predicate.split()[0]) if predicate.split() else False


def is_verb(word: str) -> bool:
    """Whether a word is a verb by the lists, or by its ending."""
    bare = word.casefold().strip(",.;:")
    if is_known_verb(word):
        return True
    endings = words("terms", "tells", "endings")
    is_one = len(bare) > 3 and bare.endswith(endings) and word[:1].islower() and bare.isalpha()
    return is_one and bare not in word_set("terms", "tells", "not_verbs")


def is_known_verb(word: str) -> bool:
    return word.casefold().strip(",.;:") in word_set("terms", "tells", "verbs")


def is_sure(predicate: str) -> bool:
    """Whether the words explain a name by themselves, that nothing else explains."""
    tells = tells_of(predicate)
    if Tells.MEANING in tells:
        said = predicate.casefold().split()
        is_plain = said[0] not in word_set("terms", "tells", "is")
        return is_plain or starts(" ".join(said[1:]), words("terms", "tells", "articles"))
    second = predicate.casefold().split()[1:2]
    is_done_to = bool(second) and second[0] in words("terms", "tells", "not_task")
    return tells != (Tells.TASK,) or (_has(predicate.casefold(), Tells.TASK) and not is_done_to)


def is_of_time(predicate: str) -> bool:
    """Whether it is only told when something is, or that it is not to be: "SUT er 4. september", "BUG er avlyst"."""
    first, *others = predicate.split()
    told = " ".join(others[:3])
    is_when = any(map(str.isdigit, told)) or any(phrase("plans", "doubts", kind).search(told) for kind in _NOT_TO_BE)
    return first.casefold() in word_set("terms", "tells", "is") and is_when


def told_before(opener: str) -> Tells | None:
    """Return what words before a name tell: "Medlemmer i SUT"."""
    kinds = {"members": Tells.MEMBERS, "leader": Tells.LEADER, "task": Tells.TASK}
    return next((what for kind, what in kinds.items() if opener in word_set("terms", "before", kind)), None)


def only_leads() -> frozenset[str]:
    """What only leads to a name: "I SUT sit …"."""
    return word_set("terms", "before", "where")


def says_who(rest: str) -> bool:
    """Whether the words behind a name say who it is that the words before it speak of: "Leder av SUT er …"."""
    first = rest.casefold().split()[:1]
    return rest.lstrip()[:1] in (":", "–", "-") or first[:1] in [[word] for word in words("terms", "before", "goes_on")]


def starts(said: str, choices: Iterable[str]) -> bool:
    return any(said == choice or said.startswith((f"{choice} ", f"{choice}:")) for choice in choices)


def _has(said: str, what: Tells) -> bool:
    return _any_phrase(what).search(said) is not None


@cache
def _any_phrase(what: Tells) -> re.Pattern[str]:
    choices = sorted(words("terms", "tells", what), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, choices)) + r")(?!\w)")
