"""A message as it is sent in: read from the request's body and files, under Discord's limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.discord.model.conversation import Message
from sandbox.discord.model.files import MEBIBYTE, Upload, stored_name
from sandbox.discord.model.kinds import MessageFlags
from sandbox.discord.rules.components import read_components
from sandbox.discord.rules.embeds import read_embeds
from sandbox.discord.rules.errors import REQUEST_TOO_LARGE, DiscordError
from sandbox.discord.rules.mentions import AllowedMentions, read_allowed_mentions
from sandbox.discord.rules.request_fields import Form

MAX_CONTENT = 2000
MAX_FILES = 10
MAX_REQUEST = 25 * MEBIBYTE
"""Bytes of all files of a message, unless one alone may have more."""
MAX_DESCRIPTION = 1024
MAX_NONCE = 25
_LEGACY_FIELDS = ("content", "embeds", "sticker_ids", "poll")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a request says about a message; None where it says nothing."""

    content: str | None = None
    embeds: list[dict[str, Any]] | None = None
    components: list[dict[str, Any]] | None = None
    kept_attachments: tuple[int, ...] | None = None
    """Ids of the files that stay when a message is edited; None keeps them all."""
    spoilers: Mapping[int, bool] = field(default_factory=dict)
    """Whether files that stay are to be hidden from now on, by id; those that are not named stay as they are."""
    uploads: tuple[Upload, ...] = ()
    flags: MessageFlags | None = None
    allowed_mentions: AllowedMentions | None = None
    nonce: str | int | None = None
    enforce_nonce: bool = False
    reply_to: int | None = None
    must_exist: bool = True
    """Whether the message that is replied to must exist."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see; files of Components V2 are seen through components alone."""
        v2 = self.flags is not None and MessageFlags.COMPONENTS_V2 in self.flags
        return not (self.content or self.embeds or self.components or (self.uploads and not v2))


def read_draft(
    body: Mapping[str, Any], files: Sequence[Upload], *, upload_limit: int, edits: Message | None = None
) -> Draft:
    """Read a message from a request.

    Args:
        body: the JSON object.
        files: what was uploaded with it.
        upload_limit: bytes per file.
        edits: the message that it changes, where it is none of its own.

    Raises:
        DiscordError: 40005 for a file over the limit, or for too much together; 50035 naming every field that
            is wrong.

    """
    sizes = [len(file.content) for file in files]
    if max(sizes, default=0) > upload_limit or sum(sizes) > max(MAX_REQUEST, upload_limit):
        raise DiscordError(REQUEST_TOO_LARGE)
    form = Form()
    given = body.get("flags")
    flags = MessageFlags(given) if isinstance(given, int) else None
    v2 = MessageFlags.COMPONENTS_V2 in (flags or MessageFlags.NONE) | (edits.flags if edits else MessageFlags.NONE)
    content = body.get("content")
    if content is not None or "content" in body:
        content = form.text(("content",), content, most=MAX_CONTENT)
    embeds = read_embeds(form, body["embeds"] or []) if "embeds" in body else None
    if v2:
        _refuse_legacy_fields(form, body, edits)
    kept, spoilers, uploads = _read_attachments(form, body.get("attachments"), files)
    if len(files) + len(kept or ()) > MAX_FILES:
        form.refuse(("attachments",), "BASE_TYPE_MAX_LENGTH", f"Must be {MAX_FILES} or fewer in length.")
    names = [stored_name(each.filename) for each in uploads]
    if edits is not None:
        names += [each.filename for each in edits.attachments if kept is None or each.id in kept]
    reference = body.get("message_reference") or {}
    draft = Draft(
        content=content,
        embeds=embeds,
        components=read_components(form, body["components"], v2=v2, files=names) if "components" in body else None,
        kept_attachments=kept,
        spoilers=spoilers,
        uploads=uploads,
        flags=flags,
        allowed_mentions=read_allowed_mentions(form, body.get("allowed_mentions")),
        nonce=_read_nonce(form, body.get("nonce")),
        enforce_nonce=bool(body.get("enforce_nonce")),
        reply_to=form.snowflake(("message_reference", "message_id"), reference.get("message_id"))
        if reference
        else None,
        must_exist=reference.get("fail_if_not_exists") is not False,
    )
    form.check()
    return draft


def _refuse_legacy_fields(form: Form, body: Mapping[str, Any], edits: Message | None) -> None:
    """Refuse what Components V2 stand in for; an edit that turns them on must empty the message first."""
    stood = {} if edits is None else {"content": edits.content, "embeds": edits.embeds}
    for legacy in _LEGACY_FIELDS:
        if body.get(legacy, stood.get(legacy)):
            form.refuse(
                (legacy,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{legacy}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def _read_nonce(form: Form, nonce: object) -> str | int | None:
    if isinstance(nonce, int) and not isinstance(nonce, bool):
        return nonce
    return form.text(("nonce",), nonce, most=MAX_NONCE) or None


def _read_attachments(
    form: Form, value: object, files: Sequence[Upload]
) -> tuple[tuple[int, ...] | None, Mapping[int, bool], tuple[Upload, ...]]:
    if value is None:
        return None, {}, tuple(files)
    sent = {file.index: file for file in files}
    described = dict(sent)
    kept: list[int] = []
    spoilers: dict[int, bool] = {}
    for number, about in enumerate(form.objects(("attachments",), value, most=MAX_FILES)):
        path = ("attachments", number)
        attachment_id = form.snowflake((*path, "id"), about.get("id"))
        description = form.text((*path, "description"), about.get("description"), most=MAX_DESCRIPTION)
        form.flag((*path, "is_spoiler"), about.get("is_spoiler"))
        if attachment_id is None:
            continue
        if attachment_id not in sent:
            kept.append(attachment_id)
            if isinstance(hidden := about.get("is_spoiler"), bool):
                spoilers[attachment_id] = hidden
            continue
        upload = sent[attachment_id]
        described[attachment_id] = Upload(
            upload.index,
            form.text((*path, "filename"), about.get("filename"), most=1024) or upload.filename,
            upload.content,
            description or None,
        )
    return tuple(kept), spoilers, tuple(described.values())
