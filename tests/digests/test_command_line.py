"""`planvakt digest set`, `list` and `off`, for whoever has the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.cli import main
from storage.database import Database
from tests.dialogs.plans import take_in_plans

CHANNEL = ("--channel", "T1:C7", "--organisation", "Fjordvik")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    address = f"sqlite:///{tmp_path / 'plan.db'}"
    monkeypatch.setenv("PLANVAKT_DATABASE_URL", address)
    found = Database(address)
    take_in_plans(found.of("Fjordvik"), Path(__file__).parent / "plans.toml")
    return found


def test_a_channels_digest_is_set_shown_listed_and_turned_off(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("tirsdag", "kl.", "9", "på", "nynorsk,", "bare", "for", "styrerne,", "ikke", "i", "ferier")
    assert main(["digest", "set", *CHANNEL, "--at", "2027-02-01T08:00", *words]) == 0
    told = capsys.readouterr().out
    assert "Ukebrevet kommer i T1:C7 hver tirsdag kl. 09.00, på nynorsk." in told
    assert "bare om det som gjelder styrerne" in told
    assert "Styrermøte" in told
    assert "PPT-møte" not in told
    assert main(["digest", "list", "--organisation", "Fjordvik"]) == 0
    assert "T1:C7 hver tirsdag" in capsys.readouterr().out
    assert main(["digest", "list"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["digest", "off", *CHANNEL]) == 0
    assert "Det kommer ikke noe ukebrev i T1:C7" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [("set", "--channel", "ledere", "mandag"), ("set", *CHANNEL, "når det passer"), ("off", "--channel", "T1:C9")],
)
def test_what_cannot_be_set_is_told_in_a_sentence(
    database: Database, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert main(["digest", *arguments]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
