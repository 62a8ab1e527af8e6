"""What Discord refuses to post for another reason than a permission: the remedy follows the reason."""

import pytest

from sandbox.discord import Kind, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.lost_places import MESSAGES, delivered, reason
from tests.e2e.pressing import in_direct_messages

pytestmark = pytest.mark.usefixtures("discord_py_on_the_clock")
ORIGINAL = r"/webhooks/\d+/[^/]+/messages/@original"
HEAD = r"/webhooks/\d+/[^/]+/messages/\d+"
CALLBACK = r"/interactions/\d+/[^/]+/callback"
EXPLICIT = "Explicit content cannot be sent to the desired recipient(s)"


async def test_what_discord_takes_for_explicit_goes_to_its_owner_who_is_told_why(bot: Harness) -> None:
    direct = bot.discord.direct_messages(bot.alice)
    elsewhere = rf"/channels/(?!{direct.id})\d+/messages"
    bot.discord.trouble.add(Trouble("POST", elsewhere, status=400, code=20009, message=EXPLICIT, times=99))
    posted = await delivered(bot, await bot.imagine())
    assert posted.channel is direct
    said = f"Discord takes it for explicit, and does not let me post it in <#{bot.general.id}>"
    assert reason(posted) == said


@pytest.mark.parametrize("direct", [False, True])
async def test_what_it_takes_for_explicit_everywhere_waits_and_nobodys_permissions_are_blamed(
    bot: Harness, *, direct: bool
) -> None:
    place = await in_direct_messages(bot) if direct else bot.general
    refused = bot.discord.trouble.add(
        Trouble("POST", MESSAGES, status=400, code=20009, message=EXPLICIT, times=999)
    )
    asked = await bot.imagine(place=place)
    await bot.until(lambda: " is kept for you: " in bot.status_message(asked), tick=1)
    said = f"is kept for you: Discord takes it for explicit, and does not let me post it in <#{place.id}>."
    assert said in bot.status_message(asked)
    mend = "your own filter for sensitive pictures" if direct else "Ask a moderator about this server's filter"
    assert mend in bot.status_message(asked)
    assert "permission" not in bot.status_message(asked)
    refused.times = 0
    await delivered(bot, asked, tick=600)


async def test_a_message_that_is_malformed_is_an_incident(bot: Harness) -> None:
    refused = bot.discord.trouble.add(Trouble("POST", MESSAGES, status=400, code=50035, times=999))
    asked = await bot.imagine()
    await bot.until(lambda: " is kept for you: " in bot.status_message(asked), tick=1)
    incident = (await bot.broke("delivery.malformed"))["incident"]
    assert f"is kept for you: something in me broke (incident `{incident}`)." in bot.status_message(asked)
    assert "Tell whoever runs this bot" in bot.status_message(asked)
    assert bot.posts(asked) == []
    refused.times = 0
    await delivered(bot, asked, tick=600)


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        (401, 0, "Discord does not let me in any more."),
        (400, 240000, 'Discord refused it, saying "Scripted trouble".'),
        (413, 40005, "Discord takes no picture in <#"),
    ],
)
async def test_the_remedy_of_anything_else_is_not_the_bots_permissions(
    bot: Harness, status: int, code: int, why: str
) -> None:
    bot.alice.user.accepts_dms = False
    refused = bot.discord.trouble.add(Trouble("POST", MESSAGES, status=status, code=code, times=999))
    asked = await bot.imagine()
    await bot.until(lambda: " is kept for you: " in bot.status_message(asked), tick=1)
    assert f"is kept for you: {why}" in bot.status_message(asked)
    assert "permission" not in bot.status_message(asked)
    refused.times = 0
    await delivered(bot, asked, tick=600)


@pytest.mark.parametrize("code", [20028, 30046])
async def test_a_limit_of_a_rate_passes_whatever_its_status(bot: Harness, code: int) -> None:
    bot.discord.trouble.add(Trouble("POST", MESSAGES, status=400, code=code))
    await delivered(bot, await bot.imagine())


async def test_a_token_that_is_over_by_discords_clock_keeps_no_result_waiting(bot: Harness) -> None:
    """The status message was never written down, and Discord no longer gives it out."""
    bot.discord.trouble.add(Trouble("POST", CALLBACK, Kind.RESET, applied=True))
    over = Trouble("GET", ORIGINAL, status=401, code=50027, message="Invalid Webhook Token", times=99)
    bot.discord.trouble.add(over)
    asked = await bot.discord.command(bot.alice, bot.general, "/imagine", {"prompt": "a red fox"})
    posted = await bot.posted(asked)
    assert posted.channel is bot.general
    assert [entry for entry in bot.log if entry["event"] == "job.not_delivered"] == []


async def test_a_status_message_whose_token_is_over_by_discords_clock_is_edited_by_the_bots_own(
    bot: Harness,
) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    bot.discord.trouble.add(Trouble("PATCH", HEAD, status=401, code=50027, times=99))
    bot.finish()
    await bot.posted(asked, tick=1)
    assert "see it" in bot.status_message(asked)
