"""`planvakt demo`, `serve`, `manifest`, `doctor` and `db upgrade`: an installation run and looked after."""

from __future__ import annotations

import argparse
import sys

from handlers.bootstrap import installation
from handlers.settings import settings_from_environment


def demo(chosen: argparse.Namespace) -> int:
    """Serve the chat page with example plans until it is stopped."""
    from handlers.web.demo import serve_demo

    serve_demo(port=chosen.port, open_browser=not chosen.no_browser, zone=settings_from_environment().zone)
    return 0


def serve(chosen: argparse.Namespace) -> int:
    """Serve Slack and post digests until it is stopped."""
    from handlers.server import run

    with installation() as running:
        run(running)
    return 0


def manifest(chosen: argparse.Namespace) -> int:
    """Print the Slack app's manifest for this installation."""
    from handlers.slack.manifest import manifest as filled_in

    pages = settings_from_environment().public_url if chosen.socket_mode else None
    told = filled_in(chosen.url, socket_mode=chosen.socket_mode, static_token=chosen.static_token, pages=pages)
    sys.stdout.write(told)
    return 0


def doctor(chosen: argparse.Namespace) -> int:
    """Print a line for each thing that was looked at; 1 if any needs a hand."""
    from handlers.doctor import findings

    every = list(findings())
    for finding in every:
        print(finding.line)
    return 0 if all(finding.is_well for finding in every) else 1


def upgrade_database(chosen: argparse.Namespace) -> int:
    """Bring the tables up to date."""
    from storage.database import Database

    settings = settings_from_environment()
    database = Database(settings.database_url)
    try:
        database.bring_up_to_date()
    finally:
        database.close()
    return 0


def purge_database(chosen: argparse.Namespace) -> int:
    """Erase what has been kept long enough, and tell how much that was."""
    from bot.answers.facts import Facts
    from bot.model import Language
    from bot.render import render

    with installation() as running:
        facts = Facts(template="purged", values={"purged": running.database.purge(running.now())})
        print(render(facts, "purge", Language.NB, running.now().date()).text)
    return 0
