"""ROLE PERSON [PLAN] taken apart: neither roles nor names of people are one word each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from bot.understanding.lexicon import is_link

_MENTION = re.compile(r"<@(@?)([^|<>]+)(?:\|([^<>]*))?>")
_PIECE = re.compile(r"[\"“”«]([^\"“”«»]+)[\"“”»]|(\S+)")
_MARKS = re.compile(r"[\"“”«»<>|]")
_MOST_PIECES = 40  # what has more names nobody; each way to part them is looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who is to hold which role; what is not said is empty.

    `account` is that of a person who was mentioned on a platform, or, where it `is_group`, of a group there. `plan` is
    what names the plan behind the role of a plan's owner.
    """

    role: str
    person: str
    account: str | None = None
    plan: str = ""
    is_group: bool = False

    @property
    def mention(self) -> str:
        """The person as typed: what was mentioned is mentioned again."""
        return mention(self.account, self.person, is_group=self.is_group) if self.account else quoted(self.person)


def quoted(words: str) -> str:
    """Return a role or a name as it is typed to be read back as just that, whatever a plan's text has in it."""
    return f'"{" ".join(_MARKS.sub(" ", words).split())}"'


def mention(account: str, name: str, *, is_group: bool) -> str:
    """Return a mention of a person or a group as it is typed."""
    return f"<@{'@' if is_group else ''}{account}|{' '.join(_MARKS.sub(' ', name).split())}>"


def read_holding(
    words: str,
    is_role: Callable[[str], bool],
    is_person: Callable[[str], bool],
    is_plan: Callable[[str], bool],
) -> Holding:
    """Return the role, the person and the plan that the words name.

    Quotes and mentions tell for sure. Otherwise the longest known role comes first, a known plan last, and the
    person is what is left; where no role is known, the person is a known name at the end, or else what looks like
    one: what has capitals, or all behind the first word.
    """
    found = _MENTION.search(words)
    if found:
        before, after = words[: found.start()].strip(' "«»'), words[found.end() :].strip(' "«»')
        account, name, is_group = found[2], (found[3] or found[2]).strip(), bool(found[1])
        if before:
            return Holding(role=before, person=name, account=account, plan=after, is_group=is_group)
        return Holding(role=after, person=name, account=account, is_group=is_group)
    pieces = [quoted or word for quoted, word in _PIECE.findall(words)]
    if len(pieces) > _MOST_PIECES:
        return Holding(role="", person="")
    at = _after_role(pieces, is_role, is_person)
    role, rest = " ".join(pieces[:at]), pieces[at:]
    end = next((cut for cut in range(1, len(rest)) if is_plan(" ".join(rest[cut:]))), len(rest))
    return Holding(role=role, person=" ".join(rest[:end]), plan=" ".join(rest[end:]))


def _after_role(pieces: list[str], is_role: Callable[[str], bool], is_person: Callable[[str], bool]) -> int:
    """Where the role ends."""
    cuts = range(1, len(pieces))
    known = [cut for cut in cuts if is_role(" ".join(pieces[:cut])) and not is_link(pieces[cut])]
    if known:
        return known[-1]
    if len(pieces) == 1 and not is_role(pieces[0]):
        return 1
    before_name = [cut for cut in cuts if is_person(" ".join(pieces[cut:]))]
    return before_name[0] if before_name else _before_capitals(pieces)


def _before_capitals(pieces: list[str]) -> int:
    """Where the names at the end begin: "leder for SFO Kari Nes" has two, and a role keeps at least one word."""
    names = list(takewhile(_is_name, reversed(pieces[1:])))
    return len(pieces) - len(names) if names else 1


def _is_name(word: str) -> bool:
    """Whether it is written as a name of people is: "SFO" and "lærer" are none."""
    return word[:1].isupper() and not (word.isupper() and len(word) > 1)
