"""Which addresses pictures are fetched from: those of the hosts that the settings name, and no others."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Self

_HOST: Final = r"(?P<host>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(?P<port>[1-9][0-9]{0,4}))?"
_ENTRY: Final = re.compile(_HOST, re.ASCII | re.IGNORECASE)
_ADDRESS: Final = re.compile(
    # no userinfo, no backslash, no space, nothing beyond ASCII: any two readers of an address must see one host
    rf"(?P<scheme>https?)://{_HOST}(?:[/?][!-\[\]-~]*)?",
    re.ASCII | re.IGNORECASE,
)
_AUTHORITY: Final = re.compile(r"(?:[a-z0-9+.-]+:)?[/\\]*(?P<authority>[^/\\?#]*)", re.ASCII | re.IGNORECASE)
_USUAL_PORTS: Final = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts that pictures may come from."""

    _ports: Mapping[str, frozenset[int | None]]
    """By host; None stands for the usual port."""

    @classmethod
    def of(cls, entries: Collection[str]) -> Self:
        """Read entries such as `cdn.example.com`, `127.0.0.1:8080` or `[::1]`; raises `ValueError` for another."""
        ports: dict[str, set[int | None]] = {}
        for entry in entries:
            if (read := _ENTRY.fullmatch(entry)) is None:
                raise ValueError(f"{entry!r} is not a host such as cdn.example.com or 127.0.0.1:8080")
            ports.setdefault(read["host"].lower(), set()).add(int(read["port"]) if read["port"] else None)
        return cls({host: frozenset(named) for host, named in ports.items()})

    def allow(self, url: str) -> bool:
        """Whether a picture may be fetched from an address.

        Its host must be one of the entries as it is written there, not another name of the same machine. It is
        asked by https on the usual port, or on the port that its entry names. An entry that is this very machine
        (`localhost`, `127.0.0.1`, `[::1]`) is also asked by http, and on any port where it names none.
        """
        if (read := _ADDRESS.fullmatch(url)) is None:
            return False
        host, scheme = read["host"].lower(), read["scheme"].lower()
        named, here = self._ports.get(host, frozenset()), _is_loopback(host)
        usual = _USUAL_PORTS[scheme]
        port = int(read["port"] or usual)
        return (scheme == "https" or here) and (port in named or (None in named and (here or port == usual)))


def shown_host(url: str) -> str:
    """Tell what stands where the host of an address would stand, as it is written there."""
    read = _AUTHORITY.match(url)
    return read["authority"] if read else ""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
