"""What the requests of all models have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from spark.errors import Problem
from spark.validation import Validated


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that is allowed and yet may disappoint."""

    text: str
    """What may come of it, as a sentence or two."""
    in_vain: bool = False
    """Whether the picture may be of no use at all, rather than less good than it could be."""


class BaseRequest(Validated):
    """One request to one model, with checked parameters."""

    image_fields: ClassVar[tuple[str, ...]] = ()

    @property
    def has_image(self) -> bool:
        """Whether a picture is attached."""
        return False

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """Say what is allowed and yet may disappoint."""
        return ()

    def settings(self) -> dict[str, Any]:
        """Give the parameters without the picture, as JSON; those at the vendor's default are left out."""
        return self.model_dump(mode="json", exclude_defaults=True, exclude=set(self.image_fields))

    def params(self) -> dict[str, Any]:
        """Give the parameters as they are sent (without `model`): the settings, and the picture if attached."""
        image = self.model_dump(mode="json", exclude_defaults=True, include=set(self.image_fields))
        return self.settings() | image

    def require_complete(self) -> None:
        """Raise `InvalidRequest` if the picture that the model needs is not attached yet."""

    def replaced(self, **params: Any) -> Self:
        """Give the same request with some parameters changed, checked anew."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self)(**given | params)


class SizedRequest(BaseRequest):
    """A request for a picture of a certain width and height, in pixels."""

    sides_go_together: ClassVar[bool] = True
    """Whether Spark takes both sides or neither."""

    width: int
    height: int

    def conflicts(self) -> Iterator[Problem]:
        """Yield what is wrong with parameters that are right each for itself."""
        yield from super().conflicts()
        given = {"width", "height"} & self.model_fields_set
        if self.sides_go_together and len(given) == 1:
            (absent,) = {"width", "height"} - given
            yield self.problem(absent, "missing", "given, since width and height go together")

    def settings(self) -> dict[str, Any]:
        """Give the parameters without the picture, as JSON; those at the vendor's default are left out."""
        changed = super().settings()
        sides = {"width": self.width, "height": self.height}
        return changed | sides if sides.keys() & changed.keys() else changed
