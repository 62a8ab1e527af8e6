"""A picture's owner is asked once and her answer has one end, wherever between the bot is killed."""

import pytest

from bot.domain.pictures.consents import Verdict
from sandbox.discord import DiscordSandbox, Interaction, Member, Message, Upload
from sandbox.discord.http.trouble import Kind, Trouble
from sandbox.spark.server import SparkSandbox
from tests.kill.delivering import MESSAGES
from tests.kill.lives import Lives, now_ms
from tests.kill.waiting import PATIENCE, within_patience
from tests.spark.images.pictures import encoded, scene

PHOTO = encoded(scene(600, 400), "PNG")


async def asked(lives: Lives) -> tuple[Member, Interaction]:
    """Have the member ask for an edit of a picture of somebody else's."""
    discord, stage = lives.stage.discord, lives.stage
    owner = stage.people[1]
    shown = await discord.say(owner, stage.general, "by me", files=[Upload(0, "cat.png", PHOTO)])
    opened = await discord.menu(stage.member, shown, "Edit image")
    await discord.wait_for(lambda: opened.modal, PATIENCE)
    return owner, await discord.submit(opened, {"What to change": "make it night"})


def said(discord: DiscordSandbox, about: Interaction, kind: str) -> list[Message]:
    messages = (m for channel in discord.world.channels.values() for m in channel.messages.values())
    return [message for message in messages if message.nonce == f"{about.id}-{kind}"]


@pytest.mark.parametrize("applied", [False, True], ids=["not-made", "made"])
async def test_the_question_hangs(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox, applied: bool
) -> None:
    hung = discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=applied))
    await lives.begin()
    owner, about = await asked(lives)
    await within_patience(hung.reached.wait())
    await lives.kill_and_begin()
    [question] = await discord.wait_for(lambda: said(discord, about, "owner"), PATIENCE)
    await discord.click(owner, question, "Allow")
    await lives.submitted(1)
    lives.finish()
    books = await lives.end_and_prove(about)
    assert list(books.jobs) == [about.id]
    assert len(spark.submits) == len(said(discord, about, "owner")) == 1


# invariant I16
async def test_an_answer_that_was_written_down_becomes_one_job(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox
) -> None:
    await lives.begin()
    owner, about = await asked(lives)
    [question] = await discord.wait_for(lambda: said(discord, about, "owner"), PATIENCE)
    await lives.kill()
    async with lives.dead_worker() as store:
        await store.consents.answer(about.id, owner.id, Verdict.ALLOWED, now_ms())
    await lives.begin()
    await lives.submitted(1)
    await lives.kill_and_begin()
    await discord.wait_for(lambda: "said yes" in question.content, PATIENCE)
    lives.finish()
    books = await lives.end_and_prove(about)
    assert list(books.jobs) == [about.id]
    assert len(spark.submits) == 1


@pytest.mark.parametrize("applied", [False, True], ids=["not-told", "told"])
async def test_telling_that_it_is_a_no_hangs(lives: Lives, discord: DiscordSandbox, applied: bool) -> None:
    await lives.begin()
    owner, about = await asked(lives)
    [question] = await discord.wait_for(lambda: said(discord, about, "owner"), PATIENCE)
    hung = discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=applied))
    await discord.click(owner, question, "No")
    await within_patience(hung.reached.wait())
    await lives.kill_and_begin()
    await discord.wait_for(lambda: "said no" in question.content, PATIENCE)
    assert len(said(discord, about, "told")) == 1
    await lives.end_and_prove()
