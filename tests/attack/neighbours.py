"""Two organisations of one database with plans of the same names, keys, people and channels, and all that can be said.

Each has a word of its own in what only it holds.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.core import Bot
from bot.home import home_parts
from bot.messages import Message, Reply, Sender
from bot.model import Language, Platform
from bot.understanding.command_words import command_words
from handlers.reading import read_plan
from storage.database import Database, OrganisationStore
from storage.engine import address, make_engine
from storage.rows import Row
from storage.tables import OrganisationRow
from tests.dialogs.plans import take_in_plans

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Oslo"))
OURS, THEIRS = "Nordvik", "Sørvik"
WORDS = {OURS: "Blåklokke", THEIRS: "Hestehov"}
ADMINISTRATOR, OWNER, NOBODY = "UKARI", "UOLA", "UTONE"
PEOPLE = (ADMINISTRATOR, OWNER, NOBODY)
SCRIPT = tomllib.loads((HERE / "neighbours.toml").read_text("utf-8"))
CHANNEL, CONVERSATION = "T1:C1", "T1:C1:1"


@dataclass(frozen=True)
class Neighbours:
    """Both, and what is asked of one of them."""

    database: Database
    url: str

    @property
    def bot(self) -> Bot:
        return Bot(self.database, "https://planvakt.example")

    @property
    def ours(self) -> OrganisationStore:
        return self.database.of(OURS)

    def message(self, organisation: str, text: str, user: str = ADMINISTRATOR) -> Message:
        name = f"{user[1:].capitalize()} {WORDS[organisation]}"
        return Message(
            text=text,
            now=NOW,
            sender=Sender(platform=Platform.SLACK, account=f"T1:{user}", name=name),
            conversation=CONVERSATION,
            channel=CHANNEL,
            organisation=organisation,
        )

    def said(self, organisation: str, text: str, user: str = ADMINISTRATOR) -> Reply:
        return self.bot.reply(self.message(organisation, text, user))

    def rows_of(self, organisation: str) -> list[tuple[object, ...]]:
        """All that stands in the database of one of them."""
        engine = make_engine(address(self.url))
        with engine.connect() as connection:
            number = connection.scalar(select(OrganisationRow.id).where(OrganisationRow.name == organisation))
            found = [
                (table.name, *row)
                for table in Row.metadata.sorted_tables
                if "organisation_id" in table.c
                for row in connection.execute(table.select().where(table.c.organisation_id == number))
            ]
        engine.dispose()
        return found


def both(file: Path) -> None:
    """Make a database where the same has happened in both."""
    database = Database(f"sqlite:///{file}", administrators=(f"T1:{ADMINISTRATOR}",))
    neighbours = Neighbours(database, f"sqlite:///{file}")
    for organisation, word in WORDS.items():
        take_in_plans(database.of(organisation))
        for turn in SCRIPT["said"]:
            keys = {item.title: item.key for item in database.of(organisation).plans.book().items}
            text = turn["text"].replace("EVENT", keys.get(f"{word}samling", ""))
            text = text.replace("MEASURE", keys.get(f"Innkjøp {word}", "")).replace("WORD", word)
            reply = neighbours.said(organisation, text, turn.get("as", ADMINISTRATOR))
            assert reply.changes or not text.startswith("/"), f"{text}\n{reply.text}"
        message = neighbours.message(organisation, "")
        document = read_plan(SCRIPT["document"].replace("WORD", word).encode(), "plan.md")
        assert neighbours.bot.read_in(message, document).buttons
    database.close()


def opened(template: Path, file: Path) -> Neighbours:
    """A database of one's own, as it was made."""
    shutil.copy(template, file)
    url = f"sqlite:///{file}"
    return Neighbours(Database(url, administrators=(f"T1:{ADMINISTRATOR}",)), url)


def commands() -> Iterator[str]:
    """Every command of the tables in every standard, alone and about what may be another's."""
    about = ("", "FO-1", "SFO-2", "{measure}", "{event}", "2", "99", "Rektor", "KIBS", "alle", "Rektor <@T1:UOLA|Ola>")
    behind = ("", " til 14. desember", " onsdag 25. november", " uke 9", ": ferdig nå")
    for act in command_words().acts:
        for what in about:
            for rest in behind if what else ("",):
                yield " ".join(f"/{act.command} {act.word} {what}{rest}".split())


def one_of_each() -> Iterator[str]:
    """Every command in its first words, about what each has of its own, and one of each kind of question."""
    first = {act.intent: act for act in reversed(command_words().acts)}
    for act in first.values():
        yield from (
            f"/{act.command} {act.word} {what}".strip() for what in (("",) if act.is_bare else ("{measure}", "2"))
        )
    yield from SCRIPT["asked"]


def questions() -> Iterator[str]:
    """What README, the cases, the dialogs and Home ask, with an item's key where they name it."""
    tests = HERE.parent
    readme = (tests.parent / "README.md").read_text("utf-8")
    yield from re.findall(r"`(/[^`]+)`", readme)
    table = readme[readme.index("| Bokmål | Nynorsk |") :].partition("\n\n")[0]
    yield from (cell.strip() for row in table.splitlines()[2:] for cell in row.strip("|").split("|"))
    for file in sorted((tests / "questions/cases").glob("*.toml")):
        yield from (say for case in tomllib.loads(file.read_text("utf-8"))["case"] for say in case["say"])
    for file in sorted((tests / "dialogs").glob("*.toml")):
        for dialog in tomllib.loads(file.read_text("utf-8")).get("dialog", ()):
            yield from (re.sub(r"\{[^}]*\}", "FO-1", turn["say"]) for turn in dialog["turn"] if "say" in turn)
    for language in Language:
        yield from (part.says for part in home_parts(language))
