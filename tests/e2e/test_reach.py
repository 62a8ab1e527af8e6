"""Custom ids that a hand-made client sends: what they name is reached from where it is, and in sight of it."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.features.generation.styles_at_once import StyleSelect
from bot.features.results.again import AgainButton, TryAgainButton
from bot.features.results.cancel import CancelButton
from bot.features.results.delete import DeleteButton, DeleteNowButton
from bot.features.results.details import DetailsButton
from sandbox.discord import Channel, Guild, Interaction, Member, Message, Permissions
from sandbox.discord.model.kinds import ChannelType, InteractionType
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import moderator
from tests.e2e.pressing import answered, bot_view, chosen, in_direct_messages, private, result

UNKNOWN = "I no longer know this picture"
BUTTONS: dict[str, Callable[[int], Any]] = {
    "Again": AgainButton,
    "Try again": TryAgainButton,
    "Cancel": CancelButton,
    "Details": DetailsButton,
    "Delete": DeleteButton,
    "Choose a style…": lambda job_id: StyleSelect(job_id, 1),
}


async def under(bot: Harness, place: Channel, item: Any) -> Message:
    """Have the bot's account post a button somewhere, as a hand-made client can press it anywhere."""
    sent = await bot.app.client.get_partial_messageable(place.id).send("old", view=bot_view(item))
    return place.messages[sent.id]


async def pressed(bot: Harness, person: Member, place: Channel, button: str, job_id: int) -> Interaction:
    message = await under(bot, place, BUTTONS[button](job_id))
    if button == "Choose a style…":
        return await chosen(bot, person, message, button, "Watercolor Style")
    return await bot.click(person, message, button)


async def form_sent_in(bot: Harness, person: Member, place: Channel, job_id: int) -> Interaction:
    field = {"type": 18, "id": 1, "component": {"type": 4, "id": 51, "custom_id": "prompt", "value": "night"}}
    data = {"custom_id": f"form:edit:r{job_id}:1", "components": [field]}
    begin = bot.discord._service.responses.begin
    return await answered(bot, begin(InteractionType.MODAL_SUBMIT, person, place, data))


def elsewhere(bot: Harness) -> tuple[Guild, Channel]:
    other = bot.discord.add_guild("Elsewhere")
    return other, bot.discord.add_channel(other, "general")


async def test_a_forged_id_does_not_mark_another_servers_job_as_deleted(bot: Harness) -> None:
    posted = await result(bot)
    [job_id] = await bot.books.jobs()
    other, there = elsewhere(bot)
    mona = moderator(bot, "mona", other)
    click = await bot.click(mona, await under(bot, there, DeleteNowButton(job_id, there.id, job_id)), "Delete it")
    assert UNKNOWN in await bot.refused(click)
    assert (await bot.books.job(job_id)).removed_at is None
    assert not posted.deleted


async def test_a_message_that_there_is_not_is_nobodys_result(bot: Harness) -> None:
    await result(bot)
    [job_id] = await bot.books.jobs()
    mona = moderator(bot)
    forged = DeleteNowButton(job_id, bot.general.id, job_id)
    click = await bot.click(mona, await under(bot, bot.general, forged), "Delete it")
    assert "The picture is gone" in await bot.refused(click)
    assert (await bot.books.job(job_id)).removed_at is None


# invariant I15
@pytest.mark.parametrize("owner", [True, False])
@pytest.mark.parametrize("button", [*BUTTONS, "a form"])
async def test_nothing_reaches_a_job_from_another_server(bot: Harness, button: str, *, owner: bool) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine(prompt="a secret")
    await bot.logged("task.running")
    other, there = elsewhere(bot)
    person = bot.discord.add_member(other, "alice") if owner else moderator(bot, "mona", other)
    if button == "a form":
        sent = await form_sent_in(bot, person, there, asked.id)
    else:
        sent = await pressed(bot, person, there, button, asked.id)
    told = await bot.refused(sent)
    assert UNKNOWN in told
    assert "secret" not in told
    bot.finish()
    await bot.posted(asked, tick=1)
    assert await bot.books.jobs() == [asked.id]


async def test_a_waiting_job_is_not_cancelled_from_another_server(harness: Harness) -> None:
    await harness.start(spark={"max_in_flight": 1})
    await harness.ready()
    harness.spark.trouble.add(SparkTrouble("submit", "never"))
    await harness.imagine(harness.bob)
    await harness.logged("task.running")
    waiting = await harness.imagine()
    other, there = elsewhere(harness)
    alice = harness.discord.add_member(other, "alice")
    assert UNKNOWN in await harness.refused(await pressed(harness, alice, there, "Cancel", waiting.id))
    harness.finish()
    await harness.posted(waiting, tick=1)


# invariant I15
@pytest.mark.parametrize("button", ["Details", "Choose a style…", "a form"])
@pytest.mark.parametrize("place", ["hidden channel", "private thread", "direct messages"])
async def test_nothing_is_made_of_what_its_sender_does_not_see(harness: Harness, place: str, button: str) -> None:
    bot = harness
    where = await in_direct_messages(bot) if place == "direct messages" else bot.general
    if place == "hidden channel":
        where = bot.discord.add_channel(bot.guild, "backstage")
        bot.discord.set_overwrite(where, bot.bob, deny=Permissions.VIEW_CHANNEL)
    if place == "private thread":
        where = await bot.discord.start_thread(bot.alice, bot.general, "backstage")
        where.type = ChannelType.PRIVATE_THREAD
    await bot.start()
    await bot.ready()
    await result(bot, where, prompt="a secret")
    [job_id] = await bot.books.jobs()
    if button == "a form":
        sent = await form_sent_in(bot, bot.bob, bot.general, job_id)
    else:
        sent = await pressed(bot, bot.bob, bot.general, button, job_id)
    told = await bot.refused(sent)
    assert UNKNOWN in told
    assert "secret" not in told
    assert await bot.books.jobs() == [job_id]


async def test_ones_own_is_reached_from_ones_direct_messages_and_from_its_whole_server(bot: Harness) -> None:
    backstage = bot.discord.add_channel(bot.guild, "backstage")
    await result(bot, backstage, prompt="a red fox")
    [job_id] = await bot.books.jobs()
    for place in (await in_direct_messages(bot), bot.general):
        assert "a red fox" in (await private(bot, await pressed(bot, bot.alice, place, "Details", job_id))).content
    assert "a red fox" in (await private(bot, await pressed(bot, bot.bob, bot.general, "Details", job_id))).content
