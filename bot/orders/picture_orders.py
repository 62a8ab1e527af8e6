"""What is asked of a picture: checked before the picture is known, and an order once it is."""

from dataclasses import dataclass

import spark
from bot.domain.jobs import Order, TaskOrder
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import InputImage, Source


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """An order of one task that still lacks its picture."""

    kind: Kind
    title: str
    request: spark.ImageToImage | spark.Edit | spark.StyleTemplate | spark.Portrait
    spoiler: bool = False
    click_key: str | None = None

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
            tasks=(TaskOrder(request.name, request.settings(), width, height, image.sha256),),
            spoiler=self.spoiler or source.spoiler,
            click_key=self.click_key,
            image=image,
            source=source,
            parent=source.result,
        )


def _result_size(request: spark.Request, image: InputImage) -> tuple[int, int]:
    if isinstance(request, spark.ImageToImage | spark.Portrait):
        return request.width, request.height
    return image.width, image.height
