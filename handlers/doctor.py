"""What `planvakt doctor` looks at: settings, database, administrators, Slack and its manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from bot.answers.facts import Facts
from bot.errors import PlanvaktError
from bot.model import Language
from bot.render import render
from handlers.settings import Settings, settings_from_environment
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; `name` is its sentence in the template doctor.j2."""

    name: str
    is_well: bool
    values: dict[str, object] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """What is to be read, with what to do where something is amiss."""
        values = {"name": self.name, "is_well": self.is_well, "values": self.values}
        return render(Facts(template="doctor", values=values), "doctor", Language.NB, date.min).text


def findings() -> Iterator[Finding]:
    """Look at one thing after the other; what hangs on something that is not well is left out."""
    try:
        settings = settings_from_environment()
    except PlanvaktError as error:
        yield _trouble(error)
        return
    yield Finding(name="settings", is_well=True)
    yield from _database(settings)
    if settings.admins or not settings.uses_oauth:  # there, who installs it is one
        yield Finding(name="administrators", is_well=bool(settings.admins), values={"count": len(settings.admins)})
    yield from _slack(settings)


def _database(settings: Settings) -> Iterator[Finding]:
    database = Database(settings.database_url)
    try:
        book = database.of(None).plans.book()
        yield Finding(name="database", is_well=True, values={"plans": len(book.plans), "held": len(book.items)})
    except PlanvaktError as error:
        yield _trouble(error)
    finally:
        database.close()


def _slack(settings: Settings) -> Iterator[Finding]:
    if not settings.uses_slack:
        yield Finding(name="slack_not_used", is_well=True)
        return
    if not settings.uses_socket_mode and settings.slack_signing_secret is None:
        yield Finding(name="slack_no_way_in", is_well=False)
        return
    if settings.uses_oauth:
        yield from _installed(settings)
        return
    from handlers.slack.checkup import check

    found = check(settings)
    if found.trouble:
        yield _trouble(found.trouble)
        return
    yield Finding(name="slack_token", is_well=True, values={"workspace": found.workspace})
    yield Finding(name="slack_scopes", is_well=not found.missing_scopes, values={"scopes": found.missing_scopes})


def _installed(settings: Settings) -> Iterator[Finding]:
    """Look at the app that many workspaces install, and at each that has."""
    from handlers.slack.checkup import check_app, check_installed
    from handlers.slack.manifest import REDIRECT

    if trouble := check_app(settings):
        yield _trouble(trouble)
        return
    address = settings.public_url or ""
    yield Finding(name="slack_app", is_well=address.startswith("https://"), values={"redirect": f"{address}{REDIRECT}"})
    database = Database(settings.database_url)
    try:
        store = database.installations([key.get_secret_value() for key in settings.secret_keys])
        found = check_installed([one for team in store.teams() if (one := store.of(team))])
    except PlanvaktError as error:
        yield _trouble(error)
        return
    finally:
        database.close()
    yield Finding(name="slack_workspaces", is_well=True, values={"count": len(found)})
    for each in found:
        if each.is_ended:
            yield Finding(name="slack_ended", is_well=False, values={"workspace": each.workspace})
        elif each.missing_scopes:
            values: dict[str, object] = {"scopes": each.missing_scopes, "workspace": each.workspace}
            yield Finding(name="slack_scopes", is_well=False, values=values)


def _trouble(error: PlanvaktError) -> Finding:
    told = render(Facts(template=error.template, values=error.values), "doctor", Language.NB, date.min).text
    return Finding(name="trouble", is_well=False, values={"told": told})
