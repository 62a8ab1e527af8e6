"""The panel beside the page: what Spark and Discord do to the bot, what they charged, and who asked for what."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from sandbox.discord import ClientRefusal, DiscordSandbox, Kind, Member, Permissions
from sandbox.discord import Trouble as DiscordTrouble
from sandbox.discord.http.request_log import LoggedRequest as DiscordRequest
from sandbox.discord.payloads import Json
from sandbox.spark.journal import Request as SparkRequest
from sandbox.spark.prices import usd_text
from sandbox.spark.server import SparkSandbox
from sandbox.spark.trouble import Trouble as SparkTrouble

SLOW: Final = 30.0
"""Seconds that a slow Spark takes for a picture, on average."""
_FAILING: Final = "003001095"
_RATE_LIMITED: Final = 5
"""How many messages of the bot meet Discord's rate limit, once it is switched on."""
_LATEST: Final = 12
_POSTS: Final = r"/(channels/\d+/messages|webhooks/\d+/[^/]+(/messages/.+)?)"


class Panel:
    """Switches trouble on and off, and tells what was asked and charged."""

    def __init__(self, discord: DiscordSandbox, spark: SparkSandbox) -> None:
        self._discord = discord
        self._spark = spark
        self._usual = spark.latency
        self._mode = "well"
        self._troubles: list[SparkTrouble] = []
        self._no_threads = False
        self._limited: DiscordTrouble | None = None

    def of(self) -> Json:
        """Tell how everything stands."""
        return {
            "spark": self._mode,
            "seconds": self._spark.latency.mean,
            "discord": self._discord_state(),
            "charged": usd_text(self._spark.bill),
            "requests": list(self._requests()),
        }

    async def change(self, person: Member, wanted: Mapping[str, Any]) -> None:
        """Switch something; raises `ClientRefusal` where there is no such switch."""
        for name, value in wanted.items():
            match name, value:
                case "spark", "well" | "slow" | "failing" | "away":
                    await self._switch_spark(str(value))
                case "seconds", int() | float() if 0 < value <= 120:
                    self._usual = replace(self._usual, mean=float(value))
                    if self._mode != "slow":
                        self._spark.latency = self._usual
                case "discord", "well" | "limited" | "no threads":
                    self._switch_discord(person, str(value))
                case _:
                    raise ClientRefusal(f"there is no {name} {value!r}")

    async def _switch_spark(self, mode: str) -> None:
        for trouble in self._troubles:
            self._spark.trouble.remove(trouble)
        self._troubles.clear()
        self._mode = mode
        self._spark.latency = replace(self._usual, mean=SLOW) if mode == "slow" else self._usual
        if mode == "failing":
            self._troubles.append(
                self._spark.trouble.add(SparkTrouble("submit", "fail", times=None, code=_FAILING))
            )
        if mode == "away":
            await self._spark.go_away()
        else:
            await self._spark.come_back()

    def _switch_discord(self, person: Member, mode: str) -> None:
        if self._limited is not None:
            self._limited.times = 0
        wants = mode == "no threads"
        if wants != self._no_threads:
            bot = self._discord.world.bot
            denied = Permissions.CREATE_PUBLIC_THREADS if wants else Permissions.NONE
            for channel in self._discord.world.channels_of(person.guild):
                self._discord.set_overwrite(channel, person.guild.members[bot.id], deny=denied)
            self._no_threads = wants
        self._limited = None
        if mode == "limited":
            self._limited = self._discord.trouble.add(
                DiscordTrouble(
                    "POST",
                    _POSTS,
                    Kind.ANSWER,
                    status=429,
                    headers={"Retry-After": "2"},
                    message="You are being rate limited.",
                    times=_RATE_LIMITED,
                )
            )

    def _discord_state(self) -> str:
        if self._no_threads:
            return "no threads"
        return "limited" if self._limited is not None and self._limited.times > 0 else "well"

    def _requests(self) -> Iterator[Json]:
        """Tell the newest requests of the bot, to both, the newest first."""
        asked: list[tuple[str, DiscordRequest | SparkRequest]] = []
        asked += [("Discord", each) for each in self._discord.requests.requests[-_LATEST:]]
        asked += [("Spark", each) for each in self._spark.requests[-_LATEST:]]
        asked.sort(key=lambda pair: pair[1].when, reverse=True)
        for to, each in asked[:_LATEST]:
            yield {"at": each.when, "to": to, "what": f"{each.method} {each.path}", "status": each.status}
