"""The settings: a TOML file, then the environment, which wins.

From the environment only the names in `ENVIRONMENT` are read (and a secret's `_FILE` form, which names a file
that holds it), so that a stranger's `SPARK_HOME` harms nobody. An unknown key in the file is an error.
"""

import os
import tomllib
from collections.abc import Mapping, MutableMapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

import spark
from bot.domain.access import Access
from bot.domain.limits import Ceilings
from bot.domain.moderation.words import NO_WORDS, ReadList, WordList
from bot.domain.money import nano_from_usd
from bot.domain.privacy import Keeping
from bot.domain.shards import Shards, ids_text
from bot.setting_values import (
    Ceiling,
    DatabaseAddress,
    GatewayAddress,
    HostNames,
    Listed,
    Positive,
    Secret,
    Usd,
    WebAddress,
    nano,
)
from bot.settings_errors import SettingsInvalid, mistakes_in, text_of
from bot.wording.listed_words import fault_text

__all__ = [
    "ENVIRONMENT",
    "LogSettings",
    "Settings",
    "SettingsInvalid",
    "WebSettings",
    "forget_secrets",
    "load",
    "required",
]

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


def _entries(file: Path) -> tuple[str, ...]:
    """Read a list of words; raises `SettingsInvalid` where it cannot be read, or a line cannot be used."""
    read = ReadList.of(text_of(file, "access.words_file"))
    if read.faulty:
        raise SettingsInvalid(f"access.words_file: {file}, {fault_text(read.faulty[0])}")
    return read.entries


def _usable_list(file: Path | None) -> Path | None:
    if file is not None:
        _entries(file)
    return file


_SQLITE = "sqlite:///"
_HD_ABOVE = 2_000_000
"""Pixels: the largest of Spark's recommended 1K sizes has 1.76 million, the smallest of its 2K ones 3.6."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DiscordSettings(_Section):
    """Where Discord is and who the bot is there."""

    token: Secret | None = None
    api_url: WebAddress = "https://discord.com/api/v10"
    gateway_url: GatewayAddress | None = None
    """Where the gateway is; None is where Discord itself says."""
    cdn_hosts: HostNames = frozenset(
        {
            "cdn.discordapp.com",
            "media.discordapp.net",
            "images-ext-1.discordapp.net",
            "images-ext-2.discordapp.net",
        }
    )
    allowed_guilds: Annotated[frozenset[int] | None, Listed] = None
    assets_channel_id: Positive | None = None
    """Where copies of pictures are posted that Spark takes by address only; None asks and posts them in place."""
    message_content: bool = False
    """Whether the privileged intent is switched on for the bot, so that it sees what people write and post."""
    shard_count: Positive | None = None
    shard_ids: Annotated[tuple[int, ...] | None, Listed] = None

    @model_validator(mode="after")
    def _count_the_shards(self) -> Self:
        if self.shard_ids is None:
            return self
        if self.shard_count is None:
            raise ValueError("shard_ids needs shard_count too")
        if not self.shard_ids:
            raise ValueError("shard_ids names no shard; leave it out to serve all of them")
        if outside := {each for each in self.shard_ids if not 0 <= each < self.shard_count}:
            raise ValueError(
                f"shard_ids: of {self.shard_count} shards none is {ids_text(outside)}; "
                f"the last one is {self.shard_count - 1}"
            )
        if len(set(self.shard_ids)) < len(self.shard_ids):
            raise ValueError("shard_ids names a shard twice")
        return self

    @property
    def shards(self) -> Shards | None:
        """Give those that are chosen; None is all of them, in as many as Discord advises."""
        if self.shard_count is None:
            return None
        return Shards(self.shard_count, self.shard_ids or tuple(range(self.shard_count)))


class SparkSettings(_Section):
    """Where Spark is, whose key pays, and how long it is waited for."""

    api_key: Secret | None = None
    base_url: AnyHttpUrl = AnyHttpUrl("https://cloud.vtrix.ai")
    max_in_flight: Positive = 50
    edit_model: Literal["spark_edit_3_0", "spark_i2i_3_0"] = "spark_edit_3_0"
    requests_per_second: Positive = 100
    task_timeout: Positive = 15 * 60
    """Seconds after which a task is overdue."""


class DatabaseSettings(_Section):
    """Where everything is kept."""

    url: DatabaseAddress = "sqlite:///data/bot.db"


class LimitSettings(_Section):
    """Ceilings of money and of work; `"none"` is no limit."""

    user_day_usd: Ceiling = Decimal("1.00")
    user_month_usd: Ceiling = Decimal("10.00")
    guild_day_usd: Ceiling = None
    guild_month_usd: Ceiling = None
    everywhere_day_usd: Ceiling = Decimal("3.00")
    """One person's, over all servers and direct messages."""
    everywhere_month_usd: Ceiling = Decimal("30.00")
    total_day_usd: Ceiling = Decimal("25.00")
    total_month_usd: Ceiling = Decimal("250.00")
    user_running: Positive = 3
    user_queued: Positive = 10
    confirm_above_usd: Ceiling = Decimal("0.25")
    """What is spent at once without asking."""
    unknown_hold: Positive = 24 * 60 * 60
    """Seconds for which the money of an unknown or overdue task stays reserved."""

    @property
    def confirm_above(self) -> int | None:
        """Give what is spent at once without asking, in nano-dollars; None never asks."""
        return nano(self.confirm_above_usd)

    @property
    def ceilings(self) -> Ceilings:
        """Give the limits in nano-dollars."""
        return Ceilings(
            nano(self.user_day_usd),
            nano(self.user_month_usd),
            nano(self.guild_day_usd),
            nano(self.guild_month_usd),
            nano(self.total_day_usd),
            nano(self.total_month_usd),
            nano(self.everywhere_day_usd),
            nano(self.everywhere_month_usd),
        )


class AccessSettings(_Section):
    """Who may not use the bot, and for what, whatever servers say."""

    blocked_users: frozenset[Positive] = frozenset()
    direct_messages: bool = True
    words_file: Annotated[Path | None, AfterValidator(_usable_list)] = None
    """A file of words that nothing is made of, on any server; None is none."""

    @property
    def words(self) -> WordList:
        """Read the words; raises `SettingsInvalid` where they have become unusable since."""
        return NO_WORDS if self.words_file is None else WordList(_entries(self.words_file))


class EstimateSettings(_Section):
    """What a task is expected to cost, in USD, until real costs are known."""

    spark_t2i_3_0: Usd = Decimal("0.03")
    spark_t2i_3_0_hd: Usd = Decimal("0.03")
    """Of a picture of more than two million pixels."""
    spark_i2i_3_0: Usd = Decimal("0.03")
    spark_edit_3_0: Usd = Decimal("0.03")
    spark_style_template: Usd = Decimal("0.03")
    spark_edit_portrait: Usd = Decimal("0.03")

    exact: bool = False
    """Whether these are Spark's own prices, which people then read without "about"."""

    def first_price(self, model: str, width: int, height: int) -> int:
        """Give the estimate for a picture of one model and size, in nano-dollars."""
        hd = model == spark.TextToImage.name and width * height > _HD_ABOVE
        usd: Decimal = getattr(self, f"{model}_hd" if hd else model)
        return nano_from_usd(usd)


class PrivacySettings(_Section):
    """How long things are kept, in seconds."""

    keep_results: Positive = 7 * 24 * 60 * 60
    """A result that Discord has not taken yet."""
    keep_inputs: Positive = 7 * 24 * 60 * 60
    """A picture that somebody sent, after the last job that asked for it."""
    keep_prompts: Positive = 90 * 24 * 60 * 60
    """The words, options and links of a job, and what was refused."""

    @property
    def keeping(self) -> Keeping:
        """Give them as a value."""
        return Keeping(float(self.keep_prompts), float(self.keep_inputs), float(self.keep_results))


class WebSettings(_Section):
    """Where `/healthz` and `/readyz` answer."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8081


class LogSettings(_Section):
    """How the log is written."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Settings(BaseSettings):
    """Everything an operator may choose."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    discord: DiscordSettings = DiscordSettings()
    spark: SparkSettings = SparkSettings()
    database: DatabaseSettings = DatabaseSettings()
    limits: LimitSettings = LimitSettings()
    access: AccessSettings = AccessSettings()
    estimates: EstimateSettings = EstimateSettings()
    privacy: PrivacySettings = PrivacySettings()
    web: WebSettings = WebSettings()
    log: LogSettings = LogSettings()

    @property
    def who_may(self) -> Access:
        """Give who may use the bot, and where."""
        return Access(self.discord.allowed_guilds, self.access.direct_messages, self.access.blocked_users)

    @property
    def styles_folder(self) -> Path:
        """Tell where the styles' pictures are kept: beside SQLite's file, else where that would be."""
        url = self.database.url
        return (
            Path((url if url.startswith(_SQLITE) else DatabaseSettings().url).removeprefix(_SQLITE)).parent
            / "styles"
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """Give what no log may hold."""
        given = (self.discord.token, self.spark.api_key)
        return tuple(secret.get_secret_value() for secret in given if secret is not None)


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
        section = {} if file is None else tomllib.loads(file.read_text(encoding="utf-8")).get("log", {})
        return LogSettings.model_validate(section)
    except (OSError, ValueError):
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
        text_of(file, "--config")  # the source below takes a missing file for an empty one

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
