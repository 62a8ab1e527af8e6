"""What nobody foresaw: logged with its trace, and told to the person by the incident's id."""

import re
from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord import app_commands

from sandbox.discord import Interaction, Trouble
from sandbox.discord.model.kinds import InteractionType
from tests.e2e.harness import Harness
from tests.e2e.pressing import answered

CALLBACK = r"/interactions/\d+/[^/]+/callback"
PAGE = "<html>\r\n\x1b[31m" + "away " * 4000 + "</html>"


@app_commands.command(name="broken")
async def broken(_: discord.Interaction[Any]) -> None:
    """Break outside of any guard."""
    raise KeyError("nobody foresaw this")


async def _by_hand(bot: Harness, data: dict[str, Any]) -> Interaction:
    """Send a command as no client of Discord's does."""
    begin = bot.discord._service.responses.begin
    sent = begin(InteractionType.APPLICATION_COMMAND, bot.alice, bot.general, {"id": "1", "type": 1, **data})
    return await answered(bot, sent)


async def test_what_a_command_breaks_on_is_an_incident_and_not_said_to_be_its_options(bot: Harness) -> None:
    bot.app.client._tree.add_command(broken)
    told = await bot.refused(await _by_hand(bot, {"name": "broken"}))
    entry = await bot.broke("interaction.failed")
    assert f"Something in me broke (incident `{entry['incident']}`)" in told
    assert isinstance(entry["exc_info"], KeyError)


async def test_what_discord_py_breaks_on_while_it_reads_a_command_is_an_incident(bot: Harness) -> None:
    told = await bot.refused(await _by_hand(bot, {"name": "imagine", "options": [{"type": 3, "value": "a fox"}]}))
    assert f"(incident `{(await bot.broke('interaction.failed'))['incident']}`)" in told


@pytest.mark.parametrize(
    "data",
    [
        {"name": "of-last-year"},
        {"name": "imagine", "options": []},
        {"name": "spend", "options": []},
        {
            "name": "spend",
            "options": [
                {"type": 1, "name": "settings", "options": [{"type": 7, "name": "log_channel", "value": "1"}]}
            ],
        },
        {"name": "Edit image", "type": 3, "target_id": "1"},
    ],
    ids=lambda data: data["name"],
)
async def test_what_is_not_registered_is_said_to_be_that(bot: Harness, data: dict[str, Any]) -> None:
    told = await bot.refused(await _by_hand(bot, data))
    assert "Your Discord knows an older version of this command." in told


async def test_an_acknowledgement_whose_answer_cannot_be_read_is_one(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", CALLBACK, applied=True, status=200, body=""))
    asked = await bot.imagine()
    await bot.posted(asked)
    assert "see it" in bot.status_message(asked)


async def test_a_refusal_whose_answer_cannot_be_read_is_no_other_refusal(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", CALLBACK, applied=True, status=200, body=""))
    assert "The prompt has" in await bot.refused(await bot.imagine(prompt=" ", strict=False))
    await bot.logged("interaction.unanswered")


async def test_what_was_accepted_goes_on_though_its_acknowledgement_broke(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", CALLBACK, applied=True, status=200, body="[]"))
    asked = await bot.imagine()
    await bot.broke("interaction.failed")
    await bot.posted(asked)


async def test_what_breaks_in_a_form_is_an_incident(bot: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_: object) -> None:
        raise KeyError("nobody foresaw this")

    monkeypatch.setattr("bot.features.generation.forms.opening.written_in", lost)
    data = {"custom_id": "form:edit:r5:1", "components": []}
    begin = bot.discord._service.responses.begin
    sent = await answered(bot, begin(InteractionType.MODAL_SUBMIT, bot.alice, bot.general, data))
    assert f"(incident `{(await bot.broke('interaction.failed'))['incident']}`)" in await bot.refused(sent)


@pytest.mark.usefixtures("discord_py_on_the_clock")
@pytest.mark.parametrize("kind", ["application/json", "text/html"])
async def test_a_page_in_the_place_of_an_answer_is_one_short_line(bot: Harness, kind: str) -> None:
    page = f'{{"message": "{"away " * 4000}"}}' if kind == "application/json" else PAGE
    headers = {"Content-Type": kind}
    bot.discord.trouble.add(Trouble("POST", CALLBACK, status=503, body=page, headers=headers, times=9))
    await bot.discord.command(bot.alice, bot.general, "/imagine", {"prompt": "a red fox"})
    await bot.logged("interaction.not_deferred", tick=1)
    texts = list(_texts(bot.log))
    assert all(len(text) < 300 and text.isprintable() for text in texts)
    assert any(re.match(r"503 .*away away", text) for text in texts)


def _texts(log: list[Any]) -> Iterator[str]:
    return (str(value) for entry in log for value in entry.values())
