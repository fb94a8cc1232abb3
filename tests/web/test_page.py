"""The chat page in a browser, as people use it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.history import Author
from bot.messages import Sender
from bot.model import Doubt, Entry, Kind, Platform, Precision, ProposedPlan, Span
from bot.proposals.revision import revise
from tests.web.serving import NOW, Demo

Visit = Callable[..., Page]

HOSTILE = (
    "<script>alert('skript')</script>",
    "<img src=x onerror=alert('bilde')>",
    "{{7*7}} {% raw %} ${7*7}",
    "[lenke](javascript:alert('lenke')) **fet** `kode`",
    '<a href="https://elsewhere.example">trykk</a> & "sitat"',
)


def become(page: Page, name: str) -> None:
    page.get_by_role("radio", name=re.compile(name)).check()


def say(page: Page, text: str) -> Locator:
    """Write a message and send it; return the answer."""
    page.get_by_label("Melding til Planvakt").fill(text)
    return answer_to(page, lambda: page.keyboard.press("Enter"))


def answer_to(page: Page, act: Callable[[], object]) -> Locator:
    """Do what sends a message; return the answer to it."""
    answers = page.locator(".message.theirs")
    before = answers.count()
    act()
    expect(answers).to_have_count(before + 1)
    answer = answers.last
    expect(answer.locator(".dots")).to_have_count(0)
    return answer


def test_a_newcomer_asks_what_happens_next_week_and_sees_it(visit: Visit) -> None:
    page = visit()
    answer = say(page, "Hva skjer neste uke?")
    expect(answer).to_contain_text("Elevrådsopplæring")
    expect(answer).to_contain_text("Uke 37: man. 7.–søn. 13. september")
    expect(page.locator(".message.mine")).to_contain_text("Hva skjer neste uke?")
    expect(page.get_by_label("Melding til Planvakt")).to_be_focused()


def test_of_a_long_answer_the_first_rows_are_seen_and_the_others_by_a_press(visit: Visit) -> None:
    page = visit()
    answer = say(page, "Hva skjer i høst?")
    rows = answer.locator("li")
    total = rows.count()
    assert total > 13
    assert [rows.nth(number).is_visible() for number in range(total)] == [number < 10 for number in range(total)]
    answer.get_by_role("button", name=f"Vis {total - 10} til").press("Enter")
    assert all(rows.nth(number).is_visible() for number in range(total))
    expect(rows.nth(10)).to_be_focused()


def test_a_suggestion_is_sent_by_a_press(visit: Visit) -> None:
    page = visit()
    answer = answer_to(page, page.get_by_role("group", name="Forslag").get_by_role("button").first.click)
    expect(answer).to_contain_text("Elevrådsopplæring")


def test_the_responsible_person_marks_a_measure_done_and_takes_it_back(visit: Visit) -> None:
    page = visit()
    become(page, "Kari Nes")
    shown = say(page, "/tiltak vis fagdag psykisk helse")
    done = answer_to(page, shown.get_by_role("button", name=re.compile("ferdig", re.I)).click)
    expect(page.locator(".message.mine").last).to_contain_text("/tiltak ferdig")
    expect(page.locator(".message.mine").last).to_contain_text("Kari Nes")
    expect(done).to_contain_text(re.compile("fagdag psykisk helse", re.I))
    page.get_by_role("tab", name="Planen").click()
    page.get_by_label("Søk i planen").fill("fagdag psykisk helse")
    expect(page.locator(".item .pill")).to_have_text("Ferdig")
    page.get_by_role("tab", name="Samtale").click()
    answer_to(page, done.get_by_role("button", name=re.compile("angre", re.I)).click)
    page.get_by_role("tab", name="Planen").click()
    expect(page.locator(".item .pill")).to_have_text("Åpen")


def test_a_stranger_is_refused_and_told_who_may(visit: Visit) -> None:
    page = visit()
    become(page, "Tor Vik")
    answer = say(page, "/tiltak ferdig fagdag psykisk helse")
    expect(answer).to_contain_text("Programleiar")
    expect(answer).to_contain_text("Kari Nes")


def test_a_role_given_in_the_chat_is_seen_beside_the_name(visit: Visit) -> None:
    page = visit()
    become(page, "Administrator")
    say(page, "/rolle gi Arbeidsgruppa Jonas Haug")
    expect(page.get_by_role("radio", name=re.compile("Jonas Haug"))).to_have_accessible_name(
        re.compile("Arbeidsgruppa")
    )
    say(page, "/rolle fjern Arbeidsgruppa Jonas Haug")


def test_tabs_are_walked_by_arrow_keys_and_keep_the_focus(visit: Visit) -> None:
    page = visit()
    chat, digest, plan = (page.get_by_role("tab", name=name) for name in ("Samtale", "Ukebrev", "Planen"))
    chat.focus()
    for key, tab in (("ArrowRight", digest), ("End", plan), ("ArrowRight", chat), ("ArrowLeft", plan), ("Home", chat)):
        page.keyboard.press(key)
        expect(tab).to_be_focused()
        expect(tab).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("tabpanel")).to_have_count(1)
        expect(page.get_by_role("tabpanel")).to_have_accessible_name(str(tab.text_content()))
    page.keyboard.press("Tab")
    expect(page.get_by_role("log")).to_be_focused()


def test_the_whole_conversation_can_be_had_by_keyboard(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Melding til Planvakt")).to_be_focused()
    page.keyboard.type("Hva skjer i oktober?")
    answer_to(page, lambda: page.keyboard.press("Enter"))
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Melding til Planvakt")).to_have_value("Hva skjer i oktober?")


def test_the_digest_is_shown_week_by_week(visit: Visit) -> None:
    page = visit(path="/#digest")
    expect(page.get_by_role("heading", name="Uke 36", exact=True)).to_be_visible()
    expect(page.locator("#post")).to_contain_text("Utviklingsgruppa for barnehage")
    page.get_by_role("button", name="Neste uke").click()
    expect(page.get_by_role("heading", name="Uke 37", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Neste uke")).to_be_focused()
    expect(page.locator("#post")).to_contain_text("Elevrådsopplæring")
    page.get_by_role("button", name="Denne uka").click()
    expect(page.get_by_role("heading", name="Uke 36", exact=True)).to_be_visible()


def test_the_plan_is_filtered_and_its_doubts_are_named(visit: Visit) -> None:
    page = visit(path="/#plan")
    page.get_by_label("Måned").select_option("2026-11")
    page.get_by_label("Søk i planen").fill("pedagogiske ledere")
    expect(page.locator("#count")).to_have_text("1 punkt")
    item = page.locator(".item")
    expect(item).to_contain_text("Planen skriver «Fre. 5.»")
    expect(item).to_contain_text("ukedag og dato stemmer ikke")
    answer = answer_to(page, item.get_by_role("button").click)
    expect(answer).to_contain_text("Samling for pedagogiske ledere")
    expect(page.get_by_role("tab", name="Samtale")).to_have_attribute("aria-selected", "true")


def test_the_page_speaks_nynorsk_when_asked_and_remembers(visit: Visit) -> None:
    page = visit()
    page.get_by_role("radio", name="Nynorsk").check()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    expect(page.get_by_role("tab", name="Vekebrev")).to_be_visible()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_role("tab", name="Vekebrev")).to_be_visible()
    first = page.get_by_role("group", name="Framlegg").get_by_role("button").first
    expect(answer_to(page, first.click).locator(".bubble")).to_have_attribute("lang", "nn")


@pytest.fixture
def hostile_plan(site: Demo) -> str:
    """A plan full of markup, taken in as it stands; returns what its keys begin with."""
    entries = tuple(
        Entry(
            kind=Kind.MEASURE,
            title=text,
            span=Span(start=NOW.date(), end=NOW.date(), precision=Precision.DAY, text=text),
            responsible=(text,),
            location=text,
            comment=text,
            doubts=(Doubt.TENTATIVE,),
        )
        for text in HOSTILE
    )
    proposed = ProposedPlan(title=HOSTILE[0], period_start=NOW.date(), period_end=NOW.date(), entries=entries)
    administrator = site.store.people.record(Sender(platform=Platform.WEB, account="administrator"))
    author = Author(person=administrator, platform=Platform.WEB, at=NOW)
    return site.store.plans.take_in(proposed, revise(site.store.plans.book(), None, proposed), author).short


def test_markup_in_plans_and_messages_is_shown_as_text_and_runs_nothing(visit: Visit, hostile_plan: str) -> None:
    page = visit()
    become(page, "Administrator")
    answer = say(page, "Hva skjer i dag?")
    for text in HOSTILE:
        expect(answer).to_contain_text(text)
    for text in HOSTILE:
        expect(say(page, text)).to_be_visible()
        expect(page.locator(".message.mine").last.locator(".bubble")).to_have_text(text)
    say(page, "/rolle gi <b>rolle</b> <img src=x onerror=alert(1)>")
    page.get_by_role("tab", name="Ukebrev").click()
    expect(page.locator("#post")).to_contain_text(HOSTILE[0])
    page.get_by_role("tab", name="Planen").click()
    page.get_by_role("combobox", name="Plan", exact=True).select_option(hostile_plan)
    expect(page.locator(".item")).to_have_count(len(HOSTILE))
    expect(page.locator("#items")).to_contain_text(HOSTILE[1])
    assert page.locator("main script, main a, aside a, main img:not([src$='.svg']), aside img, main b b").count() == 0
    assert "49" not in page.locator("#items").inner_text()


@pytest.mark.parametrize("width", [320, 390, 768, 1180])
def test_no_width_needs_scrolling_sideways(visit: Visit, width: int) -> None:
    page = visit(width=width, height=700)
    say(page, "Hva skjer i september?")
    for name in ("Samtale", "Ukebrev", "Planen"):
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_on_a_phone_one_becomes_somebody_else_behind_a_button(visit: Visit) -> None:
    page = visit(width=390, height=844)
    expect(page.get_by_role("radio", name=re.compile("Kari Nes"))).to_be_hidden()
    page.get_by_role("button", name=re.compile("Bytt person")).click()
    become(page, "Kari Nes")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile("Kari Nes"))).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("Kari Nes"))).to_be_hidden()


CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
CONTROLS = "button|textbox|radio|tab|link|combobox|searchbox|checkbox"


@pytest.mark.parametrize("tab", ["chat", "digest", "plan"])
def test_every_control_has_a_name(visit: Visit, tab: str) -> None:
    page = visit(path=f"/#{tab}")
    controls = re.findall(rf"^\s*- '?((?:{CONTROLS})\b.*)$", page.locator("body").aria_snapshot(), re.MULTILINE)
    assert len(controls) > 10
    assert [control for control in controls if not re.match(r'\w+ "', control)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1180])
def test_every_text_stands_out_enough(visit: Visit, scheme: str, width: int) -> None:
    page = visit(color_scheme=scheme, reduced_motion="reduce", width=width)
    say(page, "Hva skjer i november?")
    for tab in ("chat", "digest", "plan"):
        page.locator(f"#tab-{tab}").click()
        page.wait_for_timeout(150)
        assert page.evaluate(CONTRAST) == []


def test_trouble_behind_the_page_is_told_of_in_the_conversation(visit: Visit) -> None:
    page = visit(tolerates="Failed to load resource")
    page.route("**/api/say", lambda route: route.fulfill(status=500, json={"error": "abc12345"}))
    expect(say(page, "hei")).to_contain_text("feil abc12345")
    page.route("**/api/say", lambda route: route.abort())
    expect(say(page, "hei")).to_contain_text("Jeg når ikke Planvakt")
