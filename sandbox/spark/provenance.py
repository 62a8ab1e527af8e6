"""What the real Spark may write into a picture's file about how it was made: XMP, and a manifest (C2PA).

The manifest is built as the specification has it, as far as reading and its hash go; nobody has signed it.
"""

import hashlib
import struct
import zlib
from typing import Any, Final

from sandbox.spark.order import Order

_SHARES: Final = 4
_SOURCE_TYPES: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<r:Description r:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:made="https://spark.example/made/"
 xmp:CreatorTool="Spark's own" made:seed="{seed}">{more}</r:Description>
</r:RDF></x:xmpmeta><?xpacket end="w"?>"""
_SOURCE_TYPE: Final = (
    '<i:DigitalSourceType xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">{}</i:DigitalSourceType>'
)
_HEAD: Final = 33
"""Where the chunk ends that a PNG begins with."""
_JUMBF: Final = bytes.fromhex("00110010800000aa00389b71")
"""How the identifiers of C2PA's boxes go on after their four letters."""


def with_provenance(png: bytes, order: Order) -> bytes:
    """Write into a quarter of pictures how they were made, and sign another quarter; the seed decides which."""
    match order.seed % _SHARES:
        case 1:
            return _inserted(png, _told(order))
        case 2:
            return signed(_inserted(png, _told(order, source_type_of(order))), source_type_of(order))
        case _:
            return png


def source_type_of(order: Order) -> str:
    """Tell how IPTC calls what came of an order."""
    made = "trainedAlgorithmicMedia" if order.source is None else "compositeWithTrainedAlgorithmicMedia"
    return f"{_SOURCE_TYPES}{made}"


def signed(png: bytes, source_type: str | None) -> bytes:
    """Bind a manifest to a PNG by the hash of all but itself; where it has a source type, it tells that."""
    length = len(_manifest(source_type, bytes(32), 0))
    manifest = _manifest(source_type, hashlib.sha256(png).digest(), length + 12)
    return _inserted(png, _chunk(b"caBX", manifest))


def holds(png: bytes) -> bool:
    """Whether a PNG that was signed is still the one that was."""
    length = int.from_bytes(png[_HEAD : _HEAD + 4]) + 12
    hashed = hashlib.sha256(png[:_HEAD] + png[_HEAD + length :]).digest()
    return png[_HEAD + 4 : _HEAD + 8] == b"caBX" and hashed in png[_HEAD : _HEAD + length]


def _told(order: Order, source_type: str | None = None) -> bytes:
    more = _SOURCE_TYPE.format(source_type) if source_type else ""
    packet = _PACKET.format(seed=order.seed, more=more)
    return _chunk(b"iTXt", b"XML:com.adobe.xmp" + bytes(5) + packet.encode())


def _manifest(source_type: str | None, hashed: bytes, length: int) -> bytes:
    made = {"action": "c2pa.created"} | ({"digitalSourceType": source_type} if source_type else {})
    excluded = {"start": _HEAD, "length": length}
    binding = {"exclusions": [excluded], "alg": "sha256", "hash": hashed, "pad": b""}
    assertions = _box(
        b"c2as",
        "c2pa.assertions",
        _box(b"cbor", "c2pa.actions.v2", _plain_box(b"cbor", _cbor({"actions": [made]}))),
        _box(b"cbor", "c2pa.hash.data", _plain_box(b"cbor", _cbor(binding))),
    )
    return _box(b"c2pa", "c2pa", _box(b"c2ma", "urn:c2pa:7e57ab1e-0000-4000-8000-000000000000", assertions))


def _box(kind: bytes, label: str, *content: bytes) -> bytes:
    description = _plain_box(b"jumd", kind + _JUMBF + b"\x03" + label.encode() + b"\0")
    return _plain_box(b"jumb", description + b"".join(content))


def _plain_box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def _cbor(value: Any) -> bytes:
    """Write CBOR (RFC 8949), every number in four bytes, so that none changes a length."""
    match value:
        case int():
            return b"\x1a" + struct.pack(">I", value)
        case bytes():
            return b"\x5a" + struct.pack(">I", len(value)) + value
        case str():
            return b"\x7a" + struct.pack(">I", len(value.encode())) + value.encode()
        case list():
            return b"\x9a" + struct.pack(">I", len(value)) + b"".join(map(_cbor, value))
        case dict():
            content = b"".join(_cbor(key) + _cbor(each) for key, each in value.items())
            return b"\xba" + struct.pack(">I", len(value)) + content
    raise TypeError(value)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _inserted(png: bytes, chunk: bytes) -> bytes:
    return png[:_HEAD] + chunk + png[_HEAD:]
