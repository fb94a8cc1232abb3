"""The chat page's web app: the page, and what it asks of the core."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.core import Bot
from bot.digest import Subscription
from bot.messages import Message, Reply, Sender
from bot.model import Language, Platform
from bot.ports import Store, Stores
from handlers.contract import Json, answer_json, digest_json, item_json, plan_json
from handlers.plan_files import AT_ONCE, LARGEST, LONGEST_NAME, preview
from handlers.web.examples import ADMINISTRATOR, cast
from handlers.web.guard import Guard
from handlers.web.wording import words

HERE = Path(__file__).parent
LARGEST_BODY = 32 * 1024
LONGEST_ID = 100
EARLIEST, LATEST = 1900, 2200


def chat_page(bot: Bot, stores: Stores, now: Callable[[], datetime], port: int) -> Starlette:
    """Return the app; it answers only to 127.0.0.1 and localhost at that port."""
    page = _Page(bot=bot, store=stores.of(None), now=now)
    return Starlette(
        routes=[
            Route("/api/words", page.words),
            Route("/api/people", page.people),
            Route("/api/plans", page.plans),
            Route("/api/items", page.items),
            Route("/api/digest", page.digest),
            Route("/api/say", page.say, methods=["POST"]),
            Route("/api/file", page.file, methods=["POST"], max_body_size=LARGEST),
            Mount("/", StaticFiles(directory=HERE / "page", html=True)),
        ],
        middleware=[Middleware(Guard, port=port)],
        max_body_size=LARGEST_BODY,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What the page sends when somebody writes, presses or shares a file."""

    text: str
    person: str
    conversation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What the page asks for, each an endpoint; the core is synchronous, so each crosses over to a thread."""

    bot: Bot
    store: Store
    now: Callable[[], datetime]
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def words(self, request: Request) -> Response:
        return JSONResponse(words())

    async def people(self, request: Request) -> Response:
        return JSONResponse(await asyncio.to_thread(self._people))

    async def plans(self, request: Request) -> Response:
        book = await asyncio.to_thread(self.store.plans.book)
        return JSONResponse([plan_json(plan) for plan in book.plans])

    async def items(self, request: Request) -> Response:
        plan = request.query_params.get("plan")
        book = await asyncio.to_thread(self.store.plans.book)
        items = (item for item in book.items if plan in (None, str(item.plan_id)))
        return JSONResponse([item_json(item, book) for item in items])

    async def digest(self, request: Request) -> Response:
        asked = request.query_params
        subscription = Subscription(
            id=None, platform=Platform.WEB, channel="", language=_language(asked.get("language"))
        )
        return JSONResponse(await asyncio.to_thread(self._digest, subscription, _day(asked.get("at"))))

    async def say(self, request: Request) -> Response:
        message = self._message(_said(await request.body()))
        return await self._told(await asyncio.to_thread(self.bot.reply, message))

    async def file(self, request: Request) -> Response:
        """A file as it is: its name, and who shares it with which words, stand in the address."""
        message = self._message(_checked(request.query_params))
        name = request.query_params.get("name", "")[:LONGEST_NAME]
        refusal = await asyncio.to_thread(self.bot.refusal_to_read_in, message)
        if refusal is not None:
            async for _ in request.stream():
                pass  # thrown away: a browser hears no answer before it has sent all
            return await self._told(refusal)
        content = await request.body()
        async with self.places:
            return await self._told(await preview(self.bot, message, content, name))

    def _people(self) -> list[Json]:
        """Whom one can be: the administrator first, the stranger last, between them those who hold roles."""
        roles: dict[int | None, list[Json]] = {}
        for role in self.store.plans.book().roles:
            for holder in role.holders:
                roles.setdefault(holder.id, []).append(role.name)
        administrator = self.store.people.find(ADMINISTRATOR)
        known: list[Json] = [
            {"id": str(person.id), "name": person.name, "kind": "person", "roles": roles.get(person.id, [])}
            for person in self.store.people.everyone()
            if person.id != administrator.id
        ]
        first: Json = {"id": "administrator", "name": None, "kind": "administrator", "roles": []}
        last: Json = {"id": "stranger", "name": cast().stranger, "kind": "stranger", "roles": []}
        return [first, *known, last]

    def _digest(self, subscription: Subscription, day: date | None) -> dict[str, Json]:
        now = self.now()
        at = datetime.combine(day, time(8), now.tzinfo) if day else now
        reply = self.bot.digest(self.store, subscription, at)
        return digest_json(reply, self.store.plans.book())

    def _message(self, said: _Said) -> Message:
        return Message(
            text=said.text,
            now=self.now(),
            sender=_sender(said.person),
            conversation=f"web:{said.person}:{said.conversation}",
        )

    async def _told(self, reply: Reply) -> Response:
        book = await asyncio.to_thread(self.store.plans.book)
        return JSONResponse(answer_json(reply, book))


def _sender(person: str) -> Sender:
    """Return whom the page says it is; without a sign-in, it may be anyone of the demo's."""
    if person == ADMINISTRATOR.account:
        return ADMINISTRATOR
    if person.isascii() and person.isdigit():
        return Sender(platform=Platform.WEB, account=person)
    return Sender(platform=Platform.WEB, name=cast().stranger)


def _said(body: bytes) -> _Said:
    """Read what the page sends. Raises HTTPException."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400, "a message is JSON") from None
    return _checked(found)


def _checked(found: Mapping[str, Any]) -> _Said:
    """Return the words of whom, in which conversation. Raises HTTPException."""
    try:
        said = _Said(text=found["text"], person=found["person"], conversation=found["conversation"])
    except (KeyError, TypeError):
        raise HTTPException(400, "text, person and conversation are needed") from None
    if not all(_is_text(words) for words in (said.text, said.person, said.conversation)):
        raise HTTPException(400, "text, person and conversation are text")
    if max(len(said.person), len(said.conversation)) > LONGEST_ID:
        raise HTTPException(400, "the name of a person or conversation is too long")
    return said


def _is_text(words: object) -> bool:
    """Whether it is text that can be written down; half a character (a lone surrogate) cannot."""
    return isinstance(words, str) and not any("\ud800" <= letter <= "\udfff" for letter in words)


def _day(words: str | None) -> date | None:
    """Return the day of "2026-08-31"; today's is None. Raises HTTPException."""
    if words is None:
        return None
    try:
        found = date.fromisoformat(words)
    except ValueError:
        raise HTTPException(400, "a day is written as 2026-08-31") from None
    if not EARLIEST <= found.year <= LATEST:
        raise HTTPException(400, "no plan is from that year")
    return found


def _language(words: str | None) -> Language:
    return Language.NN if words == Language.NN else Language.NB
