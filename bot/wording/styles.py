"""What the page of styles says: which picture, which style, and what it costs."""

from collections.abc import Mapping, Sequence
from typing import Final

import spark
from bot.domain.kinds import Kind
from bot.domain.prices import Price
from bot.domain.refusals import Refusal, Refuser
from bot.domain.styles import StyleGroup, group_of
from bot.wording.pictures_not_found import by_menu
from bot.wording.prices import price_text
from bot.wording.text import listed, plain

GROUPS: Final[Mapping[StyleGroup, str]] = {
    StyleGroup.ANIME: "Anime & comics",
    StyleGroup.PAINTING: "Paint & ink",
    StyleGroup.LIGHT: "Light & mood",
    StyleGroup.FIGURES: "3D & dolls",
}
"""What each group is called."""
WHICH_STYLE: Final = "Which style?"
THIS_PICTURE: Final = "this picture"
CHOOSE_STYLE: Final = "Choose a style…"
"""Stands in the list of styles until one is chosen."""
PICTURE: Final = "Picture"
"""Stands in the list of pictures until one is chosen."""
WATERMARK: Final = "Watermark…"
_NAME_MAX: Final = 60


def style_with_price(style: spark.Style, price: Price) -> str:
    """Name a style as it is offered while somebody types: `Doll · 3D & dolls · $0.005`."""
    return f"{style.label} · {GROUPS[group_of(style.slug)]} · {price_text(price)}"


def style_page(style: spark.Style | None, picture: str, url: str | None) -> str:
    """Head the page: the style, or the question which one, and which picture it is for, with its address."""
    head = f"**{WHICH_STYLE}**" if style is None else f"**{style.label}**"
    name = plain(picture, _NAME_MAX)
    return f"{head}\n-# for {name if url is None else f'[{name}]({url})'}"


def hidden_newer(url: str) -> str:
    """Say beside the page that a newer message may hold the picture that is meant, and how it is taken."""
    return f"-# Another one, in [a newer message]({url}) that Discord does not show me? {by_menu(Kind.STYLIZE)}"


def style_missing(given: Sequence[str]) -> Refusal:
    """Say that options of /stylize came without a style, which the page would lose."""
    return Refusal(
        Refuser.BOT,
        WHICH_STYLE,
        f"With {listed(given)}, choose one in style; or leave both out, and choose from pictures.",
    )


def stylize_button(price: Price) -> str:
    """Name the button that orders: `Stylize · $0.005`."""
    return f"Stylize · {price_text(price)}"


def sheet_alt(group: StyleGroup) -> str:
    """Describe the picture of a group's styles."""
    return f"AI-made: a picture in each style: {', '.join(map(tile_name, group.styles))}"


def tile_name(style: spark.Style) -> str:
    """Name a style under its picture, where there is little room."""
    return style.label.removesuffix(" Style")
