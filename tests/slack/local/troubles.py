"""What goes wrong on purpose, by method and count; also in one line, as typed by hand."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web

ANY = "*"
HANGS = 30.0
LINE = re.compile(
    r"(?P<method>[\w.*]+)=(?P<what>[a-z_\d-]+)(?::(?P<more>[\w:.-]+))?(?:\*(?P<times>\d+))?(?:@(?P<after>\d+))?"
)


@dataclass
class Fault:
    """What goes wrong with the next calls of a method (`*` is any): `status`, `error`, or the connection (`breaks`).

    With `done` the method has done its work before that. `lacks` is a scope that the call finds missing. `seconds` is
    how long it hangs first; one that only hangs is answered then. `after` so many calls that go well.
    """

    method: str
    error: str | None = None
    status: int = 200
    breaks: bool = False
    done: bool = False
    seconds: float = 0
    times: int = 1
    retry_after: int | None = None
    lacks: str = ""
    after: int = 0

    @property
    def only_hangs(self) -> bool:
        return not (self.breaks or self.error or self.lacks or self.status != 200)

    def strikes(self, method: str) -> bool:
        """Whether it is this call's turn, which is then used up."""
        if self.method not in (method, ANY) or self.times <= 0:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return True


def parse(line: str) -> Fault:
    """A fault by hand: METHOD=WHAT[:MORE][*TIMES][@AFTER], as `chat.postMessage=429:7*3` or `*=reset`.

    WHAT is 429 (MORE: seconds to wait), 500 or another status, `reset` (the connection breaks), `hang` (MORE: seconds),
    `missing_scope` (MORE: the scope), or any code of Slack's. It goes wrong before the work, with `-after` behind it
    (`reset-after`, `500-after`) once that is done.

    Raises ValueError.
    """
    told = LINE.fullmatch(line.strip())
    if told is None:
        raise ValueError(f"not METHOD=WHAT[:MORE][*TIMES][@AFTER]: {line}")
    what, more = told["what"].removesuffix("-after"), told["more"]
    fault = Fault(told["method"], times=int(told["times"] or 1), after=int(told["after"] or 0))
    fault.done = told["what"].endswith("-after")
    if what == "429":
        fault.status, fault.error, fault.retry_after = 429, "ratelimited", int(more or 1)
    elif what.isdigit():
        fault.status, fault.error = int(what), more
    elif what == "reset":
        fault.breaks = True
    elif what == "hang":
        fault.seconds = float(more or HANGS)
    elif what == "missing_scope":
        fault.error, fault.lacks = what, (more or "chat:write").replace("_", ":")
    else:
        fault.error = what
    return fault


async def go_wrong(request: web.Request, fault: Fault, provided: str) -> web.StreamResponse:
    """What the app gets instead of an answer."""
    await asyncio.sleep(fault.seconds)
    if fault.breaks and request.transport:
        request.transport.close()
        return web.Response()
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
    if fault.status >= 500 and fault.error is None:
        return web.Response(status=fault.status, text="<html>", content_type="text/html", headers=headers)
    told: dict[str, Any] = {"ok": False, "error": fault.error}
    if fault.lacks:
        told |= {"needed": fault.lacks, "provided": provided}
    return web.json_response(told, status=fault.status, headers=headers)
