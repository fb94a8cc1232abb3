"""`planvakt db backup` and `restore`: the whole plan database to a file and back."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from bot.answers.facts import Facts
from bot.model import Language
from bot.render import render
from handlers.settings import settings_from_environment
from storage.backup import Held
from storage.database import Database


def back_up(chosen: argparse.Namespace) -> int:
    """Write a file, while servers go on, and tell what it holds."""
    database = Database(settings_from_environment().database_url)
    try:
        _tell("backed_up", chosen.file, database.back_up(Path(chosen.file)))
    finally:
        database.close()
    return 0


def restore(chosen: argparse.Namespace) -> int:
    """Put what a file holds in place of all that stands there, and tell how much that is."""
    database = Database(settings_from_environment().database_url)
    try:
        _tell("restored", database.place, database.restore(Path(chosen.file), over=chosen.yes))
    finally:
        database.close()
    return 0


def _tell(template: str, where: str, held: Held) -> None:
    facts = Facts(template=template, values={"where": where, "held": held})
    print(render(facts, template, Language.NB, date.min).text)
