"""The Bolt app: all that Slack delivers is received in one place, and acknowledged there."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.deliveries import Body
from handlers.slack.reception import Reception
from handlers.slack.sending import sdk_log
from handlers.slack.workspaces import Workspaces


def slack_app(workspaces: Workspaces, client: AsyncWebClient, reception: Reception) -> AsyncApp:
    """Return the app. Requests that reach it by HTTP must have been let in by the door: it looks at no signature.

    It has no listeners, so nothing is left unheard, which Slack would count as a failure. `client` has no token.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
        found = await workspaces.authorized(team_id)
        return found or AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)

    app = AsyncApp(
        # Bolt gives the logger of that name the level of the one below, at each request.
        name=sdk_log.name,
        client=client,
        authorize=authorize,
        request_verification_enabled=False,
        logger=sdk_log,
    )

    @app.middleware
    async def receive(body: Body, context: AsyncBoltContext) -> BoltResponse:
        told = await reception.receive(body, context.team_id or "")
        return BoltResponse(status=503) if told is None else BoltResponse(status=200, body=dict(told) or "")

    return app
