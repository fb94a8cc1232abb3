"""Plans dropped on the chat page or chosen with its button, in a browser."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.web.test_page import CONTRAST, become

Visit = Callable[..., Page]

# Drops files as a person does: the browser gets the events of a drag from the file manager.
DRAG = """([names, contents, kind]) => {
  const data = new DataTransfer();
  names.forEach((name, place) => {
    const bytes = Uint8Array.from(atob(contents[place]), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name));
  });
  const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector("header").dispatchEvent(event);
  return event.defaultPrevented;
}"""


def a_word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Møteplan for skolene 2026/2027", 0)
    table = document.add_table(rows=1, cols=3)
    for cell, words in zip(table.rows[0].cells, ("Dato", "Tiltak", "Ansvarlig"), strict=True):
        cell.text = words
    for row in (("14. september 2026", "Foreldremøte", "Rektor"), ("5. oktober 2026", "Planleggingsdag", "Rektor")):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def drag(page: Page, kind: str, *files: tuple[str, bytes]) -> bool:
    """One event of a drag over the page; returns whether the page has taken it on itself."""
    names, contents = [name for name, _ in files], [base64.b64encode(content).decode() for _, content in files]
    return bool(page.evaluate(DRAG, [names, contents, kind]))


def expects_choosers(page: Page) -> None:
    """Make the browser hand its file choosers over from now on; asked for only at the press, it may come too late."""
    page.on("filechooser", lambda chooser: None)


def answers(page: Page, number: int) -> Locator:
    """Wait until that many answers stand there, none of them under way."""
    every = page.locator(".message.theirs")
    expect(every).to_have_count(number + 1)  # the welcome is the first
    expect(page.locator(".dots")).to_have_count(0)
    return every.last


def test_a_word_file_dropped_on_the_page_is_shown_and_its_button_pressed(visit: Visit) -> None:
    page = visit()
    become(page, "Administrator")
    file = ("Møteplan.docx", a_word_file())
    assert drag(page, "dragenter", file)
    expect(page.get_by_text("Slipp fila her")).to_be_visible()
    assert drag(page, "dragover", file)
    assert drag(page, "drop", file)
    expect(page.get_by_text("Slipp fila her")).to_be_hidden()
    shown = answers(page, 1)
    expect(page.locator(".message.mine")).to_contain_text("«Møteplan.docx»")
    expect(shown).to_contain_text("Møteplan for skolene")
    expect(shown).to_contain_text("Foreldremøte")
    expect(page.locator("#loaded")).not_to_contain_text("Møteplan for skolene")
    shown.get_by_role("button", name="Ta inn planen").click()
    expect(page.locator(".message.mine").last).to_contain_text("/plan ta inn")
    taken = answers(page, 2)
    expect(taken).to_contain_text("er tatt inn: 2 punkter")
    expect(page.locator("#loaded")).to_contain_text("Møteplan for skolene")
    taken.get_by_role("button", name=re.compile("angre", re.I)).click()
    answers(page, 3)


def test_a_file_is_chosen_by_keyboard_and_answered(visit: Visit) -> None:
    page = visit()
    expects_choosers(page)
    become(page, "Administrator")
    page.get_by_label("Melding til Planvakt").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Del en plan")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    assert chooser.value.is_multiple()
    chooser.value.set_files({"name": "plan.docx", "mimeType": "", "buffer": a_word_file()})
    expect(answers(page, 1)).to_contain_text("Møteplan for skolene")


def test_on_a_phone_a_file_is_chosen_by_a_tap(visit: Visit) -> None:
    page = visit(width=390, height=844, has_touch=True, is_mobile=True)
    expects_choosers(page)
    button = page.get_by_role("button", name="Del en plan")
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 40
    with page.expect_file_chooser() as chooser:
        button.tap()
    chooser.value.set_files({"name": "plan.docx", "mimeType": "", "buffer": a_word_file()})
    expect(answers(page, 1)).to_contain_text("administratorer")


def test_each_of_several_files_has_an_answer_of_its_own(visit: Visit) -> None:
    page = visit()
    become(page, "Administrator")
    drag(page, "drop", ("plan.docx", a_word_file()), ("tom.txt", b""), ("igjen.docx", a_word_file()))
    expect(answers(page, 3)).to_contain_text("Møteplan for skolene")
    expect(page.locator(".message.theirs").nth(2)).to_contain_text("tom.txt")


def test_a_drag_of_words_is_left_alone(visit: Visit) -> None:
    page = visit()
    assert not drag(page, "dragover")
    assert not drag(page, "drop")
    expect(page.locator(".drop")).to_be_hidden()


def test_what_takes_long_is_told_of_in_sight(visit: Visit) -> None:
    page = visit()
    become(page, "Administrator")

    def slowly(route: Route) -> None:
        page.wait_for_timeout(2_600)
        route.continue_()

    page.route("**/api/file*", slowly)
    drag(page, "drop", ("plan.docx", a_word_file()))
    expect(page.get_by_role("status").filter(has_text="Leser «plan.docx» …")).to_be_visible()
    expect(answers(page, 1)).to_contain_text("Møteplan for skolene")
    expect(page.get_by_text("Leser «plan.docx» …")).to_have_count(0)


def test_a_file_that_is_too_large_is_told_of_and_not_sent(visit: Visit, tmp_path: Path) -> None:
    page = visit()
    become(page, "Administrator")
    page.get_by_role("radio", name="Nynorsk").check()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    large = tmp_path / "stor.pdf"
    with large.open("wb") as file:
        file.truncate(50 * 1024**2 + 1)
    page.set_input_files("#file", [large])
    expect(answers(page, 1)).to_contain_text("«stor.pdf» er for stor. Ein plan kan vere på opptil 50 MB")
    assert not [url for url in sent if "/api/file" in url]


def test_a_folder_is_told_of(visit: Visit) -> None:
    page = visit()
    become(page, "Administrator")
    # The browser refuses to read a folder, which no script can make one drop.
    page.evaluate("() => { Blob.prototype.arrayBuffer = () => Promise.reject(new Error('no file')); }")
    drag(page, "drop", ("Planer", b""))
    expect(answers(page, 1)).to_contain_text("Jeg får ikke åpnet «Planer». Er det ei mappe")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_place_to_drop_a_file_stands_out_enough(visit: Visit, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    drag(page, "dragenter", ("plan.docx", b""))
    expect(page.get_by_text("Slipp fila her")).to_be_visible()
    assert page.evaluate(CONTRAST) == []


def test_trouble_behind_the_page_is_told_of_in_the_conversation(visit: Visit) -> None:
    page = visit(tolerates="Failed to load resource")
    page.route("**/api/file*", lambda route: route.fulfill(status=500, json={"error": "abc12345"}))
    drag(page, "drop", ("plan.docx", a_word_file()))
    expect(answers(page, 1)).to_contain_text(re.compile("feil abc12345"))
