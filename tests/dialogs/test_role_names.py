"""All spellings of a role are one role, and no other role is; ROLE PERSON is taken apart."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path

import pytest

from bot.roles import role_key
from bot.understanding.holding import Holding, read_holding

SAME = tomllib.loads((Path(__file__).parent / "role_names.toml").read_text("utf-8"))["same"]
ROLES = ("Leiar", "Leiar for prosjektet", "planeier", "SFO-leder")


@pytest.mark.parametrize("spellings", SAME, ids=[spellings[0] for spellings in SAME])
def test_all_spellings_are_one_role(spellings: list[str]) -> None:
    assert len({role_key(spelling) for spelling in spellings}) == 1


def test_no_spelling_is_that_of_another_role() -> None:
    keys = [{role_key(spelling) for spelling in spellings} for spellings in SAME]
    assert len(set(chain.from_iterable(keys))) == len(SAME)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Leiar Kari", Holding(role="Leiar", person="Kari")),
        ("leder for prosjektet Kari Nes", Holding(role="leder for prosjektet", person="Kari Nes")),
        ("Sjefen for alt Ola Moe", Holding(role="Sjefen for alt", person="Ola Moe")),
        ("Sjefen for alt Kari", Holding(role="Sjefen for alt", person="Kari")),
        ('"Leiar" "Kari Nes"', Holding(role="Leiar", person="Kari Nes")),
        ("«Den nye rolla» Kari", Holding(role="Den nye rolla", person="Kari")),
        ("planeier Kari Nes KIBS", Holding(role="planeier", person="Kari Nes", plan="KIBS")),
        ("planeier Kari Nes", Holding(role="planeier", person="Kari Nes")),
        ("Leiar <@T1:U7|Kari Nes>", Holding(role="Leiar", person="Kari Nes", account="T1:U7")),
        ("<@T1:U7|Kari> Leiar", Holding(role="Leiar", person="Kari", account="T1:U7")),
        ("planeier <@T1:U7|Kari> KIBS", Holding(role="planeier", person="Kari", account="T1:U7", plan="KIBS")),
        ("Leiar", Holding(role="Leiar", person="")),
        ("", Holding(role="", person="")),
    ],
)
def test_role_and_person_are_told_apart(words: str, read: Holding) -> None:
    keys = {role_key(role) for role in ROLES}
    found = read_holding(
        words,
        is_role=lambda spoken: role_key(spoken) in keys,
        is_person=lambda spoken: spoken == "Ola Moe",
        is_plan=lambda spoken: spoken == "KIBS",
    )
    assert found == read
