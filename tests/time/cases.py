"""The cases under cases/, one for each way of saying: what stands there is what a reader must find."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent / "cases"
_CONTEXT = ("reference", "month", "year", "school_year", "section", "calendar")


def cases() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield file, text and case: the keys of the case win over those at the top of its file."""
    for path in sorted(_HERE.glob("*.toml")):
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        shared = {key: value for key, value in file.items() if key != "case"}
        for case in file["case"]:
            for text in case["say"]:
                yield path.stem, text, {**shared, **case}


def query(text: str, case: dict[str, Any]) -> dict[str, Any]:
    context = {key: str(case[key]) if key == "reference" else case[key] for key in _CONTEXT if case.get(key)}
    return {"text": text, **context}


def said(answer: dict[str, Any]) -> str:
    """Write an answer as the cases do: "2024-02-12", "2024-02-12..2024-02-18", "..2024-04-30", "nothing"."""
    start, end = answer["start"], answer["end"]
    if start is None and end is None:
        return "impossible" if answer.get("impossible") else {"ongoing": "ongoing"}.get(answer["precision"], "nothing")
    return start if start == end else f"{start or ''}..{end or ''}"
