import re

import discord
import pytest
from discord import app_commands

from bot.gateway.catalogue import commands

TREE = app_commands.CommandTree(discord.Client(intents=discord.Intents(guilds=True)))
REGISTERED = [each.to_dict(TREE) for each in commands()]
TYPED = [each for each in REGISTERED if each["type"] == discord.AppCommandType.chat_input.value]


@pytest.mark.parametrize("command", TYPED, ids=lambda each: each["name"])
def test_whatever_is_typed_is_described_in_a_sentence(command: dict[str, object]) -> None:
    undescribed, left = [], [command]
    while left:
        each = left.pop()
        left += each.get("options", [])  # type: ignore[arg-type]  # discord.py knows them as objects only
        if not re.fullmatch(r"[A-Za-z0-9].+\.", str(each["description"])):
            undescribed.append((each["name"], each["description"]))
    assert undescribed == []
