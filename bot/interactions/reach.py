"""What a click, a choice or a form reaches: jobs of the server that it comes from, in places that its sender sees.

Custom ids are no secret and no proof: a hand-made client sends any of them, with any message.
"""

from dataclasses import dataclass

import discord

from bot.domain.jobs import Job
from bot.interactions import Interaction
from bot.interactions.message_pictures import carries, status_message_id_of
from bot.interactions.origins import account_of
from bot.interactions.services import Services
from bot.jobs.service import JobService
from bot.wording.jobs import unknown_job


@dataclass(frozen=True)
class Reach(Services):
    """What jobs are read from."""

    jobs: JobService


async def reached(interaction: Interaction, job_id: int) -> Job:
    """Read the job that a custom id names; raises `Refusal` where it is gone, or out of its sender's reach."""
    job = await Reach.of(interaction).jobs.known(job_id)
    shown = carries(interaction.message, job.id, interaction.client.user)  # which Discord itself sends along
    if not shown and not (_is_of_here(interaction, job) and sees(interaction, job)):
        raise unknown_job()
    return job


async def job_of_status_message(interaction: Interaction, message: discord.Message) -> Job | None:
    """Read the job whose status message a message is; None for any other message."""
    if message.author != interaction.client.user:
        return None
    return await Reach.of(interaction).jobs.with_status_message(status_message_id_of(message))


def sees(interaction: Interaction, job: Job) -> bool:
    """Whether a person sees the place of a job, as far as the bot knows."""
    if job.account.user_id == interaction.user.id or job.erased_at is not None:  # of which nothing is left to see
        return True
    guild, person = interaction.guild, interaction.user
    if guild is None or guild.id != job.account.guild_id or not isinstance(person, discord.Member):
        return False
    if job.result_channel_id is not None and job.result_guild_id != guild.id:
        return False  # it went to its owner's direct messages
    if interaction.channel_id in {job.channel_id, job.parent_channel_id, job.result_channel_id}:
        return True
    channel = guild.get_channel_or_thread(job.channel_id)
    if isinstance(channel, discord.Thread) and channel.is_private():
        return False
    # a thread that Discord has put away is not known here, and may be a private one
    return channel is not None and channel.permissions_for(person).view_channel


def _is_of_here(interaction: Interaction, job: Job) -> bool:
    """Whether a job is of the server that an interaction comes from, or a person's own in direct messages."""
    here = account_of(interaction)
    return here.guild_id == job.account.guild_id or (not here.guild_id and here.user_id == job.account.user_id)
