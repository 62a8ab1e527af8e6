"""What a file is, from its header alone: nothing is decoded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import ExifTags, ImageFile
from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif import HeifImageFile

from spark.errors import ImageRefused
from spark.images.containers import png_exif
from spark.images.limits import FORMATS, LIMITS, SOURCE_BYTES_MAX, SOURCE_PIXELS_MAX

_Opener = Callable[[BytesIO], ImageFile.ImageFile]

# the classes rather than Image.open, whose guard against bombs is one setting for the whole process
_OPENERS: Final[Mapping[str, _Opener]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "GIF": GifImageFile,
    "WEBP": WebPImageFile,
    "AVIF": AvifImageFile,
    "HEIF": HeifImageFile,
}
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_ORIENTATIONS: Final = range(1, 9)
_UPRIGHT: Final = 1
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """A picture, as its header tells."""

    format: str
    """JPEG, PNG, GIF, WEBP, AVIF or HEIF."""
    width: int
    """Pixels, as it is to be seen: upright."""
    height: int
    orientation: int
    """EXIF's number from 1 to 8; 1 is upright."""
    has_location: bool
    """Whether it tells where it was taken."""


def inspect(data: bytes) -> ImageInfo:
    """Read format and size from a file's header; raise `ImageRefused` where it is no picture, or a bomb."""
    if not data:
        raise ImageRefused("empty", "The file is empty.")
    if len(data) > SOURCE_BYTES_MAX:
        size = f"{len(data) / 1e6:.0f} MB"
        raise ImageRefused("too_large", f"The file has {size}; the most is {SOURCE_BYTES_MAX / 1e6:.0f} MB.")
    image_format = _sniff(data)
    if image_format is None:
        raise ImageRefused("not_an_image", "The file is no picture of a kind that can be read here.")
    try:
        with _OPENERS[image_format](BytesIO(data)) as image:
            if image_format == "PNG":
                image.info.setdefault("exif", png_exif(data))  # else Pillow decodes all pixels in search of it
            info = _info(image, image_format)
    except Exception as error:  # a decoder raises anything on a forged file
        raise ImageRefused("broken", "The picture's header cannot be read; the file is damaged.") from error
    if info.width * info.height > SOURCE_PIXELS_MAX:
        limit = f"{SOURCE_PIXELS_MAX // 1_000_000} megapixels"
        raise ImageRefused("too_many_pixels", f"The picture is {info.width}×{info.height}; the most is {limit}.")
    return info


def require_taken(data: bytes, model: str) -> ImageInfo:
    """Raise `ImageRefused` unless the model takes the file as it is, as far as its header tells."""
    info, limits = inspect(data), LIMITS[model]
    long, short = max(info.width, info.height), min(info.width, info.height)
    size = f"{info.width}×{info.height}"
    if info.format not in FORMATS:
        raise ImageRefused("wrong_format", f"The picture is {info.format}; {model} takes JPEG and PNG.")
    if len(data) > limits.max_bytes:
        raise ImageRefused("too_large", f"The file has {len(data)} bytes; {model} takes {limits.max_bytes}.")
    if long > limits.max_side:
        raise ImageRefused("too_large", f"The picture is {size}; {model} takes sides up to {limits.max_side}.")
    if limits.max_ratio is not None and long > limits.max_ratio * short:
        raise ImageRefused("too_long", f"The picture is {size}; {model} takes sides up to {limits.max_ratio}:1.")
    if short < limits.min_short or long < limits.min_long:
        least = f"{limits.min_short}×{limits.min_long}"
        raise ImageRefused("too_small", f"The picture is {size}; {model} needs at least {least}.")
    return info


def _sniff(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        box = data[8 : min(int.from_bytes(data[:4]), 256)]
        brands = {box[start : start + 4] for start in range(0, len(box), 4)}
        if brands & _AVIF_BRANDS:
            return "AVIF"
        if brands & _HEIF_BRANDS:
            return "HEIF"
    return None


def _info(image: ImageFile.ImageFile, image_format: str) -> ImageInfo:
    exif = image.getexif()
    told = exif.get(ExifTags.Base.Orientation)
    orientation = told if isinstance(told, int) and told in _ORIENTATIONS else _UPRIGHT
    width, height = image.size
    if orientation in _SIDEWAYS:
        width, height = height, width
    location = bool(exif.get_ifd(ExifTags.IFD.GPSInfo)) or b"GPSLatitude" in _xmp(image)
    return ImageInfo(image_format, width, height, orientation, location)


def _xmp(image: ImageFile.ImageFile) -> bytes:
    told = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return told if isinstance(told, bytes) else str(told).encode()
