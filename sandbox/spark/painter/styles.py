"""The 22 styles of the style template, each as a recipe of filters."""

import random
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from sandbox.spark.painter import finish
from sandbox.spark.painter.canvas import clouds, scaled, shine, soft
from sandbox.spark.painter.filters import (
    brightened,
    celled,
    contrasted,
    dabbed,
    dotted,
    faceted,
    flattened,
    inked,
    leaked,
    lines,
    papered,
    relieved,
    saturated,
    softened,
    sparkled,
    tinted,
    toned,
)

Recipe = Callable[[Image.Image, random.Random], Image.Image]


def stylise(image: Image.Image, req_key: str, sub_req_key: str | None, rng: random.Random) -> Image.Image:
    """Render a picture in one of the 22 styles."""
    return RECIPES[sub_req_key or req_key](image, rng)


def _pen(image: Image.Image) -> float:
    return min(image.size) / 900


def influencer_anime(image: Image.Image, rng: random.Random) -> Image.Image:
    """Paint as hand-made films do: flat warm colours, thin brown lines, leafy greens."""
    flat = brightened(saturated(celled(flattened(image), 9), 1.5), 1.12)
    warm = Image.blend(flat, ImageChops.screen(flat, Image.new("RGB", image.size, (66, 58, 24))), 0.7)
    return finish.bloom(
        papered(inked(warm, scaled(lines(image, _pen(image)), 0.75), (86, 56, 44)), rng, depth=0.25), 0.3
    )


def realistic(image: Image.Image, rng: random.Random) -> Image.Image:
    """Develop as a photograph: crisp, deep, teal in the shade and orange in the light, with grain."""
    crisp = image.filter(ImageFilter.UnsharpMask(3, 120, 2))
    film = Image.blend(contrasted(crisp, 1.25), toned(crisp, (6, 22, 34), (128, 116, 108), (255, 240, 214)), 0.34)
    return finish.grain(finish.vignette(film, 0.6), rng, 4)


def angel(image: Image.Image, rng: random.Random) -> Image.Image:
    """Flood with morning light from above, in the blues of a high sky."""
    bright = softened(saturated(brightened(image, 1.14), 1.35), 0.6, min(image.size) / 60)
    sky = tinted(bright, (92, 172, 246), 0.3)
    shine(sky, (190, 226, 255), (image.width * 0.5, -image.height * 0.1), max(image.size) * 0.9, 1.8)
    return sparkled(sky, rng, 26, (255, 255, 255))


def anime(image: Image.Image, rng: random.Random) -> Image.Image:
    """Draw cells: few bright colours and black lines."""
    del rng
    return inked(saturated(celled(flattened(image, 2), 5), 1.6), lines(image, _pen(image) * 1.8, 22))


def princess(image: Image.Image, rng: random.Random) -> Image.Image:
    """Dream in rose and lilac, with sparkling lights."""
    rose = tinted(softened(saturated(flattened(image), 1.2), 0.55, min(image.size) / 80), (232, 120, 190), 0.46)
    return sparkled(brightened(rose, 1.1), rng, 60, (255, 240, 252))


def dreamy(image: Image.Image, rng: random.Random) -> Image.Image:
    """Draw with blue pencil on white, over a thin wash."""
    wash = toned(soft(image, min(image.size) / 200), (96, 150, 226), (190, 218, 248), (255, 255, 255))
    return papered(inked(wash, lines(image, _pen(image) * 1.2, 20, 1.5), (28, 62, 158)), rng, (250, 252, 255), 0.4)


def ink_wash(image: Image.Image, rng: random.Random) -> Image.Image:
    """Wash with black ink on raw paper, and set a red seal."""
    gray = flattened(ImageOps.grayscale(image).convert("RGB"), 3)
    bleed = clouds(rng, image.size, (12, 12), 4)
    wet = Image.composite(soft(gray, min(image.size) / 90), gray, bleed)
    ink = inked(
        toned(wet, (22, 22, 26), (142, 140, 136), (250, 247, 238)),
        scaled(lines(image, _pen(image) * 2.6, 14), 0.8),
    )
    sheet = papered(ink, rng, (248, 240, 222), 0.7)
    _seal(sheet)
    return sheet


def new_monet(image: Image.Image, rng: random.Random) -> Image.Image:
    """Dab a garden in green and rose light."""
    light = tinted(saturated(brightened(image, 1.12), 1.35), (124, 176, 128), 0.22)
    return dabbed(light, rng, min(image.size) / 120, 20_000, 22)


def watercolour(image: Image.Image, rng: random.Random) -> Image.Image:
    """Let thin colours run on white paper, darker where they dried."""
    pale = Image.blend(celled(flattened(image, 2), 7), Image.new("RGB", image.size, (255, 255, 255)), 0.26)
    rims = scaled(lines(pale, _pen(image) * 3.4, 9), 0.42)
    painted = papered(inked(saturated(pale, 1.3), rims, (60, 60, 104)), rng, (254, 251, 244), 0.4)
    blot = clouds(rng, image.size, (7, 7), 4)
    edge = Image.radial_gradient("L").resize(image.size, Image.Resampling.BICUBIC)
    rim = ImageChops.add(edge, blot, 2, 0).point([max(0, min(255, round((v - 168) * 9))) for v in range(256)])
    return Image.composite(Image.new("RGB", image.size, (252, 249, 241)), painted, rim)


def monet(image: Image.Image, rng: random.Random) -> Image.Image:
    """Dab broadly in blue and violet dusk."""
    light = tinted(saturated(image, 1.5), (112, 116, 206), 0.34)
    return dabbed(light, rng, min(image.size) / 78, 13_000, 34)


def marvel(image: Image.Image, rng: random.Random) -> Image.Image:
    """Print a comic: primary colours, dots and heavy ink."""
    del rng
    flat = saturated(contrasted(celled(flattened(image), 4), 1.35), 1.9)
    dots = scaled(dotted(image, max(round(min(image.size) / 110), 4)), 0.55)
    return inked(inked(flat, dots, (120, 24, 40)), lines(image, _pen(image) * 2.6, 26, 2.4), (0, 0, 0))


def cyber(image: Image.Image, rng: random.Random) -> Image.Image:
    """Wire with cyan and magenta light on black, with scan lines."""
    del rng
    dark = tinted(brightened(contrasted(image, 1.2), 0.42), (54, 30, 130), 0.55)
    ink = lines(image, _pen(image) * 1.5, 24, 1.6)
    glow = scaled(soft(ink, min(image.size) / 140), 1.4)
    slant = Image.linear_gradient("L").rotate(45).resize(image.size, Image.Resampling.BICUBIC)
    neon = ImageOps.colorize(slant, (255, 40, 190), (30, 240, 255))
    for mask in (glow, ink):
        dark = ImageChops.screen(dark, Image.composite(neon, Image.new("RGB", image.size), mask))
    draw = ImageDraw.Draw(dark, "RGBA")
    for y in range(0, image.height, 6):
        draw.line((0, y, image.width, y), fill=(0, 0, 0, 70), width=2)
    return dark


def korean_comic(image: Image.Image, rng: random.Random) -> Image.Image:
    """Draw softly shaded cells with fine lines, fair and rosy."""
    del rng
    fair = Image.blend(celled(flattened(image), 8), Image.new("RGB", image.size, (255, 240, 236)), 0.24)
    return inked(
        softened(saturated(fair, 1.2), 0.3, 18), scaled(lines(image, _pen(image) * 0.9, 20, 2), 0.85), (92, 44, 62)
    )


def chinese_ink(image: Image.Image, rng: random.Random) -> Image.Image:
    """Paint with ink and a little colour on yellowed silk."""
    pale = Image.blend(saturated(flattened(image, 2), 0.55), Image.new("RGB", image.size, (238, 226, 196)), 0.36)
    ink = inked(pale, lines(image, _pen(image) * 1.7, 20, 2), (34, 30, 28))
    sheet = papered(ink, rng, (240, 226, 192), 0.5)
    _seal(sheet)
    return sheet


def romantic_light(image: Image.Image, rng: random.Random) -> Image.Image:
    """Turn to the evening sun: warm haze, light from the side, floating discs."""
    warm = leaked(
        softened(tinted(image, (226, 138, 92), 0.3), 0.5, min(image.size) / 50), (255, 150, 70), left=True
    )
    unit = min(image.size)
    for _ in range(22):
        at = (rng.random() * image.width, rng.random() * image.height)
        shine(warm, (255, 196, 130), at, unit * rng.uniform(0.03, 0.1), 0.6)
    return warm


def ceramic(image: Image.Image, rng: random.Random) -> Image.Image:
    """Fire as porcelain: cobalt on white, with a glaze that shines."""
    del rng
    smooth = flattened(soft(image, 3), 2)
    glazed = toned(smooth, (14, 40, 120), (150, 182, 226), (255, 255, 255))
    return _glossed(relieved(glazed, 5, 5.0, min(image.size) / 130), 2.2)


def chinese_red(image: Image.Image, rng: random.Random) -> Image.Image:
    """Celebrate in red and gold."""
    festive = Image.blend(toned(image, (62, 0, 8), (206, 28, 34), (255, 224, 140)), image, 0.12)
    return sparkled(finish.vignette(festive, 0.6), rng, 34, (255, 222, 120))


def clay(image: Image.Image, rng: random.Random) -> Image.Image:
    """Model in clay: rounded forms with the prints of fingers."""
    formed = saturated(celled(flattened(soft(image, 4), 3), 7), 1.3)
    round_forms = relieved(formed, 7, 4.2, min(image.size) / 120)
    prints = Image.merge("RGB", (clouds(rng, image.size, (90, 60), 2),) * 3)
    return relieved(Image.blend(round_forms, ImageChops.overlay(round_forms, prints), 0.16), 2, 1.2, 1)


def bubble(image: Image.Image, rng: random.Random) -> Image.Image:
    """Make a soft doll in pastel, among soap bubbles."""
    pastel = Image.blend(
        saturated(flattened(soft(image, 2), 2), 1.35), Image.new("RGB", image.size, (255, 226, 236)), 0.34
    )
    puffed = relieved(pastel, 9, 3.0, min(image.size) / 110)
    draw = ImageDraw.Draw(puffed, "RGBA")
    unit = min(image.size)
    for _ in range(34):
        x, y, r = rng.random() * image.width, rng.random() * image.height, unit * rng.uniform(0.012, 0.06)
        draw.ellipse(
            (x - r, y - r, x + r, y + r),
            fill=(255, 255, 255, 34),
            outline=(255, 255, 255, 150),
            width=max(2, round(r / 14)),
        )
        draw.ellipse((x - r * 0.55, y - r * 0.62, x - r * 0.15, y - r * 0.32), fill=(255, 255, 255, 200))
    return puffed


def game_era(image: Image.Image, rng: random.Random) -> Image.Image:
    """Build from the bright facets of an early 3D game."""
    return contrasted(saturated(faceted(image, rng, 60), 1.3), 1.15)


def animation_movie(image: Image.Image, rng: random.Random) -> Image.Image:
    """Render for the wide screen: round light, teal and orange, black bars."""
    lit = relieved(softened(flattened(image), 0.4, 22), 6, 2.2, min(image.size) / 90)
    film = finish.grain(
        Image.blend(saturated(lit, 1.25), toned(lit, (8, 34, 52), (166, 118, 92), (255, 236, 196)), 0.4), rng
    )
    bar = round(image.height * 0.085)
    draw = ImageDraw.Draw(film)
    draw.rectangle((0, 0, image.width, bar), fill=(0, 0, 0))
    draw.rectangle((0, image.height - bar, image.width, image.height), fill=(0, 0, 0))
    return film


def doll(image: Image.Image, rng: random.Random) -> Image.Image:
    """Cast in coloured plastic that shines."""
    del rng
    plastic = saturated(celled(flattened(soft(image, 3), 3), 5), 1.55)
    return _glossed(relieved(tinted(plastic, (244, 128, 150), 0.14), 5, 4.4, min(image.size) / 150), 2.6)


def _glossed(image: Image.Image, strength: float) -> Image.Image:
    gray = soft(ImageOps.grayscale(image), min(image.size) / 130)
    slope = ImageChops.subtract(gray, ImageChops.offset(gray, -9, -9), 1, 128)
    gloss = soft(slope.point([max(0, min(255, round((v - 137) * 12 * strength))) for v in range(256)]), 3)
    return ImageChops.screen(image, Image.merge("RGB", (scaled(gloss, 0.75),) * 3))


def _seal(image: Image.Image) -> None:
    unit = min(image.size)
    side, edge = unit * 0.062, unit * 0.05
    left, top = image.width - edge - side, image.height - edge - side
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((left, top, left + side, top + side), side * 0.14, fill=(186, 40, 34))
    thick = max(2, round(side * 0.08))
    pale = (250, 236, 216)
    for x0, y0, x1, y1 in (
        (0.2, 0.3, 0.8, 0.3),
        (0.5, 0.18, 0.5, 0.82),
        (0.22, 0.56, 0.78, 0.56),
        (0.3, 0.8, 0.7, 0.8),
    ):
        draw.line((left + side * x0, top + side * y0, left + side * x1, top + side * y1), fill=pale, width=thick)


RECIPES: Final[Mapping[str, Recipe]] = MappingProxyType(
    {
        "img2img_ghibli_style_usage": influencer_anime,
        "img2img_real_mix_style_usage": realistic,
        "img2img_makoto_style_usage": angel,
        "img2img_cartoon_style_usage": anime,
        "img2img_rev_animated_style_usage": princess,
        "img2img_blueline_style_usage": dreamy,
        "img2img_water_ink_style_usage": ink_wash,
        "i2i_ai_create_monet_usage": new_monet,
        "img2img_water_paint_style_usage": watercolour,
        "img2img_comic_style_monet": monet,
        "img2img_comic_style_marvel": marvel,
        "img2img_comic_style_future": cyber,
        "img2img_exquisite_style_usage": korean_comic,
        "img2img_pretty_style_ink": chinese_ink,
        "img2img_pretty_style_light": romantic_light,
        "img2img_ceramics_style_usage": ceramic,
        "img2img_chinese_style_usage": chinese_red,
        "img2img_clay_style_3d": clay,
        "img2img_clay_style_bubble": bubble,
        "img2img_3d_style_era": game_era,
        "img2img_3d_style_movie": animation_movie,
        "img2img_3d_style_doll": doll,
    }
)
