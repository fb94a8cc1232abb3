"""Every call to Slack counted where it leaves: by method and outcome, those that are tried again each by itself."""

from __future__ import annotations

import re
import time
from http import HTTPStatus
from types import SimpleNamespace
from typing import TypeAlias

import aiohttp

from handlers.metrics import SLACK_CALLS, SLACK_SECONDS

_METHOD = re.compile(r"/([a-z]+(?:\.[A-Za-z]+)+)$")
_REFUSED = re.compile(rb'"ok"\s*:\s*false')
_CODE = re.compile(rb'"error"\s*:\s*"([a-z_]{1,40})"')

_Session: TypeAlias = aiohttp.ClientSession


def counting() -> aiohttp.TraceConfig:
    """Return what counts all that a session asks, and reads no more of an answer than how it ended."""
    config = aiohttp.TraceConfig()
    config.on_request_start.append(_begun)
    config.on_request_end.append(_answered)
    config.on_response_chunk_received.append(_read)
    config.on_request_exception.append(_broken)
    return config


async def _begun(session: _Session, call: SimpleNamespace, told: aiohttp.TraceRequestStartParams) -> None:
    call.begun = time.perf_counter()
    call.method = method_of(told.url.path)
    call.is_counted = False


async def _answered(session: _Session, call: SimpleNamespace, told: aiohttp.TraceRequestEndParams) -> None:
    SLACK_SECONDS.labels(call.method).observe(time.perf_counter() - call.begun)
    status = told.response.status
    if status != HTTPStatus.OK:
        _count(call, "ratelimited" if status == HTTPStatus.TOO_MANY_REQUESTS else f"http_{status}")
    elif not _METHOD.search(told.url.path):
        _count(call, "ok")


async def _read(session: _Session, call: SimpleNamespace, told: aiohttp.TraceResponseChunkReceivedParams) -> None:
    """Slack's refusals have status 200, and a code."""
    if _REFUSED.search(told.chunk[:1000]):
        code = _CODE.search(told.chunk[:1000])
        _count(call, code[1].decode() if code else "refused")
    else:
        _count(call, "ok")


async def _broken(session: _Session, call: SimpleNamespace, told: aiohttp.TraceRequestExceptionParams) -> None:
    _count(call, "timeout" if isinstance(told.exception, TimeoutError) else "unreachable")


def _count(call: SimpleNamespace, outcome: str) -> None:
    if not call.is_counted:
        call.is_counted = True
        SLACK_CALLS.labels(call.method, outcome).inc()


def method_of(path: str) -> str:
    """Return the method of the Web API; what is none is an answer to a press or command, or a file."""
    found = _METHOD.search(path)
    return found[1] if found and path.rpartition("/")[0].endswith("/api") else "other"
