"""What a picture's file tells, read by other code than the one that writes it; and what it shows."""

import io
from collections.abc import Mapping
from xml.etree import ElementTree

from PIL import Image

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def packet_in(data: bytes) -> bytes:
    """Give a file's XMP; nothing where it has none."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()  # a PNG's may stand behind its pixels
        told = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return told if isinstance(told, bytes) else str(told).encode()


def told_in(data: bytes) -> Mapping[str, str]:
    """Give what a file tells, by the properties' names without their namespaces."""
    found: dict[str, str] = {}
    for description in ElementTree.fromstring(packet_in(data)).iter(f"{{{RDF}}}Description"):  # noqa: S314 - our own
        found |= {name.rpartition("}")[2]: value for name, value in description.attrib.items()}
        found |= {each.tag.rpartition("}")[2]: (each.text or "").strip() for each in description}
    return {name: value for name, value in found.items() if name != "about"}


def pixels_of(data: bytes) -> tuple[str, tuple[int, int], bytes, object]:
    """Give what a file shows: its mode, size and pixels, and how it is turned."""
    with Image.open(io.BytesIO(data)) as image:
        return image.mode, image.size, image.convert("RGBA").tobytes(), image.getexif().get(0x0112)
