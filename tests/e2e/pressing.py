"""Buttons, selects, menus and forms, as people use them."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from sandbox.discord import Channel, Interaction, InteractionState, Member, Message, Upload
from sandbox.discord.model.kinds import InteractionType
from tests.e2e.harness import Harness

DAYS = 3 * 24 * 3600.0
NOBODYS = [1234567890, 10**18, 10**19 - 1, 10**20 - 1]
"""Ids of jobs that there are not, or cannot be."""


async def result(bot: Harness, place: Channel | None = None, **options: Any) -> Message:
    """Have alice make a picture, and give its message."""
    return await bot.posted(await bot.imagine(place=place, **options))


async def answered(bot: Harness, interaction: Interaction) -> Interaction:
    await bot.discord.wait_for(lambda: interaction.state is not InteractionState.PENDING)
    return interaction


async def more(bot: Harness, member: Member, message: Message, button: str) -> Interaction:
    """Press a button on the card that More opens under a result."""
    card = await private(bot, await bot.click(member, message, "⋯ More"))
    return await bot.click(member, card, button)


async def chosen(bot: Harness, member: Member, message: Message, select: str, option: str) -> Interaction:
    return await answered(bot, await bot.discord.select(member, message, select, [option]))


async def menu(bot: Harness, member: Member, message: Message, name: str) -> Interaction:
    return await answered(bot, await bot.discord.menu(member, message, name))


async def submitted(bot: Harness, opened: Interaction, **values: str | bool | Upload) -> Interaction:
    """Fill in the form that an interaction was answered with, and send it."""
    assert opened.modal is not None, bot.private_answer(opened)
    return await answered(bot, await bot.discord.submit(opened, values))


async def form_sent(bot: Harness, member: Member, message: Message, button: str, **values: str) -> Interaction:
    return await submitted(bot, await bot.click(member, message, button), **values)


async def hand_made_form(bot: Harness, member: Member, custom_id: str, **values: str) -> Interaction:
    """Send a form that nobody has opened, as a hand-made client can."""
    fields = [
        {"type": 18, "id": n, "component": {"type": 4, "id": n + 50, "custom_id": name, "value": value}}
        for n, (name, value) in enumerate(values.items(), start=1)
    ]
    return await sent_by_hand(bot, member, {"custom_id": custom_id, "components": fields})


async def sent_by_hand(bot: Harness, member: Member, data: dict[str, Any]) -> Interaction:
    """Send a form of any shape."""
    begun = bot.discord._service.responses.begin(InteractionType.MODAL_SUBMIT, member, bot.general, data)
    return await answered(bot, begun)


async def hand_made_menu(bot: Harness, member: Member, message: Message, name: str) -> Interaction:
    """Choose from the menu of a message that a client shows only as another one."""
    [command] = [each for each in bot.discord.world.application.commands_in(bot.guild.id) if each.name == name]
    target = str(message.id)
    data = {
        "id": str(command.id),
        "name": name,
        "type": int(command.type),
        "target_id": target,
        "resolved": {"messages": {target: bot.discord._service.events.write_target(message)}},
    }
    responses = bot.discord._service.responses
    return await answered(bot, responses.begin(InteractionType.APPLICATION_COMMAND, member, message.channel, data))


async def posted_by_bot(bot: Harness, view: discord.ui.View) -> Message:
    """Have the bot's account post some buttons in #general."""
    sent = await bot.app.client.get_partial_messageable(bot.general.id).send("old", view=view)
    return bot.general.messages[sent.id]


async def private(bot: Harness, interaction: Interaction) -> Message:
    """Wait for what only the clicking person sees."""
    return await bot.until(lambda: bot.private_answer(interaction))


async def refused_with_words(bot: Harness, sent: Interaction, words: str) -> str:
    """Check that a refusal gives back what was typed, and that nothing came of it."""
    text = await bot.refused(sent)
    assert "Your words, to copy:\n```\n" in text
    # the block can be copied: nothing is escaped in it, and no mark ends it early
    [_, block, _] = text.split("```")
    assert block.strip().replace("\u200b", "") == words
    return text


def bot_view(*items: Any) -> discord.ui.View:
    """Put some of the bot's own buttons under a message."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view


def labels(message: Message) -> list[list[str]]:
    """Name what stands under a message, row by row."""
    return [
        [component.get("label") or component.get("placeholder") for component in row["components"]]
        for row in message.components
    ]


def fields(opened: Interaction) -> dict[str, dict[str, Any]]:
    """List what a form asks for, by label."""
    assert opened.modal is not None
    return {part["label"]: part["component"] for part in opened.modal["components"]}


Place = Callable[[Harness], Awaitable[Channel]]


async def in_general(bot: Harness) -> Channel:
    return bot.general


async def in_thread(bot: Harness) -> Channel:
    return await bot.discord.start_thread(bot.alice, bot.general, "sketches")


async def in_direct_messages(bot: Harness) -> Channel:
    return bot.discord.direct_messages(bot.alice)


PLACES: dict[str, Place] = {"channel": in_general, "thread": in_thread, "direct": in_direct_messages}
