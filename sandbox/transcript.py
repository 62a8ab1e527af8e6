"""What a member saw, as text for a terminal."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from sandbox.discord import Channel, DiscordSandbox, Interaction, Message
from sandbox.discord.model.components import ComponentType, every, fields_of
from sandbox.scene import Scene

_USER = re.compile(r"<@!?(\d+)>")
_TIME = re.compile(r"<t:(\d+)(?::(\w))?>")
_LINK = re.compile(r"\[([^\]]*)\]\((https?://[^)]*)\)")
_JUMP = re.compile(r"\[([^\]]*)\]\(https://discord\.com/channels/[^/]+/(\d+)/\d+\)")
_ESCAPED = re.compile(r"\\(.)")


def transcript(scene: Scene, discord: DiscordSandbox, now: float) -> Iterator[str]:
    """Tell a scene line by line: the line, its form, then each message with the place where it stands."""
    yield f"{scene.member.name} in {_place(scene.channel)}: {scene.line}"
    if scene.form is not None:
        yield from _form(scene.form, discord)
    for message in scene.messages:
        private = ", seen by nobody else" if message.ephemeral else ""
        yield f"  {message.author.name} in {_place(message.channel)}{private}:"
        for line in readable(message, discord, now).splitlines():
            yield f"    {line}"
        for line in _controls(message):
            yield f"    {line}"


def readable(message: Message, discord: DiscordSandbox, now: float) -> str:
    """Write a message's text as a client shows it."""
    text = _USER.sub(lambda match: f"@{_name(discord, int(match[1]))}", message.content)
    text = _TIME.sub(lambda match: _when(int(match[1]), match[2], now), text)
    text = _JUMP.sub(lambda match: f"{match[1]}: {_there(discord, int(match[2]))}", text)
    text = _LINK.sub(r"\1: \2", text).replace("-# ", "").replace("**", "")
    return _ESCAPED.sub(r"\1", text).replace("\u200b", "")


def _form(opened: Interaction, discord: DiscordSandbox) -> Iterator[str]:
    """Tell the form that was opened, with what was filled in."""
    if opened.modal is None or opened.submission is None:
        return
    yield f"  {discord.world.bot.name} opens a form, {opened.modal['title']}:"
    sent = opened.submission.data["components"]
    filled = {part["custom_id"]: part for part in every(sent) if "custom_id" in part}
    for field in fields_of(opened.modal):
        part = filled[field.custom_id]
        if field.kind is ComponentType.FILE_UPLOAD:
            words = ", ".join(discord.world.attachments[int(each)].filename for each in part["values"])
        else:
            words = part.get("value") or ", ".join(part.get("values") or ())
        yield f"    {field.label}: {words or '–'}"


def _controls(message: Message) -> Iterator[str]:
    """Tell what can be pressed or chosen under a message, a line for each row."""
    for row in every(message.components):
        if row["type"] == ComponentType.ACTION_ROW:
            controls = row["components"]
            if controls[0]["type"] == ComponentType.STRING_SELECT:
                yield f"[choose: {', '.join(option['label'] for option in controls[0]['options'])}]"
            else:
                yield " ".join(f"[{button.get('label') or button['emoji']['name']}]" for button in controls)


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
