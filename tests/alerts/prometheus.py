"""Debian's Prometheus, as `deploy/` sets it up, in a hurry: what is minutes there is seconds here."""

import asyncio
import re
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

import aiohttp
import yaml

from tests.deployment import read

_HURRY: Final = (("[5m]", "[10s]"), ("> 300", "> 5"), ("> 900", "> 5"))
"""What stands in the rules' expressions, and what stands there for it; all else is as in `deploy/`."""
_START: Final = 30.0


def free_port() -> int:
    """Give a port of this machine's that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class Prometheus:
    """One process that asks one bot each second; use it in `async with`."""

    def __init__(self, folder: Path, bot: str) -> None:
        self._folder = folder
        self._bot = bot
        self._address = f"127.0.0.1:{free_port()}"

    async def __aenter__(self) -> Self:
        (self._folder / "alerts.yml").write_text(yaml.safe_dump(_hurried_rules()))
        (self._folder / "prometheus.yml").write_text(yaml.safe_dump(self._config()))
        self._process = await asyncio.create_subprocess_exec(
            "prometheus",
            f"--config.file={self._folder}/prometheus.yml",
            f"--storage.tsdb.path={self._folder}/data",
            f"--web.listen-address={self._address}",
            "--log.level=error",
        )
        self._session = aiohttp.ClientSession()
        async with asyncio.timeout(_START):
            while not await self._is_ready():  # noqa: ASYNC110 - it is another process
                await asyncio.sleep(0.1)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        self._process.terminate()
        await self._process.wait()

    async def values(self, query: str) -> list[float]:
        """Give the values that answer a query now; raises `RuntimeError` for one that cannot be read."""
        answer = await self._asked("query", query=query)
        return [float(each["value"][1]) for each in answer["result"]]

    async def firing(self) -> set[str]:
        """Name the alerts that fire now."""
        alerts = (await self._asked("alerts"))["alerts"]
        return {each["labels"]["alertname"] for each in alerts if each["state"] == "firing"}

    async def _asked(self, what: str, **parameters: str) -> Any:
        async with self._session.get(f"http://{self._address}/api/v1/{what}", params=parameters) as answer:
            told = await answer.json()
        if told["status"] != "success":
            raise RuntimeError(f"{parameters}: {told['error']}")
        return told["data"]

    async def _is_ready(self) -> bool:
        with suppress(aiohttp.ClientConnectionError):
            async with self._session.get(f"http://{self._address}/-/ready") as answer:
                return answer.status == 200
        return False

    def _config(self) -> Any:
        config = read("prometheus/prometheus.yml")
        config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
        for job in config["scrape_configs"]:
            job["static_configs"] = [{"targets": [self._bot]}]
        return config


def _hurried_rules() -> Any:
    rules = read("prometheus/alerts.yml")
    for rule in (rule for group in rules["groups"] for rule in group["rules"]):
        for unhurried, hurried in _HURRY:
            rule["expr"] = rule["expr"].replace(unhurried, hurried)
        if "for" in rule:
            rule["for"] = re.sub("m$", "s", rule["for"])
    return rules
