"""The status message of a job: the message that answered its command, found and edited."""

from collections.abc import Callable, Sequence
from typing import TypeAlias, cast

import discord

from bot.delivery.faults import INVALID_WEBHOOK_TOKEN, UNKNOWN_MESSAGE
from bot.domain.jobs import Job

Files: TypeAlias = Callable[[], Sequence[discord.File]]
"""Builds the files that a message is to have from now on, anew for each request."""


async def find_status_message(client: discord.Client, job: Job, now_ms: int) -> int | None:
    """Give the id of a job's status message; asked of Discord where a crash came before it was written down."""
    if job.status_message_id is not None:
        return job.status_message_id
    token = job.token_at(now_ms)
    if token is None:
        return None
    webhook = discord.Webhook.partial(job.application_id, token, client=client)
    try:
        # discord.py's annotation wants a number, Discord takes this name too
        original = await webhook.fetch_message(cast("int", "@original"))
    except discord.NotFound:
        return None  # the acknowledgement never reached Discord
    except discord.HTTPException as refused:
        if refused.code != INVALID_WEBHOOK_TOKEN:
            raise
        return None  # by Discord's clock the token's life is over: nothing is to be found that way any more
    return original.id


async def edit_status_message(
    client: discord.Client,
    job: Job,
    status_message_id: int,
    content: str,
    view: discord.ui.View | None,
    files: Files | None,
    now_ms: int,
) -> None:
    """Edit a job's status message: by the interaction's token, outside the bot's global limit, while that lives.

    Without a `view` the buttons that it had are taken away; without `files` those that it had stay.
    """
    nobody = discord.AllowedMentions.none()

    def attachments() -> Sequence[discord.File]:
        # discord.py closes those of a request that Discord has refused
        return discord.utils.MISSING if files is None else files()

    try:
        if (token := job.token_at(now_ms)) is not None:
            webhook = discord.Webhook.partial(job.application_id, token, client=client)
            try:
                await webhook.edit_message(
                    status_message_id,
                    content=content,
                    view=view,
                    attachments=attachments(),
                    allowed_mentions=nobody,
                )
            except discord.HTTPException as refused:
                if refused.code != INVALID_WEBHOOK_TOKEN:
                    raise
            else:
                return
        channel = client.get_partial_messageable(job.channel_id)
        await channel.get_partial_message(status_message_id).edit(
            content=content, view=view, attachments=attachments(), allowed_mentions=nobody
        )
    except discord.NotFound as gone:
        if gone.code != UNKNOWN_MESSAGE:
            raise
        # somebody deleted the status message; there is nothing left to show
