import asyncio
import io
import zipfile
from collections.abc import Callable

import pytest
from PIL import Image, ImageChops

import spark
from spark import LIMITS, Fitted, ImageRefused, Limits
from spark.images import decoding, workshop
from spark.images.headers import require_taken
from spark.images.inspection import inspect
from tests.spark.images import pictures
from tests.spark.images.here import fit_here
from tests.spark.images.pictures import encoded, exif, noise, scene

I2I, EDIT, STYLE, PORTRAIT = "spark_i2i_3_0", "spark_edit_3_0", "spark_style_template", "spark_edit_portrait"


def opened(fitted: Fitted) -> Image.Image:
    image = Image.open(io.BytesIO(fitted.data))
    image.load()
    return image


def is_red_above_blue(image: Image.Image) -> bool:
    above = image.convert("RGB").getpixel((image.width // 2, image.height // 8))
    below = image.convert("RGB").getpixel((image.width // 2, image.height * 7 // 8))
    if not isinstance(above, tuple) or not isinstance(below, tuple):
        raise TypeError
    return above[0] > 150 > above[2] and below[2] > 150 > below[0]


KINDS: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "JPEG": (lambda: encoded(scene(900, 800), "JPEG"), ()),
    "grey JPEG": (lambda: encoded(noise(900, 800).convert("L"), "JPEG"), ()),
    "progressive JPEG": (lambda: encoded(scene(900, 800), "JPEG", progressive=True), ()),
    "PNG": (lambda: encoded(scene(900, 800), "PNG"), ()),
    "palette PNG": (lambda: encoded(scene(900, 800, "P"), "PNG"), ()),
    "opaque RGBA PNG": (lambda: encoded(scene(900, 800, "RGBA"), "PNG"), ()),
    "WebP": (lambda: encoded(scene(900, 800), "WEBP"), ("converted from WebP to JPEG",)),
    "animated WebP": (
        lambda: encoded(scene(900, 800), "WEBP", save_all=True, append_images=[noise(900, 800)]),
        ("took its first frame", "converted from WebP to JPEG"),
    ),
    "HEIC": (lambda: pictures.heic(900, 800), ("converted from HEIC to JPEG",)),
    "AVIF": (lambda: encoded(scene(900, 800), "AVIF"), ("converted from AVIF to JPEG",)),
    "animated GIF": (
        lambda: pictures.gif(900, 800),
        ("took its first frame", "converted from GIF to JPEG"),
    ),
    "animated PNG": (
        lambda: encoded(scene(900, 800), "PNG", save_all=True, append_images=[noise(900, 800)]),
        ("took its first frame", "converted from PNG to JPEG"),
    ),
    "CMYK JPEG": (lambda: encoded(scene(900, 800, "CMYK"), "JPEG"), ("converted from CMYK to RGB",)),
    "16-bit PNG": (
        lambda: pictures.deep_colour(900, 800),
        ("reduced from 16 to 8 bits a colour", "converted from PNG to JPEG"),
    ),
    "16-bit grey PNG": (
        lambda: pictures.deep_grey(900, 800),
        ("reduced from 16 to 8 bits a colour", "converted from PNG to JPEG"),
    ),
    "transparent PNG": (
        lambda: encoded(Image.new("RGBA", (900, 800), (0, 0, 0, 0)), "PNG"),
        ("put on white where it was transparent", "converted from PNG to JPEG"),
    ),
    "turned JPEG": (lambda: encoded(scene(900, 800), "JPEG", exif=exif(orientation=6)), ("turned upright",)),
    "JPEG with EXIF": (lambda: encoded(scene(900, 800), "JPEG", exif=exif()), ("removed its hidden data",)),
    "JPEG with a place": (
        lambda: encoded(scene(900, 800), "JPEG", exif=exif(place=True)),
        ("removed its hidden data, with the place where it was taken",),
    ),
    "PNG with a place": (
        lambda: encoded(scene(900, 800), "PNG", exif=exif(place=True)),
        ("removed its hidden data, with the place where it was taken",),
    ),
    "WebP with a place": (
        lambda: encoded(scene(900, 800), "WEBP", exif=exif(place=True)),
        ("converted from WebP to JPEG", "removed its hidden data, with the place where it was taken"),
    ),
}


@pytest.mark.parametrize("name", KINDS)
async def test_what_people_send_becomes_what_every_model_takes_and_says_what_changed(name: str) -> None:
    make, changes = KINDS[name]
    data = make()
    for model in LIMITS if name in {"JPEG", "WebP"} else [I2I]:
        fitted = await spark.fit(data, model)
        assert fitted.changes == changes
        require_taken(fitted.data, model)
        info = inspect(fitted.data)
        image = opened(fitted)
        assert (fitted.width, fitted.height) == (info.width, info.height) == image.size
        assert fitted.format == info.format == image.format
        assert not info.has_location
        assert b"SecretCam" not in fitted.data
        assert image.getbands() in {("R", "G", "B"), ("L",)} or not changes
        assert (fitted.data == data) is not bool(changes)  # what fits stays as it is, byte for byte


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
async def test_a_turned_picture_is_set_upright(orientation: int, image_format: str) -> None:
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    upright = scene(900, 800)
    stored = upright.transpose(back[orientation]) if orientation in back else upright
    data = encoded(stored, image_format, exif=exif(orientation=orientation))
    assert (inspect(data).width, inspect(data).height) == (900, 800)
    fitted = await fit_here(data, EDIT)
    assert (fitted.width, fitted.height) == (900, 800)
    assert is_red_above_blue(opened(fitted))
    assert ("turned upright" in fitted.changes) is (orientation != 1)


async def test_a_png_that_tells_its_turn_behind_its_pixels_is_set_upright() -> None:
    plain = encoded(scene(900, 800).transpose(Image.Transpose.ROTATE_90), "PNG")
    late = pictures.chunk(b"eXIf", exif(orientation=6, place=True).tobytes().removeprefix(b"Exif\0\0"))
    fitted = await fit_here(plain[:-12] + late + plain[-12:], EDIT)
    assert is_red_above_blue(opened(fitted))
    assert (fitted.width, fitted.height) == (900, 800)


async def test_hidden_data_is_removed_without_touching_a_pixel() -> None:
    for image_format in ("JPEG", "PNG"):
        data = encoded(noise(700, 650), image_format, exif=exif(place=True))
        fitted = await fit_here(data, EDIT)
        assert fitted.format == image_format
        assert ImageChops.difference(opened(fitted), Image.open(io.BytesIO(data))).getbbox() is None


async def test_the_colour_profile_stays_where_hidden_data_is_removed() -> None:
    profile = pictures.profile_with_red_for_blue()
    for image_format in ("JPEG", "PNG"):
        data = encoded(scene(700, 650), image_format, exif=exif(place=True), icc_profile=profile)
        assert opened(await fit_here(data, EDIT)).info["icc_profile"] == profile


async def test_what_trails_the_end_of_a_picture_is_removed() -> None:
    for image_format in ("JPEG", "PNG"):
        plain = encoded(scene(700, 650), image_format)
        fitted = await fit_here(plain + b"a film, with the place where it was taken", EDIT)
        assert fitted.data == plain
        assert fitted.changes == ("removed its hidden data",)


async def test_sixteen_bits_keep_their_brightness() -> None:
    image = opened(await fit_here(pictures.deep_grey(900, 800), EDIT)).convert("L")
    for column in (0, 450, 899):
        value = image.getpixel((column, 400))
        assert isinstance(value, int | float)
        assert value == pytest.approx(255 * column / 899, abs=6)


async def test_a_colour_profile_is_honoured() -> None:
    data = encoded(scene(900, 800), "WEBP", lossless=True, icc_profile=pictures.profile_with_red_for_blue())
    image = opened(await fit_here(data, EDIT)).transpose(Image.Transpose.ROTATE_180)
    assert is_red_above_blue(image)
    assert "icc_profile" not in image.info


async def test_a_colour_profile_of_another_kind_of_picture_is_left_aside() -> None:
    data = encoded(scene(900, 800), "WEBP", lossless=True, icc_profile=pictures.profile_of_lab())
    assert is_red_above_blue(opened(await fit_here(data, EDIT)))


async def test_transparency_becomes_white() -> None:
    image = opened(await fit_here(KINDS["transparent PNG"][0](), EDIT))
    assert image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.timeout(60)
async def test_a_picture_of_108_megapixels_is_scaled_down() -> None:
    fitted = await spark.fit(encoded(Image.new("RGB", (12_000, 9_000), "teal"), "JPEG"), EDIT)
    assert (fitted.width, fitted.height) == (4096, 3072)
    assert fitted.changes == ("scaled down from 12000×9000 to 4096×3072",)
    require_taken(fitted.data, EDIT)


async def test_too_many_bytes_are_compressed_and_said_to_be() -> None:
    data = encoded(noise(2000, 2000), "PNG")
    assert len(data) > 5_000_000
    fitted = await fit_here(data, I2I)
    assert len(fitted.data) <= 4_700_000
    assert fitted.changes[0] == "converted from PNG to JPEG"
    assert fitted.changes[-1].startswith("compressed to ")
    require_taken(fitted.data, I2I)


async def test_where_quality_is_not_enough_pixels_go() -> None:
    fitted = await fit_here(encoded(noise(3600, 3600), "JPEG", quality=95), I2I)
    require_taken(fitted.data, I2I)
    assert max(fitted.width, fitted.height) < 3600
    assert f"scaled down to {fitted.width}×{fitted.height}" in fitted.changes


async def test_hidden_data_counts_for_no_bytes() -> None:
    plain = encoded(noise(1000, 1000), "JPEG", quality=90)
    fitted = await fit_here(plain + b"\0" * 5_000_000, EDIT)
    assert fitted.data == plain


async def test_a_picture_below_a_models_least_is_enlarged_and_said_to_be() -> None:
    fitted = await fit_here(encoded(scene(400, 300), "JPEG"), STYLE)
    assert (fitted.width, fitted.height) == (800, 600)
    assert fitted.changes == ("enlarged from 400×300 to 800×600",)


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("picture.png", encoded(scene(900, 800), "PNG"))
    return buffer.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "nothing": (lambda: b"", EDIT, "empty"),
    "a zip named .png": (zipped, EDIT, "not_an_image"),
    "text": (lambda: b"hello, world" * 99, EDIT, "not_an_image"),
    "SVG": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", EDIT, "not_an_image"),
    "a film": (lambda: b"\0\0\0\x18ftypmp42" + b"\0" * 99, EDIT, "not_an_image"),
    "1×1": (lambda: encoded(scene(1, 1), "PNG"), EDIT, "too_small"),
    "1×1 for any model": (lambda: encoded(scene(1, 1), "PNG"), PORTRAIT, "too_small"),
    "100×4000 for i2i": (lambda: encoded(scene(100, 4000), "PNG"), I2I, "too_long"),
    "100×4000 for edit": (lambda: encoded(scene(100, 4000), "PNG"), EDIT, "too_long"),
    "100×4000 for style": (lambda: encoded(scene(100, 4000), "PNG"), STYLE, "too_small"),
    "300×3000 for style": (lambda: encoded(scene(300, 3000), "PNG"), STYLE, "too_long"),
    "1000×8000 for style": (lambda: encoded(scene(1000, 8000), "PNG"), STYLE, "too_long"),
    "299×400 for style": (lambda: encoded(scene(299, 400), "PNG"), STYLE, "too_small"),
    "300×399 for style": (lambda: encoded(scene(300, 399), "PNG"), STYLE, "too_small"),
    "a PNG with a forged size": (
        lambda: pictures.forged_png(encoded(scene(900, 800), "PNG"), 1200, 1000),
        EDIT,
        "broken",
    ),
    "a PNG with a forged size and a wrong checksum": (
        lambda: pictures.forged_png(encoded(scene(900, 800), "PNG"), 1200, 1000, checksum=False),
        EDIT,
        "broken",
    ),
    "a PNG with no size": (
        lambda: pictures.forged_png(encoded(scene(900, 800), "PNG"), 0, 0),
        EDIT,
        "broken",
    ),
    "a bomb": (lambda: pictures.bomb(30_000, 30_000), EDIT, "too_many_pixels"),
    "a JPEG header alone": (lambda: b"\xff\xd8\xff\xe0", EDIT, "broken"),
    "a PNG header alone": (lambda: b"\x89PNG\r\n\x1a\n", EDIT, "broken"),
    "a cut JPEG": (lambda: encoded(noise(900, 800), "JPEG")[:-2000], EDIT, "broken"),
    "a cut PNG": (lambda: encoded(noise(900, 800), "PNG")[:-2000], EDIT, "broken"),
    "a cut WebP": (lambda: encoded(noise(900, 800), "WEBP")[:-2000], EDIT, "broken"),
    "a cut HEIC": (lambda: pictures.heic(900, 800)[:-200], EDIT, "broken"),
    "a cut AVIF": (lambda: encoded(noise(90, 80), "AVIF")[:-2000], EDIT, "broken"),
    "a cut GIF": (lambda: pictures.gif(900, 800)[:300], EDIT, "broken"),
    "too many bytes": (lambda: b"\xff\xd8\xff" + b"\0" * 64_000_000, EDIT, "too_large"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_cannot_be_fitted_honestly_is_refused_by_name(name: str) -> None:
    make, model, reason = REFUSED[name]
    with pytest.raises(ImageRefused) as raised:
        await fit_here(make(), model)
    assert raised.value.reason == reason
    assert str(raised.value).endswith(".")
    assert raised.value.may_have_been_accepted is False


async def test_a_bomb_is_refused_from_its_header(monkeypatch: pytest.MonkeyPatch) -> None:
    def decoded(*_: object) -> None:
        raise AssertionError("somebody decoded it")

    monkeypatch.setattr(Image.Image, "load", decoded)
    with pytest.raises(ImageRefused, match="30000×30000"):
        inspect(pictures.bomb(30_000, 30_000))


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
async def test_inspecting_decodes_no_pixel(monkeypatch: pytest.MonkeyPatch, image_format: str) -> None:
    data = encoded(scene(900, 800), image_format)

    def decoded(*_: object) -> None:
        raise AssertionError("somebody decoded it")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)
    info = inspect(data)
    assert (info.format, info.width, info.height, info.has_location) == (image_format, 900, 800, False)


def test_inspecting_tells_of_a_place() -> None:
    for image_format in ("JPEG", "PNG", "WEBP", "AVIF"):
        assert inspect(encoded(scene(90, 80), image_format, exif=exif(place=True))).has_location
    xmp = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="52,31N"/></x:xmpmeta>'
    assert inspect(encoded(scene(90, 80), "JPEG", xmp=xmp)).has_location


async def test_a_cancelled_fit_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[asyncio.subprocess.Process] = []
    begun = asyncio.Event()
    start = asyncio.create_subprocess_exec

    async def noted(*arguments: str, **options: object) -> asyncio.subprocess.Process:
        process = await start(*arguments, **options)  # type: ignore[arg-type] # handed through
        started.append(process)
        begun.set()
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    fitting_it = asyncio.create_task(spark.fit(encoded(noise(2000, 2000), "PNG"), EDIT))
    await begun.wait()
    fitting_it.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fitting_it
    assert started[0].returncode is not None


async def test_a_decoder_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "_SECONDS_ON_THE_CLOCK", 0.0)
    # what decodes at all may be done before anybody looks at the clock
    monkeypatch.setattr(workshop, "command", lambda *_, **__: ("sleep", "600"))
    with pytest.raises(ImageRefused) as raised:
        await spark.fit(encoded(scene(900, 800), "PNG"), EDIT)
    assert raised.value.reason == "too_heavy"


async def test_a_decoder_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "_MEMORY", 250_000_000)
    with pytest.raises(ImageRefused) as raised:
        await spark.fit(encoded(Image.new("RGB", (7_900, 8_000)), "PNG"), EDIT)
    assert raised.value.reason == "too_heavy"


@pytest.mark.parametrize(
    ("model", "limits"),
    [
        (I2I, Limits(max_bytes=4_700_000, max_side=4096, max_ratio=3)),
        (EDIT, Limits(max_bytes=5_000_000, max_side=4096, max_ratio=3)),
        (STYLE, Limits(max_bytes=5_000_000, max_side=4096, min_short=600, min_long=800)),
        (PORTRAIT, Limits(max_bytes=5_000_000, max_side=4096)),
    ],
)
def test_the_limits_are_those_of_the_pages(model: str, limits: Limits) -> None:
    assert LIMITS[model] == limits
    assert len(LIMITS) == 4


def test_a_ratio_of_3_does_not_grow_while_pixels_go() -> None:
    told, _ = decoding.fit(encoded(noise(2999, 1000), "PNG"), Limits(max_bytes=1_000_000, max_ratio=3))
    assert 3 * told["height"] >= told["width"] < 2999


@pytest.mark.parametrize(
    ("made", "model", "reason"),
    [
        (lambda: encoded(scene(900, 800), "WEBP"), EDIT, "wrong_format"),
        (lambda: encoded(scene(4097, 2000), "PNG"), EDIT, "too_large"),
        (lambda: encoded(scene(1500, 499), "PNG"), EDIT, "too_long"),
        (lambda: encoded(scene(599, 800), "PNG"), STYLE, "too_small"),
        (lambda: encoded(scene(600, 799), "PNG"), STYLE, "too_small"),
        (lambda: encoded(noise(1500, 1500), "PNG"), I2I, "too_large"),
    ],
)
def test_a_picture_that_a_model_does_not_take_cannot_be_attached(
    made: Callable[[], bytes], model: str, reason: str
) -> None:
    plain = {I2I: {"prompt": "x"}, EDIT: {"prompt": "x"}, STYLE: {"req_key": "img2img_clay_style_usage"}}
    if model == STYLE:
        plain[STYLE]["sub_req_key"] = "img2img_clay_style_3d"
    request = spark.parse(model, plain[model])
    if isinstance(request, spark.TextToImage | spark.Portrait):
        raise TypeError
    with pytest.raises(ImageRefused) as raised:
        request.with_image(made())
    assert raised.value.reason == reason


def test_a_picture_is_attached_as_base64() -> None:
    data = encoded(scene(900, 800), "PNG")
    request = spark.Edit(prompt="x").with_image(data)
    (sent,) = request.params()["binary_data_base64"]
    assert sent.startswith("iVBORw0KGgo")
    assert request.has_image
    assert request.settings() == {"prompt": "x"}
