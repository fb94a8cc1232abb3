"""The floor: an app of slack-bolt with one listener that does nothing but acknowledge, as Bolt is set up by default."""

from __future__ import annotations

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handlers.slack.manifest import PATH
from tests.slack.local import workspace as names


def serve_trivial(port: int) -> None:
    """Serve it until the process is ended, with the same server as `planvakt serve`."""
    handler = AsyncSlackRequestHandler(trivial_app())

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    app = Starlette(routes=[Route(PATH, endpoint, methods=["POST"])])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False, server_header=False)


def trivial_app() -> AsyncApp:
    """Bolt asks Slack nothing: who we are stands in memory, as it does with us."""

    async def authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=names.BOT_TOKEN, bot_user_id=names.BOT_USER
        )

    app = AsyncApp(signing_secret=names.SECRET, authorize=authorize)

    @app.command("/tiltak")
    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    return app
