"""Messages with their files and embeds, as a given reader gets them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sandbox.discord.model.conversation import Channel, Interaction, Message, Reference, Snapshot
from sandbox.discord.model.files import Attachment
from sandbox.discord.model.kinds import InteractionType
from sandbox.discord.payloads import Json, iso
from sandbox.discord.payloads.components import components, shown_in
from sandbox.discord.payloads.people import member, user
from sandbox.discord.payloads.places import channel
from sandbox.discord.rules.links import Cdn

_PICTURES = ("image", "thumbnail")
_ATTACHED = "attachment://"
_IS_SPOILER, _IS_EXPLICIT = 1 << 3, 1 << 4
"""Discord's numbers among a file's flags: it is hidden; Discord's own look at it has found it explicit."""


def attachment(of: Attachment, cdn: Cdn) -> Json:
    """Write a file, with fresh URLs."""
    written: Json = {
        "id": str(of.id),
        "filename": of.filename,
        "size": len(of.content),
        "url": cdn.sign(of),
        "proxy_url": cdn.sign_proxied(of),
    }
    if of.content_type is not None:
        written["content_type"] = of.content_type
    if of.description is not None:
        written["description"] = of.description
    if of.size is not None:
        written["width"], written["height"] = of.size
    if of.ephemeral:
        written["ephemeral"] = True
    if flags := _IS_SPOILER * of.spoiler | _IS_EXPLICIT * of.explicit:
        written["flags"] = flags
    return written


def message(
    of: Message,
    *,
    reader_id: int,
    application_id: int,
    cdn: Cdn,
    shows_content: Callable[[Message], bool],
    depth: int = 1,
) -> Json:
    """Write a message as one reader gets it.

    Args:
        of: the message.
        reader_id: who reads it.
        application_id: the application whose webhook posts the answers to interactions.
        cdn: makes the files' URLs.
        shows_content: whether this reader gets a message's text, embeds, files, components and snapshots.
        depth: how many messages deep the ones it refers to are written too.

    """
    shown = shows_content(of)
    written: Json = {
        "id": str(of.id),
        "channel_id": str(of.channel.id),
        "type": int(of.type),
        "author": user(of.author),
        "content": of.content if shown else "",
        "timestamp": iso(of.created_at),
        "edited_timestamp": None if of.edited_at is None else iso(of.edited_at),
        "tts": False,
        "mention_everyone": of.mentions_everyone,
        "mentions": [user(each) for each in of.mentioned_users],
        "mention_roles": [str(each) for each in of.mentioned_roles],
        "attachments": [attachment(each, cdn) for each in _listed(of)] if shown else [],
        "embeds": [_embed(each, of.attachments, cdn) for each in of.embeds] if shown else [],
        "components": components(of.components, of.attachments, cdn) if shown else [],
        "pinned": False,
        "flags": int(of.flags),
    }
    if of.nonce is not None:
        written["nonce"] = of.nonce
    if of.interaction is not None:
        written |= {
            "webhook_id": str(application_id),
            "application_id": str(application_id),
            "interaction_metadata": _interaction_metadata(of.interaction, of),
        }
        if of.interaction.type is InteractionType.APPLICATION_COMMAND:
            written["interaction"] = {
                "id": str(of.interaction.id),
                "type": int(of.interaction.type),
                "name": of.interaction.data["name"],
                "user": user(of.interaction.user),
            }
    if of.thread is not None:
        written["thread"] = channel(of.thread, reader_id=reader_id)
    if of.snapshot is not None and shown:
        written["message_snapshots"] = [{"message": _snapshot(of.snapshot, cdn)}]
    if of.reference is not None:
        written["message_reference"] = _reference(of.reference)
        if depth and not of.reference.forwards:
            referred = of.reference.message
            written["referenced_message"] = (
                None
                if referred is None or referred.deleted
                else message(
                    referred,
                    reader_id=reader_id,
                    application_id=application_id,
                    cdn=cdn,
                    shows_content=shows_content,
                    depth=depth - 1,
                )
            )
    return written


def with_guild(written: Json, of: Message) -> Json:
    """Add what only the gateway tells of a guild's message."""
    guild = of.channel.guild
    if guild is None:
        return written
    author = guild.members.get(of.author.id)
    told = {} if author is None else {"member": member(author, with_user=False)}
    return {**written, "guild_id": str(guild.id), **told}


def deletion(of: Message) -> Json:
    """Write that a message is gone."""
    return {"id": str(of.id), "channel_id": str(of.channel.id), **_guild_id(of.channel)}


def _listed(of: Message) -> list[Attachment]:
    embedded = _shown_in(of.embeds, of.attachments) | shown_in(of.components, of.attachments)
    return [each for each in of.attachments if each not in embedded]


def _embed(of: Json, attachments: Sequence[Attachment], cdn: Cdn) -> Json:
    """Write an embed; a picture that names one of the message's files gets that file's link."""
    written = dict(of)
    for place in _PICTURES:
        if picture := of.get(place):
            written[place] = {**picture, **_links(picture["url"], attachments, cdn)}
    return written


def _shown_in(embeds: Iterable[Json], attachments: Iterable[Attachment]) -> set[Attachment]:
    """Tell which files embeds show: a message does not list those among its attachments."""
    urls = {embed[place]["url"] for embed in embeds for place in _PICTURES if embed.get(place)}
    return {each for each in attachments if f"{_ATTACHED}{each.filename}" in urls}


def _links(url: str, attachments: Sequence[Attachment], cdn: Cdn) -> dict[str, Any]:
    if not url.startswith(_ATTACHED):
        return {"proxy_url": cdn.proxy(url)}
    for each in attachments:
        if each.filename == url.removeprefix(_ATTACHED):
            size = {} if each.size is None else dict(zip(("width", "height"), each.size, strict=True))
            return {"url": cdn.sign(each), "proxy_url": cdn.sign_proxied(each), **size}
    return {}


def _snapshot(of: Snapshot, cdn: Cdn) -> Json:
    return {
        "type": int(of.type),
        "content": of.content,
        "mentions": [],
        "mention_roles": [],
        "attachments": [attachment(each, cdn) for each in of.attachments],
        "embeds": [_embed(each, of.attachments, cdn) for each in of.embeds],
        "timestamp": iso(of.created_at),
        "edited_timestamp": None if of.edited_at is None else iso(of.edited_at),
        "flags": int(of.flags),
        "components": components(of.components, of.attachments, cdn),
    }


def _reference(of: Reference) -> Json:
    written: Json = {"type": int(of.forwards), "channel_id": str(of.channel_id), "message_id": str(of.message_id)}
    return written if of.guild_id is None else {**written, "guild_id": str(of.guild_id)}


def _interaction_metadata(interaction: Interaction, message: Message | None) -> Json:
    guild = interaction.channel.guild
    owner = {"0": str(guild.id) if guild else "0"}
    written: Json = {
        "id": str(interaction.id),
        "type": int(interaction.type),
        "user": user(interaction.user),
        "authorizing_integration_owners": owner,
    }
    if interaction.type is InteractionType.APPLICATION_COMMAND:
        written |= {"name": interaction.data["name"], "command_type": interaction.data["type"]}
    if "target_id" in interaction.data:
        written["target_message_id"] = interaction.data["target_id"]
    if interaction.opened_by is not None:
        written["triggering_interaction_metadata"] = _interaction_metadata(interaction.opened_by, None)
    elif interaction.message is not None:
        written["interacted_message_id"] = str(interaction.message.id)
    if message is not None and interaction.original is not None and interaction.original is not message:
        written["original_response_message_id"] = str(interaction.original.id)
    return written


def _guild_id(of: Channel) -> Json:
    return {} if of.guild is None else {"guild_id": str(of.guild.id)}
