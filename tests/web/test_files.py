"""A plan handed over on the page: who may, how much, and from where."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from handlers.plan_files import LARGEST
from tests.readers.paper import pdf
from tests.web.serving import PORT, Demo, demo

HERE = f"http://127.0.0.1:{PORT}"
KIND = "application/octet-stream"
OWN = {"Origin": HERE, "Content-Type": KIND}
PLAN = "Møteplan for skolene 2026/2027\n\n14. september: Foreldremøte på skolen\n".encode()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with demo(tmp_path_factory.mktemp("files")) as found:
        yield found


@pytest.fixture
async def client(page: Demo) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(page.app), base_url=HERE, timeout=30) as found:
        yield found


def asked(person: str = "administrator", name: str = "plan.txt", **others: str) -> dict[str, str]:
    return {"name": name, "text": "", "person": person, "conversation": "c1", **others}


async def shared(client: httpx.AsyncClient, content: bytes = PLAN, **how: str) -> Any:
    answer = await client.post("/api/file", params=asked(**how), content=content, headers=OWN)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_administrator_sees_what_the_plan_holds_and_nothing_is_taken_in(
    client: httpx.AsyncClient, page: Demo
) -> None:
    before = page.store.plans.book().plans
    answer = await shared(client)
    assert "Møteplan for skolene" in answer["text"]
    assert answer["changes"] == []
    assert page.store.plans.book().plans == before


@pytest.mark.parametrize("person", ["stranger", "0", "999999"])
async def test_who_may_administer_nothing_is_refused(client: httpx.AsyncClient, person: str) -> None:
    answer = await shared(client, person=person)
    assert "administratorer" in answer["text"]
    assert "Møteplan" not in answer["text"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf(["~", "~"]), "skannet"),
        (b"", "tom"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "plan.txt"),
        ("Hei på deg.".encode(), "ingen møter"),
    ],
    ids=["scanned", "empty", "a picture", "no plan"],
)
async def test_what_is_no_plan_is_told_of_in_one_sentence(
    client: httpx.AsyncClient, content: bytes, words: str
) -> None:
    assert words in (await shared(client, content))["text"]


async def test_the_words_that_go_with_it_decide_the_standard(client: httpx.AsyncClient) -> None:
    answer = await shared(client, pdf(["~", "~"]), text="Eg deler ei fil med deg: «plan.pdf»")
    assert "skanna" in answer["text"]


async def test_a_file_s_name_is_only_words(client: httpx.AsyncClient) -> None:
    answer = await shared(client, pdf(["~"]), name="../../etc/{{ 7*7 }} <b>\x00" + "x" * 300)
    assert "{{ 7*7 }} <b>" in answer["text"]
    assert "x" * 200 not in answer["text"]


async def test_a_file_may_be_large_but_no_larger_than_a_plan_can_be(client: httpx.AsyncClient) -> None:
    assert "tom" in (await shared(client, b" " * LARGEST))["text"]
    for content in (b" " * (LARGEST + 1), _endless()):
        answer = await client.post("/api/file", params=asked(), content=content, headers=OWN)
        assert answer.status_code == 413


async def _endless() -> AsyncIterator[bytes]:
    for _ in range(60):
        yield b" " * 1024**2


async def test_whoever_is_refused_hears_it_however_large_the_file_is(client: httpx.AsyncClient) -> None:
    assert "administratorer" in (await shared(client, b" " * LARGEST, person="stranger"))["text"]


async def test_other_places_still_read_little(client: httpx.AsyncClient) -> None:
    headers = {"Origin": HERE, "Content-Type": "application/json"}
    answer = await client.post("/api/say", content=b" " * 40_000, headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": KIND},
        {**OWN, "Origin": "https://elsewhere.example"},
        {**OWN, "Origin": "null"},
        {**OWN, "Host": f"elsewhere.example:{PORT}"},
        {**OWN, "Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
async def test_what_another_page_sends_is_refused(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await client.post("/api/file", params=asked(), content=PLAN, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/json", ""],
)
async def test_a_form_cannot_hand_over_a_file(client: httpx.AsyncClient, kind: str) -> None:
    answer = await client.post("/api/file", params=asked(), content=PLAN, headers={**OWN, "Content-Type": kind})
    assert answer.status_code == 415


@pytest.mark.parametrize("missing", ["text", "person", "conversation"])
async def test_who_shares_it_must_be_said(client: httpx.AsyncClient, missing: str) -> None:
    told = {key: value for key, value in asked().items() if key != missing}
    answer = await client.post("/api/file", params=told, content=PLAN, headers=OWN)
    assert answer.status_code == 400
