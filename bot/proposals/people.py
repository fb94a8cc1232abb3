"""Roles and groups: a cell that names several, cut into one each; and whom a title says that it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from bot.proposals.lexicon import any_of, ending, phrase, word_set, words
from bot.proposals.sentences import restarts

_COMMA = re.compile(r"\s*[,;•·\n]\s*")
_DASH = re.compile(r"\s[–—-]\s")
_SPACED_SLASH = re.compile(r"\s+/\s+")
_END_OF_GROUP = re.compile(r"(?<!\d)\.(?=\s|$)|[:;()]|\s[–—-]\s")
_STEP = re.compile(r"\s*\d")
_LONG = 10
_LONGEST = 16


def is_person(word: str) -> bool:
    """Whether a word is the name of a person's role; of a word with a slash, its last part."""
    last = word.strip("().,:").rsplit("/", 1)[-1].rsplit("-", 1)[-1]
    return bool(last) and _persons().match(last) is not None


def is_group(word: str) -> bool:
    """Whether a word names a group or an institution, or is a short name in capitals."""
    bare = word.strip("().,:")
    known = word_set("people", "groups")
    return bare.casefold() in known or ending("people", "groups").match(bare) is not None or _is_acronym(bare)


def _is_acronym(word: str) -> bool:
    letters = [sign for sign in word if sign.isalpha()]
    return len(letters) >= 2 and sum(sign.isupper() for sign in letters) > len(letters) / 2


@cache
def _persons() -> re.Pattern[str]:
    choices = sorted(words("people", "persons"), key=len, reverse=True)
    return re.compile(r"^\S*(?:" + "|".join(choices) + ")$", re.IGNORECASE)


def groups(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the roles and groups that the texts name, in their own words, each once."""
    found: dict[str, str] = {}
    for paragraph in (piece for text in texts for piece in _paragraphs(text)):
        for piece in _pieces(_cleaned(paragraph)):
            for group in _side_by_side(piece):
                name = _bare(group)
                if any(sign.isalnum() for sign in name):
                    found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _paragraphs(text: str) -> tuple[str, ...]:
    """Cut a long text where it has lost the marks between its paragraphs."""
    return restarts(text) if len(text.split()) > _LONG else (text,)


def _cleaned(text: str) -> str:
    text = re.sub(r"\b(\w+)(\s+\1\b)+", r"\1", text.strip(), flags=re.IGNORECASE)
    opened, closed = text.find("("), text.find(")")
    text = (text[:closed] if closed >= 0 and not 0 <= opened < closed else text).rstrip(" .:;,")
    after = any_of(words("people", "after"))
    return re.sub(after.pattern + r"$", "", text, flags=re.IGNORECASE).rstrip(" :")


def _bare(group: str) -> str:
    """Return a group without what bound it to the one before."""
    group = group.strip(" .:;,-–") if not group.rstrip().endswith("-") else group.strip(" .:;,")
    while found := _between().match(group):
        group = group[found.end() :].strip()
    return group


@cache
def _between() -> re.Pattern[str]:
    choices = sorted(words("people", "between"), key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(re.escape(word) for word in choices) + r")(?=\s|$)", re.IGNORECASE)


def _pieces(text: str) -> list[str]:
    """Cut at commas and conjunctions, but not inside "leiarar i skule og barnehage" or "barnehage- og skoleeier"."""
    made: list[str] = []
    for part in (half for comma in _COMMA.split(text) for half in _SPACED_SLASH.split(comma)):
        for index, (between, words_) in enumerate(_at_conjunctions(part)):
            joint = f" {between} " if index else ", "
            if made and _is_one(made[-1], words_, is_listed=not index):
                made[-1] += joint + words_
            else:
                made.append(words_)
    return made


def _at_conjunctions(part: str) -> list[tuple[str, str]]:
    """Return each stretch between conjunctions with the conjunction before it."""
    gaps = [(match.start(), match.end()) for match in _spaced_between().finditer(part)]
    starts = [0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), len(part)]
    joints = ["", *(part[start:end].strip() for start, end in gaps)]
    return [
        (joint, part[start:end].strip())
        for joint, start, end in zip(joints, starts, ends, strict=True)
        if part[start:end].strip()
    ]


@cache
def _spaced_between() -> re.Pattern[str]:
    choices = sorted(words("people", "between"), key=len, reverse=True)
    return re.compile(r"\s(?:" + "|".join(re.escape(word) for word in choices) + r")\s", re.IGNORECASE)


def _is_one(left: str, right: str, *, is_listed: bool) -> bool:
    """Whether two stretches are one group: the right one only says more of where the left one is."""
    left_words, right_words = left.split(), right.split()
    if left_words[-1].rstrip(".").isdecimal():
        return True
    if left.endswith("-") or (not is_listed and _is_cut_short(left_words)):
        return True
    if any(is_person(word) for word in right_words) or _between().match(right):
        return False
    if is_listed and right[0].isupper() and left_words[-1][0].islower():
        return False
    if len(left_words) > 1 and is_person(left_words[0]) and _is_subject(left_words[-1:]) and _is_subject(right_words):
        return True
    is_bound = any(word.casefold() in word_set("people", "binding") for word in left_words)
    is_place = all(is_group(word) or word[0].islower() for word in right_words) and is_group(right_words[-1])
    if is_listed:
        return is_bound and is_place
    return is_place and (
        is_bound or (len(left_words) > 1 and _is_institution(left_words[-1]) and len(right_words) == 1)
    )


def _is_cut_short(said: list[str]) -> bool:
    """Whether the end of a compound is still to come: "lek-, lærings" of "lek-, lærings og oppvekstmiljø"."""
    cut = next((index for index, word in enumerate(said) if word.rstrip(",").endswith("-")), None)
    after = said[cut + 1 :] if cut is not None else []
    return bool(after) and not any(_between().fullmatch(word) or is_person(word) or is_group(word) for word in after)


def _is_subject(said: list[str]) -> bool:
    """Whether words in small letters name nobody: they tell what somebody's role is about."""
    return all(word[0].islower() and not is_person(word) and not is_group(word) for word in said)


def _is_institution(word: str) -> bool:
    return word.casefold() in word_set("people", "groups")


def _side_by_side(piece: str) -> list[str]:
    """Cut "skoleledere gruppeledere", where a comma was forgotten, and where a paragraph's end was lost."""
    made: list[list[str]] = [[]]
    for word in piece.split():
        before = made[-1][-1] if made[-1] else ""
        is_new = is_person(word) and (
            (is_person(before) and before.casefold() not in word_set("people", "before"))
            or (word[0].isupper() and is_group(before) and before.islower())
        )
        if is_new:
            made.append([])
        made[-1].append(word)
    return [" ".join(words_) for words_ in made if words_]


def is_groups(text: str) -> bool:
    """Whether a text is a list of groups and nothing else."""
    named = groups([text])
    if not named or len(text.split()) > _LONGEST or _DASH.search(text) or _tells(text):
        return False
    heads = [_head(name) for name in named]
    known = [any(is_person(word) or is_group(word) for word in head) for head in heads]
    return all(known) and not any(phrase("people", "for_whom").match(name) for name in named)


def _tells(text: str) -> bool:
    """Whether a text says what somebody does, and so is a sentence: "Alle stiller"."""
    return any(word.strip(".,:;()!").casefold() in word_set("people", "doing") for word in text.split()[1:])


def named_by_heading(text: str) -> tuple[str, ...]:
    """Return the groups that a heading in capitals is for: "SKOLELEDERE", "BARNEHAGENE"; an area's name is for none.

    Bare words for places and services ("BARNEHAGE OG SKULE") are what the rows below are about.
    """
    small = text.lower()
    if not text.isupper() or not is_groups(small):
        return ()
    heads = [_head(name)[-1] for name in groups([small])]
    return groups([text]) if all(is_person(head) or _is_certain(head) for head in heads) else ()


def _is_certain(group: str) -> bool:
    """Whether a group is a certain one: in the definite form, a body that meets, or known by its letters."""
    bare = group.strip("().,:")
    return bare.endswith(words("people", "definite")) or any(bare.endswith(body) for body in words("people", "bodies"))


def _head(name: str) -> list[str]:
    """Return the words of a group before those that tell where it is."""
    head: list[str] = []
    for word in name.split():
        if word.casefold() in word_set("people", "binding"):
            break
        head.append(word)
    return head


def whom(text: str) -> tuple[str, ...]:
    """Return the groups that a title or a comment says that something is for; none where it names nobody."""
    named: list[str] = []
    for found in phrase("people", "for_whom").finditer(text):
        said = text[found.end() :].strip()
        stop = _END_OF_GROUP.search(said)
        said = _without_what_follows(said[: stop.start()] if stop else said)
        for choice in (said, said.split(",")[0]):
            if any(is_person(word) for word in _head(choice)) and is_groups(choice):
                named.append(choice)
                break
    return groups(named)


def _without_what_follows(said: str) -> str:
    """Return a group without what is told of it; the steps of a school that it is on belong to it."""
    for found in phrase("people", "not_whom").finditer(said):
        if found[0].casefold() not in word_set("people", "steps") or not _STEP.match(said[found.end() :]):
            return said[: found.start()].strip()
    return said.strip()
