"""A bot that shows all that messages and forms are made of, for the page to draw."""

import io
from typing import Any

import discord
from discord import app_commands, ui
from PIL import Image

_GUILD_MESSAGES = discord.Intents(guilds=True, guild_messages=True)


class Showcase(discord.Client):
    """Answers /layout, /form, /album and /whisper."""

    def __init__(self) -> None:
        super().__init__(intents=_GUILD_MESSAGES, chunk_guilds_at_startup=False, guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(_layout)
        self.tree.add_command(_form)
        self.tree.add_command(_album)
        self.tree.add_command(_whisper)
        self.tree.add_command(app_commands.ContextMenu(name="Name it", callback=_named))

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Tell who pressed or chose what."""
        data: Any = interaction.data
        match data.get("custom_id"):
            case "open":
                await interaction.response.send_message(f"opened by {interaction.user.name}", ephemeral=True)
            case "which":
                await interaction.response.send_message(f"chose {data['values'][0]}", ephemeral=True)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: discord.py would wait five real seconds."""


class Layout(ui.LayoutView):
    """One of each part of Components V2."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        opened: ui.Button[Any] = ui.Button(label="Open", custom_id="open")
        fox = discord.SelectOption(label="The fox")
        menu: ui.Select[Any] = ui.Select(custom_id="which", placeholder="Which one?", options=[fox])
        row: ui.ActionRow[Any] = ui.ActionRow(ui.Button(label="Newer", custom_id="newer", disabled=True))
        gallery: ui.MediaGallery[Any] = ui.MediaGallery()
        for name in ("one", "two", "three"):
            gallery.add_item(
                media=f"attachment://{name}.png", description=f"Picture {name}", spoiler=name == "three"
            )
        box: ui.Container[Any] = ui.Container(
            ui.TextDisplay("## Your pictures\n**$0.0065** left today"),
            ui.Section(
                "**A red fox**\n-# yesterday", accessory=ui.Thumbnail("attachment://tall.png", description="A fox")
            ),
            ui.Separator(spacing=discord.SeparatorSpacing.large),
            ui.Section("A lighthouse", accessory=opened),
            ui.Separator(visible=False),
            gallery,
            ui.ActionRow(menu),
            row,
            accent_colour=0x23A55A,
        )
        self.add_item(ui.TextDisplay("Page 1 of 2"))
        self.add_item(box)
        self.add_item(ui.Container(ui.TextDisplay("The end of the story"), spoiler=True))
        self.add_item(ui.File("attachment://notes.txt"))


class Form(ui.Modal, title="Edit picture 2"):
    """One of each part of forms, five at most."""

    note: ui.TextDisplay[Any] = ui.TextDisplay("It costs **$0.008**.")
    words: ui.Label[Any] = ui.Label(text="What to change", component=ui.TextInput(custom_id="words", min_length=3))
    how: ui.Label[Any] = ui.Label(
        text="How",
        description="The first keeps the most",
        component=ui.RadioGroup(
            custom_id="how",
            options=[
                discord.RadioGroupOption(label="Edit", description="Keeps the rest", default=True),
                discord.RadioGroupOption(label="Structure", description="Keeps the outlines"),
            ],
        ),
    )
    extras: ui.Label[Any] = ui.Label(
        text="And",
        component=ui.CheckboxGroup(
            custom_id="extras",
            required=False,
            options=[discord.CheckboxGroupOption(label="Spoiler"), discord.CheckboxGroupOption(label="Same seed")],
        ),
    )
    mask: ui.Label[Any] = ui.Label(
        text="Its mask", component=ui.FileUpload(custom_id="mask", required=False, max_values=2)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await _told(interaction)


class SecondForm(ui.Modal, title="Who and where"):
    """What the first has no room for."""

    keep: ui.Label[Any] = ui.Label(text="Keep it private", component=ui.Checkbox(custom_id="keep", default=True))
    who: ui.Label[Any] = ui.Label(text="Whose", component=ui.UserSelect(custom_id="who"))
    where: ui.Label[Any] = ui.Label(text="Where", component=ui.ChannelSelect(custom_id="where", required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await _told(interaction)


async def _told(interaction: discord.Interaction) -> None:
    """Tell what a form was filled in with; files, people and places by their names."""
    data: Any = interaction.data
    names: dict[str, str] = {}
    for kind, key in (("attachments", "filename"), ("users", "username"), ("channels", "name")):
        names |= {each: told[key] for each, told in data.get("resolved", {}).get(kind, {}).items()}
    said = []
    for part in data["components"]:
        if held := part.get("component"):
            value = held.get("value", held.get("values"))
            said.append(
                f"{held['custom_id']}: {[names.get(v) or v for v in value] if isinstance(value, list) else value}"
            )
    await interaction.response.send_message("\n".join(said), ephemeral=True)


def picture(name: str, size: tuple[int, int], colour: str) -> discord.File:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return discord.File(io.BytesIO(out.getvalue()), f"{name}.png", description=f"The {colour} one")


@app_commands.command(name="layout", description="Components V2")
async def _layout(interaction: discord.Interaction) -> None:
    files = [
        picture(name, (640, 480), colour)
        for name, colour in (("one", "teal"), ("two", "brown"), ("three", "navy"))
    ]
    files += [picture("tall", (300, 900), "green"), picture("unseen", (64, 64), "red")]
    files.append(discord.File(io.BytesIO(b"notes"), "notes.txt"))
    await interaction.response.send_message(view=Layout(), files=files)


@app_commands.command(name="form", description="A form")
async def _form(interaction: discord.Interaction, second: bool = False) -> None:
    await interaction.response.send_modal(SecondForm() if second else Form())


@app_commands.command(name="album", description="Pictures of a message")
async def _album(interaction: discord.Interaction, count: app_commands.Range[int, 1, 4]) -> None:
    colours = ("teal", "brown", "navy", "green")[:count]
    size = (300, 900) if count == 1 else (480, 640)
    await interaction.response.send_message("here", files=[picture(each, size, each) for each in colours])


@app_commands.command(name="whisper", description="Something for one person alone")
async def _whisper(interaction: discord.Interaction, lines: int = 1) -> None:
    await interaction.response.send_message("only you\n" * lines, ephemeral=True)


@_album.autocomplete("count")
async def _counts(_interaction: discord.Interaction, _typed: str) -> list[app_commands.Choice[int]]:
    return [app_commands.Choice(name=f"{count} · ${count * 0.0065:.4f}", value=count) for count in range(1, 5)]


async def _named(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"named {message.id}", ephemeral=True)
