"""Discord's client in a browser, as far as it matters for a bot: one small page over the sandbox."""

from sandbox.page.server import Page, PortTaken

__all__ = ["Page", "PortTaken"]
