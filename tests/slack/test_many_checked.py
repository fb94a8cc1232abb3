"""`planvakt doctor` where many workspaces install Planvakt: each thing that is amiss has a sentence of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.doctor import findings
from handlers.slack.manifest import scopes
from storage.database import Database
from storage.installations import Installed
from tests.slack.local.oauth import CLIENT_ID, CLIENT_SECRET
from tests.slack.local.server import LocalSlack
from tests.slack.local.workspace import SECRET
from tests.slack.many import KEY

INSTALLED = Installed(
    team="T0PLAN", team_name="Kommunen", bot_id="B1", bot_user="U1", token="xoxb-x", scopes=tuple(scopes())
)
Told = Callable[..., list[str]]


@pytest.fixture
def told(local: LocalSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    settings = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'inbox.db'}",
        "SLACK_API_URL": local.api_url,
        "SLACK_CLIENT_ID": CLIENT_ID,
        "SLACK_CLIENT_SECRET": CLIENT_SECRET,
        "SLACK_SIGNING_SECRET": SECRET,
        "SECRET_KEYS": KEY,
        "PUBLIC_URL": "https://planvakt.example.no",
    }

    def tell(**others: str) -> list[str]:
        """What needs a hand."""
        for name, value in {**settings, **others}.items():
            monkeypatch.setenv(f"PLANVAKT_{name}", value)
        return [one.line for one in findings() if not one.is_well and one.name != "administrators"]

    return tell


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({}, ""),
        ({"SLACK_CLIENT_SECRET": "another"}, "PLANVAKT_SLACK_CLIENT_SECRET"),
        ({"SLACK_CLIENT_ID": "1.2"}, "PLANVAKT_SLACK_CLIENT_ID"),
        ({"SLACK_SIGNING_SECRET": ""}, "PLANVAKT_SLACK_SIGNING_SECRET"),
        ({"SECRET_KEYS": ""}, "planvakt secrets new"),
        ({"SECRET_KEYS": "short"}, "PLANVAKT_SECRET_KEYS"),
        ({"PUBLIC_URL": ""}, "PLANVAKT_PUBLIC_URL"),
        ({"PUBLIC_URL": "http://127.0.0.1:3000"}, "https://"),
        ({"SLACK_BOT_TOKEN": "xoxb-local"}, "PLANVAKT_SLACK_BOT_TOKEN"),
    ],
)
async def test_each_setting_is_looked_at(told: Told, wrong: Mapping[str, str], says: str) -> None:
    found = await asyncio.to_thread(told, **wrong)
    assert len(found) == bool(says)
    assert says in " ".join(found)
    assert KEY not in " ".join(found)


async def test_each_workspace_is_looked_at(told: Told, served_from: Database) -> None:
    installations = served_from.installations([KEY])
    installations.save(INSTALLED)
    installations.save(replace(INSTALLED, team="T2", team_name="Naboen", scopes=tuple(scopes() - {"im:write"})))
    third = replace(INSTALLED, team="T3", team_name="Fylket")
    installations.save(third)
    installations.not_refreshed(third, "invalid_refresh_token")
    lacking, ended = await asyncio.to_thread(told)
    assert "im:write (Naboen)" in lacking
    assert "Fylket" in ended
