"""A nation to measure against: municipalities, plans, items and digests on PostgreSQL, the same each time.

Every municipality has copies of the example plans, row for row, with the names of its own schools in every other title.
They are written with COPY, so a million items take about a minute.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

import psycopg
from psycopg import sql
from sqlalchemy import insert

from bot.model import Language, Platform
from handlers.web.examples import load_examples
from storage.channel_tables import ChannelRow, FollowedPlanRow, SubscriptionRow
from storage.database import Database
from storage.engine import WRITES, address, make_engine
from storage.rows import Row

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2025, 9, 30, 9, 5, tzinfo=OSLO)
MONDAY = datetime(2025, 10, 6, 8, 0, tzinfo=OSLO)
"""When all digests are due."""
SEED = 2026
# Ids of one municipality begin at its number times this.
APART = 1_000
# A channel of the first municipality that follows five of its plans, and gets no digest.
CHANNEL, FIVE_IN_CHANNEL = "T00001:CFIVE", 900
# What each municipality has a copy of, beside plans and items, in the order they point to one another.
COPIED = ("person", "account", "role", "holding", "school_break", "unit")
# fmt: off
SCHOOLS = (
    "Solbakken", "Fjellheim", "Elvebakken", "Nordvik", "Storvik", "Lia", "Haugen", "Breidablik", "Myra", "Furulund",
    "Sandnes", "Vika", "Åsen", "Bjørkelia", "Strand", "Moen", "Dalen", "Østre", "Vestre", "Søndre", "Nordre",
    "Midtbyen", "Kirkebakken", "Skogly", "Fagerli", "Utsikten", "Tunet", "Engen", "Lunden", "Neset", "Holmen",
    "Vågen",
)
# fmt: on


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large it is. The first municipality has `first` plans; the others share the rest."""

    municipalities: int = 357
    plans: int = 10_000
    items_a_plan: int = 100
    first: int = 30

    @property
    def items(self) -> int:
        return self.plans * self.items_a_plan

    def plans_of(self, municipality: int) -> int:
        """How many plans it has; municipalities are counted from 1."""
        if municipality == 1:
            return self.first
        each, left = divmod(self.plans - self.first, self.municipalities - 1)
        return each + (municipality - 2 < left)


def name_of(municipality: int) -> str:
    """The name of a tenant."""
    return f"Kommune {municipality:03}"


def team_of(municipality: int) -> str:
    """The id of its workspace in Slack."""
    return f"T{municipality:05}"


def five_plans(url: str) -> int:
    """Bring the tables up to date, take the example plans in for the default tenant, and return how many items."""
    database = Database(url, web_administrator=True)
    database.bring_up_to_date()
    load_examples(database.of(None), NOW)
    items = len(database.of(None).plans.book().items)
    database.close()
    return items


def generate(url: str, five: str, size: Size | None = None) -> Size:
    """Fill the empty database at `url` from the example plans in the one at `five`; return what it holds now.

    The default tenant of `five` becomes each municipality; all ids and texts are the same each time.
    """
    size = size or Size()
    database = Database(url)
    database.bring_up_to_date()
    database.close()
    with psycopg.connect(_plain(five)) as template, psycopg.connect(_plain(url)) as nation:
        copied = {table: _rows(template, table) for table in ("organisation", *COPIED, "plan", "item")}
        for table, rows in _nation(copied, size):
            _copy_in(nation, table, copied[table].columns, rows)
    _write_digests(url, size)
    with psycopg.connect(_plain(url), autocommit=True) as nation:
        for table in (one for one in Row.metadata.sorted_tables if one.autoincrement_column is not None):
            counted = "SELECT setval(pg_get_serial_sequence({name}, 'id'), coalesce(max(id), 1)) FROM {table}"
            parts = {"name": sql.Literal(table.name), "table": sql.Identifier(table.name)}
            nation.execute(sql.SQL(counted).format(**parts))
        nation.execute("ANALYZE")
    return size


@dataclass(frozen=True)
class _Rows:
    """Rows of a table as COPY writes them, value by value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def with_values(self, row: Sequence[str], **values: object) -> str:
        """The row as a line, with other values in some columns."""
        changed = {self.columns.index(name): str(value) for name, value in values.items()}
        return "\t".join(changed.get(at, value) for at, value in enumerate(row)) + "\n"

    def moved(self, row: Sequence[str], municipality: int) -> dict[str, object]:
        """What every row of a municipality has of its own: its tenant, its id, and what it points to."""
        points = [name for name in self.columns if name == "id" or name.endswith("_id")]
        held = {name: row[self.columns.index(name)] for name in points}
        moved = {name: municipality * APART + int(value) for name, value in held.items() if value != r"\N"}
        return {**moved, "organisation_id": municipality}


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def _rows(connection: psycopg.Connection, table: str) -> _Rows:
    columns = tuple(column.name for column in Row.metadata.tables[table].columns)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    asked = sql.SQL("COPY (SELECT {} FROM {} ORDER BY id) TO STDOUT").format(names, sql.Identifier(table))
    with connection.cursor().copy(asked) as copy:
        written = b"".join(bytes(piece) for piece in copy).decode()
    return _Rows(columns, tuple(tuple(line.split("\t")) for line in written.splitlines()))


def _copy_in(connection: psycopg.Connection, table: str, columns: Sequence[str], lines: Iterator[str]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    told = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor().copy(told) as copy:
        gathered: list[str] = []
        for line in lines:
            gathered.append(line)
            if len(gathered) == 5_000:
                copy.write("".join(gathered))
                gathered.clear()
        copy.write("".join(gathered))


def _nation(copied: Mapping[str, _Rows], size: Size) -> Iterator[tuple[str, Iterator[str]]]:
    """Every table with its lines, those that others point to first."""
    municipalities = range(1, size.municipalities + 1)
    made = copied["organisation"]
    (own,) = made.rows
    yield (
        "organisation",
        (made.with_values(own, id=one, name=name_of(one)) for one in municipalities),
    )
    yield "plan", (line for one in municipalities for line in _plans(copied["plan"], one, size))
    for table in COPIED:
        rows = copied[table]
        yield (
            table,
            (rows.with_values(row, **rows.moved(row, one)) for one in municipalities for row in rows.rows),
        )
    yield "item", _items(copied, size)


def _plans(plans: _Rows, municipality: int, size: Size) -> Iterator[str]:
    title = plans.columns.index("title")
    for number in range(size.plans_of(municipality)):
        row = plans.rows[number % len(plans.rows)]
        round_, school = number // len(plans.rows), SCHOOLS[number % len(SCHOOLS)]
        short = row[plans.columns.index("short")] + (str(round_ + 1) if round_ else "")
        yield plans.with_values(
            row,
            id=municipality * APART + number + 1,
            organisation_id=municipality,
            short=short,
            title=f"{row[title]} for {school}" if round_ else row[title],
            last_number=size.items_a_plan,
        )


def _items(copied: Mapping[str, _Rows], size: Size) -> Iterator[str]:
    items, plans = copied["item"], copied["plan"]
    chance, number = random.Random(SEED), 0
    of_plan = {row[plans.columns.index("id")]: [] for row in plans.rows}
    for row in items.rows:
        of_plan[row[items.columns.index("plan_id")]].append(row)
    held = list(of_plan.values())
    title = items.columns.index("title")
    shorts = [row[plans.columns.index("short")] for row in plans.rows]
    for municipality in range(1, size.municipalities + 1):
        for plan in range(size.plans_of(municipality)):
            rows, round_ = held[plan % len(held)], plan // len(held)
            short = shorts[plan % len(held)] + (str(round_ + 1) if round_ else "")
            for position in range(size.items_a_plan):
                row, number = rows[position % len(rows)], number + 1
                has_own_name = round_ and chance.random() < 0.5
                yield items.with_values(
                    row,
                    id=number,
                    organisation_id=municipality,
                    plan_id=municipality * APART + plan + 1,
                    key=f"{short}-{position + 1}",
                    position=position,
                    title=f"{row[title]} {SCHOOLS[plan % len(SCHOOLS)]}" if has_own_name else row[title],
                )


def _write_digests(url: str, size: Size) -> None:
    """A channel a plan, which follows it and gets its digest on Monday at 08:00."""
    engine = make_engine(address(url)).execution_options(**{WRITES: True})
    channels, follows, digests = [], [], []
    for municipality in range(1, size.municipalities + 1):
        for number in range(1, size.plans_of(municipality) + 1):
            own = municipality * APART + number
            shared = {"id": own, "organisation_id": municipality}
            channel = f"{team_of(municipality)}:C{own:07}"
            channels.append({**shared, "platform": Platform.SLACK, "channel": channel, "name": f"plan-{number}"})
            follows.append({**shared, "channel_id": own, "plan_id": own})
            settings = {
                "weekday": 0,
                "at": time(8),
                "zone": OSLO.key,
                "language": Language.NB,
                "is_active": True,
                "next_at": MONDAY,
            }
            digests.append({**shared, "channel_id": own, **settings})
    own = APART + FIVE_IN_CHANNEL
    channels.append({"id": own, "organisation_id": 1, "platform": Platform.SLACK, "channel": CHANNEL, "name": "fem"})
    follows += [{"id": own + at, "organisation_id": 1, "channel_id": own, "plan_id": APART + at + 1} for at in range(5)]
    with engine.begin() as connection:
        for row, values in ((ChannelRow, channels), (FollowedPlanRow, follows), (SubscriptionRow, digests)):
            connection.execute(insert(row), values)
    engine.dispose()
