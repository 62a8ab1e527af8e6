"""A scene being painted: the picture so far and the light in it."""

import random
from dataclasses import dataclass

from PIL import Image

from sandbox.spark.painter.canvas import Point
from sandbox.spark.painter.colour import RGB, lit, mix, under
from sandbox.spark.painter.figures import Light
from sandbox.spark.painter.palettes import Palette
from sandbox.spark.painter.reading import Scene

_SNOW: RGB = (246, 249, 255)


@dataclass(slots=True)
class Stage:
    """What every place paints on. `horizon` is in pixels from the top; `sun` is where the light comes from."""

    image: Image.Image
    rng: random.Random
    palette: Palette
    scene: Scene
    horizon: float
    sun: Point

    @property
    def width(self) -> int:
        """Tell the width in pixels."""
        return self.image.width

    @property
    def height(self) -> int:
        """Tell the height in pixels."""
        return self.image.height

    @property
    def unit(self) -> int:
        """Tell the shorter side in pixels, by which things are measured."""
        return min(self.image.size)

    @property
    def side(self) -> int:
        """Tell from where the light comes: -1 left, 1 right."""
        return -1 if self.sun[0] < self.width / 2 else 1

    @property
    def light(self) -> Light:
        """Tell how figures are lit here."""
        rim = mix(self.palette.sky[-1], self.palette.source, 0.6)
        return Light(self.palette.ambient, rim, self.side, self.palette.shadow)

    def tone(self, colour: RGB, distance: float) -> RGB:
        """Tell how a surface of this colour looks here; `distance` 1 is lost in the haze, 0 is at our feet."""
        seen = under(_SNOW if self.scene.snow else colour, self.palette.ambient)
        return mix(seen, self.palette.haze, distance)

    def dark(self, distance: float) -> RGB:
        """Tell how dark woods and rocks look at a distance."""
        return mix(self.palette.near, self.palette.haze, distance)

    @property
    def snow(self) -> RGB:
        """Tell the colour of snow in this light."""
        return lit(under(_SNOW, self.palette.ambient), 1.06)
