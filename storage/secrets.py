"""Secrets as they lie in the database: encrypted with the newest key, readable with any that is still listed."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import BadSetting

SETTING = "PLANVAKT_SECRET_KEYS"


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

    def renewed(self, hidden: str) -> str:
        """Return it encrypted with the first key. Raises as `shown` does."""
        return self.hidden(self.shown(hidden))
