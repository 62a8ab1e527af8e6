import csv
import io

from bot.domain.moderation.actions import About, ActionKind
from sandbox.discord import Message, Trouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, asked, moderator

ORIGINAL = r"/webhooks/\d+/[^/]+/messages/@original"


def _read(message: Message) -> list[list[dict[str, str]]]:
    texts = (file.content.decode("utf-8-sig") for file in message.attachments)
    return [list(csv.DictReader(io.StringIO(text, newline=""))) for text in texts]


async def test_a_moderator_gets_the_tasks_and_the_ledger_and_that_is_recorded(bot: Harness) -> None:
    mona = moderator(bot)
    posted = await bot.posted(await bot.imagine(prompt="=a fox", count=2))
    elsewhere = bot.discord.add_guild("Elsewhere")
    member = bot.discord.add_member(elsewhere, "carol")
    await bot.posted(await bot.imagine(member, bot.discord.add_channel(elsewhere, "general")))

    shown = await asked(bot, "export", mona, period="month")

    assert shown.content.startswith(
        "**What was asked for on this server this month**\n2 rows, a picture each, and 4 of the ledger."
    )
    assert [file.filename for file in shown.attachments] == [
        "spend-2026-01-01-to-2026-01-01-tasks.csv",
        "spend-2026-01-01-to-2026-01-01-ledger.csv",
    ]
    tasks, ledger = _read(shown)
    link = f"https://discord.com/channels/{bot.guild.id}/{posted.channel.id}/{posted.id}"
    assert [(row["mention"], row["charged_usd"], row["prompt"], row["link"]) for row in tasks] == [
        (f"<@{bot.alice.id}>", "0.0065", "'=a fox", link)
    ] * 2
    assert [row["entry"] for row in ledger] == ["reserve", "reserve", "settle", "settle"]
    [exported] = await actions(bot)
    assert (exported.actor_id, exported.kind, exported.about) == (mona.id, ActionKind.EXPORT, About.GUILD)
    assert exported.what == "exported what was asked for this month: 2 rows"
    assert await actions(bot, elsewhere) == []
    assert shown not in bot.discord.visible(bot.general, bot.alice)


async def test_where_there_is_nothing_that_is_said_and_nothing_recorded(bot: Harness) -> None:
    mona = moderator(bot)
    await bot.posted(await bot.imagine())
    shown = await asked(bot, "export", mona, period="last month")
    assert shown.content == "**Nothing to export:** nobody has asked for anything here last month."
    assert shown.attachments == []
    assert await actions(bot) == []


async def test_what_the_place_does_not_take_is_refused_with_a_shorter_period_for_advice(bot: Harness) -> None:
    mona = moderator(bot)
    await bot.posted(await bot.imagine(count=4))
    bot.guild.lowered_upload_limit = 300
    refused = await asked(bot, "export", mona, period="all")
    assert refused.content.startswith("**What was asked for in all is more than Discord takes here.**")
    assert "Choose a shorter period" in refused.content


async def test_where_discord_takes_less_than_it_announced_it_is_sent_again_and_recorded_once(bot: Harness) -> None:
    mona = moderator(bot)
    await bot.posted(await bot.imagine())
    bot.discord.trouble.add(Trouble("PATCH", ORIGINAL, status=413, code=40005))
    shown = await asked(bot, "export", mona, period="day")
    assert len(shown.attachments) == 2
    assert len(await actions(bot)) == 1
