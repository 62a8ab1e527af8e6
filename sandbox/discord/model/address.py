"""Where the sandbox listens."""

from dataclasses import dataclass

MEDIA_HOST = "localhost"
"""Stands for the hosts through which Discord shows pictures: another name than that of its file store."""


@dataclass(slots=True)
class Address:
    """Where the server listens; the port is known once it does."""

    host: str
    port: int

    @property
    def http(self) -> str:
        """The base of its web addresses, without a trailing slash."""
        return f"http://{self.host}:{self.port}"

    @property
    def media(self) -> str:
        """The base of the web addresses of the proxy for pictures, which goes by a host name of its own."""
        return f"http://{MEDIA_HOST}:{self.port}"

    @property
    def gateway(self) -> str:
        """Where bots connect."""
        return f"ws://{self.host}:{self.port}/gateway"

    @property
    def gateway_resume(self) -> str:
        """Where bots resume."""
        return f"{self.gateway}/resume"
