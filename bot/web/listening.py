"""Where the web server listens, or why it cannot."""

import asyncio
import errno
import os

from bot.settings import WebSettings

_REMEDIES = {
    errno.EADDRINUSE: "end the process that has it, or choose another port (WEB_PORT)",
    errno.EACCES: "choose a port of 1024 or more (WEB_PORT)",
}


class NotListening(Exception):
    """The address cannot be listened on; the text says why, and what mends it."""

    def __init__(self, settings: WebSettings, error: OSError) -> None:
        number = error.errno or 0
        # asyncio tells the address once more in its own text
        said = os.strerror(number) if number in errno.errorcode else error.strerror
        remedy = _REMEDIES.get(number, "set web.host to an address of this machine (WEB_HOST)")
        super().__init__(f"web.port: {settings.host}:{settings.port} cannot be listened on ({said}); {remedy}")
        self.is_taken = number == errno.EADDRINUSE


async def require_free(settings: WebSettings) -> None:
    """Raise `NotListening` where a server could not listen there."""
    try:
        server = await asyncio.get_running_loop().create_server(asyncio.Protocol, settings.host, settings.port)
    except OSError as error:
        raise NotListening(settings, error) from None
    server.close()
    await server.wait_closed()
