"""Decode one picture and encode it anew, as a model takes it or in fewer bytes. For the worker."""

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageCms, ImageFile

from spark.errors import ImageRefused
from spark.images.changes import HIDDEN_DATA, PLACE_REMOVED
from spark.images.containers import without_metadata
from spark.images.fingerprints import Fingerprint
from spark.images.inspection import ImageInfo, inspect, opened
from spark.images.limits import Limits
from spark.images.looks import SIDE, fingerprint
from spark.images.provenance import Provenance
from spark.images.shapes import target_size
from spark.images.stamping import stamped, told_provenance_in

_QUALITIES: Final = (95, 88, 80)
_SHRINK: Final = 0.8
_SIXTEEN_BITS: Final = 16
_PNG_DEPTH_AT: Final = 24
_OPAQUE: Final = 255
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by EXIF's number."""
_SPEECH: Final = {"WEBP": "WebP", "HEIF": "HEIC"}


_DAMAGED: Final = "The picture is damaged or cut off; it cannot be decoded."


def fit(data: bytes, limits: Limits) -> tuple[Mapping[str, Any], bytes]:
    """Make what a model takes; give what is told of it, with what was changed in words, and the file.

    A picture that fits stays as it is, but for its metadata; of that, it keeps telling that it is AI's work.
    Raises `ImageRefused`.
    """
    info = inspect(data)
    size = target_size(info.width, info.height, limits)
    stamp = _stamp_of(told_provenance_in(data))
    clean = None if info.anatomy is None else stamp(without_metadata(data, info.anatomy))
    changes: list[str] = []
    image = upright(data, info, size, changes)
    taken = fingerprint(image)
    if size != (info.width, info.height):
        verb = "enlarged" if size > (info.width, info.height) else "scaled down"
        changes.append(f"{verb} from {_times((info.width, info.height))} to {_times(size)}")
    if clean is not None and len(clean) <= limits.max_bytes and not changes:
        if clean != data:
            changes.append(PLACE_REMOVED if info.has_location else HIDDEN_DATA)
        return _told(info.format, size, changes, taken, original_fits=not info.has_location), clean
    if info.format != "JPEG":
        changes.append(f"converted from {_SPEECH.get(info.format, info.format)} to JPEG")
    made, fitted = _encoded(image, size, limits, changes, stamp)
    if info.has_location:
        changes.append(PLACE_REMOVED)
    return _told("JPEG", made, changes, taken, original_fits=False), fitted


def _told(
    image_format: str, size: tuple[int, int], changes: list[str], taken: Fingerprint, *, original_fits: bool
) -> Mapping[str, Any]:
    width, height = size
    told = {"format": image_format, "width": width, "height": height, "changes": changes}
    return {**told, "fingerprint": str(taken), "original_fits": original_fits}


def recognise(data: bytes) -> Mapping[str, Any]:
    """Tell a picture's fingerprint; raises `ImageRefused`."""
    # at a half or less where a JPEG is large: that is several times as fast, and changes nothing that shows
    return {"fingerprint": str(fingerprint(upright(data, inspect(data), (SIDE, SIDE), [])))}


def shrink(data: bytes, max_bytes: int, provenance: Provenance) -> tuple[Mapping[str, Any], bytes]:
    """Make a JPEG of at most `max_bytes`: less quality first, then fewer pixels; give its size and the file.

    It tells the provenance, beside what the picture tells already. Raises `ImageRefused`.
    """
    info = inspect(data)
    image = upright(data, info, (info.width, info.height), [])
    stamp = partial(stamped, provenance=provenance, made_from=data)
    made, encoded = _encoded(image, (info.width, info.height), Limits(max_bytes), [], stamp)
    return {"width": made[0], "height": made[1]}, encoded


def upright(data: bytes, info: ImageInfo, size: tuple[int, int], changes: list[str]) -> Image.Image:
    """Decode a picture as it is to be seen, at `size` or larger; raises `ImageRefused` where it is damaged."""
    try:
        with opened(data, info.format) as source:
            return _turned(_decoded(source, data, info, size, changes), info, changes)
    except MemoryError:
        raise
    except Exception as error:  # a decoder raises anything on a damaged file
        raise ImageRefused("broken", _DAMAGED) from error


def _decoded(
    source: ImageFile.ImageFile, data: bytes, info: ImageInfo, size: tuple[int, int], changes: list[str]
) -> Image.Image:
    if getattr(source, "is_animated", False):
        changes.append("took its first frame")
    # a JPEG much too large is decoded at a half, a quarter or an eighth
    source.draft(None, size[::-1] if info.sideways else size)
    deep = info.format == "PNG" and data[_PNG_DEPTH_AT] == _SIXTEEN_BITS
    source.load()
    return _plain(source, changes, deep=deep)


def _turned(image: Image.Image, info: ImageInfo, changes: list[str]) -> Image.Image:
    if (turn := _TURNS.get(info.orientation)) is None:
        return image
    changes.append("turned upright")
    return image.transpose(turn)


def _plain(image: Image.Image, changes: list[str], *, deep: bool) -> Image.Image:
    """Make it 8-bit grey or RGB, opaque, in sRGB; a change is told where a viewer might see it."""
    profile = image.info.get("icc_profile")
    if deep:
        changes.append("reduced from 16 to 8 bits a colour")
    if image.mode == "I;16":  # grey; its conversion to "L" would clip, so take each value's upper byte
        image = Image.frombytes("L", image.size, image.tobytes()[1::2])
    if image.mode == "CMYK":
        changes.append("converted from CMYK to RGB")
    elif image.has_transparency_data:
        image = image.convert("RGBA")
        if any(image.getchannel("A").histogram()[:_OPAQUE]):
            changes.append("put on white where it was transparent")
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
        image = image.convert("RGB")
    elif image.mode not in {"L", "RGB"}:
        image = image.convert("L" if image.mode == "1" else "RGB")
    if profile:
        image = _in_srgb(image, profile)
    return image if image.mode in {"L", "RGB"} else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError):
        return image  # a profile that does not belong to the picture: every viewer ignores it, too


def _stamp_of(provenance: Provenance | None) -> Callable[[bytes], bytes]:
    """Give what has a file go on telling its provenance, where it tells one."""
    return (lambda data: data) if provenance is None else partial(stamped, provenance=provenance)


def _encoded(
    image: Image.Image, size: tuple[int, int], limits: Limits, changes: list[str], stamp: Callable[[bytes], bytes]
) -> tuple[tuple[int, int], bytes]:
    """Encode as JPEG, as well as fits into the bytes allowed: less quality first, then fewer pixels.

    Gives the size that it has then. Raises `ImageRefused` where not even the least does.
    """
    for smaller in _shrinking(size, limits):
        if image.size != smaller:
            image = image.resize(smaller, Image.Resampling.LANCZOS)
        image.info = {}  # else its comment would be written again
        for quality in _QUALITIES:
            buffer = BytesIO()
            image.save(buffer, "JPEG", quality=quality, subsampling=0 if quality == _QUALITIES[0] else 2)
            encoded = stamp(buffer.getvalue())
            if len(encoded) <= limits.max_bytes:
                if smaller != size:
                    changes.append(f"scaled down to {_times(smaller)}")
                if smaller != size or quality != _QUALITIES[0]:
                    changes.append(f"compressed to {len(encoded) / 1e6:.1f} MB")
                return smaller, encoded
    raise ImageRefused("too_heavy", "The picture is too heavy to be decoded.")


def _shrinking(size: tuple[int, int], limits: Limits) -> Iterator[tuple[int, int]]:
    short, long = sorted(size)
    while long >= limits.min_long and short >= limits.min_short:
        yield (long, short) if size[0] >= size[1] else (short, long)
        shrunk = int(long * _SHRINK)
        short, long = math.ceil(short * shrunk / long), shrunk  # rounded up: no ratio grows


def _times(size: tuple[int, ...]) -> str:
    return f"{size[0]}×{size[1]}"
