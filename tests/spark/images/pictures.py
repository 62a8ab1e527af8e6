import functools
import io
import random
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageCms


def scene(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red above, blue below, so that a turn shows."""
    image = Image.new("RGB", (width, height), (220, 30, 30))
    image.paste((30, 30, 220), (0, height // 2, width, height))
    return image.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


def encoded(image: Image.Image, image_format: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


def heic(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(scene(width, height)).save(buffer, quality=80)
    return buffer.getvalue()


def exif(*, orientation: int | None = None, place: bool = False) -> Image.Exif:
    told = Image.Exif()
    told[ExifTags.Base.Make] = "SecretCam"
    if orientation is not None:
        told[ExifTags.Base.Orientation] = orientation
    if place:
        told.get_ifd(ExifTags.IFD.GPSInfo).update(
            {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (52.0, 31.0, 0.0)}
        )
    return told


def gif(width: int, height: int) -> bytes:
    frames = [scene(width, height), Image.new("RGB", (width, height), "white")]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


def deep_grey(width: int, height: int) -> bytes:
    """16 bits: dark to the left, light to the right."""
    row = struct.pack(f"<{width}H", *(65535 * column // (width - 1) for column in range(width)))
    return encoded(Image.frombytes("I;16", (width, height), row * height), "PNG")


def deep_colour(width: int, height: int) -> bytes:
    row = b"\0" + struct.pack(">HHH", 60_000, 2_000, 2_000) * width
    return png(chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)), zlib.compress(row * height))


def profile_with_red_for_blue() -> bytes:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return srgb.replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ").replace(b"----", b"bXYZ")


def profile_of_lab() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(header: bytes, pixels: bytes, *more: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def forged_png(real: bytes, width: int, height: int, *, checksum: bool = True) -> bytes:
    """Another size in the header of a real PNG."""
    told = struct.pack(">II", width, height) + real[24:29]
    header = chunk(b"IHDR", told)
    return real[:8] + (header if checksum else header[:-4] + real[29:33]) + real[33:]


@functools.cache
def bomb(width: int, height: int) -> bytes:
    """A small file that is a huge black picture."""
    row = b"\0" * (1 + width // 8)
    packer = zlib.compressobj(1)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return png(chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), pixels)
