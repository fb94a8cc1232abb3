"""What is told of a document and of undoing it is there in each written standard, and none has a word of another."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.answers.documents import told
from bot.answers.facts import Facts
from bot.answers.undoing import SetBack
from bot.history import HistoryEntry
from bot.model import (
    Book,
    Doubt,
    Entry,
    Item,
    Kind,
    Language,
    Person,
    Plan,
    Platform,
    Precision,
    ProposedPlan,
    Span,
    Status,
)
from bot.proposals.differences import differences
from bot.proposals.revision import Revision, revise
from bot.render import render
from tests.questions.test_templates import only_in_others

TODAY = date(2026, 9, 15)
SOMEBODY = Person(id=1, name="Zp")
PLAN = Plan(id=1, short="XQ", title="Xqz", period_start=date(2026, 8, 1), period_end=date(2027, 7, 31))


def on(day: date) -> Span:
    return Span(start=day, end=day, precision=Precision.DAY, text=f"{day:%d.%m.%y}")


BEFORE = Entry(kind=Kind.EVENT, title="Zq", span=on(date(2026, 10, 1)))
AFTER = Entry(
    kind=Kind.MEASURE,
    title="Zx",
    span=on(date(2026, 10, 2)),
    time_start=time(9),
    time_end=time(10),
    responsible=("Zr",),
    audience=("Za",),
    location="Zl",
    resources="Zs",
    goal="Zg",
    area="Zo",
    milestones=(1, 2),
    region="Zn",
    comment="Zc",
    doubts=tuple(Doubt),
)
WRITTEN = replace(BEFORE, title="Zw", span=replace(BEFORE.span, start=date(2026, 11, 3), end=date(2026, 11, 3)))
KINDS = tuple(Entry(kind=kind, title=f"Zk{kind.value[:1]}{number}") for kind in Kind for number in range(3))


def an_item(number: int, entry: Entry, status: Status = Status.OPEN) -> Item:
    said = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    return Item(id=number, key=f"XQ-{number}", plan_id=1, status=status, **said)


def revision(*, is_turned: bool) -> Revision:
    """A new version in which everything happens; turned around, what was new is gone."""
    old, new = (AFTER, BEFORE) if is_turned else (BEFORE, AFTER)
    written = replace(WRITTEN, span=replace(WRITTEN.span, text="Zt"))
    marked = zip(KINDS, [*Status] * 6, strict=False)
    gone = [an_item(10 + place, entry, status) for place, (entry, status) in enumerate(marked)]
    items = [an_item(1, old), an_item(2, WRITTEN), an_item(3, replace(BEFORE, title="Zcorrected")), *gone]
    said: dict[int, Entry] = {item.id: item for item in items} | {3: replace(BEFORE, title="Zsaid")}
    said[10] = replace(gone[0], location="Zy")
    found = revise(Book(plans=(PLAN,), items=tuple(items)), PLAN, ProposedPlan(title="Xqz", entries=()), said)
    return replace(
        found,
        added=KINDS[1:8] if is_turned else KINDS[::3],
        changed=((items[0], new), (items[1], written), (items[2], replace(BEFORE, title="Znew"))),
        removed=tuple(gone),
    )


def set_back() -> list[SetBack]:
    """Items that are as they were, each way."""
    one, other = an_item(1, BEFORE), an_item(1, AFTER)
    cancelled = replace(one, cancelled=True)
    backs = [(one, other), (other, one), (one, None), (None, one), (one, cancelled), (cancelled, one)]
    return [SetBack(was=was, now=now, differences=differences(was, now) if was and now else ()) for was, now in backs]


def happened() -> list[HistoryEntry]:
    """One of each thing that may have happened."""
    there = HistoryEntry(
        id=1,
        step=1,
        at=datetime(2026, 9, 1, tzinfo=ZoneInfo("Europe/Oslo")),
        by=SOMEBODY,
        platform=Platform.SLACK,
        item_id=1,
        subject="XQ-1",
        field="status",
        before="open",
        after="done",
    )
    return [
        there,
        *(replace(there, field=field, before=None, after="Z") for field in ("added", "removed", "taken_in")),
        *(replace(there, field=field, before="Z", after=None) for field in ("added", "removed")),
    ]


def values() -> dict[str, dict[str, object]]:
    """What fills each template, by its name and what tells it from others of that name."""
    turned = {"turned": revision(is_turned=True), "straight": revision(is_turned=False)}
    known = {name: told(PLAN, version) for name, version in turned.items()}
    both = {**known, "new": told(PLAN, Revision(plan=None, added=(*KINDS, AFTER)))}
    more: dict[str, dict[str, object]] = {
        "document_read": {"others": (PLAN,)},
        "document_taken": {"owners": (SOMEBODY,), "check": "/Z"},
        "import_done": {"file": "Z"},
        "import_tried": {"file": "Z"},
    }
    counts = {"plan": PLAN, "items": 3, "is_new": False}
    return {
        **{f"{name} {which}": {**some, **rest} for name, rest in more.items() for which, some in both.items()},
        **{f"document_changes {which}": some for which, some in known.items()},
        "document_items": both["new"],
        "document_discarded": {"plan": PLAN},
        "document_not_waiting": {"number": 1},
        "undo_not_allowed": {},
        "undone_items": {"found": set_back()},
        **{f"undone_intake {n}": {**counts, "added": n, "removed": n, "changed": n} for n in range(3)},
        "undone_intake new": {**counts, "is_new": True},
        "undo_in_the_way": {"since": happened(), "more": 1, "titles": {1: "Zq"}, "zone": "Europe/Oslo"},
        "undo_in_the_way nothing": {"since": (), "more": -8, "titles": {}, "zone": "Europe/Oslo"},
        "item_history": {"item": an_item(1, BEFORE), "entries": happened(), "zone": "Europe/Oslo"},
    }


@pytest.mark.parametrize("name", sorted(values()))
@pytest.mark.parametrize("language", Language)
def test_all_of_it_is_said_in_one_standard(language: Language, name: str) -> None:
    facts = Facts(template=name.partition(" ")[0], values=values()[name])
    text = render(facts, "document_read", language, TODAY).text
    words = re.findall(r"[a-zæøå]+", re.sub(r"[«“][^»”]*[»”]", " ", text).casefold())
    assert [word for word in words if word in only_in_others(language)] == [], text
    assert not [word for word in words if "_" in word or word in _names()], text
    assert "  " not in text
    assert " ." not in text


@cache
def _names() -> frozenset[str]:
    """Names of the code that are no words of a language."""
    return frozenset(doubt.value for doubt in Doubt if "_" in doubt) | {"focus_area"}
