"""Planvakt served to many workspaces, which install it as people do: in a browser, by way of Slack and back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp
from cryptography.fernet import Fernet
from starlette.applications import Starlette

from handlers.platform import Answers, ChatPlatform
from handlers.settings import Settings
from handlers.slack.serving import USUAL, Waits, slack
from tests.slack.conftest import listening
from tests.slack.databases import DATABASES
from tests.slack.local import workspace as names
from tests.slack.local.oauth import CLIENT_ID, CLIENT_SECRET
from tests.slack.local.people import KARI
from tests.slack.local.server import LocalSlack

KEY = Fernet.generate_key().decode()


@dataclass(frozen=True)
class Page:
    status: int
    text: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Many:
    """A running Planvakt with OAuth, and the ways to it."""

    address: str
    platform: ChatPlatform | None = None

    async def get(self, path: str, cookie: str = "", language: str = "nb") -> Page:
        headers = {"accept-language": language, **({"cookie": cookie} if cookie else {})}
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.address}{path}", headers=headers, allow_redirects=False) as answer,
        ):
            return Page(answer.status, await answer.text(), dict(answer.headers))

    async def begin(self) -> tuple[str, str]:
        """Where the browser is sent at Slack, and the cookie that it keeps."""
        page = await self.get("/slack/install")
        return page.headers["Location"], page.headers["Set-Cookie"].partition(";")[0]

    async def back(self, address: str, cookie: str = "", language: str = "nb") -> Page:
        parts = urlsplit(address)
        return await self.get(f"{parts.path}?{parts.query}", cookie, language)

    async def install(self, slack: LocalSlack, user: str = KARI, language: str = "nb") -> Page:
        """A user of a workspace installs Planvakt there."""
        address, cookie = await self.begin()
        return await self.back(slack.oauth.approve(slack.workspace, user, address), cookie, language)


def settings_of_many(local: LocalSlack, **others: object) -> Settings:
    chosen = {
        "slack_client_id": CLIENT_ID,
        "slack_client_secret": CLIENT_SECRET,
        "slack_signing_secret": names.SECRET,
        "secret_keys": KEY,
        "public_url": "https://planvakt.example.no",
        "slack_api_url": local.api_url,
        "slack_files_url": local.files.root,
        **others,
    }
    return Settings.model_validate(chosen)


@asynccontextmanager
async def serving_many(local: LocalSlack, bot: Answers, waits: Waits = USUAL) -> AsyncIterator[Many]:
    """Serve until left, over HTTP on a free port."""
    async with (
        slack(settings_of_many(local), bot, local.clock.now, DATABASES[local], waits) as served,
        listening(Starlette(routes=list(served.routes))) as address,
    ):
        local.deliver_to(f"{address}/slack/events")
        yield Many(address, served.platform)
