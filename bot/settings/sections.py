"""The sections of the settings: what an operator may choose, and what is usual."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    SettingsConfigDict,
)

import spark
from bot.domain.access import Access
from bot.domain.limits import Ceilings
from bot.domain.moderation.words import NO_WORDS, ReadList, WordList
from bot.domain.money import nano_from_usd
from bot.domain.privacy import Keeping
from bot.domain.shards import Shards, ids_text
from bot.settings.mistakes import SettingsInvalid, text_of
from bot.settings.values import (
    Ceiling,
    DatabaseAddress,
    GatewayAddress,
    HostNames,
    Id,
    Listed,
    Positive,
    Secret,
    ShardCount,
    Usd,
    WebAddress,
    nano,
)
from bot.wording.listed_words import fault_text


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
    allowed_guilds: Annotated[frozenset[Id] | None, Listed] = None
    assets_channel_id: Id | None = None
    """Where copies of pictures are posted that Spark takes by address only; None asks and posts them in place."""
    message_content: bool = False
    """Whether the privileged intent is switched on for the bot, so that it sees what people write and post."""
    shard_count: ShardCount | None = None
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

    blocked_users: frozenset[Id] = frozenset()
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
