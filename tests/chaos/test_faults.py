"""The short form of `make chaos ARGS=--faults`: one thing goes wrong, with as many deliveries as are posted at once."""

from __future__ import annotations

import pytest

from tests.chaos.faults import CASES, Case, played, quick
from tests.chaos.replica import SHORT


@pytest.mark.parametrize(
    ("store", "case"),
    [
        pytest.param(store, case, id=f"{case.name}, {store}")
        for case in CASES
        if not case.only_long
        for store in case.stores
    ],
)
async def test_nothing_is_lost_and_only_what_nobody_can_know_of_comes_twice(
    request: pytest.FixtureRequest, store: str, case: Case
) -> None:
    url: str = request.getfixturevalue("own_postgres" if store == "postgresql" else "own_file")
    came = await played(url, case, quick(case, SHORT), 4)
    twice = {(case.doubled, case.repaired)} | ({(0, 0)} if case.or_none else set())
    assert (came.posted, came.lost) == (4, 0), str(came)
    assert (came.doubled, came.repaired) in twice, str(came)
    assert came.struck
