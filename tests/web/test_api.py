"""What the page asks of the server, and what is refused because it does not come from the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from handlers.web.guard import POLICY
from tests.web.serving import PORT, Demo, demo

HERE = f"http://127.0.0.1:{PORT}"
OWN = {"Origin": HERE}
QUESTION = {"text": "Hva skjer neste uke?", "person": "stranger", "conversation": "c1"}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with demo(tmp_path_factory.mktemp("api")) as found:
        yield found


@pytest.fixture
async def client(page: Demo) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(page.app), base_url=HERE) as found:
        yield found


async def said(client: httpx.AsyncClient, text: str, person: str) -> Any:
    message = {"text": text, "person": person, "conversation": "c1"}
    answer = await client.post("/api/say", json=message, headers=OWN)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_next_week_is_answered_from_the_example_plans(client: httpx.AsyncClient) -> None:
    answer = await said(client, "Hva skjer neste uke?", "stranger")
    assert answer["span"] == {"start": "2026-09-07", "end": "2026-09-13"}
    titles = {item["title"] for item in answer["items"]}
    assert {"Elevrådsopplæring", "Laget rundt barnet: tverrfaglig møte"} <= titles
    assert [part["text"] for part in answer["parts"] if part["item"]]


async def test_a_question_in_nynorsk_is_answered_in_nynorsk(client: httpx.AsyncClient) -> None:
    assert (await said(client, "Kva skjer neste veke?", "stranger"))["language"] == "nn"


async def test_the_people_one_can_be_come_with_their_roles(client: httpx.AsyncClient) -> None:
    everyone = (await client.get("/api/people")).json()
    assert [who["kind"] for who in (everyone[0], everyone[-1])] == ["administrator", "stranger"]
    assert ("Kari Nes", ["Programleiar"]) in [(who["name"], who["roles"]) for who in everyone]


async def test_an_administrator_may_give_a_role_and_the_page_sees_it(client: httpx.AsyncClient, page: Demo) -> None:
    await said(client, "/rolle gi PPT-leder Kari Nes", "administrator")
    everyone = (await client.get("/api/people")).json()
    (kari,) = [who for who in everyone if who["name"] == "Kari Nes"]
    assert "PPT-leder" in kari["roles"]
    await said(client, "/rolle fjern PPT-leder Kari Nes", "administrator")


async def test_the_plans_and_their_items_can_be_listed(client: httpx.AsyncClient) -> None:
    plans = (await client.get("/api/plans")).json()
    assert len(plans) == 3
    for plan in plans:
        items = (await client.get("/api/items", params={"plan": plan["id"]})).json()
        assert items
        assert {item["plan"] for item in items} == {plan["title"]}


async def test_a_week_s_digest_is_shown_in_the_standard_that_was_chosen(client: httpx.AsyncClient) -> None:
    asked = {"at": "2026-10-15", "language": "nn"}
    digest = (await client.get("/api/digest", params=asked)).json()
    assert digest["span"] == {"start": "2026-10-12", "end": "2026-10-18"}
    assert "veke 42" in digest["text"].casefold()
    now = (await client.get("/api/digest")).json()
    assert now["span"]["start"] == "2026-08-31"
    assert "uke 36" in now["text"].casefold()


@pytest.mark.parametrize("at", ["i morgen", "2026-13-01", "", "0001-01-01", "9999-12-31"])
async def test_a_digest_of_no_day_is_refused(client: httpx.AsyncClient, at: str) -> None:
    assert (await client.get("/api/digest", params={"at": at})).status_code == 400


@pytest.mark.parametrize("path", ["/", "/api/words", "/start.js", "/base.css", "/logo.svg", "/nowhere"])
async def test_every_answer_tells_the_browser_to_run_nothing_else(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": f"http://localhost:{PORT}"},
        {"Origin": f"http://127.0.0.1:{PORT + 1}"},
        {},
        {**OWN, "Host": "elsewhere.example"},
        {**OWN, "Host": f"elsewhere.example:{PORT}"},
        {**OWN, "Host": f"127.0.0.1.elsewhere.example:{PORT}"},
        {**OWN, "Host": "127.0.0.1"},
        {**OWN, "Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
async def test_what_another_page_sends_is_refused(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert (await client.post("/api/say", json=QUESTION, headers=headers)).status_code == 403


@pytest.mark.parametrize("path", ["/", "/api/plans", "/base.css"])
async def test_a_name_that_is_made_to_point_here_is_not_answered(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers={"Host": f"elsewhere.example:{PORT}"})
    assert answer.status_code == 403
    assert "content-security-policy" in answer.headers


async def test_a_link_on_another_page_may_lead_to_the_page_but_not_into_it(client: httpx.AsyncClient) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert (await client.get("/", headers=elsewhere)).status_code == 200
    assert (await client.get("/api/items", headers=elsewhere)).status_code == 403


async def test_localhost_is_as_good_a_name(client: httpx.AsyncClient) -> None:
    local = {"Host": f"localhost:{PORT}", "Origin": f"http://localhost:{PORT}"}
    assert (await client.post("/api/say", json=QUESTION, headers=local)).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_a_form_cannot_speak(client: httpx.AsyncClient, kind: str) -> None:
    answer = await client.post("/api/say", content=b"{}", headers={**OWN, "Content-Type": kind})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"{}",
        b'{"text": 1, "person": "stranger", "conversation": "c"}',
        b'{"text": "x", "person": null, "conversation": "c"}',
        b'{"text": "x", "person": "stranger", "conversation": "' + b"c" * 101 + b'"}',
        b'{"text": "\\ud800", "person": "stranger", "conversation": "c"}',
        b"\xff\xfe",
        b"[" * 30_000,
    ],
)
async def test_what_is_no_message_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    headers = {**OWN, "Content-Type": "application/json"}
    assert (await client.post("/api/say", content=body, headers=headers)).status_code == 400


async def test_too_much_is_not_read(client: httpx.AsyncClient) -> None:
    long = {**QUESTION, "text": "a" * 40_000}
    assert (await client.post("/api/say", json=long, headers=OWN)).status_code == 413


async def test_a_long_message_has_a_plain_answer(client: httpx.AsyncClient) -> None:
    answer = await said(client, "a " * 3000, "stranger")
    assert answer["changes"] == []


@pytest.mark.parametrize("person", ["", "0", "999999999999999999", "Kari Nes", "٣", "-1"])
async def test_a_person_whom_nobody_knows_may_change_nothing(client: httpx.AsyncClient, person: str) -> None:
    assert (await said(client, "/tiltak ferdig fagdag psykisk helse", person))["changes"] == []


@pytest.mark.parametrize("path", ["/../app.py", "/..%2fapp.py", "/%2e%2e/words.toml", "/examples/people.toml"])
async def test_nothing_but_the_page_s_own_files_is_served(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/say"), ("POST", "/api/items"), ("PUT", "/api/say")])
async def test_a_place_that_is_asked_in_another_way_does_not_answer(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    headers = {**OWN, "Content-Type": "application/json"}
    assert (await client.request(method, path, headers=headers)).status_code in (404, 405)
