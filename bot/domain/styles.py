"""The styles as people look for them: in groups by what they look like, and by the words that they may type."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import spark
from bot.domain.replies.folding import folded, letters_of


class StyleGroup(StrEnum):
    """What some styles have in common."""

    ANIME = "anime"
    PAINTING = "painting"
    LIGHT = "light"
    FIGURES = "figures"

    @property
    def styles(self) -> Sequence[spark.Style]:
        """List its styles, as they stand on its sheet."""
        return [spark.STYLES[slug] for slug in _GROUPS[self]]


_GROUPS: Final[Mapping[StyleGroup, Sequence[str]]] = {
    StyleGroup.ANIME: (
        "influencer-anime",
        "anime",
        "angel",
        "princess",
        "exquisite-korean-comic",
        "exquisite-marvel",
    ),
    StyleGroup.PAINTING: ("watercolor", "monet-garden", "new-monet-garden", "ink-wash", "chinese-ink"),
    StyleGroup.LIGHT: ("realistic", "romantic-light", "dreamy", "chinese-red", "cyber-mechanical"),
    StyleGroup.FIGURES: ("cute-clay", "cute-doll", "doll", "ceramic-doll", "3d-game-z-era", "animation-movie"),
}

_KEYWORDS: Final[Mapping[str, str]] = {
    "influencer-anime": (
        "ghibli cartoon manga drawing film dibujo zeichentrick dessin 动漫 吉卜力 アニメ ジブリ 애니 аниме"
    ),
    "realistic": ("photo photograph real camera film foto fotografie realista 写实 照片 写真 사진 фото"),
    "angel": ("anime sky clouds light heaven shinkai makoto engel himmel cielo ciel ange 天使 天空 新海诚 천사"),
    "anime": ("cartoon manga comic drawing cel zeichentrick dibujo dessin 动漫 漫画 卡通 アニメ 애니 аниме"),
    "princess": (
        "fairy tale pink romantic glitter prinzessin märchen princesa princesse "
        "公主 童话 プリンセス 공주 принцесса"
    ),
    "dreamy": (
        "blue pencil sketch line drawing dream traum bleistift lápiz rêve crayon 梦幻 线稿 素描 夢 스케치 эскиз"
    ),
    "ink-wash": ("water ink black white brush sumi tusche tinta encre 水墨 黑白 墨绘 水墨画 수묵화 тушь"),
    "new-monet-garden": (
        "oil impressionist impressionism flowers painting garten öl óleo huile 莫奈 油画 印象派 油絵 모네 масло"
    ),
    "watercolor": ("watercolour aquarell acuarela aquarelle aquarela wash painting 水彩 水彩画 수채화 акварель"),
    "monet-garden": (
        "oil impressionist impressionism dusk painting garten öl óleo huile 莫奈 油画 印象派 油絵 모네 масло"
    ),
    "exquisite-marvel": (
        "comic comics superhero hero pop held héroe héros 漫威 英雄 美漫 マーベル アメコミ 마블 комикс"
    ),
    "cyber-mechanical": (
        "cyberpunk robot neon future sci-fi technik máquina 赛博 赛博朋克 机械 サイバー 사이버 киберпанк"
    ),
    "exquisite-korean-comic": ("webtoon manhwa manga cartoon koreanisch coreano 韩漫 漫画 韓国 웹툰 만화 манхва"),
    "chinese-ink": (
        "ink brush silk traditional gongbi china tusche tinta encre 国风 水墨 工笔 中国画 墨 동양화 тушь"
    ),
    "romantic-light": (
        "sunset golden hour warm evening sonne abend atardecer soleil 光影 浪漫 夕阳 夕日 노을 закат"
    ),
    "ceramic-doll": (
        "porcelain china figurine shiny glass porzellan keramik porcelana porcelaine "
        "陶瓷 瓷娃娃 陶器 도자기 фарфор"
    ),
    "chinese-red": (
        "festival new year gold traditional rot fest rojo rouge 中国红 新年 喜庆 红 春節 빨강 красный"
    ),
    "cute-clay": (
        "wool felt plasticine stop motion kneten knete filz wolle plastilina arcilla lana laine "
        "粘土 黏土 羊毛 毛毡 클레이 пластилин"
    ),
    "cute-doll": ("bubble toy soft plush wool kawaii puppe juguete peluche 泡泡 玩偶 可爱 ぬいぐるみ 인형 кукла"),
    "3d-game-z-era": ("3d low poly video game render spiel juego jeu 游戏 ゲーム 게임 игра"),
    "animation-movie": (
        "3d pixar disney cinema film movie render animación kino 动画 电影 皮克斯 ピクサー 픽사 мультфильм"
    ),
    "doll": ("3d toy plastic figure barbie puppe muñeca poupée 娃娃 玩偶 人形 인형 кукла"),
}
"""What else people call a style, or what they want who find it right."""


def group_of(slug: str) -> StyleGroup:
    """Tell a style's group."""
    return next(group for group, slugs in _GROUPS.items() if slug in slugs)


def styles_found(typed: str) -> Sequence[spark.Style]:
    """List the styles whose name, group or keywords have every word that was typed, names first; all for none."""
    words = _words(typed)
    styles = [style for group in StyleGroup for style in group.styles]
    by_name = [style for style in styles if _holds(_words(style.label), words)]
    by_keyword = [style for style in styles if style not in by_name and _holds(_known_by(style), words)]
    return [*by_name, *by_keyword]


def style_meant(typed: str) -> spark.Style | None:
    """Give the style that a text names: by its slug, its label, or as the only one that it finds."""
    if typed in spark.STYLES:
        return spark.STYLES[typed]
    wanted = _words(typed)
    for style in spark.STYLES.values():
        if wanted in (_words(style.label), _words(style.label.removesuffix(" Style"))):
            return style
    found = styles_found(typed) if wanted else ()
    return found[0] if len(found) == 1 else None


def _known_by(style: spark.Style) -> Sequence[str]:
    return _words(f"{style.label} {group_of(style.slug)} {_KEYWORDS[style.slug]}")


def _words(text: str) -> Sequence[str]:
    return letters_of(folded(text)).split()


def _holds(known: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether each wanted word begins a known one, or stands in one that is written without spaces."""
    return all(
        any(word.startswith(part) or (not part.isascii() and part in word) for word in known) for part in wanted
    )
