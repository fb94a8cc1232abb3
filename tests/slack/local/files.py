"""Files in the workspace, and the host that they are fetched from: typed from Slack's reference pages.

https://docs.slack.dev/reference/objects/file-object, /reference/events/message/file_share (Slack Connect's stubs),
/reference/methods/files.info. That the host sends whom it does not know to a sign-in page, with status 200 or by a
redirect, and large organisations on to its origin, is from issue threads of several bots.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from aiohttp import web

from tests.slack.local.oauth import OAuth
from tests.slack.local.workspace import Workspace

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# By the end of a name: mimetype, filetype, pretty_type.
TYPES = {
    "docx": (WORD, "docx", "Word Document"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Excel Spreadsheet"),
    "pdf": ("application/pdf", "pdf", "PDF"),
    "txt": ("text/plain", "text", "Plain Text"),
    "png": ("image/png", "png", "PNG"),
}
UNKNOWN = ("application/octet-stream", "binary", "Binary")
SIGN_IN = '<!DOCTYPE html><html lang="en-US"><head><title>Sign in to Kommunen | Slack</title></head></html>'
PIECE = 64 * 1024


@dataclass
class File:
    """A file that somebody has uploaded, and how the host behaves when it is fetched."""

    id: str
    name: str
    content: bytes
    user: str
    address: str
    created: int
    team: str
    mode: str = "hosted"
    external_url: str | None = None
    is_stub: bool = False
    told_size: int | None = None
    told_length: int | None = None
    is_chunked: bool = False
    seconds: float = 0.0
    status: int = 200
    redirects_to: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The file object; of a deleted file Slack tells only that it is one."""
        if self.mode == "tombstone":
            return {"id": self.id, "mode": "tombstone"}
        mimetype, filetype, pretty = TYPES.get(self.name.rpartition(".")[2], UNKNOWN)
        told = {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.name,
            "mimetype": mimetype,
            "filetype": filetype,
            "pretty_type": pretty,
            "user": self.user,
            "user_team": self.team,
            "editable": False,
            "size": len(self.content) if self.told_size is None else self.told_size,
            "mode": self.mode,
            "is_external": False,
            "external_type": "",
            "is_public": True,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": self.address,
            "url_private_download": self.address.replace(f"{self.id}/", f"{self.id}/download/"),
            "permalink": f"https://kommunen.slack.com/files/{self.user}/{self.id}/{quote(self.name)}",
            "permalink_public": f"https://slack-files.com/{self.team}-{self.id}-0ce8936320",
            "is_starred": False,
            "has_rich_preview": False,
            "file_access": "visible",
        }
        return self._external(told) if self.external_url else told

    def _external(self, told: dict[str, Any]) -> dict[str, Any]:
        """A remote file: its address leads to whatever service it is at, and it has no download."""
        del told["url_private_download"]
        remote = {"mimetype": "application/vnd.slack-remote", "filetype": "remote", "pretty_type": "Remote", "size": 0}
        return (
            told
            | remote
            | {
                "mode": "external",
                "is_external": True,
                "external_type": "gdrive",
                "url_private": self.external_url,
            }
        )

    def as_shared(self) -> dict[str, Any]:
        """What stands in an event: in Slack Connect's channels only that files.info has to be asked."""
        if not self.is_stub:
            return self.as_json()
        return {
            "id": self.id,
            "mode": "file_access",
            "file_access": "check_file_info",
            "created": 0,
            "timestamp": 0,
            "user": "",
        }


@dataclass
class FileHost:
    """The host that files are fetched from, at an origin of its own; it remembers who asked with which token."""

    workspace: Workspace
    oauth: OAuth
    workspaces: list[Workspace]
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    root: str = ""
    sign_in: str = "page"
    _runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", self.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.root = f"http://{host}:{port}"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    def upload(self, user: str, name: str, content: bytes, **how: Any) -> File:
        """A user uploads a file; `how` says what is not as usual with it."""
        number = f"F{self.workspace.number():010d}"
        address = f"{self.root}/files-pri/{self.workspace.team}-{number}/{quote(name.lower().replace(' ', '_'))}"
        known = {"created": int(self.workspace.clock.seconds()), "team": self.workspace.team}
        file = File(number, name, content, user, **{"address": address, **known, **how})
        self.workspace.files[number] = file
        return file

    async def serve(self, request: web.Request) -> web.StreamResponse:
        token = request.headers.get("Authorization")
        self.asked.append((request.path, token))
        workspace, file = self._found(request.path)
        is_known = self.oauth.is_of((token or "").removeprefix("Bearer "), workspace)
        if not is_known or "files:read" not in workspace.scopes:
            return self._signed_out(request)
        if file is None or file.mode == "tombstone":
            return web.Response(status=404)
        await asyncio.sleep(file.seconds)
        if file.redirects_to and not file.redirects_to.endswith(request.path_qs):
            return web.Response(status=302, headers={"Location": file.redirects_to})
        if file.status != 200:
            return web.Response(status=file.status)
        return await self._content(request, file)

    def _found(self, path: str) -> tuple[Workspace, File | None]:
        for workspace in self.workspaces:
            for file in workspace.files.values():
                if f"/{workspace.team}-{file.id}/" in path:
                    return workspace, file
        return self.workspace, None

    def _signed_out(self, request: web.Request) -> web.Response:
        if self.sign_in == "page":
            return web.Response(text=SIGN_IN, content_type="text/html")
        return web.Response(
            status=302, headers={"Location": f"https://kommunen.slack.com/?redir={quote(request.path, safe='')}"}
        )

    async def _content(self, request: web.Request, file: File) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": file.as_json()["mimetype"]})
        if file.is_chunked:
            response.enable_chunked_encoding()
        else:
            response.content_length = len(file.content) if file.told_length is None else file.told_length
        await response.prepare(request)
        async for piece in _pieces(file.content):
            await response.write(piece)
        if file.told_length is not None and request.transport:
            request.transport.close()  # it had promised more, or less
            return response
        await response.write_eof()
        return response


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
