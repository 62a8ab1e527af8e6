"""What a member saw, as text for a terminal."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sandbox.discord import Channel, DiscordSandbox, Interaction
from sandbox.discord.model.components import ComponentType, Field, address_of, every, fields_of, media_of
from sandbox.discord.people.choosing import offered
from sandbox.scene import Scene

_USER = re.compile(r"<@!?(\d+)>")
_TIME = re.compile(r"<t:(\d+)(?::(\w))?>")
_LINK = re.compile(r"\[([^\]]*)\]\((https?://[^)]*)\)")
_JUMP = re.compile(r"\[([^\]]*)\]\(https://discord\.com/channels/[^/]+/(\d+)/\d+\)")
_HEADING = re.compile(r"^#{1,3} ", re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")


def transcript(scene: Scene, discord: DiscordSandbox, now: float) -> Iterator[str]:
    """Tell a scene line by line: the line, its form, then each message with the place where it stands."""
    yield f"{scene.member.name} in {_place(scene.channel)}: {scene.line}"
    if scene.form is not None:
        yield from _form(scene.form, discord)
    for message in scene.messages:
        private = ", seen by nobody else" if message.ephemeral else ""
        yield f"  {message.author.name} in {_place(message.channel)}{private}:"
        for text in (message.content, *_shown(message.components)):
            for line in _readable(text, discord, now).splitlines():
                yield f"    {line}"


def _readable(text: str, discord: DiscordSandbox, now: float) -> str:
    """Write a text as a client shows it."""
    text = _USER.sub(lambda match: f"@{_name(discord, int(match[1]))}", text)
    text = _TIME.sub(lambda match: _when(int(match[1]), match[2], now), text)
    text = _JUMP.sub(lambda match: f"{match[1]}: {_there(discord, int(match[2]))}", text)
    text = _LINK.sub(r"\1: \2", _HEADING.sub("", text)).replace("-# ", "").replace("**", "")
    return _ESCAPED.sub(r"\1", text).replace("\u200b", "")


def _form(opened: Interaction, discord: DiscordSandbox) -> Iterator[str]:
    """Tell the form that was opened, with what was filled in."""
    if opened.modal is None or opened.submission is None:
        return
    yield f"  {discord.world.bot.name} opens a form, {opened.modal['title']}:"
    sent = opened.submission.data["components"]
    filled = {part["custom_id"]: part for part in every(sent) if "custom_id" in part}
    for field in fields_of(opened.modal):
        yield f"    {field.label}: {_filled(field, filled[field.custom_id], opened, discord) or '–'}"


def _filled(field: Field, part: Mapping[str, Any], opened: Interaction, discord: DiscordSandbox) -> str:
    match field.kind:
        case ComponentType.TEXT_INPUT:
            return str(part["value"])
        case ComponentType.CHECKBOX:
            return "yes" if part["value"] else "no"
        case ComponentType.FILE_UPLOAD:
            return ", ".join(discord.world.attachments[int(each)].filename for each in part["values"])
    values = [part["value"]] if field.kind is ComponentType.RADIO_GROUP else part["values"]
    labels = offered(discord.world, opened.member or opened.user, opened.channel, field.component)
    return ", ".join(labels[each] for each in values if each is not None)


def _shown(components: list[dict[str, Any]]) -> Iterator[str]:
    """Tell what components show, in the order of reading; what can be pressed or chosen stands in brackets."""
    for component in components:
        match component["type"]:
            case ComponentType.TEXT_DISPLAY:
                yield component["content"]
            case ComponentType.ACTION_ROW:
                yield _row(component["components"])
            case ComponentType.SECTION:
                yield from _shown([*component["components"], component["accessory"]])
            case ComponentType.BUTTON:
                yield _row([component])
            case ComponentType.SEPARATOR if component.get("divider") is not False:
                yield "———"
            case ComponentType.CONTAINER:
                yield from _shown(component["components"])
            case _:
                for each in media_of([component]):
                    yield f"(picture: {each.get('description') or address_of(each).rpartition('/')[2]})"


def _row(controls: list[dict[str, Any]]) -> str:
    if controls[0]["type"] == ComponentType.BUTTON:
        return " ".join(f"[{button.get('label') or button['emoji']['name']}]" for button in controls)
    choices = [option["label"] for option in controls[0].get("options") or ()]
    return f"[choose: {', '.join(choices) or controls[0].get('placeholder') or 'from the server'}]"


def _place(channel: Channel) -> str:
    if channel.thread is not None:
        return f"the thread “{channel.name}”"
    return f"#{channel.name}" if channel.guild else "a direct message"


def _there(discord: DiscordSandbox, channel_id: int) -> str:
    return _place(discord.world.channels[channel_id])


def _name(discord: DiscordSandbox, user_id: int) -> str:
    user = discord.world.users.get(user_id)
    return user.name if user else str(user_id)


def _when(moment: int, style: str | None, now: float) -> str:
    if style != "R":
        return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M} UTC"
    seconds = round(moment - now)
    size, unit = next(
        (s, u)
        for s, u in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
        if abs(seconds) >= s or s == 1
    )
    count = abs(seconds) // size
    amount = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {amount}" if seconds >= 0 else f"{amount} ago"
