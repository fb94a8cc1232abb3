"""What is shipped: lock files that name no host, and a wheel that carries all it needs."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import time
import venv
from contextlib import closing
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")


def pinned(lock: str) -> list[str]:
    """Return each package of a lock file with all that is said of it."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_a_hash(lock: str) -> None:
    for line in pinned(lock):
        assert re.match(r"[\w.\[\]-]+==\S+ ", line), line
        assert "--hash=sha256:" in line, line


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_host_and_has_the_build_backend(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    assert "\nhatchling==" in text


def test_both_lock_files_agree() -> None:
    versions = {line.split()[0] for line in pinned("requirements.txt")}
    assert versions <= {line.split()[0] for line in pinned("requirements-dev.txt")}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has the wheel, and takes the libraries from the one that runs the tests."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(place)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    venv.create(place / "venv", with_pip=False)
    install = [sys.executable, "-m", "pip", "--python", str(place / "venv"), "install", "--quiet"]
    subprocess.run([*install, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    (packages,) = (place / "venv").glob("lib/python*/site-packages")
    # Added last, so that what the wheel brings is found before the checkout the libraries' folder points to.
    (packages / "zz-libraries.pth").write_text(f"{libraries}\n", "utf-8")
    return place / "venv" / "bin"


def test_the_wheel_serves_the_demo(installed: Path, tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PYTHONPATH": ""}
    demo = subprocess.Popen(
        [installed / "planvakt", "demo", "--no-browser", "--port", str(port)],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert "Planvakt" in page(port, demo)
    finally:
        demo.terminate()
        demo.communicate(timeout=60)


def test_the_wheel_has_the_manifest(installed: Path, tmp_path: Path) -> None:
    command = [installed / "planvakt", "manifest", "--socket-mode"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "socket_mode_enabled: true" in done.stdout


def page(port: int, server: subprocess.Popen[str], patience: float = 60.0) -> str:
    """Return the front page as soon as there is one."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"the demo ended: {server.stderr.read() if server.stderr else ''}")
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                connection.request("GET", "/")
                return connection.getresponse().read().decode("utf-8")
        except OSError:
            time.sleep(0.2)
    pytest.fail("the demo did not answer")
