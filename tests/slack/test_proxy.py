"""Whatever leaves for Slack goes through the proxy of the environment, and past it for the hosts in NO_PROXY."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import pytest

from tests.slack.builders import planner
from tests.slack.conftest import Scripted, serving
from tests.slack.local.people import KARI, PLANNING
from tests.slack.local.server import LocalSlack

DIRECT = "D0KARI"


@asynccontextmanager
async def proxy() -> AsyncIterator[tuple[str, list[str]]]:
    """A proxy for plain HTTP, its address, and the paths that were asked for through it."""
    asked: list[str] = []

    async def pipe(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while piece := await source.read(65536):
                target.write(piece)
                await target.drain()
        target.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            address = urlsplit(head.split()[1].decode())
            asked.append(address.path)
            found, way = await asyncio.open_connection(address.hostname, address.port)
            # One request a connection, so that each is seen.
            way.write(head if b"upgrade" in head.lower() else head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            await asyncio.gather(pipe(reader, way), pipe(found, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
    finally:
        server.close()


async def through_everything(local: LocalSlack, way: str) -> None:
    """A direct message, a command, and a file, each answered."""
    async with serving(local, Scripted(planner), way):
        await local.say(KARI, DIRECT, "hva skjer?")
        await local.answer(KARI, DIRECT)
        await local.command(KARI, PLANNING, "/plan", "hva skjer?")
        await local.answer(KARI, PLANNING)
        await local.share(KARI, DIRECT, [local.files.upload(KARI, "plan.txt", b"Plan\n1. mai 2024: Fagdag")])
        await local.answer(KARI, DIRECT, 2)


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_calls_answers_files_and_the_socket_go_through_the_proxy(
    local: LocalSlack, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with proxy() as (address, asked):
        monkeypatch.setenv("HTTP_PROXY", address)
        await through_everything(local, way)
    assert {"/api/auth.test", "/api/chat.postMessage", "/api/users.info"} <= set(asked)
    assert any(path.startswith("/response/") for path in asked)
    assert any("plan.txt" in path for path in asked)
    assert ("/link" in asked) == (way == "socket")


async def test_a_host_in_no_proxy_is_reached_without_it(local: LocalSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    async with proxy() as (address, asked):
        monkeypatch.setenv("HTTP_PROXY", address)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        async with serving(local, Scripted(planner), "socket"):
            await local.say(KARI, DIRECT, "hva skjer?")
            await local.answer(KARI, DIRECT)
    assert asked == []
