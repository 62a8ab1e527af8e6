"""Results that people delete, after they were asked."""

from sandbox.discord import Member, Message
from tests.e2e.harness import Harness
from tests.e2e.pressing import more, private


async def question(bot: Harness, by: Member, message: Message) -> Message:
    """Ask to delete a result, and give the question that comes back."""
    return await private(bot, await more(bot, by, message, "Delete"))


async def deleted(bot: Harness, by: Member, message: Message) -> Message:
    """Delete a result, and give what its person was told in the end."""
    asked = await question(bot, by, message)
    await bot.click(by, asked, "Delete it")
    await bot.until(lambda: asked.components == [])
    await bot.done(tick=1)
    return asked
