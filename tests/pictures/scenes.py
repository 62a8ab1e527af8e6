"""The conversation, scene by scene: each is played once, at the desktop."""

from playwright.async_api import expect

from sandbox.spark.latency import Latency
from tests.pictures.studio import Photo, Studio

EDITED = "A reply has edited a picture"
FOUR = "Four pictures of one command"
_FOX = "a red fox in a meadow"
_LIGHTHOUSE = "a lighthouse at dawn"
_RESULT = "here are your 4 pictures"


async def photograph(studio: Studio) -> list[Photo]:
    """Play all scenes and photograph each; the order is that of the play."""
    return [
        *await _edited(studio),
        *await _four(studio),
        *await _card_and_styles(studio),
        *await _own_pages(studio),
        *await _waiting(studio),
        *await _spark_away(studio),
        *await _refusal(studio),
        *await _case(studio),
    ]


async def _edited(studio: Studio) -> list[Photo]:
    studio.calendar.days_ago = 3
    await studio.made(f"/imagine prompt:{_FOX}", _FOX)
    message = studio.desktop.message("here is your picture")
    await message.hover()
    await message.get_by_role("button", name="Reply").click()
    await studio.desktop.say("make it snowy")
    return await studio.photos(EDITED, "here is your edited picture")


async def _four(studio: Studio) -> list[Photo]:
    studio.calendar.days_ago = 1
    await studio.open("general")
    await studio.made("/imagine prompt:portrait of a woman in a red coat seed:7", "portrait of a woman")
    studio.calendar.days_ago = 0
    await studio.open("general")
    await studio.made(f"/imagine prompt:{_LIGHTHOUSE} size:4:3 count:4", _LIGHTHOUSE)
    return await studio.photos(FOUR, _RESULT)


async def _card_and_styles(studio: Studio) -> list[Photo]:
    desktop = studio.desktop
    await desktop.message(_RESULT).get_by_role("button", name="3", exact=True).click()
    photos = await studio.photos("One of them, for Ada alone", "picture 3 of 4")
    await desktop.message("picture 3 of 4").get_by_role("button", name="Style").click()
    return [*photos, *await studio.photos("The styles by their looks", "Which style?")]


async def _own_pages(studio: Studio) -> list[Photo]:
    await studio.open("general")
    await studio.desktop.command("/history")
    photos = await studio.photos("/history", "What you made here", dismissed=True)
    await studio.desktop.command("/usage")
    return [*photos, *await studio.photos("/usage", "What you have here", dismissed=True)]


async def _waiting(studio: Studio) -> list[Photo]:
    spark = studio.stage.spark
    usual, spark.latency = spark.latency, Latency.fixed(3600.0)
    await studio.desktop.command("/imagine prompt:a sailing boat at night size:16:9")
    photos = await studio.photos("Being painted", "ready ")
    spark.latency = usual
    for task in spark.tasks:
        spark.finish(task)
    await studio.desktop.arrived("a sailing boat at night")
    return photos


async def _spark_away(studio: Studio) -> list[Photo]:
    await studio.stage.spark.go_away()
    await studio.desktop.command("/imagine prompt:a village in the mountains")
    photos = await studio.photos("Spark is away", "cannot be reached")
    await studio.stage.spark.come_back()
    await studio.desktop.arrived("a village in the mountains")
    return photos


async def _refusal(studio: Studio) -> list[Photo]:
    await studio.are_now("Mona (moderator)")
    await studio.desktop.command("/spend limit member:Ada day:0.05")
    await expect(studio.desktop.message("0.05").last).to_be_visible()
    await studio.are_now("Ada")
    await studio.desktop.command("/imagine prompt:a hot-air balloon over a lake count:4")
    return await studio.photos("A limit in the way, and what helps", "Four pictures cost")


async def _case(studio: Studio) -> list[Photo]:
    await studio.are_now("Mona (moderator)")
    await studio.open(_FOX)
    message = studio.desktop.message("here is your edited picture")
    await message.hover()
    await message.get_by_role("button", name="More, and apps").click()
    await studio.desktop.tab.get_by_role("menuitem", name="Spend case").click()
    return await studio.photos("A moderator's case", "Spend case")
