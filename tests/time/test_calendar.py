"""The calendar agrees with others', and with what everybody knows of some years."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from bot.time.calendar import FEASTS, easter, moved_by_months, week_days

# The package's Norwegian names, and ours.
_PUBLIC = {
    "Første nyttårsdag": "new_years_day",
    "Skjærtorsdag": "maundy_thursday",
    "Langfredag": "good_friday",
    "Første påskedag": "easter_sunday",
    "Andre påskedag": "easter_monday",
    "Arbeidernes dag": "labour_day",
    "Grunnlovsdag": "constitution_day",
    "Kristi himmelfartsdag": "ascension",
    "Første pinsedag": "whit_sunday",
    "Andre pinsedag": "whit_monday",
    "Første juledag": "christmas_day",
    "Andre juledag": "boxing_day",
}


@pytest.mark.parametrize("year", range(2000, 2060))
def test_public_holidays_are_those_of_another_calendar(year: int) -> None:
    for day, names in holidays.country_holidays("NO", years=year, language="no").items():
        assert any(FEASTS[_PUBLIC[name]].days(year)[0] == day for name in names.split("; ")), (day, names)


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("first_advent", 2023, date(2023, 12, 3), date(2023, 12, 3)),
        ("advent", 2023, date(2023, 12, 3), date(2023, 12, 24)),
        ("first_advent", 2024, date(2024, 12, 1), date(2024, 12, 1)),
        ("mothers_day", 2024, date(2024, 2, 11), date(2024, 2, 11)),
        ("fathers_day", 2024, date(2024, 11, 10), date(2024, 11, 10)),
        ("shrovetide", 2024, date(2024, 2, 11), date(2024, 2, 11)),
        ("new_year", 2024, date(2023, 12, 31), date(2024, 1, 1)),
        ("easter", 2024, date(2024, 3, 24), date(2024, 4, 1)),
    ],
)
def test_feasts_lie_where_the_almanac_has_them(name: str, year: int, first: date, last: date) -> None:
    assert FEASTS[name].days(year) == (first, last)


def test_easter_is_a_sunday_in_march_or_april() -> None:
    for year in range(1901, 2200):
        assert easter(year).isoweekday() == 7
        assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_every_feast_is_after_what_lies_before_it() -> None:
    for feast in FEASTS.values():
        for year in (2023, 2024):
            first, last = feast.days(year)
            assert feast.day_before(year) < last
            assert feast.day_after(year) > last
            assert first <= last


def test_only_long_years_have_a_week_53() -> None:
    assert week_days(2020, 53) == (date(2020, 12, 28), date(2021, 1, 3))
    assert week_days(2021, 53) is None


def test_a_month_on_from_the_last_day_is_a_last_day() -> None:
    assert moved_by_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert moved_by_months(date(2024, 1, 31), -2) == date(2023, 11, 30)
