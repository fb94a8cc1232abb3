"""What stands in deploy/ fits the program: its settings, its paths, its measures and how long it takes to stop."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import ConfigParser
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from handlers import metrics
from handlers.settings import PREFIX, Settings
from handlers.slack.serving import SECONDS_TO_FINISH
from handlers.slack.socket_mode import SECONDS_TO_CLOSE

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "planvakt.service"
KNOWN = frozenset(
    "CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK RUN STOPSIGNAL USER VOLUME WORKDIR".split()  # noqa: SIM905
)
SECONDS_TO_STOP = SECONDS_TO_FINISH + SECONDS_TO_CLOSE + 10


def unit() -> ConfigParser:
    read = ConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(UNIT)
    return read


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, its long lines joined."""
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    lines = (line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#"))
    return [(name, rest) for name, rest in lines]


@pytest.mark.parametrize("file", sorted(DEPLOY.iterdir()), ids=lambda file: file.name)
def test_every_setting_that_is_named_there_is_one(file: Path) -> None:
    named = set(re.findall(rf"\b{PREFIX}(\w+)", file.read_text()))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_takes_the_unit_and_finds_little_to_complain_of(tmp_path: Path) -> None:
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text().replace("/opt/planvakt/.venv/bin/planvakt", "/bin/true"))
    verified = subprocess.run(["systemd-analyze", "verify", here], capture_output=True, text=True, check=False)
    assert [line for line in verified.stderr.splitlines() if UNIT.name in line] == []
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=25", here],
        capture_output=True,
        text=True,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout


def test_the_unit_waits_until_what_is_under_way_is_done() -> None:
    service = unit()["Service"]
    assert int(service["TimeoutStopSec"]) >= SECONDS_TO_STOP
    assert service["ExecStart"].endswith("planvakt serve")
    assert service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"
    environment = (DEPLOY / "planvakt.env.example").read_text()
    assert f"sqlite:///{service['WorkingDirectory']}/" in environment


def test_the_image_has_locked_packages_no_root_and_looks_after_itself() -> None:
    found = instructions()
    assert {name for name, _ in found} <= KNOWN
    installs = [rest for name, rest in found if name == "RUN" and "pip install" in rest]
    copied = [rest for name, rest in found if name == "COPY" and not rest.startswith("--from")]
    assert installs
    assert copied
    assert all("--require-hashes" in rest or "--no-deps" in rest for rest in installs)
    assert next(rest for name, rest in reversed(found) if name == "USER") == "10001"
    assert any(name == "HEALTHCHECK" and "/healthz" in rest for name, rest in found)
    assert not any("://" in rest and "127.0.0.1" not in rest for _, rest in found)
    for rest in copied:
        assert all((ROOT / file).exists() for file in rest.split()[:-1]), rest


@pytest.mark.parametrize("path", ["= /slack/oauth_redirect", "/kalender/"])
def test_nginx_logs_no_address_that_has_a_secret(path: str) -> None:
    block = (DEPLOY / "nginx.conf").read_text().partition(f"location {path} {{")[2].partition("}")[0]
    assert "access_log off;" in block


def test_compose_starts_three_once_the_tables_are_there() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    assert services["planvakt"]["deploy"]["replicas"] == 3
    assert services["planvakt"]["depends_on"] == {"upgrade": {"condition": "service_completed_successfully"}}
    assert int(services["planvakt"]["stop_grace_period"].rstrip("s")) >= SECONDS_TO_STOP
    assert services["upgrade"]["command"] == ["db", "upgrade"]


def test_every_measure_that_is_watched_or_told_of_is_there() -> None:
    class Nowhere:
        connections = metrics.Connections(used=0, free=0, most=0)

        def figures(self, now: object) -> metrics.Figures:
            return metrics.Figures(waiting=0, oldest=timedelta(), dead_letters=0, digests={}, late=timedelta())

    there = {metric.name for metric in metrics.REGISTRY.collect()}
    there |= {metric.name for metric in metrics.Shared(Nowhere(), lambda: datetime.now(UTC)).collect()}
    chapter = (ROOT / "README.md").read_text("utf-8").partition("## Drift / Operating")[2]
    for text in ((DEPLOY / "alerts.yaml").read_text(), chapter):
        named = set(re.findall(r"\bplanvakt_[a-z_]+", text))
        assert named
        assert {re.sub("_(total|bucket|count|sum)$", "", name) for name in named} <= there
