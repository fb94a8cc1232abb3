"""One thing goes wrong while digests are posted, at Slack or in the process that posts, and a count of what came."""

from __future__ import annotations

import asyncio
import signal
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from handlers.delivering.timing import Timing
from tests.chaos.killing import FROZEN_SECONDS, SCOPES, NoLimits, Running, is_over, prepare, start, with_signal
from tests.slack.local.api import Api
from tests.slack.local.clock import Clock
from tests.slack.local.methods import Arguments
from tests.slack.local.server import LocalSlack
from tests.slack.local.troubles import parse

PATIENCE, AWAKE, LOOK = 240.0, 60.0, 0.3


@dataclass(frozen=True, kw_only=True)
class Case:
    """One of faults.toml, where its parts are explained."""

    name: str
    stores: tuple[str, ...] = ("sqlite",)
    faults: tuple[str, ...] = ()
    looks: bool = True
    own: bool = False
    signal: str = ""
    at: str = ""
    holding: int = 4
    until_gone: bool = False
    only_long: bool = False
    doubled: int = 0
    repaired: int = 0
    or_none: bool = False
    timing: Mapping[str, float] = field(default_factory=dict)

    @property
    def standing(self) -> int:
        """How many stand there twice at most: without looking, nobody who waited in vain knows of the first."""
        return self.doubled - self.repaired * self.looks


CASES = [Case(**case) for case in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["case"]]


@dataclass(kw_only=True)
class Came:
    """What came of it: how many got theirs, of how many nothing stands, what was posted again, and taken away."""

    posted: int
    lost: int
    doubled: int
    repaired: int
    struck: bool
    seconds: float

    def is_allowed(self, case: Case) -> bool:
        """Whether nothing is lost, and no more came twice than nobody can know of, or stand there twice."""
        standing = self.doubled - self.repaired
        return self.struck and not self.lost and self.doubled <= case.doubled and standing <= case.standing


@dataclass
class Stage(Api):
    """Counts what comes to stand and what is taken away, and keeps the first calls of one method until let go."""

    at: str = ""
    holding: int = 0
    placed: Counter[str] = field(default_factory=Counter)
    removed: int = 0
    all_there: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    _held: int = 0

    async def call(self, request: web.Request) -> web.StreamResponse:
        await request.read()  # what is under way comes there though whoever sent it is dead
        if request.match_info["method"] == self.at and not self.let_go.is_set():
            self._held += 1
            if self._held >= self.holding:
                self.all_there.set()
            await self.let_go.wait()
        return await super().call(request)

    def _run(self, method: str, arguments: Arguments) -> dict[str, Any]:
        told = super()._run(method, arguments)
        self.placed[str(arguments.get("channel"))] += method == "chat.postMessage"
        self.removed += method == "chat.delete"
        return told


@dataclass(frozen=True)
class Scene:
    """Where it is played: one store, one Slack, and so many deliveries."""

    url: str
    slack: LocalSlack
    stage: Stage
    deliveries: int
    timing: Timing

    def started(self) -> Running:
        return start(self.url, self.slack, timing=self.timing)

    async def over(self) -> None:
        """Wait until all have ended; whoever waits for too long counts what is lacking."""
        await until(lambda: is_over(self.url, self.deliveries))


async def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    for _ in range(int(seconds / LOOK)):
        if await asyncio.to_thread(holds):
            return
        await asyncio.sleep(LOOK)


async def played(url: str, case: Case, timing: Timing, deliveries: int) -> Came:
    """Let it go wrong, wait until all is over, and count."""
    slack = LocalSlack(Clock(datetime.now(UTC)))
    slack.workspace.limits = NoLimits(slack.clock)
    slack.workspace.scopes |= SCOPES
    if not case.looks:
        slack.workspace.scopes -= {*SCOPES, "im:history"}
    stage = Stage(slack.oauth, [slack.workspace], at=case.at, holding=case.holding)
    waits = {"call": timing.call, "longer": timing.call * 1.5}
    stage.faults = [parse(line.format(**waits)) for line in case.faults]
    slack.api = stage
    await slack.start()
    prepare(url, slack, deliveries, own=case.own)
    scene, began = Scene(url, slack, stage, deliveries, timing), time.monotonic()
    running = [scene.started()]
    try:
        if case.signal:
            running += await _struck(running[0], case, scene)
        await scene.over()
        await _woken(running[0], case, stage)
        seconds = time.monotonic() - began
    finally:
        await _ended(running)
        await slack.stop()
    struck = stage.all_there.is_set() if case.signal else not any(fault.times for fault in stage.faults)
    return _counted(slack, stage, deliveries, struck=struck, seconds=seconds)


async def _struck(process: Running, case: Case, scene: Scene) -> list[Running]:
    """Strike the one that delivers while its calls are kept; return who takes over."""
    await asyncio.wait_for(scene.stage.all_there.wait(), PATIENCE)
    with_signal(process, signal.Signals[case.signal])
    is_file = scene.url.startswith("sqlite")
    if case.signal == "SIGSTOP":
        scene.stage.let_go.set()
        if not is_file:
            return [scene.started()]
        await asyncio.sleep(FROZEN_SECONDS)
        with_signal(process, signal.SIGCONT)
        return []  # nobody else may have the file
    if not case.until_gone:
        await asyncio.sleep(0.5)  # it is about to end by then
        scene.stage.let_go.set()
    await asyncio.to_thread(process.join, AWAKE)
    assert not process.is_alive(), "it did not end"
    scene.stage.let_go.set()
    return [scene.started()]


async def _woken(process: Running, case: Case, stage: Stage) -> None:
    """Wake up who is frozen, and give them the time that they need to take away what they posted too."""
    if case.signal == "SIGSTOP":
        with_signal(process, signal.SIGCONT)
        await until(lambda: stage.removed >= case.repaired or not process.is_alive(), AWAKE)


async def _ended(running: list[Running]) -> None:
    for process in running:
        with_signal(process, signal.SIGCONT)
        with_signal(process, signal.SIGTERM)
    await asyncio.gather(*(asyncio.to_thread(process.join, 60) for process in running))
    for process in running:
        with_signal(process, signal.SIGKILL)


def _counted(slack: LocalSlack, stage: Stage, deliveries: int, *, struck: bool, seconds: float) -> Came:
    standing = {one.channel for one in slack.workspace.messages if one.metadata}
    placed = +stage.placed
    return Came(
        posted=len(standing),
        lost=deliveries - len(standing),
        doubled=placed.total() - len(placed),
        repaired=stage.removed,
        struck=struck,
        seconds=seconds,
    )


def quick(case: Case, short: Timing) -> Timing:
    """The times of the short form, with those that the case is about."""
    return replace(short, **case.timing)
