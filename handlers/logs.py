"""Logs to standard error: JSON or text, with what each line belongs to, and without secrets or what people wrote."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from handlers.settings import Settings

_ABOUT: ContextVar[dict[str, str] | None] = ContextVar("about", default=None)
_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s%(of)s"
_SHORT = "%(levelname)s %(name)s: %(message)s"
# What ends a secret, in plain text as in JSON.
_REST = r"[^\s\"'<>\\]+"
_FORMS = tuple(
    (re.compile(form), shown)
    for form, shown in (
        (r"(?i)\bxox[a-z](?:\.xox[a-z])?-" + _REST, "xox…"),
        (r"(?i)\bxapp-" + _REST, "xapp-…"),
        (r"(?i)\b(bearer|basic)\s+" + _REST, r"\1 …"),
        (r"/kalender/" + _REST, "/kalender/….ics"),
        (r"(?i)\bwss?://" + _REST, "wss://…"),
        (r"(?i)\b(hooks\.slack(?:-gov)?\.com)/" + _REST, r"\1/…"),
        (r"(?i)([a-z0-9+]://)[^\s\"'<>\\/@]+@", r"\1…@"),
    )
)
# The libraries' own words may hold a payload, an address or an answer; those begin behind one of these.
_WORDS_OF_LIBRARIES = re.compile(r"[:({\[\"'<=]")
_LIBRARIES = ("planvakt.slack.sdk", "slack_sdk", "slack_bolt", "aiohttp", "asyncio")

_ExcInfo: TypeAlias = "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]"


@contextmanager
def about(**belongs_to: str) -> Iterator[None]:
    """Let every line that is logged inside, also by tasks and threads begun there, tell what it belongs to."""
    token = _ABOUT.set({**(_ABOUT.get() or {}), **belongs_to})
    try:
        yield
    finally:
        _ABOUT.reset(token)


def masked(text: str, secrets: Collection[str] = ()) -> str:
    """Return the text without what has the form of a secret, and without the secrets given."""
    for secret in secrets:
        text = text.replace(secret, "…")
    for form, shown in _FORMS:
        text = form.sub(shown, text)
    return text


def log_to_stderr() -> None:
    """What a single command logs: warnings, for whoever sits at the terminal."""
    logging.basicConfig(handlers=[_handler(_Text(_SHORT))], level=logging.WARNING)


def log_as_set(settings: Settings) -> None:
    """What a server logs: as PLANVAKT_LOG_FORMAT says, else text on a terminal and JSON elsewhere."""
    wanted = settings.log_format or ("text" if sys.stderr.isatty() else "json")
    formatter = _json(settings.secrets) if wanted == "json" else _Text(_TEXT, secrets=settings.secrets)
    logging.basicConfig(handlers=[_handler(formatter)], level=logging.WARNING, force=True)
    logging.getLogger("planvakt").setLevel(settings.log_level)


def _handler(formatter: logging.Formatter) -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(_prepared)
    return handler


def _prepared(record: logging.LogRecord) -> bool:
    """Add what the line belongs to, and shorten what a library says."""
    belongs_to = _ABOUT.get() or {}
    record.__dict__.update(belongs_to)
    if record.name.startswith(_LIBRARIES):
        record.msg, record.args = _WORDS_OF_LIBRARIES.split(record.getMessage(), maxsplit=1)[0].strip(), ()
    return True


class _Text(logging.Formatter):
    """One line a record, and what of a traceback is ours."""

    def __init__(self, form: str, secrets: Collection[str] = ()) -> None:
        super().__init__(form)
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        record.of = "".join(f" [{name} {value}]" for name, value in (_ABOUT.get() or {}).items())
        return masked(super().format(record).replace("\n", "\\n"), self._secrets)

    def formatException(self, ei: _ExcInfo) -> str:
        return told(ei[1])


def _json(secrets: Collection[str]) -> logging.Formatter:
    """Return a formatter that writes a JSON object a line."""
    # A command that only asks a question does not pay for it.
    from pythonjsonlogger.json import JsonFormatter

    class Json(JsonFormatter):
        def format(self, record: logging.LogRecord) -> str:
            return masked(super().format(record), secrets)

        def formatException(self, ei: _ExcInfo) -> str:
            return told(ei[1])

    return Json(
        ("levelname", "name", "message"),
        timestamp="time",
        rename_fields={"levelname": "level", "name": "logger", "exc_info": "error"},
        reserved_attrs=[*vars(logging.makeLogRecord({})), "message", "asctime", "taskName", "color_message", "of"],
        json_ensure_ascii=False,
    )


def told(error: BaseException | None) -> str:
    """Return where an error came from, and its kinds, the cause first; its own words may be somebody's, or a secret."""
    if error is None:
        return ""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    where = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(error.__traceback__)]
    return "\n".join([*([told(before)] if before else []), *where, f"{type(error).__module__}.{type(error).__name__}"])
