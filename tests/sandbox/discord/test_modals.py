from typing import Any

import aiohttp
import discord
import pytest

from sandbox.clock import MovableClock
from sandbox.discord import (
    Channel,
    ClientRefusal,
    DiscordSandbox,
    Interaction,
    Member,
    Upload,
)
from tests.sandbox.discord.clients import STYLES, Bot, buttons, with_menus
from tests.sandbox.discord.conftest import Connect, Post


@pytest.fixture
async def bot(connect: Connect) -> Bot:
    return await connect(with_menus(Bot()))


def form() -> discord.ui.Modal:
    modal = discord.ui.Modal(title="Edit image", custom_id="edit:7")
    words = discord.ui.TextInput[discord.ui.Modal](custom_id="words", min_length=3, max_length=10)
    model = discord.ui.Select[discord.ui.Modal](custom_id="model", options=STYLES, required=False)
    mask = discord.ui.FileUpload[discord.ui.Modal](custom_id="mask", required=False, max_values=2)
    modal.add_item(discord.ui.Label(text="What to change", component=words))
    modal.add_item(discord.ui.Label(text="Style", component=model))
    modal.add_item(discord.ui.Label(text="Mask", component=mask))
    return modal


async def opened(
    bot: Bot, sandbox: DiscordSandbox, post: Post, member: Member, modal: discord.ui.Modal
) -> Interaction:
    pressed = await sandbox.click(member, await post(buttons()), "Edit...")
    await (await bot.interactions.get()).response.send_modal(modal)
    return pressed


async def test_form_is_filled_in_and_sent(
    bot: Bot, sandbox: DiscordSandbox, post: Post, alice: Member, png: bytes
) -> None:
    modal = form()
    pressed = await opened(bot, sandbox, post, alice, modal)
    sent = await sandbox.submit(
        pressed, {"What to change": "a hat", "model": ["Clay"], "Mask": Upload(0, "mask.png", png)}
    )
    got = await bot.interactions.get()
    assert got.type is discord.InteractionType.modal_submit
    assert got.message is not None
    assert got.message.content == "result"
    data: Any = got.data
    assert data["custom_id"] == "edit:7"
    parts = [part["component"] for part in data["components"]]
    assert [part["type"] for part in data["components"]] == [18, 18, 18]
    assert (parts[0]["value"], parts[1]["values"]) == ("a hat", ["clay"])
    (file,) = data["resolved"]["attachments"].values()
    assert (parts[2]["values"], file["filename"], file["ephemeral"]) == ([file["id"]], "mask.png", True)
    await got.response.defer(thinking=True)
    followed = await got.followup.send("done", wait=True)
    assert sent.response is not None
    assert (sent.response.id, sent.response.content) == (followed.id, "done")


async def test_discord_py_reads_the_form_into_its_items(
    bot: Bot, sandbox: DiscordSandbox, post: Post, alice: Member, png: bytes
) -> None:
    words: Any = discord.ui.TextInput(custom_id="words")
    model: Any = discord.ui.Select(custom_id="model", options=STYLES)
    mask: Any = discord.ui.FileUpload(custom_id="mask")
    modal = discord.ui.Modal(title="Edit", custom_id="edit")
    for label, item in (("Words", words), ("Style", model), ("Mask", mask)):
        modal.add_item(discord.ui.Label(text=label, component=item))
    pressed = await opened(bot, sandbox, post, alice, modal)
    values = {"Words": "a hat", "Style": "Anime", "Mask": Upload(0, "m.png", png)}
    await sandbox.submit(pressed, values)  # type: ignore[arg-type]  # a mapping of several kinds of values
    await modal.wait()
    assert (words.value, model.values, [each.filename for each in mask.values]) == ("a hat", ["anime"], ["m.png"])
    assert await mask.values[0].read() == png


async def test_all_that_a_form_can_ask_for_is_filled_in_and_read_by_discord_py(
    bot: Bot, sandbox: DiscordSandbox, post: Post, alice: Member, bob: Member
) -> None:
    labels = [discord.RadioGroupOption(label=label) for label in ("Edit", "Structure")]
    boxes = [discord.CheckboxGroupOption(label=label, default=label == "Seed") for label in ("Spoiler", "Seed")]
    how: Any = discord.ui.RadioGroup(custom_id="how", options=labels)
    extras: Any = discord.ui.CheckboxGroup(custom_id="extras", options=boxes)
    keep: Any = discord.ui.Checkbox(custom_id="keep", default=True)
    who: Any = discord.ui.MentionableSelect(custom_id="who", max_values=2)
    where: Any = discord.ui.ChannelSelect(custom_id="where", required=False)
    modal = discord.ui.Modal(title="Edit", custom_id="edit")
    for label, item in (("How", how), ("Extras", extras), ("Keep", keep), ("Who", who), ("Where", where)):
        modal.add_item(discord.ui.Label(text=label, component=item))
    pressed = await opened(bot, sandbox, post, alice, modal)
    role = alice.guild.roles[alice.guild.id]
    sent = await sandbox.submit(
        pressed, {"How": "structure", "Extras": ["Spoiler", "Seed"], "Keep": False, "Who": ["bob", role.mention]}
    )
    await modal.wait()
    assert (how.value, extras.values, keep.value) == ("Structure", ["Spoiler", "Seed"], False)
    assert [each.id for each in who.values] == [bob.id, role.id]
    assert where.values == []
    assert set(sent.data["resolved"]) == {"users", "members", "roles"}
    assert [
        part["component"].get("value", part["component"].get("values")) for part in sent.data["components"]
    ] == [
        "Structure",
        ["Spoiler", "Seed"],
        False,
        [str(bob.id), str(role.id)],
        [],
    ]


async def test_what_is_left_alone_in_groups_stays_and_nothing_chosen_is_null(
    bot: Bot, sandbox: DiscordSandbox, post: Post, alice: Member
) -> None:
    labels = [discord.RadioGroupOption(label=label) for label in ("Edit", "Structure")]
    boxes = [discord.CheckboxGroupOption(label=label, default=label == "Seed") for label in ("Spoiler", "Seed")]
    modal = discord.ui.Modal(title="Edit", custom_id="edit")
    how = discord.ui.RadioGroup[discord.ui.Modal](custom_id="how", options=labels, required=False)
    extras = discord.ui.CheckboxGroup[discord.ui.Modal](custom_id="extras", options=boxes)
    keep = discord.ui.Checkbox[discord.ui.Modal](custom_id="keep", default=True)
    for label, item in (("How", how), ("Extras", extras), ("Keep", keep)):
        modal.add_item(discord.ui.Label(text=label, component=item))
    pressed = await opened(bot, sandbox, post, alice, modal)
    with pytest.raises(ClientRefusal, match=r"^Extras is required$"):
        await sandbox.submit(pressed, {"Extras": []})
    with pytest.raises(ClientRefusal, match=r"^How takes 1 to 1, not 2$"):
        await sandbox.submit(pressed, {"How": ["Edit", "Structure"]})
    with pytest.raises(ClientRefusal, match=r"^Keep takes a yes or no$"):
        await sandbox.submit(pressed, {"Keep": "perhaps"})
    sent = await sandbox.submit(pressed, {})
    told = [part["component"] for part in sent.data["components"]]
    assert (told[0]["value"], told[1]["values"], told[2]["value"]) == (None, ["Seed"], True)


@pytest.mark.usefixtures("bot")
async def test_only_files_of_the_right_types_are_taken(
    sandbox: DiscordSandbox, general: Channel, alice: Member, png: bytes, api: aiohttp.ClientSession
) -> None:
    upload = {"type": 19, "custom_id": "mask", "file_types": ["image", ".heic"]}
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    modal = {"custom_id": "m", "title": "Edit", "components": [labelled(upload, label="Mask")]}
    await api.post(f"interactions/{sent.id}/{sent.token}/callback", json={"type": 9, "data": modal})
    for name in ("mask.gif.exe", "mask.heif", "png"):
        with pytest.raises(ClientRefusal, match=r"Mask takes .png, .gif, .*, .heic, not "):
            await sandbox.submit(sent, {"Mask": Upload(0, name, png)})
    await sandbox.submit(sent, {"Mask": Upload(0, "mask.HEIC", png)})


async def test_form_of_a_message_menu_has_no_message(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    said = await sandbox.say(alice, general, "look")
    asked = await sandbox.menu(alice, said, "Edit image")
    await (await bot.interactions.get()).response.send_modal(form())
    sent = await sandbox.submit(asked, {"words": "a hat"})
    got = await bot.interactions.get()
    assert got.message is None
    assert (sent.opened_by, asked.submission) == (asked, sent)
    await got.response.send_message("on it")
    answer = await got.original_response()
    assert answer.interaction_metadata is not None
    assert answer.interaction_metadata.modal_interaction is not None
    assert answer.interaction_metadata.modal_interaction.target_message_id == said.id


async def test_field_that_is_left_alone_keeps_what_the_bot_wrote(
    bot: Bot, sandbox: DiscordSandbox, post: Post, alice: Member
) -> None:
    modal = discord.ui.Modal(title="Edit", custom_id="edit")
    modal.add_item(discord.ui.TextInput(label="Words", custom_id="words", default="a hat"))
    chosen = [
        discord.SelectOption(label="One", value="1"),
        discord.SelectOption(label="Two", value="2", default=True),
    ]
    modal.add_item(discord.ui.Label(text="Number", component=discord.ui.Select(custom_id="n", options=chosen)))
    await sandbox.submit(await opened(bot, sandbox, post, alice, modal))
    data: Any = (await bot.interactions.get()).data
    words, number = data["components"]
    assert (words["type"], words["components"][0]["value"]) == (1, "a hat")
    assert number["component"]["values"] == ["2"]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "What to change is required"),
        ({"words": "ab"}, "What to change takes 3 to 10 characters, not 2"),
        ({"words": "a" * 11}, "What to change takes 3 to 10 characters, not 11"),
        ({"words": "a hat", "size": "3"}, "there is no field size"),
        ({"words": "a hat", "Style": "Oil"}, "Style has no option Oil; it has Anime, Watercolor, Clay"),
        ({"words": "a hat", "Style": ["Anime", "Clay"]}, "Style takes 1 to 1, not 2"),
        ({"words": "a hat", "Mask": "me.png"}, "Mask takes files"),
        ({"words": "a hat", "Mask": [Upload(0, "m", b"")] * 3}, "Mask takes 1 to 2, not 3"),
    ],
)
async def test_form_that_the_client_does_not_send(
    bot: Bot, sandbox: DiscordSandbox, post: Post, alice: Member, values: dict[str, Any], why: str
) -> None:
    pressed = await opened(bot, sandbox, post, alice, form())
    with pytest.raises(ClientRefusal, match=rf"^{why}$"):
        await sandbox.submit(pressed, values)
    await sandbox.submit(pressed, {"words": "a hat"})


async def test_form_is_sent_once(bot: Bot, sandbox: DiscordSandbox, post: Post, alice: Member) -> None:
    pressed = await opened(bot, sandbox, post, alice, form())
    await sandbox.submit(pressed, {"words": "a hat"})
    with pytest.raises(ClientRefusal, match="no form is open"):
        await sandbox.submit(pressed, {"words": "a hat"})


async def test_form_is_sent_long_after_its_click(
    bot: Bot, sandbox: DiscordSandbox, post: Post, alice: Member, clock: MovableClock
) -> None:
    pressed = await opened(bot, sandbox, post, alice, form())
    await clock.advance(3600)
    sent = await sandbox.submit(pressed, {"words": "a hat"})
    await (await bot.interactions.get()).response.send_message("in time", ephemeral=True)
    assert sent.ephemeral


async def test_no_form_answers_a_form(
    bot: Bot, sandbox: DiscordSandbox, post: Post, alice: Member, api: aiohttp.ClientSession
) -> None:
    pressed = await opened(bot, sandbox, post, alice, form())
    sent = await sandbox.submit(pressed, {"words": "a hat"})
    await bot.interactions.get()
    reply = await api.post(f"interactions/{sent.id}/{sent.token}/callback", json={"type": 9, "data": {}})
    assert (reply.status, (await reply.json())["code"]) == (400, 50035)


@pytest.mark.parametrize("kind", [6, 7])
@pytest.mark.parametrize(("from_button", "status"), [(True, 204), (False, 400)])
async def test_only_a_form_that_a_component_opened_may_change_its_message(
    bot: Bot,
    sandbox: DiscordSandbox,
    general: Channel,
    post: Post,
    alice: Member,
    api: aiohttp.ClientSession,
    kind: int,
    from_button: bool,
    status: int,
) -> None:
    if from_button:
        asked = await opened(bot, sandbox, post, alice, form())
    else:
        asked = await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
        await (await bot.interactions.get()).response.send_modal(form())
    sent = await sandbox.submit(asked, {"words": "a hat"})
    await bot.interactions.get()
    answer = {"type": kind, "data": {"content": "changed"}}
    reply = await api.post(f"interactions/{sent.id}/{sent.token}/callback", json=answer)
    assert reply.status == status
    if asked.message is not None:
        assert asked.message.content == ("changed" if kind == 7 else "result")


def text_input(**more: Any) -> dict[str, Any]:
    return {"type": 4, "custom_id": "w", "style": 1, **more}


def labelled(component: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": 18, "label": "Words", "component": component, **more}


def menu(**more: Any) -> dict[str, Any]:
    return {"type": 3, "custom_id": "s", "options": [{"label": "A", "value": "a"}], **more}


OPTIONS = [{"label": f"L{n}", "value": f"v{n}"} for n in range(11)]


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("parts", "passes"),
    [
        ([labelled(text_input())], True),
        ([labelled(text_input(), description="d" * 100)], True),
        ([labelled(text_input(), description="d" * 101)], False),
        ([labelled(text_input(), label="l" * 45)], True),
        ([labelled(text_input(), label="l" * 46)], False),
        ([labelled(text_input(), label="")], False),
        ([labelled(text_input(style=3))], False),
        ([labelled(text_input(custom_id="c" * 101))], False),
        ([labelled(text_input(max_length=4000, value="v" * 4000, placeholder="p" * 100))], True),
        ([labelled(text_input(max_length=4001))], False),
        ([labelled(text_input(max_length=0))], False),
        ([labelled(text_input(min_length=4001))], False),
        ([labelled(text_input(value="v" * 4001))], False),
        ([labelled(text_input(placeholder="p" * 101))], False),
        ([labelled(text_input()), labelled(text_input())], False),
        ([labelled(text_input(custom_id=f"{n}")) for n in range(5)], True),
        ([labelled(text_input(custom_id=f"{n}")) for n in range(6)], False),
        ([labelled(menu())], True),
        ([labelled(menu(disabled=True))], False),
        ([labelled(menu(options=[]))], False),
        ([labelled(menu(options=[{"label": "A", "value": "a"}, {"label": "B", "value": "a"}]))], False),
        ([labelled(menu(min_values=0))], False),
        ([labelled(menu(min_values=0, required=False))], True),
        ([labelled(menu(max_values=2))], False),
        ([labelled(menu(max_values=26))], False),
        ([labelled({"type": 19, "custom_id": "f", "min_values": 0, "max_values": 10, "required": False})], True),
        ([labelled({"type": 19, "custom_id": "f", "min_values": 0})], False),
        ([labelled({"type": 19, "custom_id": "f", "file_types": ["image", ".heic"]})], True),
        ([labelled({"type": 19, "custom_id": "f", "file_types": ["pictures"]})], False),
        ([labelled({"type": 19, "custom_id": "f", "file_types": ["image"] * 11})], False),
        ([labelled({"type": 21, "custom_id": "r", "options": OPTIONS[:2]})], True),
        ([labelled({"type": 21, "custom_id": "r", "options": OPTIONS[:10]})], True),
        ([labelled({"type": 21, "custom_id": "r", "options": OPTIONS[:1]})], False),
        ([labelled({"type": 21, "custom_id": "r", "options": OPTIONS})], False),
        (
            [
                labelled(
                    {"type": 21, "custom_id": "r", "options": [{**each, "default": True} for each in OPTIONS[:2]]}
                )
            ],
            False,
        ),
        (
            [
                labelled(
                    {
                        "type": 21,
                        "custom_id": "r",
                        "options": [{**OPTIONS[0], "description": "d" * 101}, OPTIONS[1]],
                    }
                )
            ],
            False,
        ),
        ([labelled({"type": 22, "custom_id": "g", "options": OPTIONS[:1]})], True),
        ([labelled({"type": 22, "custom_id": "g", "options": OPTIONS})], False),
        ([labelled({"type": 22, "custom_id": "g", "options": OPTIONS[:2], "max_values": 3})], False),
        ([labelled({"type": 22, "custom_id": "g", "options": OPTIONS[:2], "min_values": 0})], False),
        (
            [labelled({"type": 22, "custom_id": "g", "options": OPTIONS[:2], "min_values": 0, "required": False})],
            True,
        ),
        ([labelled({"type": 23, "custom_id": "c", "default": True})], True),
        ([labelled({"type": 23, "custom_id": "c", "default": "yes"})], False),
        ([{"type": 23, "custom_id": "c", "label": "x"}], False),
        ([labelled({"type": 5, "custom_id": "u", "default_values": [{"id": "1", "type": "user"}]})], True),
        ([labelled({"type": 5, "custom_id": "u", "default_values": [{"id": "1", "type": "role"}]})], False),
        ([labelled({"type": 5, "custom_id": "u", "default_values": [{"id": "1", "type": "user"}] * 2})], False),
        ([labelled({"type": 8, "custom_id": "p", "channel_types": [0]})], True),
        ([labelled({"type": 19, "custom_id": "f", "max_values": 11})], False),
        ([labelled({"type": 2, "custom_id": "b", "style": 1, "label": "x"})], False),
        ([{"type": 18, "label": "Words"}], False),
        ([{"type": 1, "components": [text_input(label="Words")]}], True),
        ([{"type": 1, "components": [text_input()]}], False),
        ([{"type": 1, "components": [menu()]}], False),
        ([{"type": 1, "components": [text_input(label="A"), text_input(label="B", custom_id="b")]}], False),
        ([{"type": 10, "content": "Read this"}], True),
        ([text_input(label="Words")], False),
    ],
)
async def test_limits_of_a_form(
    sandbox: DiscordSandbox,
    general: Channel,
    alice: Member,
    api: aiohttp.ClientSession,
    parts: list[dict[str, Any]],
    passes: bool,
) -> None:
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    modal = {"custom_id": "m", "title": "Edit", "components": parts}
    reply = await api.post(f"interactions/{sent.id}/{sent.token}/callback", json={"type": 9, "data": modal})
    assert reply.status == (204 if passes else 400)
    if not passes:
        assert (await reply.json())["code"] == 50035
    assert (sent.modal is not None) is passes
