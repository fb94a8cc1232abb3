"""Fetching a file from where Slack keeps it: from there alone, and no more of it than a plan can be."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, urljoin, urlsplit

import aiohttp

from bot.errors import BadFile
from handlers.plan_files import LARGEST
from handlers.slack.network import proxy_for
from handlers.slack.shared_files import SharedFile

log = logging.getLogger("planvakt.slack")

# Slack's own file host sends large organisations (Enterprise Grid) on to its origin, which wants the token too; a
# client that leaves it out there is given the sign-in page. The government's Slack has hosts of its own.
SLACKS_OWN = frozenset(
    f"https://{host}"
    for host in ("files.slack.com", "files-origin.slack.com", "files.slack-gov.com", "files-origin.slack-gov.com")
)
REDIRECTS = (301, 302, 303, 307, 308)
HOPS = 3
PIECE = 64 * 1024
TIMEOUT = aiohttp.ClientTimeout(total=60, sock_connect=10, sock_read=20)
DEFAULT_PORTS = {"https": 443, "http": 80}
HTML = "text/html"

# What an HTTP status means for the one who shared the file; all others that are no success may pass.
MEANINGS: Mapping[int, str] = {
    HTTPStatus.UNAUTHORIZED: "slack_file_not_given",
    HTTPStatus.FORBIDDEN: "slack_file_not_given",
    HTTPStatus.NOT_FOUND: "slack_file_gone",
    HTTPStatus.GONE: "slack_file_gone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHost:
    """Where Slack keeps files; `origins` are the only places that the token is sent to, and that are asked at all."""

    session: aiohttp.ClientSession
    token: str = field(repr=False)
    origins: frozenset[str] = SLACKS_OWN
    timeout: aiohttp.ClientTimeout = TIMEOUT

    async def fetch(self, file: SharedFile) -> bytes:
        """Return the file's bytes, at most LARGEST of them. Raises BadFile, which says why there are none."""
        try:
            return await self._follow(file)
        except (aiohttp.ClientError, TimeoutError) as error:
            log.info("the file %s was not fetched: %s", file.id, type(error).__name__)
            raise BadFile("slack_file_not_fetched", name=file.name) from error

    async def _follow(self, file: SharedFile) -> bytes:
        """Redirects are followed by hand, so that each place is looked at before the token goes there."""
        address = self._ours(file.address or "", file)
        # Unpacked it would be counted too late.
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "identity"}
        for _ in range(HOPS + 1):
            async with self.session.get(
                address, headers=headers, allow_redirects=False, timeout=self.timeout, proxy=proxy_for(address)
            ) as answer:
                if answer.status not in REDIRECTS:
                    return await _content(answer, file)
                address = self._ours(urljoin(address, answer.headers.get("Location", "")), file)
        raise BadFile("slack_file_not_fetched", name=file.name)

    def _ours(self, address: str, file: SharedFile) -> str:
        """Return the address if it is on Slack's own file host, put together anew. Raises BadFile.

        What comes before the path is never the sender's text, so no two readings of it can lead elsewhere.
        """
        try:
            parts = urlsplit(address)
            origin = origin_of(address)
        except ValueError:
            raise BadFile("slack_file_elsewhere", name=file.name) from None
        if origin in self.origins and parts.path.startswith("/") and "@" not in parts.netloc:
            return f"{origin}{parts.path}{'?' if parts.query else ''}{parts.query}"
        # Whom Slack does not know, it sends to a workspace's sign-in page, to come back from there.
        is_sign_in = "redir" in parse_qs(parts.query)
        log.warning("the file %s was not fetched: it is at %s", file.id, origin)
        raise BadFile("slack_file_not_given" if is_sign_in else "slack_file_elsewhere", name=file.name)


def file_origins(address: str) -> frozenset[str]:
    """Return where files may be fetched from, for the setting that says where they are."""
    origin = origin_of(address)
    return SLACKS_OWN if origin in SLACKS_OWN else frozenset({origin})


def origin_of(address: str) -> str:
    """Return scheme, host and port, the usual port left out. Raises ValueError where it is no address."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port
    own = f":{port}" if port not in (None, DEFAULT_PORTS.get(parts.scheme)) else ""
    return f"{parts.scheme}://{host}{own}"


async def _content(answer: aiohttp.ClientResponse, file: SharedFile) -> bytes:
    """Read it, no further than the largest we take, whatever has been said of its size."""
    if answer.status != HTTPStatus.OK:
        log.info("the file %s was not fetched: status %s", file.id, answer.status)
        raise BadFile(MEANINGS.get(answer.status, "slack_file_not_fetched"), name=file.name)
    too_large = BadFile("bad_file_too_large", name=file.name or "")
    if (answer.content_length or 0) > LARGEST:
        raise too_large
    content = bytearray()
    async for piece in answer.content.iter_chunked(PIECE):
        content += piece
        if len(content) > LARGEST:
            raise too_large
    if _is_sign_in(answer.content_type, content, file):
        raise BadFile("slack_file_not_given", name=file.name)
    return bytes(content)


def _is_sign_in(content_type: str, content: bytes | bytearray, file: SharedFile) -> bool:
    """Whether it is Slack's sign-in page: it comes with status 200 where the app may not read files."""
    begins = bytes(content[:200]).lstrip().lower()
    is_page = content_type == HTML or begins.startswith((b"<!doctype html", b"<html"))
    return is_page and file.mimetype != HTML
