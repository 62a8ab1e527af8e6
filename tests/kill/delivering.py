"""Jobs whose delivery runs into trouble."""

from sandbox.discord import Interaction
from sandbox.discord.http.trouble import Trouble
from tests.kill.lives import Lives
from tests.kill.waiting import within_patience

MESSAGES = r"/channels/\d+/messages"
"""Where messages are posted."""


async def delivering_until(lives: Lives, trouble: Trouble) -> Interaction:
    """Bring a job to where its delivery runs into `trouble`."""
    await lives.begin()
    asked = await lives.imagine("a red fox in snow")
    await lives.submitted(1)
    lives.finish()
    await within_patience(trouble.reached.wait())
    return asked
