"""What a picture is, from its header alone: nothing is decoded. For the worker."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import AvifImagePlugin, ExifTags, ImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from spark.errors import ImageRefused
from spark.images.containers import Anatomy, BrokenContainer, anatomy_of
from spark.images.headers import read_header, require_decodable
from spark.images.limits import FORMATS

_Opener = Callable[[BytesIO], ImageFile.ImageFile]

# the classes rather than Image.open, which tries one after the other
_OPENERS: Final[Mapping[str, _Opener]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "GIF": GifImageFile,
    "WEBP": WebPImageFile,
    "AVIF": AvifImagePlugin.AvifImageFile,
}
_ORIENTATIONS: Final = range(1, 9)
_UPRIGHT: Final = 1
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # the worker may start none


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
    anatomy: Anatomy | None
    """The parts of a JPEG or PNG."""

    @property
    def sideways(self) -> bool:
        """Whether it is stored with its sides changed for each other."""
        return self.orientation in _SIDEWAYS


def inspect(data: bytes) -> ImageInfo:
    """Read what a file's header tells; raise `ImageRefused` where it is no picture, or a bomb."""
    image_format = read_header(data, len(data)).format
    try:
        anatomy = anatomy_of(data, image_format) if image_format in FORMATS else None
    except BrokenContainer as error:
        raise ImageRefused("broken", str(error)) from error
    try:
        with opened(data, image_format) as image:
            if anatomy is not None and image_format == "PNG":
                image.info.setdefault("exif", anatomy.exif)  # else Pillow decodes all pixels in search of it
            info = _info(image, image_format, anatomy)
    except Exception as error:  # a decoder raises anything on a forged file
        raise ImageRefused("broken", "The picture's header cannot be read; the file is damaged.") from error
    require_decodable(image_format, info.width, info.height)
    return info


def opened(data: bytes, image_format: str) -> ImageFile.ImageFile:
    """Open a picture; its pixels are not decoded yet."""
    if image_format == "HEIF":
        import pillow_heif  # only where it is needed: it takes as long to load as all else

        pillow_heif.options.DECODE_THREADS = 1
        heif: _Opener = pillow_heif.HeifImageFile
        return heif(BytesIO(data))
    return _OPENERS[image_format](BytesIO(data))


def _info(image: ImageFile.ImageFile, image_format: str, anatomy: Anatomy | None) -> ImageInfo:
    exif = image.getexif()
    told = exif.get(ExifTags.Base.Orientation)
    orientation = told if isinstance(told, int) and told in _ORIENTATIONS else _UPRIGHT
    width, height = image.size
    if orientation in _SIDEWAYS:
        width, height = height, width
    location = bool(exif.get_ifd(ExifTags.IFD.GPSInfo)) or b"GPSLatitude" in _xmp(image)
    return ImageInfo(image_format, width, height, orientation, location, anatomy)


def _xmp(image: ImageFile.ImageFile) -> bytes:
    told = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return told if isinstance(told, bytes) else str(told).encode()
