"""The import rules: who may know of whom, and where each outside library stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("bot", "handlers", "storage")
VALUES = (
    "bot.breaks",
    "bot.calendar_feed",
    "bot.model",
    "bot.excerpts",
    "bot.terms",
    "bot.units",
    "bot.holders",
    "bot.history",
    "bot.remarks",
    "bot.errors",
    "bot.messages",
    "bot.digest",
    "bot.delivery",
    "bot.due",
    "bot.person_settings",
    "bot.reminding",
    "bot.proposals.codec",
    "bot.proposals.revision",
)
HOMES = {
    "sqlalchemy": ("storage/",),
    "alembic": ("storage/",),
    "cryptography": ("storage/secrets.py",),
    "dbos": ("handlers/delivering/durable.py",),
    "jinja2": ("bot/render.py",),
    "docx": ("bot/documents/word.py", "bot/documents/word_"),
    "openpyxl": ("bot/documents/excel.py",),
    "pypdfium2": ("bot/documents/pdf.py",),
    "dateparser": ("bot/time/fallback.py",),
    "rapidfuzz": ("bot/understanding/", "bot/proposals/"),
    "slack_bolt": ("handlers/slack/",),
    "slack_sdk": ("handlers/slack/",),
    "aiohttp": ("handlers/slack/",),
    "starlette": ("handlers/",),
    "uvicorn": ("handlers/",),
    "prometheus_client": ("handlers/metrics.py",),
    "pythonjsonlogger": ("handlers/logs.py",),
    "pydantic": ("handlers/settings.py",),
    "pydantic_settings": ("handlers/settings.py",),
    "icalendar": ("handlers/calendar.py",),
    "yaml": ("handlers/slack/manifest.py",),
    "holidays": ("bot/time/",),
}
EDGES_OF_THE_WORLD = {
    "asyncio",
    "socket",
    "subprocess",
    "sqlite3",
    "http",
    "urllib",
    "os",
    "time",
}


def sources(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it leads"
            yield node.module or ""


@pytest.mark.parametrize("path", sources("bot"), ids=str)
def test_the_core_knows_nothing_of_edges_or_storage(path: Path) -> None:
    for module in imports(path):
        top = module.split(".")[0]
        assert top not in ("handlers", "storage"), f"{path} imports {module}"
        assert top not in EDGES_OF_THE_WORLD, f"{path} imports {module}"


@pytest.mark.parametrize("path", sources("bot"), ids=str)
def test_the_core_asks_no_clock(path: Path) -> None:
    asked = {"now", "today", "utcnow"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.value
            is_clock = isinstance(name, ast.Name) and name.id in ("date", "datetime", "dt")
            assert not (is_clock and node.func.attr in asked), f"{path}:{node.lineno} asks the clock"


@pytest.mark.parametrize("path", sources("storage"), ids=str)
def test_storage_knows_only_values_of_the_core(path: Path) -> None:
    for module in imports(path):
        assert not module.startswith("handlers"), f"{path} imports {module}"
        assert not module.startswith("bot") or module in VALUES, f"{path} imports {module}"


@pytest.mark.parametrize("room", OURS)
def test_each_outside_library_stands_in_its_own_place(room: str) -> None:
    for path in sources(room):
        place = path.relative_to(ROOT).as_posix()
        for module in imports(path):
            homes = HOMES.get(module.split(".")[0])
            assert homes is None or place.startswith(homes), f"{place} imports {module}"


def test_no_platform_imports_another() -> None:
    platforms = ("handlers.slack", "handlers.teams", "handlers.web")
    for path in sources("handlers"):
        own = ".".join(path.relative_to(ROOT).parts[:2])
        if own in platforms:
            for module in imports(path):
                others = [name for name in platforms if name != own]
                assert not module.startswith(tuple(others)), f"{path} imports {module}"


@pytest.mark.parametrize("room", OURS)
def test_no_file_is_over_300_lines_and_no_function_over_40(room: str) -> None:
    for path in sources(room):
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 300, f"{path} is too long"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 40, f"{path}:{node.lineno} is too long"


@pytest.mark.parametrize("room", OURS)
def test_every_file_says_what_it_is_for(room: str) -> None:
    for path in sources(room):
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), f"{path} has no docstring"
