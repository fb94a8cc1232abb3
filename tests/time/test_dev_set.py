"""The shared set of time expressions is read right, where it is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_SCORE = _ROOT.parent / "shared" / "temporal" / "score.py"


@pytest.mark.skipif(not _SCORE.exists(), reason="the shared set of time expressions is not at hand")
def test_the_shared_set_is_read_right(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    command = [sys.executable, str(_SCORE), "--call", "bot.time.query:answer", "--json", str(figures)]
    subprocess.run(command, check=True, cwd=_ROOT, capture_output=True)
    (scored,) = json.loads(figures.read_text(encoding="utf-8"))
    assert scored["interval_accepted"] >= 0.97 * scored["expressions"]
    assert scored["wrong"] <= 1
    assert scored["false_dates"] == scored["conflicts_false"] == 0
