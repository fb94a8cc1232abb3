"""Groups that no short name is told of: "Referansegruppa består av …", "Arbeidsgruppe: rektor, to lærere og PPT"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.proposals.lexicon import word_set, words
from bot.proposals.mentions import group_noun
from bot.proposals.predicates import is_verb, only_leads, says_who, tells_of, told_before
from bot.terms import Tells

_LONGEST_GROUP = 6


def group_told(bare: str) -> tuple[str, tuple[Tells, ...]] | None:
    """Return the group that a sentence begins with, and what is said of it; who is in it may be told in the next."""
    opener = _group_opener(bare)
    said = bare.split()[len(opener.split()) :]
    at = _end_of_name(said)
    if at is None or (name := _group_name(said[:at])) is None:
        return None
    is_label, predicate = said[at - 1][-1] == ":", " ".join(said[at:])
    if opener and opener not in only_leads():
        hint = told_before(opener)
        return (name, (hint,)) if hint and (is_label or says_who(predicate)) else None
    if is_label:
        return (name, (Tells.MEMBERS,)) if _is_list_of_members(said[:at], predicate) else None
    return (name, tells_of(predicate)) if opener or said[0][:1].isupper() else None


def _end_of_name(said: Sequence[str]) -> int | None:
    """Where the words begin that are said of what the sentence begins with: a verb, or what stands behind a colon."""
    first = said[: _LONGEST_GROUP + 1]
    return next((at for at, word in enumerate(first) if at and (is_verb(word) or said[at - 1][-1] == ":")), None)


def _group_opener(bare: str) -> str:
    low = bare.casefold()
    openers = [opener for kind in ("members", "leader", "task") for opener in words("terms", "before", kind)]
    return next((opener for opener in sorted(openers, key=len, reverse=True) if low.startswith(f"{opener} ")), "")


def _group_name(said: Sequence[str]) -> str | None:
    bare = [word.strip(',:;«»"') for word in said]
    no_name = word_set("terms", "groups", "not")
    if not bare or bare[0].casefold() in no_name or bare[-1].casefold() in no_name or any("," in word for word in said):
        return None
    name = " ".join(bare)
    is_bare = name.casefold() in {*words("terms", "groups", "one"), *words("terms", "groups", "several")}
    is_joined = not word_set("terms", "between", "words").isdisjoint(name.casefold().split())
    is_simple = not is_joined and not any(sign in name for sign in "(),.:;!?/") and group_noun(bare) is not None
    return f"{name[0].upper()}{name[1:]}" if is_simple and not is_bare else None


def _is_list_of_members(name: Sequence[str], rest: str) -> bool:
    is_group = group_noun(list(name), "listed") == len(name) - 1
    is_list = "," in rest or f" {words('terms', 'between', 'words')[0]} " in rest
    return is_group and is_list and not any(map(str.isdigit, rest))
