"""The environment as one frozen value; each setting with its help, which README's table is made from."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import BadSetting

PREFIX = "PLANVAKT_"


def _split(value: Any) -> Any:
    """Commas stand between names."""
    if isinstance(value, str):
        return tuple(name for part in value.split(",") if (name := part.strip()))
    return value


def _is_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, IsADirectoryError) as error:
        raise ValueError("is no time zone; try Europe/Oslo") from error
    return value


def _is_database(value: str) -> str:
    if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
    return value


def _is_file_host(value: str) -> str:
    """The bot's token goes there, so in clear text only to this machine."""
    parts = urlsplit(value)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")):
        raise ValueError("must begin with https://")
    return value


def _is_address(value: str | None) -> str | None:
    """Addresses with a secret in them are only given out over https, or to this machine."""
    return _is_file_host(value).rstrip("/") if value else None


def _is_listening(value: str) -> str:
    host, _, port = value.rpartition(":")
    if value != "off" and not (host and port.isdecimal() and 0 <= int(port) <= 65535):
        raise ValueError("must be HOST:PORT, or off")
    return value


class Settings(BaseSettings):
    """What an installation has chosen. Secrets are never printed or logged."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_ignore_empty=True, extra="ignore")

    database_url: Annotated[str, AfterValidator(_is_database)] = Field(
        default="sqlite:///planvakt.db",
        repr=False,
        description="The plan database: `sqlite:///FILE` or `postgresql+psycopg://USER:PASSWORD@HOST/NAME`",
    )
    time_zone: Annotated[str, AfterValidator(_is_zone)] = Field(
        default="Europe/Oslo", description="The time zone that people's clocks show"
    )
    admins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = Field(
        default=(),
        description="Who may change everything: Slack user ids (`T0123:U0456`) or names, with commas between",
    )
    host: str = Field(default="127.0.0.1", description="The address that `planvakt serve` listens on")
    port: int = Field(default=3000, ge=1, le=65535, description="The port that `planvakt serve` listens on")
    public_url: Annotated[str | None, AfterValidator(_is_address)] = Field(
        default=None,
        description="Where people reach this server: `https://planvakt.kommune.no`; for calendars, addresses, OAuth",
    )
    slack_bot_token: SecretStr | None = Field(
        default=None, description="The bot's token in one Slack workspace (`xoxb-…`)"
    )
    slack_app_token: SecretStr | None = Field(
        default=None, description="The app-level token (`xapp-…`): with it Slack is reached over Socket Mode"
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="Slack's signing secret: with it Slack reaches us over HTTP"
    )
    slack_client_id: str | None = Field(
        default=None, description="The Slack app's client id: with it many workspaces can install Planvakt by OAuth"
    )
    slack_client_secret: SecretStr | None = Field(default=None, description="The Slack app's client secret, for OAuth")
    secret_keys: Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_split)] = Field(
        default=(),
        description="Keys that the workspaces' tokens are kept with, with commas between: the first encrypts, all "
        "decrypt; `planvakt secrets new` makes one",
    )
    slack_api_url: str = Field(default="https://slack.com/api/", description="Where Slack's Web API is")
    slack_files_url: Annotated[str, AfterValidator(_is_file_host)] = Field(
        default="https://files.slack.com/", description="Where Slack's files are; plans are fetched from there alone"
    )
    keep_conversations_hours: int = Field(
        default=24, ge=1, le=720, description="How long a conversation is remembered, in hours"
    )
    keep_waiting_days: int = Field(
        default=7, ge=1, le=7, description="How long a plan waits to be taken in, in days; seven at most"
    )
    keep_digests_days: int = Field(
        default=365, ge=30, description="How long it is kept that a digest was posted, in days"
    )
    inbox_hours: int = Field(
        default=24, ge=1, description="For how many hours it is remembered what Slack has delivered, so it runs once"
    )
    dead_letter_days: int = Field(
        default=30, ge=1, description="For how many days a delivery that could not be worked on is kept"
    )
    log_level: str = Field(
        default="INFO",
        pattern="^(DEBUG|INFO|WARNING|ERROR)$",
        description="How much is logged: DEBUG, INFO, WARNING or ERROR",
    )
    log_format: Literal["json", "text"] | None = Field(
        default=None, description="How `planvakt serve` logs: `json` or `text`; else text on a terminal, JSON elsewhere"
    )
    metrics_address: Annotated[str, AfterValidator(_is_listening)] = Field(
        default="127.0.0.1:9464",
        description="Where `planvakt serve` gives `/metrics` to Prometheus: `HOST:PORT`, or `off`",
    )

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What may stand in no log, whatever its form."""
        held = [getattr(self, name) for name in type(self).model_fields]
        each = [one for value in held for one in (value if isinstance(value, tuple) else (value,))]
        told = [value.get_secret_value() for value in each if isinstance(value, SecretStr)]
        return tuple(filter(None, [*told, urlsplit(self.database_url).password]))

    @property
    def metrics_at(self) -> tuple[str, int] | None:
        """The host and port of the metrics; None where there are to be none."""
        host, _, port = self.metrics_address.rpartition(":")
        return (host.strip("[]"), int(port)) if host else None

    @property
    def inbox_ids_kept(self) -> timedelta:
        return timedelta(hours=self.inbox_hours)

    @property
    def dead_letters_kept(self) -> timedelta:
        return timedelta(days=self.dead_letter_days)

    @property
    def uses_slack(self) -> bool:
        return self.slack_bot_token is not None or self.uses_oauth

    @property
    def uses_oauth(self) -> bool:
        return self.slack_client_id is not None

    @property
    def uses_socket_mode(self) -> bool:
        return self.slack_app_token is not None


def settings_from_environment() -> Settings:
    """Read the environment. Raises BadSetting, which names the setting and never its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = PREFIX + str(first["loc"][0]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise BadSetting(name=name, reason=reason) from None


def settings_table() -> str:
    """Every setting with its default and its help, as a Markdown table."""
    rows = ["| Setting | Default | What it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if field.default not in (None, ()) else "–"
        rows.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)
