"""The page at an item's address: the same for every address, so it tells a stranger nothing of any plan."""

from __future__ import annotations

import hashlib
import tomllib
from base64 import b64encode
from functools import cache
from html import escape
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.answers.cards import PATH
from bot.model import Language
from handlers.browser_language import preferred

SLACK = "https://app.slack.com/client"
_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1d1d1d;"
    "background:#fff}a{color:#1f4e5f}"
)
_STYLE_HASH = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'none'; frame-ancestors 'none'; "
        "base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "public, max-age=3600",
    "Vary": "Accept-Language",
}


def item_page_routes() -> tuple[BaseRoute, ...]:
    """Return the way to the page; neither the database nor the key in the address is looked at."""

    async def page(request: Request) -> Response:
        return HTMLResponse(_page(preferred(request.headers.get("accept-language", ""))), headers=_HEADERS)

    return (Route(f"{PATH}/{{key}}", page, methods=["GET"]),)


@cache
def _page(language: Language) -> str:
    words = tomllib.loads(files("bot").joinpath("norwegian/item_page.toml").read_text("utf-8"))
    title, heading, text, link = (escape(words[name][language]) for name in ("title", "heading", "text", "link"))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f'<body><main><h1>{heading}</h1><p>{text}</p><p><a href="{SLACK}" rel="noreferrer">{link}</a></p></main>'
        "</body></html>\n"
    )
