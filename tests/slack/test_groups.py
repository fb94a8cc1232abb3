"""A user group holds a role: its members may mark, who is no longer one may not, and a guest never may."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core import Bot
from bot.model import Platform
from storage.database import Database
from tests.slack.conftest import Served, serving, until
from tests.slack.local.groups import Group
from tests.slack.local.people import GUEST, KARI, OLA, PLANNING
from tests.slack.local.server import LocalSlack

GROUP = "S0REKTOR"
GIVES = ("/rolle", f"gi Rektor <!subteam^{GROUP}|@rektor>")


@pytest.fixture
async def served(local: LocalSlack, planned_database: Database) -> AsyncIterator[Served]:
    local.workspace.scopes.add("usergroups:read")
    local.workspace.groups[GROUP] = Group(GROUP, "rektor", "Rektorer", [OLA, GUEST])
    async with serving(local, Bot(planned_database), "http", planned_database) as found:
        yield found


async def said(local: LocalSlack, user: str, command: str, text: str) -> str:
    before = len(local.seen_by(user, PLANNING))
    assert (await local.command(user, PLANNING, command, text)).is_acknowledged
    return (await local.answer(user, PLANNING, before + 1)).text


def members(planned_database: Database) -> set[str]:
    return {person.name for role in planned_database.of(None).plans.book().roles for person in role.holders}


async def test_a_member_may_mark_until_they_are_taken_out(
    served: Served, local: LocalSlack, planned_database: Database
) -> None:
    assert "@rektor har nå rollen Rektor" in await said(local, KARI, *GIVES)
    assert "Rektor (SKOL): gruppa @rektor" in await said(local, KARI, "/rolle", "")
    assert "Ola Hansen" in members(planned_database)
    assert "Gunn Gjest" not in members(planned_database)
    assert "er merket som ferdig" in await said(local, OLA, "/tiltak", "ferdig lesekurs")
    await local.change_group(GROUP, added=[KARI], removed=[OLA])
    await until(lambda: "Ola Hansen" not in members(planned_database))
    assert "Du kan ikke merke" in await said(local, OLA, "/tiltak", "åpne lesekurs")
    assert "har ikke lenger rollen" in await said(local, KARI, "/rolle", f"fjern Rektor {GROUP}")


async def test_what_is_old_is_asked_for_again_and_a_group_that_is_gone_holds_nothing(
    served: Served, local: LocalSlack, planned_database: Database
) -> None:
    await said(local, KARI, *GIVES)
    local.workspace.groups[GROUP].is_disabled = True
    local.clock.move(3700)
    assert "Du kan ikke merke" in await said(local, OLA, "/tiltak", "ferdig lesekurs")
    assert members(planned_database).isdisjoint({"Ola Hansen", "Gunn Gjest"})


async def test_whoever_types_a_groups_id_does_not_rename_it(
    served: Served, local: LocalSlack, planned_database: Database
) -> None:
    await said(local, KARI, *GIVES)
    await said(local, OLA, "/plan", f"hjelp {GROUP}")
    assert "Rektor (SKOL): gruppa @rektor" in await said(local, KARI, "/rolle", "")


async def test_an_older_answer_of_slacks_that_comes_late_brings_nobody_back(
    served: Served, local: LocalSlack, planned_database: Database
) -> None:
    await said(local, KARI, *GIVES)
    local.clock.move(60)
    await local.change_group(GROUP, removed=[OLA])
    await until(lambda: "Ola Hansen" not in members(planned_database))
    units = planned_database.of(None).units
    (group,) = units.groups(Platform.SLACK)
    units.refresh(group, [f"T0PLAN:{OLA}"], local.clock.now() - timedelta(seconds=30))
    assert "Ola Hansen" not in members(planned_database)


async def test_where_the_app_may_not_ask_what_was_told_last_stands(
    served: Served, local: LocalSlack, planned_database: Database
) -> None:
    await said(local, KARI, *GIVES)
    local.workspace.scopes.remove("usergroups:read")
    local.clock.move(3700)
    assert "er merket som ferdig" in await said(local, OLA, "/tiltak", "ferdig lesekurs")
    told = await said(local, KARI, "/rolle", "gi Rektor <!subteam^S0NYGRUPPE|@nye>")
    assert "Jeg har ikke fått vite hvem som er med i gruppa ennå" in told
