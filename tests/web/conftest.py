"""A headless browser that minds everything that goes wrong on a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, expect, sync_playwright

from tests.web.serving import Demo, served

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# The machine may be busy; what does not come is told of all the same.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


def chromium() -> str | None:
    """Return the path of the machine's Chromium, if it has one."""
    chosen = os.environ.get("PLANVAKT_TEST_CHROMIUM") or shutil.which("chromium")
    return chosen if chosen and Path(chosen).exists() else None


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("needs Chromium; install it, or say where it is with PLANVAKT_TEST_CHROMIUM")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS])
        yield found
        found.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with served(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, site: Demo) -> Iterator[Callable[..., Page]]:
    """Open the page as a new visitor; in the end no script may have failed, and nothing been run or blocked."""
    troubles: list[str] = []
    tolerated: list[str] = []
    contexts = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            troubles.append(message.text)

    def on_dialog(dialog: Dialog) -> None:
        troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open_page(
        *, width: int = 1180, height: int = 820, path: str = "/", tolerates: str | None = None, **how: object
    ) -> Page:
        tolerated.extend([tolerates] if tolerates else [])
        context = browser.new_context(viewport={"width": width, "height": height}, locale="nb-NO", **how)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", on_console)
        page.on("dialog", on_dialog)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(site.address + path)
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [trouble for trouble in troubles if not any(part in trouble for part in tolerated)] == []
