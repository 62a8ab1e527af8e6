"""Decode one picture and encode it anew: a program, run by `fitting` in a process of its own.

The file comes on standard input, the plan (JSON) as the argument. Standard output gets one line of JSON, either
`{"refused": reason}` or `{"kept": bool, "changes": [...], "width": w, "height": h}`, and then, unless the old file
may be kept, the new one. It imports nothing of this package, so that it starts fast.
"""

import json
import math
import os
import sys
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageCms

_QUALITIES: Final = (95, 88, 80)
_SHRINK: Final = 0.8
_SIXTEEN_BITS: Final = 16
_PNG_DEPTH_AT: Final = 24
_SIDEWAYS: Final = range(5, 9)
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


def main() -> None:
    """Do what the plan on the command line says."""
    plan = json.loads(sys.argv[1])
    _be_modest(plan["max_memory"])
    Image.MAX_IMAGE_PIXELS = plan["max_pixels"]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    data = sys.stdin.buffer.read()
    try:
        told, encoded = convert(data, plan)
    except MemoryError:
        told, encoded = {"refused": "too_heavy"}, b""
    except Exception:  # a decoder raises anything on a damaged file
        told, encoded = {"refused": "broken"}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + encoded)


def convert(data: bytes, plan: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Decode `data`; give what is told of it, and the new file, empty where the old one may be kept."""
    if plan["format"] == "HEIF":
        import pillow_heif  # only where it is needed: it takes as long to load as all else

        pillow_heif.register_heif_opener()
    original, size = tuple(plan["original"]), tuple(plan["size"])
    changes: list[str] = []
    with Image.open(BytesIO(data), formats=[plan["format"]]) as source:
        if getattr(source, "is_animated", False):
            changes.append("took its first frame")
        # a JPEG much too large is decoded at a half, a quarter or an eighth
        source.draft(None, size[::-1] if plan["orientation"] in _SIDEWAYS else size)
        deep = plan["format"] == "PNG" and data[_PNG_DEPTH_AT] == _SIXTEEN_BITS
        source.load()
        image = _plain(source, changes, deep=deep)
    if (turn := _TURNS.get(plan["orientation"])) is not None:
        changes.append("turned upright")
        image = image.transpose(turn)
    if size != original:
        verb = "enlarged" if size > original else "scaled down"
        changes.append(f"{verb} from {_times(original)} to {_times(size)}")
    if plan["keep"] and not changes:
        return {"kept": True, "changes": []}, b""
    if plan["format"] != "JPEG":
        changes.append(f"converted from {_SPEECH.get(plan['format'], plan['format'])} to JPEG")
    return _encoded(image, size, plan, changes)


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


def _encoded(
    image: Image.Image, size: tuple[int, int], plan: dict[str, Any], changes: list[str]
) -> tuple[dict[str, Any], bytes]:
    """Encode as JPEG, as well as fits into the bytes allowed: less quality first, then fewer pixels."""
    for smaller in _shrinking(size, plan):
        if image.size != smaller:
            image = image.resize(smaller, Image.Resampling.LANCZOS)
        image.info = {}  # else its comment would be written again
        for quality in _QUALITIES:
            buffer = BytesIO()
            image.save(buffer, "JPEG", quality=quality, subsampling=0 if quality == _QUALITIES[0] else 2)
            if buffer.tell() <= plan["max_bytes"]:
                if smaller != size:
                    changes.append(f"scaled down to {_times(smaller)}")
                if smaller != size or quality != _QUALITIES[0]:
                    changes.append(f"compressed to {buffer.tell() / 1e6:.1f} MB")
                told = {"kept": False, "changes": changes, "width": smaller[0], "height": smaller[1]}
                return told, buffer.getvalue()
    return {"refused": "too_heavy"}, b""


def _shrinking(size: tuple[int, int], plan: dict[str, Any]) -> Iterator[tuple[int, int]]:
    short, long = sorted(size)
    while long >= plan["min_long"] and short >= plan["min_short"]:
        yield (long, short) if size[0] >= size[1] else (short, long)
        shrunk = int(long * _SHRINK)
        short, long = math.ceil(short * shrunk / long), shrunk  # rounded up: no ratio grows


def _times(size: tuple[int, ...]) -> str:
    return f"{size[0]}×{size[1]}"


def _be_modest(memory: int) -> None:
    """Bound the memory, and let whoever waits for people go first."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.nice(10)


if __name__ == "__main__":
    main()
