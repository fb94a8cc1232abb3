"""How Slack brings something to an app over HTTP: signed, and again where it was not taken."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

import aiohttp

from tests.slack.local import workspace as names
from tests.slack.local.clock import Clock

Kind = Literal["events_api", "slash_commands", "interactive"]
SECONDS_TO_ACKNOWLEDGE = 3.0
# A missed event comes again at once, after a minute, and after five.
REPEATED_AFTER = (0, 60, 300)


@dataclass(frozen=True)
class Outcome:
    """What an app answered: `status` is 200 for all that was acknowledged over a socket.

    What is final is not sent again, whatever was answered: the app has asked for that with `x-slack-no-retry`.
    """

    status: int
    body: str = ""
    reason: str = ""
    is_final: bool = False

    @property
    def is_acknowledged(self) -> bool:
        return 200 <= self.status < 300


class Way(Protocol):
    async def bring(self, kind: Kind, payload: dict[str, Any], repeats: int, reason: str) -> Outcome: ...


class OverHttp:
    """POSTs to the app's request URL."""

    def __init__(
        self, clock: Clock, url: str, secret: str = names.SECRET, seconds: float = SECONDS_TO_ACKNOWLEDGE
    ) -> None:
        self._clock, self.url, self.secret, self._seconds = clock, url, secret, seconds

    async def bring(self, kind: Kind, payload: dict[str, Any], repeats: int = 0, reason: str = "") -> Outcome:
        body, content_type = self.encoded(kind, payload)
        headers = {"content-type": content_type, **self.signed(body)}
        if repeats:
            headers |= {"x-slack-retry-num": str(repeats), "x-slack-retry-reason": reason}
        return await self.send(body, headers)

    @staticmethod
    def encoded(kind: Kind, payload: dict[str, Any]) -> tuple[bytes, str]:
        """Events are JSON, commands a form, and interactions a form with JSON in it."""
        if kind == "events_api":
            return json.dumps(payload).encode(), "application/json"
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        return urlencode(form).encode(), "application/x-www-form-urlencoded"

    def signed(self, body: bytes, at: float | None = None) -> dict[str, str]:
        """The headers that prove who sent the body, and when."""
        time = str(int(self._clock.seconds() if at is None else at))
        told = b"v0:" + time.encode() + b":" + body
        signature = hmac.new(self.secret.encode(), told, hashlib.sha256).hexdigest()
        return {"x-slack-request-timestamp": time, "x-slack-signature": f"v0={signature}"}

    async def send(self, body: bytes, headers: dict[str, str]) -> Outcome:
        timeout = aiohttp.ClientTimeout(total=self._seconds)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(self.url, data=body, headers=headers, max_redirects=2) as answer,
            ):
                is_final = answer.headers.get("x-slack-no-retry") == "1"
                return Outcome(answer.status, await answer.text(), "http_error", is_final)
        except aiohttp.TooManyRedirects:
            return Outcome(0, reason="too_many_redirects")
        except TimeoutError:
            return Outcome(0, reason="http_timeout")
        except aiohttp.ClientError:
            return Outcome(0, reason="connection_failed")
