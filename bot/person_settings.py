"""What somebody has chosen for themselves."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSetting:
    """One person's choices; None is no choice: the language as they write, the days before a deadline as for all."""

    language: Language | None = None
    days: tuple[int, ...] | None = None
