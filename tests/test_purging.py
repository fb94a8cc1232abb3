"""What is old is erased at the start and once a night, whatever went wrong the night before."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers.purging import Purging
from storage.database import Database

NIGHTS = (
    ("2024-02-05T09:00", True),
    ("2024-02-05T23:50", False),
    ("2024-02-06T00:10", False),
    ("2024-02-06T02:59", False),
    ("2024-02-06T03:00", True),
    ("2024-02-06T03:10", False),
    ("2024-02-09T12:00", True),
)


async def test_it_is_done_once_a_night(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'planvakt.db'}")
    moments = [datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Europe/Oslo")) for at, _ in NIGHTS]
    ahead = iter(moments)
    purging = Purging(database, lambda: next(ahead))
    assert [await purging.purge_due() for _ in NIGHTS] == [is_due for _, is_due in NIGHTS]
    database.close()
