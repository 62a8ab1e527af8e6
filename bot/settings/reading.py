"""Where the settings are read: a TOML file, then the environment, which wins.

From the environment only the names in `ENVIRONMENT` are read (and a secret's `_FILE` form, which names a file
that holds it), so that a stranger's `SPARK_HOME` harms nobody. An unknown key in the file is an error.
"""

import os
import tomllib
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, TomlConfigSettingsSource

from bot.settings.mistakes import SettingsInvalid, mistakes_in, text_of
from bot.settings.sections import LogSettings, Settings

ENVIRONMENT = {
    "discord": ("token", "api_url", "gateway_url", "cdn_hosts", "allowed_guilds", "shard_count", "shard_ids"),
    "spark": ("api_key", "base_url", "max_in_flight", "requests_per_second", "edit_model"),
    "database": ("url",),
    "limits": (
        "user_day_usd",
        "user_month_usd",
        "guild_day_usd",
        "guild_month_usd",
        "everywhere_day_usd",
        "everywhere_month_usd",
        "total_day_usd",
        "total_month_usd",
        "user_running",
        "user_queued",
    ),
    "web": ("host", "port"),
}
"""Which settings the environment may give, as `SECTION_KEY` in capitals."""

_SECRETS = {("discord", "token"), ("spark", "api_key")}


class _NamedEnvironment(PydanticBaseSettingsSource):
    """The environment's variables that `ENVIRONMENT` names, and no others."""

    def __init__(self, settings_class: type[BaseSettings], environment: Mapping[str, str]) -> None:
        super().__init__(settings_class)
        self._environment = environment

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002 - as the base class has it
        """Give one section's values."""
        given = {key: self._value(field_name, key) for key in ENVIRONMENT.get(field_name, ())}
        return {key: value for key, value in given.items() if value}, field_name, False

    def __call__(self) -> dict[str, Any]:
        """Give every section that the environment says something of."""
        sections = {
            name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()
        }
        return {name: values for name, values in sections.items() if values}

    def _value(self, section: str, key: str) -> str | None:
        name = f"{section}_{key}".upper()
        if value := self._environment.get(name):
            return value
        file = self._environment.get(f"{name}_FILE") if (section, key) in _SECRETS else None
        return text_of(Path(file), f"{name}_FILE").strip() if file else None


def usual_file() -> Path | None:
    """Give the file that is read where none is named, if it is there."""
    usual = Path("config.toml")
    return usual if usual.exists() else None


def log_settings(file: Path | None) -> LogSettings:
    """Read how the log is written, whatever else is wrong in the file; the defaults where it cannot be read."""
    try:
        section = {} if file is None else tomllib.loads(_text(file)).get("log", {})
        return LogSettings.model_validate(section)
    except (SettingsInvalid, ValueError):
        return LogSettings()


def forget_secrets(environment: MutableMapping[str, str] = os.environ) -> None:
    """Take out of the environment what nobody but this process is to know, once it is read."""
    for section, key in (*_SECRETS, ("database", "url")):
        environment.pop(f"{section}_{key}".upper(), None)


def required(secret: SecretStr | None, section: str, key: str) -> str:
    """Give a secret that the bot needs; raises `SettingsInvalid` where there is none."""
    if secret is None or not secret.get_secret_value():
        name = f"{section}_{key}".upper()
        raise SettingsInvalid(
            f"{section}.{key}: is missing; set it in the file, as {name}, or in a file named by {name}_FILE"
        )
    return secret.get_secret_value()


def load(file: Path | None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises `SettingsInvalid`, which names every key that is wrong."""
    if file is not None:
        _text(file)  # the source below takes what is no file for an empty one

    class Sourced(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the environment is read by name only
            env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            named = _NamedEnvironment(settings_cls, environment)
            return (named, TomlConfigSettingsSource(settings_cls, toml_file=file))

    try:
        return Sourced()
    except ValidationError as invalid:
        raise SettingsInvalid(*mistakes_in(invalid, Settings, environment)) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsInvalid(f"{file}: is not TOML: {error}") from error


def _text(file: Path) -> str:
    """Read the settings' file; raises `SettingsInvalid` for a pipe, too, which holds nothing the second time."""
    if _is_pipe(file):
        raise SettingsInvalid(f"--config: {file} is a pipe, which can be read only once; name a file")
    return text_of(file, "--config")


def _is_pipe(file: Path) -> bool:
    try:
        return file.is_fifo()
    except OSError:  # reading it tells why
        return False
