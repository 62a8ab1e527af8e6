"""Remembers every request that the bot made."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.discord.model.files import Upload

_TOKEN = re.compile(r"^(/(?:webhooks|interactions)/\d+/)[^/]+")


@dataclass(slots=True, eq=False)
class LoggedRequest:
    """One request. `path` carries neither host nor API prefix, and `TOKEN` in place of a webhook's token."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    """The JSON body, or what a multipart form carried as payload_json; None without one."""
    files: tuple[Upload, ...]
    when: float
    """Seconds since the Unix epoch, by the sandbox's clock."""
    status: int | None = None
    """None while it is unanswered, and for good where its connection was torn."""

    @property
    def filenames(self) -> tuple[str, ...]:
        """Name the files that it carried."""
        return tuple(file.filename for file in self.files)


@dataclass(frozen=True, slots=True)
class Download:
    """One request for a file or for a picture outside."""

    host: str
    """The host name by which it was asked for, without its port."""
    path: str
    when: float
    """Seconds since the Unix epoch, by the sandbox's clock."""
    status: int


@dataclass(slots=True)
class RequestLog:
    """All requests, in the order in which they came."""

    requests: list[LoggedRequest] = field(default_factory=list)

    def __iter__(self) -> Iterator[LoggedRequest]:
        return iter(self.requests)

    def __len__(self) -> int:
        return len(self.requests)

    def matching(self, method: str, path: str) -> list[LoggedRequest]:
        """List the requests with this method whose whole path matches the regular expression."""
        pattern = re.compile(path)
        return [each for each in self.requests if each.method == method and pattern.fullmatch(each.path)]

    def write(self, path: Path) -> None:
        """Write the log as JSON lines: method, path and body."""
        lines = (
            json.dumps({"method": each.method, "path": each.path, "body": each.body}) for each in self.requests
        )
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def without_token(path: str) -> str:
    """Give a path in which no webhook's or interaction's token stands any more."""
    return _TOKEN.sub(r"\1TOKEN", path)
