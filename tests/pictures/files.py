"""Where the docs keep their pictures."""

import io
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[2]
_IMAGES = ROOT / "docs" / "images"
_QUALITY = 86


def write_jpeg(name: str, png: bytes) -> None:
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").save(_IMAGES / f"{name}.jpg", quality=_QUALITY, optimize=True, progressive=True)


def write_png(name: str, png: bytes) -> None:
    (_IMAGES / f"{name}.png").write_bytes(png)
