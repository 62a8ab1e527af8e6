"""Portraits of pictures whose copy has to be posted in sight, and the question whether it may be."""

import functools
from typing import Any

from sandbox.discord import Channel, Interaction, Message, Upload
from tests.e2e.harness import Harness
from tests.spark.images import pictures

GO_ON = "Post it here and go on"


@functools.cache
def from_a_phone() -> Upload:
    """Give a picture that Spark cannot fetch as it is."""
    return Upload(0, "me.heic", pictures.heic(640, 800))


async def asked(bot: Harness, picture: Upload, **options: Any) -> tuple[Interaction, Message]:
    """Ask for a portrait and give the question that comes back."""
    interaction = await bot.command("/portrait", prompt="as a pirate", image=picture, **options)
    await bot.refused(interaction)
    question = bot.private_answer(interaction)
    assert question is not None
    return interaction, question


def copies(channel: Channel) -> list[Message]:
    """Give the copies that the bot has posted there."""
    return [m for m in channel.messages.values() if any(f.filename.startswith("input-") for f in m.attachments)]
