"""Which addresses results are fetched from; Spark names them, and must not reach into this machine's network.

Public ones, by https; a private one, or http, only where Spark's own address is of that kind itself.
"""

import asyncio
import ipaddress
import socket
from typing import Final

from yarl import URL

from spark.errors import DownloadFailed

_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_UNICAST: Final = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is given out for the open internet."""
_SHOWN_MAX: Final = 100


class PrivateAddress(OSError):
    """Stands for a connection that is not begun, since it would lead to no public address."""

    def __init__(self) -> None:
        super().__init__("it leads to a private address")


def web_address(url: str) -> URL:
    """Read a result's address; what is quoted in it stays so, since its signature may depend on it.

    Raises `DownloadFailed` where it is none of the web's.
    """
    try:
        address = URL(url, encoded=url.isascii() and " " not in url)
        reachable = address.scheme in {"http", "https"} and bool(address.host)
    except ValueError:
        reachable = False
    if not reachable:
        raise DownloadFailed(f"A result's address must be http or https, but is {url[:_SHOWN_MAX]!r}")
    return address


def is_public(host: str) -> bool:
    """Whether a numeric address is one of the open internet; one that wraps another counts as that one."""
    address = ipaddress.ip_address(host)
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if wrapped is None and address in _NAT64:
            wrapped = ipaddress.IPv4Address(address.packed[-4:])
        if wrapped is not None:
            return is_public(str(wrapped))
        if address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast


async def leads_inside(url: URL) -> bool | None:
    """Whether a server's address is private, under all that its name stands for; None where nobody can say now."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
    except OSError:
        return None
    return not any(is_public(str(sockaddr[0])) for *_, sockaddr in found)
