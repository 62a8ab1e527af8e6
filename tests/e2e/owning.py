"""Pictures of alice's that bob would like to have worked on, and what she is asked."""

from collections.abc import Callable

from PIL import Image

from sandbox.discord import Channel, Interaction, Member, Message, Upload
from tests.e2e.harness import Harness
from tests.e2e.moderating import moderator, spend
from tests.e2e.photos import drawing_file
from tests.e2e.pressing import menu, submitted
from tests.spark.images.pictures import encoded

EDIT = "Edit image"
ALLOW, NO, NEVER = "Allow", "No", "Never mine"


async def drawn(
    bot: Harness, number: int = 1, *, by: Member | None = None, place: Channel | None = None
) -> Message:
    """Have alice show a drawing of hers."""
    files = [drawing_file(number)]
    return await bot.discord.say(by or bot.alice, place or bot.general, "by me", files=files)


async def wants(
    bot: Harness, shown: Message, words: str = "make it night", by: Member | None = None
) -> Interaction:
    """Have bob ask for an edit of what a message shows."""
    return await submitted(bot, await menu(bot, by or bot.bob, shown, EDIT), **{"What to change": words})


async def question_about(bot: Harness, asked: Interaction | Message) -> Message:
    """Wait for the question to the owners of a picture that somebody has asked for."""
    named = f"{asked.id}-owner"
    return await bot.until(lambda: next((m for m in bot.posts() if m.nonce == named), None))


async def made(bot: Harness, asked: Interaction | Message) -> Message:
    """Wait until the job that was allowed is delivered; give its one message."""
    done = f"{asked.id}-done"
    posted = await bot.until(lambda: next((m for m in bot.posts() if m.nonce == done), None), tick=1)
    await bot.done(tick=1)
    return posted


def questions(bot: Harness) -> list[Message]:
    return [m for m in bot.posts() if str(m.nonce).endswith("-owner")]


async def told_about(bot: Harness, asked: Interaction | Message) -> Message:
    """Wait for the word to whoever has asked that nothing comes of it."""
    named = f"{asked.id}-told"
    return await bot.until(lambda: next((m for m in bot.posts() if m.nonce == named), None))


async def keeps(bot: Harness, shown: Message) -> None:
    """Have alice say "Never mine" of a drawing, about which bob has asked her."""
    asked = await wants(bot, shown)
    question = await question_about(bot, asked)
    await bot.click(bot.alice, question, NEVER)
    await told_about(bot, asked)


async def rule(bot: Harness, pictures: str) -> None:
    """Have a moderator say who may work on pictures of others."""
    await spend(bot, "settings", moderator(bot, f"mod-{pictures}"), pictures=pictures)


def _smaller(image: Image.Image) -> Image.Image:
    width, height = image.size
    return image.resize((width * 9 // 10, height * 9 // 10))


def _cropped(image: Image.Image) -> Image.Image:
    width, height = image.size
    return image.crop((width // 50, height // 50, width, height))


COPIES: dict[str, Callable[[Image.Image], Upload]] = {
    "same": lambda image: Upload(0, "drawing.png", encoded(image, "PNG")),
    "jpeg": lambda image: Upload(0, "drawing.jpg", encoded(image, "JPEG")),
    "webp": lambda image: Upload(0, "drawing.webp", encoded(image, "WEBP")),
    "smaller": lambda image: Upload(0, "drawing.png", encoded(_smaller(image), "PNG")),
    "cropped": lambda image: Upload(0, "drawing.png", encoded(_cropped(image), "PNG")),
}
"""What people post of a picture that they have saved."""
