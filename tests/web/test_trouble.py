"""What goes wrong behind the page is logged with a number, and the page is told the number alone."""

from __future__ import annotations

import logging

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handlers.web.guard import POLICY, Guard


async def _fail(request: Request) -> Response:
    raise RuntimeError("a secret")


async def test_an_unexpected_error_is_logged_and_shown_by_its_number(caplog: pytest.LogCaptureFixture) -> None:
    app = Starlette(routes=[Route("/", _fail)], middleware=[Middleware(Guard, port=80)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        with caplog.at_level(logging.ERROR, "planvakt.web"):
            answer = await client.get("/")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.json()["error"] in caplog.text
    assert "secret" not in answer.text
