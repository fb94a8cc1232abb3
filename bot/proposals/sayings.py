"""Which short names and groups a sentence is about, and what it tells of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.proposals.groups_told import group_told
from bot.proposals.lexicon import word_set, words
from bot.proposals.mentions import Mention, form_of
from bot.proposals.predicates import (
    begins_with_verb,
    is_known_verb,
    is_of_time,
    is_sure,
    only_leads,
    says_who,
    starts,
    tells_of,
    told_before,
)
from bot.terms import Tells

_LEAD = re.compile(r"^[\W_]*(?:\d{1,2}[.)]\s+)?[\W_]*")
_SPACES = re.compile(r"\s+")
_ASIDE = re.compile(r"^,[^,.;:]{3,90},\s*")
_FEW_WORDS = 5
_FAR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The keys of the terms that a sentence is about, and what it tells of each of them; `group` names a new one.

    `is_sure` where it explains even a word that nothing else does.
    """

    keys: tuple[str, ...] = ()
    tells: tuple[Tells, ...] = ()
    group: str | None = None
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What was spoken of before, in the same text or under the same heading: "Gruppa består av …".

    `nouns` are what they are called ("gruppe"), where their names say so; `is_near` where the sentence just before
    was about them.
    """

    one: str | None = None
    several: tuple[str, ...] = ()
    heading: str | None = None
    nouns: frozenset[str] = frozenset()
    is_near: bool = True


def about(sentence: str, mentions: Sequence[Mention], spoken: Spoken) -> tuple[About, ...]:
    """Return what the sentence is about; nothing where it only mentions a name."""
    bare = sentence[lead_of(sentence) :]
    told = _of_subject(sentence, mentions) or _of_spoken(bare, spoken) or _of_group(bare)
    inside = [_inside(sentence, mention) for mention in mentions if not told or mention.key not in told.keys]
    return tuple(one for one in (told, *inside) if one)


def lead_of(sentence: str) -> int:
    """Where a sentence begins behind marks and a number."""
    found = _LEAD.match(sentence)
    return found.end() if found else 0


def is_name_alone(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether a text is a name and nothing else, as a heading is."""
    if not mentions:
        return False
    return not any(map(str.isalnum, text[: mentions[0].start] + text[mentions[-1].stop :])) and len(mentions) == 1


def _of_subject(sentence: str, mentions: Sequence[Mention]) -> About | None:
    """What begins with the names, or with words like "Medlemmer i" before them."""
    if not mentions:
        return None
    opener = sentence[lead_of(sentence) : mentions[0].start].casefold().strip()
    hint = told_before(opener)
    if opener and hint is None:
        return None
    keys, stop = _run(sentence, mentions)
    predicate = _predicate(sentence[stop:])
    if hint and opener not in only_leads() and says_who(sentence[stop:]):
        return About(keys=keys, tells=(hint,))
    if begins_with_verb(predicate) and not is_of_time(predicate):
        return About(keys=keys, tells=tells_of(predicate), is_sure=is_sure(predicate))
    return None


def _run(sentence: str, mentions: Sequence[Mention]) -> tuple[tuple[str, ...], int]:
    """The names side by side that a sentence begins with, and where the last of them ends."""
    keys, stop = [mentions[0].key], mentions[0].stop
    for mention in mentions[1:]:
        if sentence[stop : mention.start].casefold().strip() not in word_set("terms", "between", "words"):
            break
        keys.append(mention.key)
        stop = mention.stop
    return tuple(dict.fromkeys(keys)), stop


def _predicate(rest: str) -> str:
    """What is said of the names: without what stands beside them between commas, a colon or a dash, "og rektorane"."""
    aside = _ASIDE.match(rest.strip())
    if aside:
        rest = rest.strip()[aside.end() :]
        return rest if rest.split()[:1] and is_known_verb(rest.split()[0]) else ""
    rest = rest.lstrip(" :–-")
    if rest[:1] == ",":
        return ""
    first, *others = rest.split()[: _FEW_WORDS + 1] or [""]
    if first.casefold() in word_set("terms", "between", "words"):
        at = next((at for at, word in enumerate(others) if is_known_verb(word)), None)
        return " ".join(rest.split()[at + 1 :]) if at is not None else ""
    return rest


def _of_group(bare: str) -> About | None:
    told = group_told(bare)
    return About(group=told[0], tells=told[1]) if told else None


def _of_spoken(bare: str, spoken: Spoken) -> About | None:
    """What goes on about those spoken of: "Gruppene ledes av …", and under a heading "Medlemmer: …"."""
    low = bare.casefold()
    if spoken.heading and (label := _label(low)):
        return About(keys=(spoken.heading,), tells=(label,))
    for kind, keys in (("one", _one(spoken)), ("several", spoken.several if len(spoken.several) > 1 else ())):
        noun = _noun_at(low, kind, spoken)
        if noun and keys and begins_with_verb(predicate := bare[len(noun) :].strip()):
            return About(keys=keys, tells=tells_of(predicate))
    if spoken.heading and _begins_as_rest(low):
        return About(keys=(spoken.heading,), tells=tells_of(bare))
    return None


def _noun_at(low: str, kind: str, spoken: Spoken) -> str | None:
    """The word for what was spoken of that a sentence begins with: what it is called, or right after it "den"."""
    pronouns = words("terms", "groups", "it" if kind == "one" else "they") if spoken.is_near else ()
    nouns = (
        noun for noun in words("terms", "groups", kind) if not spoken.nouns or form_of(noun.split()[-1]) in spoken.nouns
    )
    return next((noun for noun in (*nouns, *pronouns) if low.startswith(f"{noun} ")), None)


def _one(spoken: Spoken) -> tuple[str, ...]:
    key = spoken.one or spoken.heading
    return (key,) if key else ()


def _label(low: str) -> Tells | None:
    """What a label says that follows: "Medlemmer: …", "Leder er …"."""
    kinds = {"labels_members": Tells.MEMBERS, "labels_leader": Tells.LEADER, "labels_task": Tells.TASK}
    for kind, what in kinds.items():
        if any(low.startswith((f"{label}:", f"{label} er ")) for label in words("terms", "before", kind)):
            return what
    return None


def _begins_as_rest(low: str) -> bool:
    """Whether a line has lost its subject to the heading: "Består av …", "Skal sikre …"."""
    return starts(low, words("terms", "before", "as_rest"))


def _inside(sentence: str, mention: Mention) -> About | None:
    """ "Rektor leder SUT", "Styrarane sit i BUG." """
    before = _SPACES.sub(" ", sentence[max(0, mention.start - _FAR) : mention.start].casefold())
    for kind, what in (("inside_members", Tells.MEMBERS), ("inside_leader", Tells.LEADER)):
        said = next((said for said in words("terms", "before", kind) if before.endswith(f" {said} ")), None)
        if said and not _is_listed(before.removesuffix(f" {said} ")):
            return About(keys=(mention.key,), tells=(what,))
    return None


def _is_listed(before: str) -> bool:
    """Whether what follows is one of several in a list: "rektor, leder PPT og to lærere"."""
    last = before.split()[-1:] or [""]
    return not last[0] or last[0][-1] in ",:;" or last[0] in word_set("terms", "between", "words")
