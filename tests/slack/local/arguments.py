"""How Slack takes a method's arguments: in the query, as a form, in parts, or as JSON.

https://docs.slack.dev/apis/web-api/using-the-slack-web-api
"""

from __future__ import annotations

import base64
import json
from typing import Any

from aiohttp import web

from tests.slack.local.workspace import Refused

# In a query or a form these are JSON in a text.
STRUCTURED = (
    "blocks",
    "metadata",
    "view",
    "attachments",
    "unfurls",
    "prompts",
    "chunks",
    "loading_messages",
    "trigger",
)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def read_arguments(request: web.Request) -> dict[str, Any]:
    """A method's arguments, with its token. A token in the header goes before any other; in JSON there is none.

    Raises Refused with Slack's codes for what cannot be read.
    """
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        found |= {key: value for key, value in (await _json(request)).items() if key != "token"}
    elif request.method == "POST" and request.content_type in FORMS:
        found |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    elif request.method == "POST" and await request.read():
        raise Refused("invalid_post_type")
    for key in STRUCTURED:
        if isinstance(found.get(key), str):
            found[key] = _structured(key, found[key])
    bearer = request.headers.get("Authorization", "")
    if bearer.startswith("Bearer "):
        found["token"] = bearer.removeprefix("Bearer ")
    elif bearer.startswith("Basic "):
        who = base64.b64decode(bearer.removeprefix("Basic ")).decode().partition(":")
        found |= {"client_id": who[0], "client_secret": who[2]}
    return found


async def _json(request: web.Request) -> dict[str, Any]:
    body = await request.text()
    try:
        told = json.loads(body) if body else {}
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(told, dict):
        raise Refused("json_not_object")
    return told


def _structured(key: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        code = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}.get(key, "invalid_arguments")
        raise Refused(code) from None


def is_true(arguments: Any, name: str) -> bool:
    return str(arguments.get(name, "")).lower() in ("1", "true")
