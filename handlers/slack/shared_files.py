"""Files that people share in Slack: what Slack tells of them, and which of them we do not even ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import BadFile
from handlers.plan_files import LARGEST, LONGEST_NAME

# Deleted by somebody, or hidden because it is older than the workspace's plan with Slack allows.
GONE = ("tombstone", "hidden_by_limit")
# Slack's own canvases, lists and posts: what their address gives is a web page, not a document.
SLACKS_OWN = ("quip", "canvas", "list", "post", "space", "docs")
NO_DOCUMENTS = ("image/", "video/", "audio/")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFile:
    """A file as Slack tells of it; a stub is only an id, and the rest is asked for (Slack Connect)."""

    id: str
    name: str | None = None
    size: int = 0
    mimetype: str = ""
    mode: str = ""
    address: str | None = None
    is_external: bool = False
    is_stub: bool = False

    @property
    def is_no_document(self) -> bool:
        """Whether it is plainly none; what a document is, is seen by its bytes."""
        return self.mimetype.startswith(NO_DOCUMENTS) or self.mode in SLACKS_OWN

    @property
    def refusal(self) -> BadFile | None:
        """Return why it is not fetched, as far as can be told without it."""
        if self.mode in GONE:
            return BadFile("slack_file_gone", name=self.name)
        if self.is_external:
            return BadFile("slack_file_external", name=self.name)
        if self.is_no_document:
            return BadFile("slack_file_no_document", name=self.name)
        if self.size > LARGEST:
            return BadFile("bad_file_too_large", name=self.name or "")
        return None


def shared_files(event: Mapping[str, Any]) -> tuple[SharedFile, ...]:
    """Return the files of a `message` or an `app_mention`."""
    return tuple(to_shared(told) for told in event.get("files") or () if told.get("id"))


def to_shared(told: Mapping[str, Any]) -> SharedFile:
    """Return the file that Slack's file object tells of; of a deleted one it has hardly anything."""
    address = told.get("url_private_download") or told.get("url_private")
    mode, name, size = str(told.get("mode") or ""), told.get("name") or told.get("title"), told.get("size")
    return SharedFile(
        id=str(told["id"]),
        name=str(name)[:LONGEST_NAME] if name else None,
        size=size if isinstance(size, int) else 0,
        mimetype=str(told.get("mimetype") or "").lower(),
        mode=mode,
        address=str(address) if address else None,
        is_external=bool(told.get("is_external")) or mode == "external",
        is_stub=told.get("file_access") == "check_file_info" or (not address and mode not in GONE),
    )
