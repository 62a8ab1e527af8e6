"""`python -m bot.web.healthy`: whether the bot beside it is well, by the settings that it runs with.

For a container. No command of `spark-bot`: nobody types it, and it is to load little.
"""

import sys
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address

from bot.settings import SettingsInvalid, WebSettings, load, usual_file

_TIMEOUT = 5.0


def asked_of(host: str) -> str:
    """Tell where a host is asked that the bot listens on: all addresses of a machine are its own too."""
    try:
        listening = ip_address(host)
    except ValueError:  # a name
        return host
    if not listening.is_unspecified:
        return host
    return "127.0.0.1" if listening.version == 4 else "::1"


def answer(web: WebSettings) -> tuple[bool, str]:
    """Ask `/healthz`; give whether all is well, and what was said."""
    if not web.port:
        return False, "web.port is 0: nobody knows where to ask; choose one (WEB_PORT)"
    connection = HTTPConnection(asked_of(web.host), web.port, timeout=_TIMEOUT)
    try:
        connection.request("GET", "/healthz")
        response = connection.getresponse()
        return response.status == 200, response.read().decode(errors="replace")
    except OSError as error:
        return False, f"{web.host}:{web.port} does not answer: {error}"
    except HTTPException:
        return False, f"{web.host}:{web.port} does not answer as a spark-bot does"
    finally:
        connection.close()


def main() -> int:
    """Print what is said; give the exit code."""
    try:
        well, said = answer(load(usual_file()).web)
    except SettingsInvalid as invalid:
        well, said = False, f"The settings cannot be used.\n{invalid}"
    sys.stdout.write(f"{said}\n")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
