"""The command line as a person at a terminal meets it: exit codes, one plain sentence, JSON and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PLAN = """# Møteplan 2025/2026 – Nettverk for lesing i Fjellvik

| Dato | Hva | Hvem | Ansvar |
|---|---|---|---|
| 03.09.25 kl. 12.00-14.00 | Nettverksmøte 1 | Skoleledere | Programleder |
| 10.09.25 | Fagdag om lesing | Alle lærere | Programleder, koordinatorene |
| Løpende | Følge opp lesegruppene | Lærere | Koordinatorene |
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def planvakt(tmp_path: Path) -> Run:
    """Run the command on a database of its own."""
    environment = {**os.environ, "PLANVAKT_DATABASE_URL": f"sqlite:///{tmp_path / 'planvakt.db'}"}

    def run(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "handlers.cli", *arguments]
        return subprocess.run(
            command, env=environment, cwd=ROOT, input=given, capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture
def plan(tmp_path: Path) -> str:
    path = tmp_path / "fjellvik.md"
    path.write_text(PLAN, "utf-8")
    return str(path)


def is_one_plain_sentence(done: subprocess.CompletedProcess[str]) -> bool:
    return done.returncode == 1 and len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr


def test_a_plan_comes_in_and_is_asked(planvakt: Run, plan: str) -> None:
    taken = json.loads(planvakt("import", plan, "--json").stdout)
    assert taken["changes"] == {"added": 3, "changed": 0, "removed": 0, "kept": 0}
    assert {item["kind"] for item in taken["items"]} == {"event", "measure"}
    said = planvakt("say", "Hva skjer neste uke?", "--at", "2025-08-28T09:00", "--json")
    answer = json.loads(said.stdout)
    assert answer["span"] == {"start": "2025-09-01", "end": "2025-09-07"}
    assert [item["title"] for item in answer["items"]] == ["Nettverksmøte 1"]


def test_the_same_file_again_changes_nothing(planvakt: Run, plan: str) -> None:
    first = json.loads(planvakt("import", plan, "--json").stdout)
    again = json.loads(planvakt("import", plan, "--json").stdout)
    assert again["changes"] == {"added": 0, "changed": 0, "removed": 0, "kept": 3}
    assert [item["id"] for item in again["items"]] == [item["id"] for item in first["items"]]


def test_the_plan_of_another_year_tells_of_the_one_that_is_there(planvakt: Run, plan: str) -> None:
    assert "samme tittel" not in planvakt("import", plan).stdout
    assert "en plan med samme tittel" in planvakt("import", plan, "--period", "2029").stdout


def test_a_new_version_says_what_it_changes_and_is_undone(planvakt: Run, plan: str) -> None:
    planvakt("import", plan)
    planvakt("say", "/tiltak ferdig fagdag om lesing")
    Path(plan).write_text(
        PLAN.replace("10.09.25", "17.09.25").replace("Fagdag om lesing", "Fagdag om skriving"), "utf-8"
    )
    sentence = "1 dato endret, 1 tittel endret."
    tried = planvakt("import", "--dry-run", plan).stdout
    assert "ingenting er lagret. Planen ville blitt oppdatert slik: " + sentence in tried
    assert "«Fagdag om lesing» → «Fagdag om skriving»; dato: ons. 10. september 2025 → ons. 17. september 2025" in tried
    assert "Planen er oppdatert: " + sentence in planvakt("import", plan).stdout
    assert "Planen er som før: ingenting er endret." in planvakt("import", plan).stdout
    (done,) = json.loads(planvakt("items", "--status", "done", "--json").stdout)
    assert (done["title"], done["start"]) == ("Fagdag om skriving", "2025-09-17")
    assert "er som før den nye utgaven" in planvakt("say", "/plan angre").stdout
    (done,) = json.loads(planvakt("items", "--status", "done", "--json").stdout)
    assert (done["title"], done["start"]) == ("Fagdag om lesing", "2025-09-10")


def test_a_dry_run_stores_nothing(planvakt: Run, plan: str) -> None:
    tried = json.loads(planvakt("import", "--dry-run", "--json", plan).stdout)
    assert len(tried["items"]) == 3
    assert json.loads(planvakt("items", "--json").stdout) == []


def test_who_is_no_administrator_cannot_import(planvakt: Run, plan: str) -> None:
    assert is_one_plain_sentence(planvakt("import", plan, "--as", "Ola"))
    assert json.loads(planvakt("items", "--json").stdout) == []


def test_what_a_role_holder_marks_stays_over_an_import(planvakt: Run, plan: str) -> None:
    planvakt("import", plan)
    planvakt("say", "/rolle gi Programleder Kari")
    done = json.loads(planvakt("say", "/tiltak ferdig fagdag om lesing", "--as", "Kari", "--json").stdout)
    assert [change["to"] for change in done["changes"]] == ["done"]
    planvakt("import", plan)
    (item,) = json.loads(planvakt("items", "--status", "done", "--json").stdout)
    assert item["title"] == "Fagdag om lesing"


def test_lines_are_answered_in_order_in_one_conversation(planvakt: Run, plan: str) -> None:
    planvakt("import", plan)
    lines = [
        {"id": "a", "text": "hva skjer neste uke?", "now": "2025-08-28T09:00:00", "conversation": "x"},
        {"id": "b", "text": "og uka etter?", "now": "2025-08-28T09:01:00", "conversation": "x"},
    ]
    done = planvakt("say", "--stdin", given="\n".join(json.dumps(line) for line in lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert [item["title"] for item in answers[1]["items"]] == ["Fagdag om lesing"]


def test_organisations_do_not_see_each_other(planvakt: Run, plan: str) -> None:
    planvakt("import", plan, "--organisation", "Fjellvik")
    assert json.loads(planvakt("items", "--json", "--organisation", "Dalvik").stdout) == []
    assert json.loads(planvakt("items", "--json").stdout) == []
    assert len(json.loads(planvakt("items", "--json", "--organisation", "Fjellvik").stdout)) == 3


def test_when_reads_lines(planvakt: Run) -> None:
    line = json.dumps({"id": "1", "text": "neste uke", "reference": "2025-08-28"})
    answer = json.loads(planvakt("when", given=line).stdout)
    assert (answer["start"], answer["end"], answer["precision"]) == ("2025-09-01", "2025-09-07", "week")


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "no-such-file.docx"),
        ("import", "README.md", "--period", "2023/2025"),
        ("say", "hei", "--at", "30. februar"),
        ("items", "--plan", "ingen slik plan"),
        ("digest", "preview", "--channel", "ingen slik kanal"),
        ("serve",),
    ],
)
def test_what_cannot_be_done_is_one_plain_sentence(planvakt: Run, arguments: tuple[str, ...]) -> None:
    done = planvakt(*arguments)
    assert is_one_plain_sentence(done), done
    assert done.stdout == ""


@pytest.mark.parametrize("given", ["nonsense", "[1]", '{"id": 1}'])
def test_a_line_that_is_no_message_is_one_plain_sentence(planvakt: Run, given: str) -> None:
    assert is_one_plain_sentence(planvakt("say", "--stdin", given=given))
    assert is_one_plain_sentence(planvakt("when", given=given))


@pytest.mark.parametrize("arguments", [(), ("import",), ("manifest", "--url", "x", "--socket-mode"), ("nonsense",)])
def test_wrong_usage_exits_with_two(planvakt: Run, arguments: tuple[str, ...]) -> None:
    assert planvakt(*arguments).returncode == 2


def test_a_name_that_two_persons_share_acts_as_neither(planvakt: Run, tmp_path: Path) -> None:
    from bot.messages import Sender
    from bot.model import Platform
    from storage.database import Database

    database = Database(f"sqlite:///{tmp_path / 'planvakt.db'}")
    for account in ("T1:U1", "T1:U2"):
        database.of(None).people.record(Sender(platform=Platform.SLACK, account=account, name="Kari"))
    database.close()
    assert is_one_plain_sentence(planvakt("say", "hva skjer i dag?", "--as", "Kari"))


def test_a_postgresql_that_is_not_there_is_one_plain_sentence_without_the_password() -> None:
    url = "postgresql+psycopg://planvakt:hemmelig@127.0.0.1:1/plans"
    command = [sys.executable, "-m", "handlers.cli", "items"]
    environment = {**os.environ, "PLANVAKT_DATABASE_URL": url}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert is_one_plain_sentence(done)
    assert "hemmelig" not in done.stderr


def test_doctor_says_what_is_well(planvakt: Run) -> None:
    done = planvakt("doctor")
    assert "I orden: Innstillingene kan leses." in done.stdout
    assert "PLANVAKT_ADMINS" in done.stdout


def test_the_school_calendar_is_told_listed_and_removed(planvakt: Run, tmp_path: Path) -> None:
    file = tmp_path / "ferier.csv"
    file.write_text("Navn;Fra;Til\nHøstferie;uke 41\nJuleferie;20.12.2023;02.01.2024\n", "cp1252")
    assert planvakt("calendar", "import", str(file), "--year", "2023/2024").returncode == 0
    told = planvakt("calendar", "set", "vinterferie", "uke 9", "--year", "2023/2024")
    assert "26. februar" in told.stdout
    listed = json.loads(planvakt("calendar", "list", "--json").stdout)
    assert [(row["name"], row["start"], row["end"]) for row in listed] == [
        ("autumn_break", "2023-10-09", "2023-10-15"),
        ("christmas_break", "2023-12-20", "2024-01-02"),
        ("winter_break", "2024-02-26", "2024-03-03"),
    ]
    assert {(row["school_year"], row["plan"], row["disputed"]) for row in listed} == {("2023/2024", None, False)}
    asked = json.loads(planvakt("say", "hva skjer i vinterferien?", "--at", "2024-02-07", "--json").stdout)
    assert asked["span"] == {"start": "2024-02-26", "end": "2024-03-03"}
    assert planvakt("calendar", "remove", "vinterferien").returncode == 0
    assert len(json.loads(planvakt("calendar", "list", "--json").stdout)) == 2
    assert "Juleferie" in planvakt("calendar", "list").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", "vinterferie", "uke 99"),
        ("set", "vinterferie", "1. mars–26. februar"),
        ("set", "bursdag", "uke 9"),
        ("set", "vinterferie", "uke 9", "--year", "snart"),
        ("set", "vinterferie", "uke 9", "--as", "Kari"),
        ("remove", "vinterferie"),
        ("import", "ingen.csv"),
    ],
)
def test_what_is_no_break_is_refused_in_a_sentence(planvakt: Run, arguments: tuple[str, ...]) -> None:
    assert is_one_plain_sentence(planvakt("calendar", *arguments))
    assert planvakt("calendar", "list", "--json").stdout.strip() == "[]"


def test_all_that_is_kept_of_a_person_is_shown_and_erased(planvakt: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(PLAN, "utf-8")
    planvakt("import", str(tmp_path / "plan.md"))
    planvakt("say", "/rolle gi Programleder Kari")
    planvakt("say", "/tiltak ferdig fagdag om lesing", "--as", "Kari")
    kept = json.loads(planvakt("person", "export", "kari", "--json").stdout)
    assert (kept["name"], kept["roles"]) == ("Kari", ["Programleder"])
    assert [(one["field"], one["after"]) for one in kept["did"]] == [("status", "done")]
    assert "Programleder" in planvakt("person", "export", "Kari").stdout
    asked = planvakt("person", "erase", "Kari")
    assert (asked.returncode, "--yes" in asked.stdout) == (1, True)
    assert "Kari" in planvakt("person", "list").stdout
    assert planvakt("person", "erase", "Kari", "--yes").returncode == 0
    assert planvakt("person", "erase", "Kari", "--yes").returncode == 0
    assert planvakt("person", "export", "Kari").returncode == 1
    assert "Kari" not in planvakt("person", "list").stdout
    told = planvakt("say", "/tiltak historikk fagdag om lesing").stdout
    assert ("Kari" in told, "en tidligere bruker" in told) == (False, True)


def test_schools_and_kindergartens_come_from_a_file_and_a_bad_line_changes_nothing(
    planvakt: Run, tmp_path: Path
) -> None:
    file = tmp_path / "enheter.csv"
    lines = "Navn;Hva;Kommune;Leder\nNes skole;skole;Storvik;rektor\nSolbakken;barnehage;Storvik\n"
    file.write_text(lines + "Fjelltun;hytte;Storvik\n", "utf-8")
    refused = planvakt("units", "import", str(file))
    assert refused.returncode == 1
    assert "Linje 4" in refused.stderr
    assert json.loads(planvakt("units", "list", "--json").stdout) == []
    file.write_text(lines, "utf-8")
    assert "2 enheter er lagt inn." in planvakt("units", "import", str(file)).stdout
    assert "2 var der fra før" in planvakt("units", "import", str(file)).stdout
    assert json.loads(planvakt("units", "list", "--json").stdout) == [
        {"name": "Nes skole", "kind": "school", "municipality": "Storvik", "roles": []},
        {"name": "Solbakken", "kind": "kindergarten", "municipality": "Storvik", "roles": []},
    ]
    assert "Nes skole, Storvik: ingen har rollen ennå" in planvakt("units", "list").stdout


# What a command may not wait for: engines, platforms, readers of files, the steps of the schema, and what encrypts.
SLOW = (
    *("dbos", "slack_sdk", "slack_bolt", "aiohttp", "starlette", "uvicorn", "prometheus_client", "yaml", "icalendar"),
    *("dateparser", "holidays", "docx", "lxml", "openpyxl", "pypdfium2", "psycopg", "alembic"),
    "cryptography",
)


def loaded(tmp_path: Path, *lines: str) -> set[str]:
    """The slow ones that are there when a process has done this, with a database that is up to date."""
    environment = {**os.environ, "PLANVAKT_DATABASE_URL": f"sqlite:///{tmp_path / 'planvakt.db'}"}
    upgrade = [sys.executable, "-m", "handlers.cli", "db", "upgrade"]
    subprocess.run(upgrade, env=environment, cwd=ROOT, check=True)
    told = "\n".join(["import sys", *lines, f"print(*(name for name in {SLOW} if name in sys.modules))"])
    done = subprocess.run(
        [sys.executable, "-c", told], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "command", [["say", "hva skjer neste uke?"], ["items"], ["import", "plan.txt"], ["db", "upgrade"]], ids=str
)
def test_a_command_waits_for_no_engine_no_reader_and_no_platform(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    named = [str(tmp_path / word) if word == "plan.txt" else word for word in command]
    assert loaded(tmp_path, "from handlers.cli import main", f"assert main({named!r}) == 0") == set()


def test_a_server_waits_for_no_reader_and_no_steps(tmp_path: Path) -> None:
    parts = "import handlers.bootstrap, handlers.server, handlers.delivering.running, handlers.slack.serving"
    assert loaded(tmp_path, parts).isdisjoint({"docx", "lxml", "openpyxl", "pypdfium2", "alembic", "dateparser"})
