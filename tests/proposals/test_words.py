"""Roles, headings, titles and remarks are read by their words, in both written standards."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from bot.model import Precision, Span
from bot.proposals.clocks import clock_times
from bot.proposals.columns import Column, meaning
from bot.proposals.kinds import kind_of
from bot.proposals.people import groups, is_groups, named_by_heading, whom
from bot.proposals.places import asides, each_place, is_place, may_be_place, place_in
from bot.proposals.sentences import first_sentence, numbered_parts, restarts, title_of
from bot.proposals.slots import Slot

CASES = tomllib.loads((Path(__file__).parent / "groups.toml").read_text("utf-8"))
TITLES = tomllib.loads((Path(__file__).parent / "titles.toml").read_text("utf-8"))
HEADINGS = tomllib.loads((Path(__file__).parent / "headings.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["text"])
def test_a_cell_names_its_groups(case: dict[str, list[str]]) -> None:
    assert list(groups([str(case["text"])])) == case["groups"]


@pytest.mark.parametrize("case", CASES["list"], ids=lambda case: case["text"])
def test_a_remark_is_a_list_of_groups_or_is_not(case: dict[str, str]) -> None:
    assert is_groups(case["text"]) == case["is_list"]


@pytest.mark.parametrize("case", CASES["title"], ids=lambda case: case["text"])
def test_a_title_says_whom_it_is_for(case: dict[str, list[str]]) -> None:
    assert list(whom(str(case["text"]))) == case["whom"]


@pytest.mark.parametrize("case", CASES["heading"], ids=lambda case: case["text"])
def test_a_heading_in_capitals_names_people_or_a_subject(case: dict[str, list[str]]) -> None:
    assert list(named_by_heading(str(case["text"]))) == case["whom"]


@pytest.mark.parametrize("case", TITLES["clock"], ids=lambda case: case["text"])
def test_clock_times_are_found_in_all_their_spellings(case: dict[str, str]) -> None:
    times, left = clock_times(case["text"])
    assert [f"{clock:%H:%M}" for clock in times or () if clock] == case["times"]
    assert left == case["left"]


@pytest.mark.parametrize("case", TITLES["place"], ids=lambda case: case["text"])
def test_a_title_says_where_something_is(case: dict[str, str]) -> None:
    assert (place_in(case["text"]) or "") == case["place"]


@pytest.mark.parametrize("case", TITLES["kind"], ids=lambda case: case["text"])
def test_a_title_says_what_kind_of_thing_it_is(case: dict[str, str]) -> None:
    day = Slot(span=Span(start=date(2024, 3, 4), end=date(2024, 3, 4), precision=Precision.DAY))
    assert kind_of(case["text"], Column.WHAT, day) == case["kind"]


def test_a_remark_under_a_heading_for_places_is_no_place() -> None:
    assert not may_be_place("barnehagene stengt")
    assert not may_be_place("meld inn saker innen mandag")
    assert may_be_place("på skulen")
    assert may_be_place("hver enkelt barnehage og skole")
    assert may_be_place("gymsalen")


@pytest.mark.parametrize(("kind", "heading"), [(kind, text) for kind, texts in HEADINGS.items() for text in texts])
def test_a_heading_says_what_stands_below_it(kind: str, heading: str) -> None:
    assert meaning(heading) == (None if kind == "none" else Column(kind))


def test_a_text_that_lost_its_paragraphs_is_cut_at_capitals_but_not_at_names() -> None:
    text = "Drifte nettverka Planleggje samlingar for leiarar Årleg møte med Ungt Entreprenørskap"
    assert restarts(text) == (
        "Drifte nettverka",
        "Planleggje samlingar for leiarar",
        "Årleg møte med Ungt Entreprenørskap",
    )


def test_parts_are_counted_upwards_or_are_none() -> None:
    parts = numbered_parts("Modul 1: Oppstart Modul 2-4: Mars – mai")
    assert [(part.first, part.last, part.text) for part in parts] == [(1, 1, "Oppstart"), (2, 4, "Mars – mai")]
    assert numbered_parts("Modul 2: Først Modul 1: Så") == ()


def test_a_short_form_ends_no_sentence() -> None:
    assert first_sentence("Møte med bl.a. Kari. Sak: budsjett") == ("Møte med bl.a. Kari", "Sak: budsjett")


def test_how_long_something_lasts_is_no_part_of_its_title() -> None:
    assert title_of("Nettkurs for lærere (2t) i lesing") == ("Nettkurs for lærere", ("2t", "i lesing"))


def test_a_remark_is_told_apart_into_time_place_and_people() -> None:
    aside = asides(["Storsalen", "Kl. 12.00-15.30", "Rektorer og styrere", "Ta med PC"])
    assert (aside.location, aside.audience, aside.remarks) == ("Storsalen", ("Rektorer", "styrere"), ("Ta med PC",))
    assert [clock.hour for clock in aside.times if clock] == [12, 15]


def test_a_place_is_known_by_its_name_and_people_are_no_place() -> None:
    assert is_place("Hurtigrutens Hus på Stokmarknes")
    assert is_place("på Teams")
    assert not is_place("Alle ansatte barnehage og SFO")


def test_every_single_school_is_a_place() -> None:
    assert each_place("Gjennomgang av resultater ved hver enkelt skole:") == (
        "hver enkelt skole",
        "Gjennomgang av resultater",
    )
