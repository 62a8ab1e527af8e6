"""What is asked of a picture: checked before the picture is known, and an order once it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import PlainSerializer, PlainValidator

import spark
from bot.domain.jobs import Order, TaskOrder
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import InputImage, Source
from bot.domain.refusals import Remedy

_Asked: TypeAlias = spark.ImageToImage | spark.Edit | spark.StyleTemplate | spark.Portrait


def _written(request: _Asked) -> dict[str, Any]:
    """Write a request that has no picture yet as JSON: the model, and the parameters that were given, as given."""
    return {"model": request.name, "params": request.model_dump(mode="json", exclude_unset=True)}


def _read(written: object) -> spark.Request:
    """Read a request from JSON; raises ValueError."""
    match written:
        case {"model": str(model), "params": dict(params)}:
            try:
                return spark.parse(model, params)
            except spark.InvalidRequest as invalid:
                raise ValueError(str(invalid)) from invalid
    raise ValueError("is no request")


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """An order that still lacks its picture."""

    kind: Kind
    title: str
    request: Annotated[_Asked, PlainValidator(_read), PlainSerializer(_written)]
    spoiler: bool = False
    click_key: str | None = None
    count: int = 1
    """How many pictures are made of it, with seeds in a row; more than one of a model that has seeds alone."""

    def of(self, image: InputImage, source: Source) -> Order:
        """Order it of a picture, which gives its own shape where nobody has chosen another."""
        request = self.request
        if isinstance(request, spark.ImageToImage) and not {"width", "height"} & request.model_fields_set:
            width, height = spark.nearest_image_to_image_size(image.width, image.height)
            request = request.replaced(width=width, height=height)
        width, height = _result_size(request, image)
        return Order(
            kind=self.kind,
            title=self.title,
            tasks=tuple(
                TaskOrder(each.name, each.settings(), width, height, image.sha256)
                for each in _seeded(request, self.count)
            ),
            spoiler=self.spoiler or source.spoiler,
            click_key=self.click_key,
            image=image,
            source=source,
            parent=source.result,
        )


@dataclass(frozen=True, slots=True)
class AttachPicture(Remedy):
    """The same order of a picture that its person sends now."""

    order: PictureOrder


def _seeded(request: _Asked, count: int) -> Sequence[_Asked]:
    if isinstance(request, spark.StyleTemplate):
        return [request]
    return [request, *(request.replaced(seed=request.seed + further) for further in range(1, count))]


def _result_size(request: spark.Request, image: InputImage) -> tuple[int, int]:
    if isinstance(request, spark.ImageToImage | spark.Portrait):
        return request.width, request.height
    return image.width, image.height
