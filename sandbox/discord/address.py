"""Where the sandbox listens."""

from dataclasses import dataclass


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
    def gateway(self) -> str:
        """Where bots connect."""
        return f"ws://{self.host}:{self.port}/gateway"

    @property
    def gateway_resume(self) -> str:
        """Where bots resume."""
        return f"{self.gateway}/resume"
