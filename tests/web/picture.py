"""Draws docs/chat.png for the README from the running demo: `.venv/bin/python -m tests.web.picture`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, sync_playwright

from tests.web.conftest import ARGUMENTS, chromium
from tests.web.serving import served

PICTURE = Path(__file__).parents[2] / "docs" / "chat.png"
LARGEST = 300_000
NOW = datetime(2026, 12, 2, 9, 5, tzinfo=ZoneInfo("Europe/Oslo"))


def draw(address: str) -> None:
    """Talk a little with the demo, and take a picture of it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS])
        page = browser.new_page(
            viewport={"width": 1120, "height": 1090},
            device_scale_factor=1.25,
            locale="nb-NO",
            timezone_id="Europe/Oslo",
        )
        page.clock.set_fixed_time(NOW)
        page.goto(address)
        page.get_by_role("radio", name="Amina Dahl").check()
        say(page, "Hva skjer denne uka?")
        press(page, "Ferdig: Skoleledermøte")
        PICTURE.parent.mkdir(exist_ok=True)
        page.mouse.move(0, 0)
        page.screenshot(path=PICTURE)
        browser.close()


def say(page: Page, text: str) -> None:
    page.get_by_label("Melding til Planvakt").fill(text)
    answered(page, lambda: page.keyboard.press("Enter"))


def press(page: Page, name: str) -> None:
    answered(page, page.get_by_role("button", name=name).last.click)


def answered(page: Page, act: Callable[[], object]) -> None:
    answers = page.locator(".theirs:not(:has(.dots))")
    before = answers.count()
    act()
    answers.nth(before).wait_for()
    page.wait_for_timeout(400)


if __name__ == "__main__":
    with TemporaryDirectory() as folder, served(Path(folder), NOW) as demo:
        draw(demo.address)
    size = PICTURE.stat().st_size
    print(f"{PICTURE.name}: {size // 1000} kB")
    assert size <= LARGEST, "too large for a README"
