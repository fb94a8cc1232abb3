"""Where the token goes when a file is fetched: to Slack's own file host, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.errors import BadFile
from handlers.slack.file_host import SLACKS_OWN, FileHost, file_origins, origin_of
from handlers.slack.shared_files import SharedFile
from tests.slack.local import workspace as names
from tests.slack.local.files import FileHost as LocalHost
from tests.slack.local.people import KARI
from tests.slack.local.server import LocalSlack

BEARER = f"Bearer {names.BOT_TOKEN}"


@pytest.fixture
async def other(local: LocalSlack) -> AsyncIterator[LocalHost]:
    """Another host, with the same files."""
    found = LocalHost(local.workspace, local.oauth, local.api.workspaces)
    await found.start()
    yield found
    await found.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as found:
        yield found


def host_of(session: aiohttp.ClientSession, *origins: str, seconds: float = 10) -> FileHost:
    timeout = aiohttp.ClientTimeout(total=seconds)
    return FileHost(session=session, token=names.BOT_TOKEN, origins=frozenset(origins), timeout=timeout)


def a_file(address: str) -> SharedFile:
    return SharedFile(id="F1", name="plan.txt", address=address)


async def refusal(host: FileHost, address: str) -> str:
    with pytest.raises(BadFile) as refused:
        await host.fetch(a_file(address))
    return refused.value.template


async def test_a_redirect_within_slacks_own_hosts_is_followed_with_the_token(
    local: LocalSlack, other: LocalHost, session: aiohttp.ClientSession
) -> None:
    file = local.files.upload(KARI, "plan.txt", b"plan")
    file.redirects_to = f"{other.root}/files-pri/T0PLAN-{file.id}/origin/plan.txt"
    host = host_of(session, local.files.root, other.root)
    assert await host.fetch(a_file(file.address)) == b"plan"
    assert [token for _, token in (*local.files.asked, *other.asked)] == [BEARER, BEARER]


@pytest.mark.parametrize("place", ["absolute", "without scheme"])
async def test_a_redirect_to_another_host_is_not_followed(
    local: LocalSlack, other: LocalHost, session: aiohttp.ClientSession, place: str
) -> None:
    address = f"{other.root}/files-pri/T0PLAN-F1/plan.txt"
    address = address if place == "absolute" else address.removeprefix("http:")
    file = local.files.upload(KARI, "plan.txt", b"plan", redirects_to=address)
    assert await refusal(host_of(session, local.files.root), file.address) == "slack_file_elsewhere"
    assert other.asked == []


async def test_redirects_that_go_on_are_given_up(local: LocalSlack, session: aiohttp.ClientSession) -> None:
    file = local.files.upload(KARI, "plan.txt", b"plan")
    file.redirects_to = f"{file.address}?again=1#more"
    assert await refusal(host_of(session, local.files.root), file.address) == "slack_file_not_fetched"
    assert len(local.files.asked) == 4


@pytest.mark.parametrize(
    "forged",
    [
        "https://files.slack.com.example.net/files-pri/T-F/plan.txt",
        "https://example.net/files.slack.com/plan.txt",
        "https://files.slack.com@example.net/plan.txt",
        "https://user:word@files.slack.com/plan.txt",
        "https://files.slack.com\\@example.net/plan.txt",
        "https://example.net\\.files.slack.com/plan.txt",
        "https://files.slack.com:8443/plan.txt",
        "https://files.slack.com:x/plan.txt",
        "https://evilfiles.slack.com/plan.txt",
        "https://slack.com/plan.txt",
        "http://files.slack.com/plan.txt",
        "ftp://files.slack.com/plan.txt",
        "file:///etc/passwd",
        "//files.slack.com/plan.txt",
        "https://[files.slack.com/plan.txt",
        "https://169.254.169.254/latest/meta-data",
        "https://files.slack.com",
        "",
    ],
)
async def test_an_address_that_is_not_slacks_is_not_asked(session: aiohttp.ClientSession, forged: str) -> None:
    host = FileHost(session=session, token=names.BOT_TOKEN)
    assert await refusal(host, forged) == "slack_file_elsewhere"


async def test_a_host_that_does_not_answer_in_time_is_given_up(
    local: LocalSlack, session: aiohttp.ClientSession
) -> None:
    file = local.files.upload(KARI, "plan.txt", b"plan", seconds=1.0)
    host = host_of(session, local.files.root, seconds=0.2)
    assert await refusal(host, file.address) == "slack_file_not_fetched"


async def test_a_host_that_is_not_there_is_told_of(session: aiohttp.ClientSession) -> None:
    origin = "http://127.0.0.1:9"
    assert await refusal(host_of(session, origin), f"{origin}/plan.txt") == "slack_file_not_fetched"


def test_the_setting_names_slacks_hosts_or_the_one_that_it_says() -> None:
    assert file_origins("https://files.slack.com/") == SLACKS_OWN
    assert file_origins("http://127.0.0.1:8771/") == {"http://127.0.0.1:8771"}
    assert all(origin.startswith("https://") for origin in SLACKS_OWN)
    assert origin_of("https://files.slack.com:443/a") == "https://files.slack.com"


def test_the_token_is_in_no_words_of_ours(local: LocalSlack) -> None:
    assert names.BOT_TOKEN not in repr(FileHost(session=None, token=names.BOT_TOKEN))  # type: ignore[arg-type]
