import asyncio
import io
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest
import yarl

from sandbox.clock import MovableClock
from sandbox.discord import Channel, InteractionState
from sandbox.scene import Scene
from sandbox.spark.latency import Latency
from sandbox.stage import Stage, StageError
from sandbox.transcript import transcript
from tests.sandbox.discord.clients import LEAN, STYLES, Bot, buttons, styles, with_menus

Answer = Callable[[Any], Awaitable[None]]
NOBODY = discord.AllowedMentions.none()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def stage(clock: MovableClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    async with Stage(clock, random.Random(1), latency=Latency(mean=1.0), patience=5.0) as stage:
        monkeypatch.setattr(discord.http.Route, "BASE", stage.environment["DISCORD_API_URL"])
        gateway = yarl.URL(stage.environment["DISCORD_GATEWAY_URL"])
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        yield stage


class Scripted(Bot):
    """Answers each thing that happens with the next answer of its script."""

    def __init__(self) -> None:
        super().__init__(LEAN)
        self.script: list[Answer] = []

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        await self.script.pop(0)(interaction)

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            await self.script.pop(0)(message)


@pytest.fixture
async def bot(stage: Stage) -> AsyncIterator[Scripted]:  # noqa: ARG001  - the stage must stand before anyone connects
    bot = Scripted()
    with_menus(bot)
    await bot.begin()
    await bot.tree.sync()
    yield bot
    await bot.end()


def picture(name: str = "fox.png") -> discord.File:
    return discord.File(io.BytesIO(name.encode()), name)


async def deliver(interaction: discord.Interaction) -> None:
    """Does a whole job: a status message, a result with a ping, the status message edited."""
    await interaction.response.defer(thinking=True)
    await interaction.channel.send(f"{interaction.user.mention} done", file=picture(), view=buttons())  # type: ignore[union-attr]  # a text channel
    await interaction.edit_original_response(content="Done")


async def whisper(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("only you", ephemeral=True)


def opens(modal: discord.ui.Modal) -> Answer:
    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(modal)

    return answer


def form() -> discord.ui.Modal:
    modal = discord.ui.Modal(title="Edit image", custom_id="edit")
    words = discord.ui.TextInput[discord.ui.Modal](custom_id="words", default="brighter")
    mask = discord.ui.FileUpload[discord.ui.Modal](custom_id="mask", required=False)
    modal.add_item(discord.ui.Label(text="What to change", component=words))
    modal.add_item(discord.ui.Label(text="Mask", component=mask))
    return modal


async def play(stage: Stage, bot: Scripted, line: str, *script: Answer, place: Channel | None = None) -> Scene:
    bot.script += script
    return await stage.play(line, place or stage.general)


async def play_until_quiet(stage: Stage, bot: Scripted, clock: MovableClock, line: str, *script: Answer) -> Scene:
    playing = asyncio.ensure_future(play(stage, bot, line, *script))
    requests = len(stage.discord.requests)
    await stage.discord.wait_for(lambda: len(stage.discord.requests) > requests and not bot.script)
    while not playing.done():
        await clock.advance(0.1)
        await asyncio.sleep(0.001)
    return await playing


def told(scene: Scene, stage: Stage) -> list[str]:
    return [line.strip() for line in transcript(scene, stage.discord, 0)]


async def test_command_is_over_once_its_result_and_its_status_message_stand(stage: Stage, bot: Scripted) -> None:
    scene = await play(stage, bot, "/imagine prompt:a fox", deliver)
    assert [message.content.split()[-1] for message in scene.messages] == ["Done", "done"]
    assert scene.result is not None
    assert scene.place is stage.general
    assert [each.filename for each in scene.pictures] == ["fox.png"]


async def test_private_answer_ends_a_scene_once_it_is_filled(stage: Stage, bot: Scripted) -> None:
    written = asyncio.Event()

    async def defer(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        await written.wait()
        await interaction.edit_original_response(content="your usage")

    playing = asyncio.ensure_future(play(stage, bot, "/imagine prompt:a fox", defer))
    asked = await stage.discord.wait_for(lambda: [*stage.discord.world.interactions.values()])
    await stage.discord.wait_for(lambda: asked[0].state is InteractionState.DEFERRED)
    for _ in range(10):
        await asyncio.sleep(0)  # lets the scene end, were it to end by a deferral
    assert not playing.done()
    written.set()
    scene = await playing
    assert ([message.content for message in scene.messages], scene.refused) == (["your usage"], True)


async def test_file_option_takes_a_path_or_the_last_picture(stage: Stage, bot: Scripted, tmp_path: Path) -> None:
    got: list[tuple[str, bytes]] = []

    async def look(interaction: discord.Interaction) -> None:
        image: discord.Attachment = interaction.namespace.image
        got.append((image.filename, await image.read()))
        await deliver(interaction)

    path = tmp_path / "cat.png"
    path.write_bytes(b"a cat")
    await play(stage, bot, f"/imagine prompt:x image:{path}", look)
    await play(stage, bot, "/imagine prompt:x image:@last", look)
    assert got == [("cat.png", b"a cat"), ("fox.png", b"fox.png")]


async def test_button_of_the_last_result_is_pressed(stage: Stage, bot: Scripted) -> None:
    await play(stage, bot, "/imagine prompt:a fox", deliver)
    pressed: list[int] = []

    async def note(interaction: Any) -> None:
        pressed.append(interaction.message.id)
        await deliver(interaction)

    for _ in range(2):
        await play(stage, bot, "press: edit...", note)
    results = [message.id for message in stage.general.messages.values() if message.attachments]
    assert pressed == results[:2]


async def test_form_that_a_button_opens_is_filled_in(stage: Stage, bot: Scripted) -> None:
    await play(stage, bot, "/imagine prompt:a fox", deliver)
    line = "press: Edit… | what to change: a hat | Mask: @last"
    scene = await play(stage, bot, line, opens(form()), deliver)
    assert scene.form is not None
    assert told(scene, stage)[:4] == [
        f"Ada in #general: {line}",
        "Spark opens a form, Edit image:",
        "What to change: a hat",
        "Mask: fox.png",
    ]
    assert [message.content.split()[-1] for message in scene.messages] == ["Done", "done"]


async def test_a_form_with_choices_is_filled_in_and_a_layout_told(stage: Stage, bot: Scripted) -> None:
    how = discord.ui.RadioGroup[discord.ui.Modal](
        custom_id="how", options=[discord.RadioGroupOption(label=label) for label in ("Edit", "Structure")]
    )
    extras = discord.ui.CheckboxGroup[discord.ui.Modal](
        custom_id="extras", options=[discord.CheckboxGroupOption(label=label) for label in ("Spoiler", "Seed")]
    )
    keep, who = discord.ui.Checkbox[discord.ui.Modal](custom_id="keep"), discord.ui.UserSelect[discord.ui.Modal]()
    modal = discord.ui.Modal(title="Edit image", custom_id="edit")
    for label, item in (("How", how), ("Extras", extras), ("Keep", keep), ("Whose", who)):
        modal.add_item(discord.ui.Label(text=label, component=item))

    async def lay_out(interaction: discord.Interaction) -> None:
        opened: discord.ui.Button[Any] = discord.ui.Button(label="Open", custom_id="open")
        section: Any = discord.ui.Section("## A fox\n-# yesterday", accessory=opened)
        fox = discord.MediaGalleryItem("attachment://fox.png", description="A red fox")
        box: Any = discord.ui.Container(section, discord.ui.Separator(), discord.ui.MediaGallery(fox))
        view = discord.ui.LayoutView(timeout=None).add_item(box)
        await interaction.response.send_message(view=view, file=picture(), ephemeral=True)

    await play(stage, bot, "/imagine prompt:a fox", deliver)
    line = "press: Edit… | How: structure | Extras: Spoiler, Seed | Keep: yes | Whose: Mona"
    scene = await play(stage, bot, line, opens(modal), lay_out)
    assert told(scene, stage)[1:] == [
        "Spark opens a form, Edit image:",
        "How: Structure",
        "Extras: Spoiler, Seed",
        "Keep: yes",
        "Whose: Mona",
        "Spark in #general, seen by nobody else:",
        "A fox",
        "yesterday",
        "[Open]",
        "———",
        "(picture: A red fox)",
    ]
    scene = await play(stage, bot, "press: Open", whisper)
    assert scene.messages[-1].content == "only you"


async def test_form_that_is_not_filled_in_goes_as_it_is(stage: Stage, bot: Scripted) -> None:
    await play(stage, bot, "/imagine prompt:a fox", deliver)
    scene = await play(stage, bot, "menu: Edit image", opens(form()), whisper)
    assert {"What to change: brighter", "Mask: –"} <= set(told(scene, stage))


async def test_menu_is_used_on_the_last_result(stage: Stage, bot: Scripted) -> None:
    first = await play(stage, bot, "/imagine prompt:a fox", deliver)
    targets: list[str] = []

    async def note(interaction: Any) -> None:
        targets.append(interaction.data["target_id"])
        await deliver(interaction)

    await play(stage, bot, "menu: edit image", note)
    assert first.result is not None
    assert targets == [str(first.result.id)]


async def test_option_of_the_last_select_is_chosen(stage: Stage, bot: Scripted) -> None:
    await play(stage, bot, "/imagine prompt:a fox", deliver)

    async def offer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Which?", view=styles(), ephemeral=True)

    offered = await play(stage, bot, "press: Edit…", offer)
    assert told(offered, stage)[-1] == f"[choose: {', '.join(option.label for option in STYLES)}]"
    scene = await play(stage, bot, "choose: watercolor", deliver)
    assert scene.result is not None
    assert scene.interaction is not None
    assert scene.interaction.data["values"] == ["watercolor"]


async def test_choice_that_only_changes_its_message_is_over_when_all_is_quiet(
    stage: Stage, bot: Scripted, clock: MovableClock
) -> None:
    async def offer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Which?", view=styles(), ephemeral=True)

    async def change(interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content="Clay it is", view=None)

    await play(stage, bot, "/imagine prompt:a fox", offer)
    scene = await play_until_quiet(stage, bot, clock, "choose: Clay", change)
    assert [message.content for message in scene.messages] == ["Clay it is"]


async def test_change_with_a_public_status_message_after_it_waits_for_the_result(
    stage: Stage, bot: Scripted
) -> None:
    async def offer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Which?", view=styles(), ephemeral=True)

    async def change(interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content="Clay it is", view=None)
        status_message = await interaction.followup.send("Painting", wait=True)
        await interaction.channel.send(f"{interaction.user.mention} done", file=picture())  # type: ignore[union-attr]  # a text channel
        await status_message.edit(content="Done")

    await play(stage, bot, "/imagine prompt:a fox", offer)
    scene = await play(stage, bot, "choose: Clay", change)
    assert [message.content.split()[-1] for message in scene.messages] == ["is", "Done", "done"]


async def test_silent_click_shows_no_message(stage: Stage, bot: Scripted, clock: MovableClock) -> None:
    async def silent(interaction: discord.Interaction) -> None:
        await interaction.response.defer()

    await play(stage, bot, "/imagine prompt:a fox", deliver)
    await clock.advance(1)
    scene = await play_until_quiet(stage, bot, clock, "press: Edit…", silent)
    assert scene.messages == ()


async def test_reply_is_over_once_its_result_and_its_status_message_stand(stage: Stage, bot: Scripted) -> None:
    heard: list[tuple[str, str | None]] = []

    async def edit(message: discord.Message) -> None:
        replied = message.reference and message.reference.resolved
        heard.append((message.content, replied.content if isinstance(replied, discord.Message) else None))
        status_message = await message.reply("Painting")  # pings, and is no result all the same
        await message.channel.send(f"{message.author.mention} night", file=picture("night.png"))
        await status_message.edit(content="Done")

    first = await play(stage, bot, "/imagine prompt:a fox", deliver)
    scene = await play(stage, bot, "reply: make it night", edit)
    assert first.result is not None
    assert heard == [("make it night", first.result.content)]
    assert [message.content.split()[-1] for message in scene.messages] == ["Done", "night"]
    assert scene.interaction is None
    assert told(scene, stage)[0] == "Ada in #general: reply: make it night"


async def test_hint_to_a_reply_is_over_when_all_is_quiet(stage: Stage, bot: Scripted, clock: MovableClock) -> None:
    async def hint(message: discord.Message) -> None:
        await message.reply("Use the button", allowed_mentions=NOBODY)

    await play(stage, bot, "/imagine prompt:a fox", deliver)
    scene = await play_until_quiet(stage, bot, clock, "reply: make it night", hint)
    assert [message.content for message in scene.messages] == ["Use the button"]


async def test_reply_that_the_bot_does_not_answer(stage: Stage, bot: Scripted, clock: MovableClock) -> None:
    async def look_away(message: discord.Message) -> None:
        await message.channel.fetch_message(message.id)

    await play(stage, bot, "/imagine prompt:a fox", deliver)
    with pytest.raises(StageError) as failed:
        await play_until_quiet(stage, bot, clock, "reply: make it night", look_away)
    assert str(failed.value) == "'reply: make it night': the bot did not answer."


async def test_nothing_is_quiet_while_spark_paints(stage: Stage, bot: Scripted, clock: MovableClock) -> None:
    async def hint(message: discord.Message) -> None:
        await message.reply("Painting", allowed_mentions=NOBODY)

    await play(stage, bot, "/imagine prompt:a fox", deliver)
    task: Any = SimpleNamespace(finished=False)
    stage.spark.tasks["task"] = task
    playing = asyncio.ensure_future(play_until_quiet(stage, bot, clock, "reply: make it night", hint))
    await clock.sleep(30)
    assert not playing.done()
    task.finished = True
    assert (await playing).messages


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("paint", "A line begins with /, reply:, press:, choose: or menu:, not with 'paint'."),
        ("reply: make it night", "there is no result yet to do that with"),
        ("menu: Edit image", "there is no result yet to do that with"),
        ("press: Again", "no message shows a button Again"),
        ("choose: Clay", "no message shows a select with Clay"),
        ("/imagine prompt:x image:@last", "there is no result yet to do that with"),
        ("/imagine prompt:x image:none.png", "there is no file none.png"),
        ("/imagine prompt:x count:9", "count must be at most 4, not 9"),
    ],
)
async def test_line_that_cannot_be_played(stage: Stage, bot: Scripted, line: str, why: str) -> None:
    with pytest.raises(StageError) as failed:
        await play(stage, bot, line)
    assert str(failed.value) == f"{line!r}: {why}"


async def test_form_without_the_named_field(stage: Stage, bot: Scripted) -> None:
    await play(stage, bot, "/imagine prompt:a fox", deliver)
    with pytest.raises(StageError, match="there is no field Size"):
        await play(stage, bot, "press: Edit… | Size: 3", opens(form()))


async def test_bot_that_does_not_answer(stage: Stage, bot: Scripted, clock: MovableClock) -> None:
    async def nothing(_: discord.Interaction) -> None:
        """Says nothing."""

    playing = asyncio.ensure_future(play(stage, bot, "/imagine prompt:a fox", nothing))
    await stage.discord.wait_for(lambda: stage.discord.world.interactions)
    await clock.advance(4)
    with pytest.raises(StageError, match="the application did not respond"):
        await playing


async def test_environment_names_both_hosts_of_pictures(stage: Stage) -> None:
    hosts = stage.environment["DISCORD_CDN_HOSTS"].split(",")
    assert hosts == [stage.discord.cdn_host, stage.discord.media_host]


async def test_a_moderators_line_is_played_by_one_who_saw_what_all_saw(stage: Stage, bot: Scripted) -> None:
    async def whose(interaction: discord.Interaction) -> None:
        allowed = interaction.permissions.manage_guild
        await interaction.response.send_message(f"{interaction.user.name} {allowed}", ephemeral=True)

    await play(stage, bot, "/imagine prompt:a fox", deliver)
    seen = await play(stage, bot, "as moderator: menu: Edit image", whose)
    own = await play(stage, bot, "menu: Edit image", whose)
    assert [scene.messages[-1].content for scene in (seen, own)] == ["Mona True", "Ada False"]
    assert (seen.member, seen.line) == (stage.moderator, "menu: Edit image")
