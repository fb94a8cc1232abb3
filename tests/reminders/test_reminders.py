"""Who is reminded of what, and when: cases as data, and a year looked at through its summer time."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.answers.reminders import reminder_reply
from bot.breaks import BreakName, SchoolBreak
from bot.holders import Holding, Role
from bot.model import Book, Doubt, Item, Kind, Language, Person, Plan, Platform, Precision, Repeats, Span, Status
from bot.person_settings import PersonSetting
from bot.reminders import Reminder, deadline_of, reminders_due
from bot.reminding import Account, Quiet, Reminding
from bot.units import Scope, Unit, UnitKind

HERE = Path(__file__).parent
OSLO = ZoneInfo("Europe/Oslo")
DEADLINE = date(2026, 11, 30)
KARI, OLA = Person(id=1, name="Kari"), Person(id=2, name="Ola")
AT = {Platform.SLACK}


def cases(name: str) -> list[Any]:
    found = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in found]


def an_item(**said: Any) -> Item:
    day = said.pop("deadline", DEADLINE)
    given = {"kind": Kind.MEASURE, "title": "Kartlegge lesing", "responsible": ("Rektor",), "id": 1, **said}
    span = Span(start=day, end=day, precision=Precision.DAY, text="fristen")
    return Item(**{"span": span, "key": f"KIBS-{given['id']}", "plan_id": 1, **given})


def a_book(item: Item, case: Mapping[str, Any]) -> Book:
    first, last = case.get("period", (date(2026, 8, 1), date(2027, 7, 31)))
    name = case.get("role", "Rektor")
    unit = Unit(id=1, name="Nes skole", kind=UnitKind.SCHOOL) if "unit_is_done" in case else None
    scope = Scope(unit=unit, school_year=case.get("school_year"))
    roles = (
        Role(
            id=1, name=name, plan_id=1 if name == "planeier" else None, holdings=(Holding(people=(KARI,), scope=scope),)
        ),
    )
    breaks = tuple(SchoolBreak(**{**one, "name": BreakName(one["name"])}) for one in case.get("breaks", ()))
    plan = Plan(id=1, short="KIBS", title="Plan", period_start=first, period_end=last)
    units_done = {item.id: frozenset({1})} if case.get("unit_is_done") else {}
    units = (unit, Unit(id=2, name="Vik skole", kind=UnitKind.SCHOOL)) if unit else ()
    return Book(plans=(plan,), items=(item,), roles=roles, breaks=breaks, units=units, units_done=units_done)


def what_is_kept(case: Mapping[str, Any]) -> Reminding:
    quiet = Quiet(person_id=1, item_id=1, since=date(2026, 11, 1), until=case.get("until"))
    account = Account(person_id=1, platform=Platform(case.get("platform", "slack")), account="T1:U1")
    return Reminding(
        days=tuple(case.get("days", (14, 3))),
        off=frozenset({1} if case.get("off") else ()),
        quiet=(quiet,) if "until" in case or "not_mine" in case else (),
        last={1: case["last"]} if "last" in case else {},
        accounts=(account,) if case.get("account", True) else (),
        own={1: PersonSetting(days=tuple(case["own_days"]))} if "own_days" in case else {},
    )


def due(case: Mapping[str, Any]) -> tuple[Reminder, ...]:
    item = an_item(
        deadline=case.get("deadline", DEADLINE),
        status=Status(case.get("status", "open")),
        cancelled=case.get("cancelled", False),
        responsible=tuple(case.get("responsible", ("Rektor",))),
        location="Ved hver skole" if "unit_is_done" in case else None,
    )
    return reminders_due(a_book(item, case), what_is_kept(case), case["now"].replace(tzinfo=OSLO), AT)


@pytest.mark.parametrize("case", cases("deadlines"))
def test_a_deadline_is_what_the_plan_says_and_no_more(case: Mapping[str, Any]) -> None:
    said = dict(case["span"])
    precision, repeats = Precision(said.pop("precision")), said.pop("repeats", None)
    span = Span(**said, precision=precision, repeats=Repeats(repeats) if repeats else None)
    doubts = tuple(map(Doubt, case.get("doubts", ())))
    assert deadline_of(an_item(span=span, kind=Kind(case.get("kind", "measure")), doubts=doubts)) == case.get(
        "deadline"
    )


@pytest.mark.parametrize("case", cases("due"))
def test_a_person_is_reminded(case: Mapping[str, Any]) -> None:
    found = due(case)
    assert bool(found) is case.get("due", False)
    assert [(one.person, [item.id for item in one.items]) for one in found] == [(KARI, [1])] * len(found)


def test_a_reminder_is_in_the_language_that_its_reader_has_chosen() -> None:
    book, kept, now = a_book(an_item(), {}), what_is_kept({}), datetime(2026, 11, 27, 9, tzinfo=OSLO)
    (plain,) = reminders_due(book, kept, now, AT)
    (chosen,) = reminders_due(book, replace(kept, own={1: PersonSetting(language=Language.EN)}), now, AT)
    assert [reminder_reply(one, book).language for one in (plain, chosen)] == [Language.NB, Language.EN]


def test_all_of_a_day_is_one_message_with_the_soonest_deadline_first() -> None:
    items = [an_item(id=1), an_item(id=2, deadline=date(2026, 11, 20)), an_item(id=3, deadline=date(2027, 2, 1))]
    book = replace(a_book(items[0], {}), items=tuple(items))
    (found,) = reminders_due(book, what_is_kept({}), datetime(2026, 11, 27, 9, tzinfo=OSLO), AT)
    assert [item.id for item in found.items] == [2, 1]


def test_a_year_through_it_comes_on_its_days_between_eight_and_four_on_the_wall() -> None:
    """Looked at every half hour of UTC, through both changes of the clock."""
    item = an_item(deadline=date(2027, 3, 31))
    book, kept = a_book(item, {"period": (date(2026, 8, 1), date(2027, 4, 30))}), what_is_kept({})
    moment, sent = datetime(2027, 3, 1, tzinfo=UTC), []
    while moment < datetime(2027, 5, 3, tzinfo=UTC):
        now = moment.astimezone(OSLO)
        if reminders_due(book, kept, now, AT):
            kept = replace(kept, last={1: now.date()})
            sent.append(now)
        moment += timedelta(minutes=30)
    assert [(one.month, one.day, one.hour) for one in sent] == [
        (3, 17, 8),
        (3, 30, 8),
        (4, 5, 8),
        (4, 12, 8),
        (4, 19, 8),
        (4, 26, 8),
    ]
    assert {one.utcoffset() for one in sent} == {timedelta(hours=1), timedelta(hours=2)}


def test_owners_are_told_once_what_is_not_somebodys() -> None:
    owner = Role(id=2, name="planeier", plan_id=1, holdings=(Holding(people=(OLA,)),))
    book = a_book(an_item(deadline=date(2027, 6, 1)), {})
    book = replace(book, roles=(*book.roles, owner))
    kept = Reminding(
        quiet=(Quiet(person_id=1, item_id=1, since=date(2026, 11, 20)),),
        accounts=(Account(person_id=2, platform=Platform.SLACK, account="T1:U2"),),
    )
    told = []
    for day in range(20, 31):
        for one in reminders_due(book, kept, datetime(2026, 11, day, 9, tzinfo=OSLO), AT):
            kept = replace(kept, last={2: one.day})
            told.append((one.day, one.person, one.items, one.declined))
    assert told == [(date(2026, 11, 23), OLA, (), ((KARI, book.items[0]),))]


def test_owners_are_told_of_a_vacant_role_on_a_monday_once_in_a_school_year() -> None:
    owner = Role(id=2, name="planeier", plan_id=1, holdings=(Holding(people=(OLA,)),))
    item = an_item(deadline=date(2027, 12, 1), responsible=("Rektor", "Ressurslærer"))
    book = a_book(item, {"period": (date(2026, 8, 1), date(2027, 12, 31))})
    book = replace(book, roles=(*book.roles, owner))
    kept = Reminding(accounts=(Account(person_id=2, platform=Platform.SLACK, account="T1:U2"),))
    told = []
    for day in (date(2026, 11, 20) + timedelta(days=ahead) for ahead in range(300)):
        for one in reminders_due(book, kept, datetime(day.year, day.month, day.day, 9, tzinfo=OSLO), AT):
            kept = replace(kept, last={2: one.day}, told=kept.told | set(one.told))
            told.append((one.day, one.person, [(plan.short, names) for plan, names in one.vacant]))
    vacant = [("KIBS", ("Ressurslærer",))]
    assert told == [(date(2026, 11, 23), OLA, vacant), (date(2027, 8, 2), OLA, vacant)]
