"""Discord's file store: signed links that expire."""

import hashlib
import hmac
import re
from urllib.parse import quote

from sandbox.discord.model.address import Address
from sandbox.discord.model.files import Attachment
from spark.clock import Clock

LINK_LIFETIME = 24 * 60 * 60
"""Seconds for which a signed link works."""

_FILE_LINK = re.compile(r"/attachments/\d+/(\d+)/[^/?]+(?:\?|\Z)")


class Cdn:
    """Signs links to files and checks them.

    Args:
        clock: says when a link expires.
        address: where the files are served.
        secret: what the links are signed with.

    """

    def __init__(self, clock: Clock, address: Address, secret: bytes) -> None:
        self._clock = clock
        self._address = address
        self._secret = secret

    def sign(self, attachment: Attachment) -> str:
        """Make a link that works from now for a day."""
        return self._address.http + self._signed_path(attachment)

    def sign_proxied(self, attachment: Attachment) -> str:
        """Make a link to the same file through the proxy for pictures."""
        return self._address.media + self._signed_path(attachment)

    def allows(self, path: str, expires: str, issued: str, signature: str) -> bool:
        """Whether a link is one of ours and has not expired."""
        if not hmac.compare_digest(self._signature(path, expires, issued), signature):
            return False
        return self._clock.time() < int(expires, 16)

    def proxy(self, url: str) -> str:
        """Make a link to a picture outside through the proxy; it does not expire."""
        scheme, _, rest = url.partition("://")
        return f"{self._address.media}/external/{self._signature(url)}/{scheme}/{quote(rest)}"

    def proxied(self, signature: str, scheme: str, rest: str) -> str | None:
        """Tell which picture outside a proxy's link stands for; None where it is none of ours."""
        url = f"{scheme}://{rest}"
        return url if hmac.compare_digest(self._signature(url), signature) else None

    def attachment_of(self, url: str) -> int | None:
        """Tell the id of the file to which a link leads or once led; None where it is no link of ours."""
        match = _FILE_LINK.match(url.removeprefix(self._address.http).removeprefix(self._address.media))
        return int(match[1]) if match else None

    def _signed_path(self, attachment: Attachment) -> str:
        path = f"/attachments/{attachment.channel_id}/{attachment.id}/{quote(attachment.filename)}"
        issued = int(self._clock.time())
        expires = issued + LINK_LIFETIME
        signature = self._signature(path, f"{expires:x}", f"{issued:x}")
        return f"{path}?ex={expires:x}&is={issued:x}&hm={signature}&"

    def _signature(self, *signed: str) -> str:
        return hmac.new(self._secret, "\n".join(signed).encode(), hashlib.sha256).hexdigest()
