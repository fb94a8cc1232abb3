"""OAuth: a workspace installs us from a page of ours, by way of Slack and back; Bolt's flow over our own stores."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation as Told
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.errors import PlanvaktError
from bot.messages import Sender
from bot.model import Platform
from handlers.slack.manifest import INSTALL, REDIRECT, scopes
from handlers.slack.onboarding_pages import HEADERS, page
from handlers.slack.tokens import App
from storage.database import Database
from storage.installations import Installations, Installed
from storage.oauth_states import LASTS, OAuthStates

log = logging.getLogger("planvakt.slack")
# Bolt's flow logs the code that Slack sent a browser back with; nobody is to read that.
_unread = logging.getLogger("planvakt.slack.oauth")
_unread.setLevel(logging.CRITICAL + 1)

COOKIE = "planvakt-installation"
IS_BACK = "is_back"
# What Bolt and Slack call it, by the page that is shown; all else is shown as "failed".
PAGES = {
    "access_denied": "cancelled",
    "invalid_browser": "stale",
    "invalid_state": "stale",
    "missing_code": "stale",
    "invalid_code": "refused",
}


class WholeOrganisation(BoltError):
    """It is an installation in all workspaces of a large organisation, which would be one tenant for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onboarding:
    """The two pages that a workspace installs us by. `address` is where people reach this server, without a path."""

    database: Database
    installations: Installations
    states: OAuthStates
    app: App
    address: str
    now: Callable[[], datetime]

    def routes(self, client: AsyncWebClient) -> tuple[BaseRoute, ...]:
        """Return what people's browsers come to; `client` has no token."""
        flow = _Flow(client=client, logger=_unread, settings=self._settings(client))
        return (
            Route(INSTALL, _answering(flow.handle_installation), methods=["GET"]),
            Route(REDIRECT, _answering(flow.handle_callback), methods=["GET"]),
        )

    def _settings(self, client: AsyncWebClient) -> AsyncOAuthSettings:
        return AsyncOAuthSettings(
            client_id=self.app.client_id,
            client_secret=self.app.client_secret,
            scopes=sorted(scopes()),
            redirect_uri=f"{self.address}{REDIRECT}",
            install_page_rendering_enabled=False,
            callback_options=AsyncCallbackOptions(success=_welcome, failure=_regret),
            installation_store=InstallationStore(self, client),
            state_store=StateStore(self.states, self.now),
            state_cookie_name=COOKIE,
            state_expiration_seconds=int(LASTS.total_seconds()),
            logger=_unread,
        )


class StateStore(AsyncOAuthStateStore):
    """States that any replica knows as ours; that one was come back with stands in the database, as they share that."""

    def __init__(self, states: OAuthStates, now: Callable[[], datetime]) -> None:
        self._states = states
        self._now = now

    @property
    def logger(self) -> logging.Logger:
        return _unread

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """Return a new one, good for ten minutes."""
        return self._states.issue(self._now())

    async def async_consume(self, state: str) -> bool:
        """Whether it is one, and nobody has come back with it before."""
        return await asyncio.to_thread(self._states.consume, state, self._now())


class InstallationStore(AsyncInstallationStore):
    """Keeps what Slack tells when a workspace has said yes. What is kept is read and erased by Tokens."""

    def __init__(self, onboarding: Onboarding, client: AsyncWebClient) -> None:
        self._onboarding = onboarding
        self._client = client

    async def async_save(self, installation: Told) -> None:
        """Keep it; who is the first to install us in a workspace is an administrator there. Raises BoltError."""
        if installation.is_enterprise_install or not installation.team_id or not installation.bot_token:
            await self._give_back(installation)
            raise WholeOrganisation("an installation in a whole organisation")
        try:
            is_back = await asyncio.to_thread(self._save, installation)
        except PlanvaktError as error:
            log.error("the workspace %s was not kept: %s", installation.team_id, error.template)
            raise BoltError(error.template) from error
        installation.set_custom_value(IS_BACK, is_back)
        log.info("the workspace %s has installed us", installation.team_id)

    def _save(self, told: Told) -> bool:
        """Return whether they had installed us before.

        Only who comes first becomes an administrator: whoever installs us again, also where we were put out
        meanwhile, may be anybody, and the plans are there already.
        """
        onboarding, team = self._onboarding, str(told.team_id)
        if told.user_id and not onboarding.installations.is_known(team):
            sender = Sender(platform=Platform.SLACK, account=f"{team}:{told.user_id}")
            onboarding.database.of(team).people.make_administrator(sender)
        return onboarding.installations.save(to_installed(told, onboarding.now()))

    async def _give_back(self, installation: Told) -> None:
        """Give up the token that Slack has issued already."""
        try:
            await self._client.auth_revoke(token=installation.bot_token)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("a token was not given back: %s", type(error).__name__)


def to_installed(told: Told, now: datetime) -> Installed:
    """Return what is kept of an installation; it tells when the token ends by the SDK's clock, and not by ours."""
    ends = told.bot_token_expires_at
    lasts = timedelta(seconds=ends - told.installed_at) if ends is not None else None
    return Installed(
        team=str(told.team_id),
        team_name=told.team_name or str(told.team_id),
        bot_id=told.bot_id or "",
        bot_user=told.bot_user_id or "",
        token=told.bot_token or "",
        refresh_token=told.bot_refresh_token,
        expires_at=now + lasts if lasts is not None else None,
        enterprise=told.enterprise_id,
        scopes=tuple(told.bot_scopes or ()),
        installed_at=now.astimezone(UTC),
    )


class _Flow(AsyncOAuthFlow):
    """Bolt's, where a broken connection to Slack is a refusal too."""

    async def run_installation(self, code: str) -> Told | None:
        try:
            return await super().run_installation(code)
        except (aiohttp.ClientError, TimeoutError, KeyError) as error:
            log.warning("an installation was not finished: %s", type(error).__name__)
            return None


def _answering(handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]) -> Callable[..., Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        passed: dict[str, str | Sequence[str]] = {
            name: request.headers[name] for name in ("cookie", "accept-language") if name in request.headers
        }
        try:
            told = await handle(AsyncBoltRequest(body="", query=request.url.query, headers=passed))
        except PlanvaktError as error:
            log.error("an installation failed: %s", error.template)
            told = _shown("failed", request.headers.get("accept-language", ""), 503)
        response = Response(told.body, status_code=told.status)
        for name, values in told.headers.items():
            for value in values:
                response.headers.append(name, _for_this_site(name, value))
        return response

    return answer


def _for_this_site(name: str, value: str) -> str:
    """A cookie goes along only where a person follows a link to us, not where another page sends something."""
    return f"{value}; SameSite=Lax" if name.casefold() == "set-cookie" else value


async def _welcome(told: AsyncSuccessArgs) -> BoltResponse:
    values = {"workspace": told.installation.team_name, IS_BACK: told.installation.custom_values.get(IS_BACK)}
    return _shown("installed", _languages(told.request), 200, **values)


async def _regret(told: AsyncFailureArgs) -> BoltResponse:
    outcome = "organisation" if isinstance(told.error, WholeOrganisation) else PAGES.get(told.reason, "failed")
    return _shown(outcome, _languages(told.request), 200 if outcome == "cancelled" else told.suggested_status_code)


def _languages(request: AsyncBoltRequest) -> str:
    return (request.headers.get("accept-language") or [""])[0]


def _shown(outcome: str, languages: str, status: int, **values: object) -> BoltResponse:
    return BoltResponse(status=status, body=page(outcome, languages, **values), headers=dict(HEADERS))
