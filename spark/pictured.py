"""What the requests of the models that work on a picture have in common."""

import base64
import string
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field

from spark.errors import InvalidRequest, Problem
from spark.images.headers import require_taken
from spark.images.limits import LIMITS
from spark.parameters import WebAddress
from spark.request import BaseRequest
from spark.validation import refuse

_BASE64_DIGITS = (string.ascii_letters + string.digits + "+/").encode()


def _base64(value: str) -> str:
    padding = value.encode("utf-8", "surrogatepass").translate(None, _BASE64_DIGITS)
    if not value or len(value) % 4 or padding not in {b"", b"=", b"=="} or not value.endswith(padding.decode()):
        raise refuse("element")
    return value


class PicturedRequest(BaseRequest):
    """A request to a model that works on one picture."""

    image_fields: ClassVar[tuple[str, ...]]

    def require_complete(self) -> None:
        """Raise `InvalidRequest` if no picture is attached yet."""
        if not self.has_image:
            field = " or ".join(self.image_fields)
            problem = self.problem("image", "missing", "exactly one picture")
            raise InvalidRequest(self.name, (replace(problem, field=field),))


class Base64Request(PicturedRequest):
    """A request whose picture goes as an address or as base64: one of the two, exactly one picture."""

    image_fields: ClassVar[tuple[str, ...]] = ("image_urls", "binary_data_base64")

    image_urls: tuple[WebAddress, ...] = Field(
        (), strict=False, repr=False, description="a list of one http or https address"
    )
    binary_data_base64: tuple[Annotated[str, AfterValidator(_base64)], ...] = Field(
        (), strict=False, repr=False, description="a list of one picture in base64"
    )

    def conflicts(self) -> Iterator[Problem]:
        """Yield what is wrong with parameters that are right each for itself."""
        yield from super().conflicts()
        if self.image_urls and self.binary_data_base64:
            rule = "given once: as image_urls or as binary_data_base64"
            yield self.problem("image", "conflict", rule, "given as both")
        elif (count := len(self.image_urls or self.binary_data_base64)) > 1:
            yield self.problem("image", "count", "exactly one picture", f"{count} pictures")
        limit = LIMITS[self.name].max_bytes
        for data in self.binary_data_base64:
            if (size := len(data) // 4 * 3 - data.count("=", -2)) > limit:
                yield self.problem("image", "size", f"at most {limit} bytes", size)

    @property
    def has_image(self) -> bool:
        """Whether a picture is attached."""
        return bool(self.image_urls or self.binary_data_base64)

    def with_image_url(self, url: str) -> Self:
        """Attach the picture at an address that Spark can reach."""
        return self.replaced(image_urls=(url,), binary_data_base64=())

    def with_image(self, data: bytes) -> Self:
        """Attach a picture by its bytes; raise `ImageRefused` where the model takes no such file.

        Only its first kilobyte is read: `spark.fit` makes what the model takes from almost any picture.
        """
        require_taken(data, self.name)
        return self.replaced(image_urls=(), binary_data_base64=(base64.b64encode(data).decode("ascii"),))
