"""Where a job's picture stands that a form names by its message: forms can be made by hand."""

import discord

from bot.domain.jobs import Job
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.message_pictures import carries
from bot.wording.pictures_not_found import result_not_there


async def posted_at(interaction: Interaction, job: Job, message_id: int) -> tuple[int, int]:
    """Give channel and message: the job's own, one that was reported, or a late picture's right here."""
    posted = job.result_guild_id == job.account.guild_id and job.result_channel_id is not None
    if (
        posted
        and job.result_channel_id is not None
        and job.result_id is not None
        and message_id in {0, job.result_id}
    ):
        return job.result_channel_id, job.result_id
    reported = await ModerationServices.of(interaction).complaints.of(message_id)
    if reported is not None and reported.job.id == job.id:
        return reported.shown.channel_id, reported.shown.message_id
    if not message_id or interaction.channel_id is None:
        raise result_not_there()
    channel = interaction.client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
    try:
        message = await channel.fetch_message(message_id)
    except (discord.NotFound, discord.Forbidden):
        raise result_not_there() from None
    if not carries(message, job.id, interaction.client.user):
        raise result_not_there()
    return interaction.channel_id, message_id
