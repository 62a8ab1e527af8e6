"""What pictures' files tell of how they were made: written beside all that they tell already, no pixel touched."""

import os
import shutil
import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import spark
from sandbox.spark.provenance import holds, signed
from spark import ImageRefused, Provenance, Stamper
from spark.images.decoding import fit, shrink
from spark.images.provenance import FROM_A_PICTURE, FROM_WORDS, NAMESPACES
from spark.images.stamping import stamped, told_provenance_in
from tests import posted_files
from tests.spark.images.pictures import chunk, encoded, exif, scene
from tests.spark.images.told import RDF, packet_in, pixels_of, told_in

WORDS = Provenance.of("spark_t2i_3_0", "1405880734121984000")
EDITED = Provenance.of("spark_edit_3_0", "1405880734121984001")
TOLD = {
    "DigitalSourceType": FROM_WORDS,
    "CreatorTool": "Spark spark_t2i_3_0",
    "AISystemUsed": "Spark",
    "AISystemVersionUsed": "spark_t2i_3_0",
    "TransmissionReference": "1405880734121984000",
}
SMALL = scene(24, 17)
SEEN_THROUGH = SMALL.convert("RGBA").resize((25, 18))
SEEN_THROUGH.putalpha(100)
PLAIN = {
    "PNG": encoded(SMALL, "PNG"),
    "PNG in pieces": encoded(SMALL, "PNG") + b"what follows its end",
    "JPEG": encoded(SMALL, "JPEG"),
    "JPEG with EXIF": encoded(SMALL, "JPEG", exif=exif(orientation=6), progressive=True, comment=b"a comment"),
    "WebP": encoded(SMALL, "WEBP"),
    "WebP without loss": encoded(SMALL, "WEBP", lossless=True),
    "WebP that is seen through": encoded(SEEN_THROUGH, "WEBP", lossless=True),
    "WebP with more": encoded(SEEN_THROUGH, "WEBP", exif=exif(orientation=3)),
}


def packet(properties: str, more: str = "") -> bytes:
    """Write a packet as another program does, with prefixes of its own."""
    known = "".join(f' xmlns:my{prefix}="{namespace}"' for prefix, namespace in NAMESPACES.items())
    about = f'<R:Description R:about="uuid:7"{known} xmlns:their="https://their.example/" {properties}>'
    begin = f'<?xpacket begin="" id="x"?><X:xmpmeta xmlns:X="adobe:ns:meta/"><R:RDF xmlns:R="{RDF}">'
    return f"{begin}{about}{more}</R:Description></R:RDF></X:xmpmeta>  <?xpacket end='w'?>".encode()


def in_png(told: bytes) -> bytes:
    """Put a packet behind the pixels, where it may stand too."""
    plain = PLAIN["PNG"]
    return plain[:-12] + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0en\0name\0" + told) + plain[-12:]


def packed_in_png(told: bytes) -> bytes:
    plain = PLAIN["PNG"]
    text = chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(told))
    return plain[:33] + text + plain[33:]


def in_jpeg(told: bytes) -> bytes:
    content = b"http://ns.adobe.com/xap/1.0/\0" + told
    plain = PLAIN["JPEG"]
    return plain[:2] + struct.pack(">BBH", 0xFF, 0xE1, len(content) + 2) + content + plain[2:]


def in_webp(told: bytes) -> bytes:
    return encoded(SMALL, "WEBP", xmp=told)


CONTAINERS: Mapping[str, Callable[[bytes], bytes]] = {
    "PNG": in_png,
    "PNG, compressed": packed_in_png,
    "JPEG": in_jpeg,
    "WebP": in_webp,
}


# invariant I17
@pytest.mark.parametrize("plain", PLAIN.values(), ids=PLAIN)
def test_a_file_tells_how_it_was_made_and_its_pixels_are_as_before(plain: bytes) -> None:
    made = stamped(plain, WORDS)
    assert told_in(made) == TOLD
    assert pixels_of(made) == pixels_of(plain)
    assert len(made) < len(plain) + 1100
    assert stamped(made, WORDS) is made
    assert told_provenance_in(made) == WORDS


# invariant I17
@pytest.mark.parametrize("contained", CONTAINERS.values(), ids=CONTAINERS)
def test_what_a_file_tells_already_stays_as_it_was_written(contained: Callable[[bytes], bytes]) -> None:
    told = packet('their:attribute="a &amp; b" myxmp:CreatorTool="theirs"', "<their:name>ü</their:name>")
    made = stamped(contained(told), WORDS)
    assert told_in(made) == TOLD | {"CreatorTool": "theirs", "attribute": "a & b", "name": "ü"}
    head, _, tail = told.partition(b"</R:RDF>")
    assert packet_in(made).startswith(head)
    assert packet_in(made).endswith(tail)
    assert packet_in(made).count(b'about="uuid:7"') == 2
    assert pixels_of(made) == pixels_of(contained(told))


@pytest.mark.parametrize(
    "told",
    [
        packet(f'myIptc4xmpExt:DigitalSourceType="{FROM_WORDS}"'),
        packet("myIptc4xmpExt:DigitalSourceType = 'http://cv.iptc.org/newscodes/digitalsourcetype/print'"),
        packet("", f"<myIptc4xmpExt:DigitalSourceType> {FROM_WORDS}\n</myIptc4xmpExt:DigitalSourceType>"),
        packet("", f'<myIptc4xmpExt:DigitalSourceType R:resource="{FROM_WORDS}"/><their:last/>'),
        packet(
            "", '<i:DigitalSourceType their:hint=">/>" xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"/>'
        ),
    ],
)
def test_how_it_was_made_is_told_once(told: bytes) -> None:
    made = stamped(in_png(told), EDITED)
    assert told_in(made)["DigitalSourceType"] == FROM_A_PICTURE
    assert packet_in(made).count(b"DigitalSourceType") == 2  # of one element
    assert b"https://their.example/" in packet_in(made)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"no XML",
        packet("", "<their:open>"),
        packet("").replace(b"uuid:7", b"\xff\xfe"),
        packet("").decode().encode("utf-16"),
        f'<R:RDF xmlns:R="{RDF}"/>'.encode(),
        b"<their:other xmlns:their='https://their.example/'/>",
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        + packet("", "<their:x>&b;</their:x>"),
        packet(f'their:x=\' a:DigitalSourceType="y"\' myIptc4xmpExt:DigitalSourceType="{FROM_A_PICTURE}"'),
        packet("", f"<their:x>{'x' * 1_000_000}</their:x>"),
    ],
    ids=range(10),
)
def test_a_broken_packet_is_replaced(broken: bytes) -> None:
    for contained in (in_png, packed_in_png):
        assert told_in(stamped(contained(broken), WORDS)) == TOLD


def test_of_several_packets_one_stays() -> None:
    first, second = in_png(packet('their:which="one"')), in_png(packet('their:which="two"'))
    made = stamped(first[:-12] + second[len(PLAIN["PNG"]) - 12 :], WORDS)
    assert made.count(b"XML:com.adobe.xmp") == 1
    assert told_in(made) == TOLD | {"which": "one"}


def test_it_stands_where_readers_look_for_it() -> None:
    jpeg = stamped(PLAIN["JPEG with EXIF"], WORDS)
    assert jpeg.index(b"JFIF\0") < jpeg.index(b"Exif\0") < jpeg.index(b"http://ns.adobe.com/xap/1.0/\0")
    webps = ("WebP", "WebP without loss", "WebP that is seen through")
    flags = (stamped(PLAIN[name], WORDS)[12:21].removeprefix(b"VP8X\x0a\0\0\0") for name in webps)
    assert list(flags) == [b"\x04", b"\x04", b"\x14"]


def in_jpeg_segments(manifest: bytes, size: int) -> bytes:
    """Cut a manifest into pieces, as JPEG's segments have room for no more."""
    plain, parts = PLAIN["JPEG"], []
    for number, start in enumerate(range(0, len(manifest), size), start=1):
        content = b"JP" + struct.pack(">HI", 1, number) + manifest[:8] + manifest[start : start + size]
        parts.append(struct.pack(">BBH", 0xFF, 0xEB, len(content) + 2) + content)
    return plain[:2] + b"".join(parts) + plain[2:]


def signed_webp(manifest: bytes) -> bytes:
    plain = encoded(SEEN_THROUGH, "WEBP", exif=exif())
    part = b"C2PA" + struct.pack("<I", len(manifest)) + manifest + bytes(len(manifest) % 2)
    return plain[:4] + struct.pack("<I", len(plain) - 8 + len(part)) + plain[8:] + part


def manifest_of(source_type: str | None) -> bytes:
    png = signed(PLAIN["PNG"], source_type)
    return png[41 : 41 + int.from_bytes(png[33:37])]


IN_THE_ADDRESS = manifest_of(FROM_A_PICTURE).index(b"digitalsourcetype")
SIGNED: Mapping[str, Callable[[str | None], bytes]] = {
    "PNG": lambda source_type: signed(PLAIN["PNG"], source_type),
    "JPEG": lambda source_type: in_jpeg_segments(manifest_of(source_type), IN_THE_ADDRESS),
    "WebP": lambda source_type: signed_webp(manifest_of(source_type)),
}


# invariant I17
@pytest.mark.parametrize("file", SIGNED.values(), ids=SIGNED)
def test_a_signature_that_says_it_itself_is_not_broken(file: Callable[[str | None], bytes]) -> None:
    signed_ = file(FROM_A_PICTURE)
    assert stamped(signed_, WORDS) is signed_
    assert told_provenance_in(signed_) == Provenance(FROM_A_PICTURE)


@pytest.mark.parametrize("file", SIGNED.values(), ids=SIGNED)
def test_one_that_does_not_say_it_stays_in_the_file_that_is_stamped(file: Callable[[str | None], bytes]) -> None:
    made = stamped(file(None), WORDS)
    assert told_in(made) == TOLD
    assert all(piece in made for piece in (manifest_of(None)[8:100], manifest_of(None)[-50:]))


def test_the_signature_that_is_made_for_this_holds_until_a_byte_changes() -> None:
    png = signed(PLAIN["PNG"], FROM_WORDS)
    assert holds(png)
    assert not holds(stamped(png, WORDS).replace(b"IDAT", b"IDAU"))
    assert not holds(stamped(signed(PLAIN["PNG"], None), WORDS))


def test_a_packet_that_leaves_no_room_in_a_jpeg_is_refused() -> None:
    with pytest.raises(ImageRefused, match="more XMP in the file than a JPEG has room for"):
        stamped(in_jpeg(packet(f'their:x="{"x" * 64_500}"')), WORDS)


def test_what_is_encoded_anew_tells_it_too() -> None:
    told = packet('their:attribute="kept"')
    for file in (in_png(told), in_jpeg(told), in_webp(told)):
        _, shrunk = shrink(file, 5_000, EDITED)
        assert told_in(shrunk)["DigitalSourceType"] == FROM_A_PICTURE
        assert told_in(shrunk)["attribute"] == "kept"
        assert len(shrunk) <= 5_000
    _, shrunk = shrink(in_png(packet(f'their:x="{"x" * 20_000}"')), 5_000, EDITED)
    assert "x" not in told_in(shrunk)


def test_what_a_model_gets_goes_on_telling_it_and_nothing_else() -> None:
    large, limits = encoded(scene(900, 800), "PNG"), spark.LIMITS["spark_edit_3_0"]
    ours = stamped(large, WORDS)
    told, fitted = fit(ours, limits)
    assert (fitted, told["changes"]) == (ours, [])
    more = 'their:name="Ada" myIptc4xmpExt:AISystemVersionUsed="v6" myphotoshop:TransmissionReference="77"'
    theirs = packet(f'{more} myIptc4xmpExt:DigitalSourceType="{FROM_WORDS}"')
    told, fitted = fit(encoded(scene(900, 800), "JPEG", xmp=theirs), limits)
    assert (told_in(fitted), told["changes"]) == ({"DigitalSourceType": FROM_WORDS}, [spark.HIDDEN_DATA])
    _, fitted = fit(signed(large, FROM_WORDS), limits)
    assert told_in(fitted) == {"DigitalSourceType": FROM_WORDS}
    told, fitted = fit(encoded(scene(900, 800), "WEBP", xmp=theirs), limits)
    assert (told["format"], told_in(fitted)) == ("JPEG", {"DigitalSourceType": FROM_WORDS})


async def test_one_process_stamps_them_all_and_outlives_what_is_no_picture() -> None:
    async with Stamper() as stamper:
        for plain in PLAIN.values():
            assert await stamper.stamped(plain, WORDS) == stamped(plain, WORDS)
        worker = stamper._worker
        cut, odd = b"\x89PNG\r\n\x1a\n", PLAIN["PNG"].replace(b"\0\0\0\x0dIHDR", b"\1\0\0\x0dIHDR")
        for strange in (b"<html>no picture</html>", encoded(SMALL, "GIF"), cut, odd, b""):
            with pytest.raises(ImageRefused):
                await stamper.stamped(strange, WORDS)
        assert await stamper.stamped(stamped(PLAIN["PNG"], WORDS), WORDS) == stamped(PLAIN["PNG"], WORDS)
        assert stamper._worker is worker


def test_exiftool_reads_what_was_written_and_what_was_there(tmp_path: Path) -> None:
    if shutil.which("exiftool") is None:
        missing = pytest.fail if os.environ.get("REQUIRE_EXIFTOOL") else pytest.skip
        missing("there is no exiftool (apt-get install libimage-exiftool-perl)")
    theirs = packet('their:attribute="theirs"')
    files = {
        **{name: stamped(plain, WORDS) for name, plain in PLAIN.items()},
        **{f"{name} with XMP": stamped(contained(theirs), WORDS) for name, contained in CONTAINERS.items()},
        **{f"signed {name}": stamped(file(None), WORDS) for name, file in SIGNED.items()},
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    told = {Path(each["SourceFile"]).name: each for each in posted_files.read(tmp_path)}
    assert {name: posted_files.source_type(each) for name, each in told.items()} == dict.fromkeys(
        files, "trainedAlgorithmicMedia"
    )
    for name, each in told.items():
        assert each["XMP-photoshop:TransmissionReference"] == WORDS.job
        assert each["XMP-xmp:CreatorTool"] == "Spark spark_t2i_3_0"
        assert each["XMP-iptcExt:AISystemUsed"] == "Spark"
        assert each["XMP-iptcExt:AISystemVersionUsed"] == "spark_t2i_3_0"
        assert each.get("XMP-their:Attribute") == ("theirs" if name.endswith("with XMP") else None)
        assert "ExifTool:Error" not in each


SEEDS = [
    *PLAIN.values(),
    *(contained(packet('their:attribute="a"', "<their:name/>")) for contained in CONTAINERS.values()),
    *(file(None) for file in SIGNED.values()),
]


@given(st.data())
def test_a_damaged_file_is_refused_or_stamped_and_never_more(data: st.DataObject) -> None:
    damaged = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(0, 6))):
        position = data.draw(st.integers(0, len(damaged) - 1))
        match data.draw(st.sampled_from(["set", "cut", "drop", "repeat", "fill"])):
            case "set":
                damaged[position] = data.draw(st.integers(0, 255))
            case "cut":
                del damaged[position + 1 :]
            case "drop":
                del damaged[position : position + data.draw(st.integers(1, 40))]
                damaged = damaged or bytearray(b"\0")
            case "repeat":
                damaged[position:position] = damaged[position : position + data.draw(st.integers(1, 400))]
            case _:
                damaged[position : position + 4] = data.draw(st.binary(min_size=4, max_size=4))
    _require_sound(bytes(damaged))


@given(st.sampled_from(sorted(CONTAINERS)), st.binary(max_size=300))
@example("WebP", b"\0")
def test_a_packet_of_anything_at_all_is_merged_or_replaced(container: str, told: bytes) -> None:
    _require_sound(CONTAINERS[container](told))


def _require_sound(file: bytes) -> None:
    told_provenance_in(file)
    try:
        made = stamped(file, WORDS)
    except ImageRefused:
        return
    assert len(made) <= len(file) + 2500
    assert stamped(made, WORDS) == made
