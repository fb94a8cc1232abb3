"""The example plans, in every school year: days that exist, and something in every week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest

from bot.model import Doubt, Entry, Precision
from handlers.reading import read_plan
from handlers.web.examples import cast, plans_of, school_years
from handlers.web.school_year import filled_in

YEARS = range(2024, 2031)
FIRST, LAST = date(2024, 9, 1), date(2030, 8, 31)


@cache
def entries(first_year: int) -> tuple[Entry, ...]:
    """What the plans of a school year hold, read like any plan."""
    return tuple(
        entry for name, text in plans_of(first_year) for entry in read_plan(text.encode("utf-8"), name, None).entries
    )


def days() -> Iterator[date]:
    return (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))


@pytest.mark.parametrize("year", YEARS)
def test_a_plan_of_a_school_year_has_its_years_and_no_empty_places(year: int) -> None:
    for name, text in plans_of(year):
        assert f"{year}/{year + 1}" in text, name
        assert f"{year}-{year + 1}" in name
        assert not re.search(r"[{}]", text), name


@pytest.mark.parametrize("year", YEARS)
def test_every_plan_is_read_as_a_plan_of_its_school_year(year: int) -> None:
    for name, text in plans_of(year):
        plan = read_plan(text.encode("utf-8"), name, None)
        assert (plan.period_start, plan.period_end) == (date(year, 8, 1), date(year + 1, 7, 31)), name
        assert str(plan.language) == ("nn" if name.startswith("havstrand") else "nb")
        assert len(plan.entries) > 10


@pytest.mark.parametrize("year", YEARS)
def test_what_the_plans_say_lies_in_their_year_and_only_the_wrong_weekday_and_the_postponed_are_in_doubt(
    year: int,
) -> None:
    found = [(entry.title, doubt) for entry in entries(year) for doubt in entry.doubts]
    wrong = {title for title, doubt in found if doubt is Doubt.WEEKDAY_MISMATCH}
    assert wrong == {"Samling for pedagogiske ledere"}
    assert {title for title, doubt in found if doubt is Doubt.POSTPONED} == {"Regional workshop om skolemiljø"}
    assert not [pair for pair in found if pair[1] in (Doubt.OUTSIDE_PERIOD, Doubt.OUT_OF_ORDER, Doubt.IMPOSSIBLE_DATE)]


def test_something_happens_in_the_last_this_and_the_next_weeks_of_every_day() -> None:
    known = {year: [entry.span for entry in entries(year)] for year in YEARS}
    exact = (Precision.DAY, Precision.RANGE, Precision.WEEK)
    for day in days():
        spans = [span for year in school_years(day) for span in known[year] if span.precision in exact]
        monday = day - timedelta(days=day.weekday())
        for weeks in range(-1, 5):
            first = monday + timedelta(weeks=weeks)
            assert any(span.overlaps(first, first + timedelta(days=6)) for span in spans), (day, first)


@pytest.mark.parametrize("year", YEARS)
def test_every_role_that_an_example_person_holds_stands_in_a_plan(year: int) -> None:
    written = {role for entry in entries(year) for role in entry.responsible}
    assert {role for roles in cast().roles.values() for role in roles} <= written


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2026, 6, 14), (2025,)),
        (date(2026, 6, 15), (2025, 2026)),
        (date(2026, 7, 31), (2025, 2026)),
        (date(2026, 8, 1), (2025, 2026)),
        (date(2026, 8, 14), (2025, 2026)),
        (date(2026, 8, 15), (2026,)),
        (date(2026, 12, 31), (2026,)),
        (date(2027, 1, 1), (2026,)),
    ],
)
def test_next_year_s_plans_are_there_in_summer(day: date, years: tuple[int, ...]) -> None:
    assert school_years(day) == years


def test_a_calendar_s_rows_are_put_in_the_year_s_order_under_their_months() -> None:
    rows = ["\t{måned}\n\t{uke 36 man}\n\tB", "\t{måned september}\n\tI løpet av måneden\n\tA"]
    text = "Plan {skoleår}\n\n" + "\n\n".join(rows) + "\n"
    assert filled_in(text, 2026) == (
        "Plan 2026/2027\n\n\tAugust\n\tMan. 31.\n\tB\n\n\tSeptember\n\tI løpet av måneden\n\tA\n"
    )
    assert filled_in(text, 2027) == ("Plan 2027/2028\n\n\tSeptember\n\tI løpet av måneden\n\tA\n\n\t\n\tMan. 6.\n\tB\n")


@pytest.mark.parametrize(
    ("placeholder", "written"),
    [
        ("{uke 41 man-fre}", "5.-9."),
        ("{uke 45 tor som fre}", "Fre. 5."),
        ("{dato uke 36 man}", "31.08.26"),
        ("{dag uke 2 ons}", "13. januar 2027"),
        ("{høst} {vår}", "2026 2027"),
    ],
)
def test_a_placeholder_is_written_as_its_plan_writes_days(placeholder: str, written: str) -> None:
    assert filled_in(placeholder, 2026) == f"{written}\n"


def test_a_placeholder_that_means_nothing_is_told_of() -> None:
    with pytest.raises(ValueError, match="uke man"):
        filled_in("{uke man}", 2026)
