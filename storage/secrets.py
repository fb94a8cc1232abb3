"""Secrets as they lie in the database: encrypted with the newest key, readable with any that is still listed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import BadSetting

SETTING = "PLANVAKT_SECRET_KEYS"
_PADDING = "="


def new_key() -> str:
    """Return a key that nobody has."""
    return Fernet.generate_key().decode()


class Secrets:
    """Encrypts with the first key, decrypts with all. Raises BadSetting where one is no key, or none is given."""

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._keys = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise BadSetting(name=SETTING, reason="needs keys of 32 bytes in URL-safe base64") from error

    def hidden(self, secret: str) -> str:
        """Return it encrypted."""
        return self._keys.encrypt(secret.encode()).decode()

    def shown(self, hidden: str) -> str:
        """Return it as it was. Raises BadSetting where no key fits."""
        try:
            return self._keys.decrypt(hidden).decode()
        except InvalidToken as error:
            raise BadSetting(name=SETTING, reason="none of the keys fits what is stored") from error

    def sealed(self, said: str, now: datetime) -> str:
        """Return what only we can have made, with the time when it was; it may stand in an address and a cookie."""
        return self._keys.encrypt_at_time(said.encode(), int(now.timestamp())).decode().rstrip(_PADDING)

    def unsealed(self, sealed: str, now: datetime, lasts: timedelta) -> str | None:
        """Return what was sealed not longer ago than `lasts`; None for anything else."""
        token = sealed.encode("utf-8", "replace") + _PADDING.encode() * (-len(sealed) % 4)
        try:
            return self._keys.decrypt_at_time(token, int(lasts.total_seconds()), int(now.timestamp())).decode()
        except InvalidToken:
            return None

    def renewed(self, hidden: str) -> str:
        """Return it encrypted with the first key. Raises as `shown` does."""
        return self.hidden(self.shown(hidden))
