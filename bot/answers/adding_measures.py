"""A new measure, typed in chat: a title, and as much of when, plan, role and note as is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.answers.acts import LONGEST_TITLE, ask_permission, which_day
from bot.answers.adding import added, named_plan, plans_for, which_plan
from bot.answers.asking import Asking
from bot.answers.assigning import as_in_plans
from bot.answers.facts import Facts
from bot.answers.telling import once_each
from bot.answers.timing import Timing, is_when, timing
from bot.errors import TooLong
from bot.model import Entry, Kind, Plan
from bot.proposals.people import groups
from bot.roles import role_key
from bot.understanding.commands import part_role, typed, typed_for_role, typed_in_plan
from bot.understanding.holding import quoted
from bot.understanding.parting import title_and_when, without_plan

_QUOTED = re.compile(r"[\"“”«]([^\"“”«»]+)[\"“”»]\s*(.*)", re.DOTALL)
_LONGEST_NOTE = 2000


def new_measure(asking: Asking) -> Facts:
    """Add a measure; the same once more changes nothing. Without a time it is one that has no date."""
    ask_permission(asking)
    title, rest, note = _parted(asking.frame.argument)
    rest, role = part_role(rest)
    rest, named = without_plan(f" {rest}", lambda name: named_plan(name, asking) is not None)
    rest = rest.strip()
    if not title:
        seen = asking.seen(rest)
        parted = title_and_when(rest, lambda words: is_when(words, seen))
        title, rest = parted.what, parted.behind
    if not title:
        says = typed(asking.frame.intent, asking.frame.language)
        return Facts(template="new_measure_what", values={"says": says})
    said = _Said(title=title, when=rest, role=role, note=note, plan=named)
    _ask_length(said)
    return _put(asking, said)


def _parted(words: str) -> tuple[str, str, str]:
    """The title where it stands in quotes, what is said of it, and the note behind ": "."""
    found = _QUOTED.match(words)
    title, rest = (found[1].strip(), found[2]) if found else ("", words)
    rest, _, note = f" {rest}".partition(": ")
    return title, rest.strip(), " ".join(note.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a new measure is to be; what is not said is empty."""

    title: str
    when: str
    role: str
    note: str
    plan: str

    def typed(self, asking: Asking, when: str, plan: Plan) -> str:
        """The same once more, in a plan and at a time that there is no doubt about."""
        language = asking.frame.language
        said = [quoted(self.title), when, typed_in_plan(language, plan.short)]
        role = [typed_for_role(language, quoted(self.role))] if self.role else []
        note = [f": {self.note}"] if self.note else []
        return " ".join(filter(None, [*said, *role, *note]))


def _put(asking: Asking, said: _Said) -> Facts:
    plans = plans_for(asking, said.plan, said.when)
    if len(plans) != 1:
        return which_plan(asking, plans, said.title, lambda plan: said.typed(asking, said.when, plan))
    plan = plans[0]
    ask_permission(asking, plan=plan)
    when = timing(said.when, plan, asking.seen(said.when)) if said.when else Timing()
    if when.readings:
        return which_day(asking, when, lambda day: said.typed(asking, day, plan), said.when)
    roles = once_each(as_in_plans(role, asking) for role in groups([said.role]) if role_key(role))
    entry = Entry(kind=Kind.MEASURE, title=said.title, responsible=roles, comment=said.note or None)
    return added(asking, plan, when.put_into(entry, ()))


def _ask_length(said: _Said) -> None:
    """Raises TooLong."""
    if max(len(said.title), len(said.role)) > LONGEST_TITLE:
        raise TooLong("title_too_long", longest=LONGEST_TITLE)
    if len(said.note) > _LONGEST_NOTE:
        raise TooLong(longest=_LONGEST_NOTE)
