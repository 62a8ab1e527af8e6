"""All that a command, a click or a reply may need, found at the client that heard it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

import discord

from bot.interactions import Interaction

if TYPE_CHECKING:  # buttons are part of answers, and their clicks lead back to them
    import random
    from collections.abc import Awaitable, Callable, Sequence

    from bot.domain.jobs import Job
    from bot.interactions.answers import Answers
    from bot.interactions.drafts import Drafts
    from bot.interactions.finder import PictureFinder
    from bot.interactions.rights import Rights
    from bot.jobs.estimates import Estimates
    from bot.jobs.history import History
    from bot.jobs.ports import Pictures
    from bot.jobs.privacy import Privacy
    from bot.jobs.service import JobService
    from bot.moderation.service import Moderation
    from bot.usage.csv_export import CsvExport
    from bot.usage.personal_data import PersonalData
    from bot.usage.reporting import Reporting


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """Pictures that did not reach Discord, as files for their owner."""

    files: Sequence[discord.File]
    smaller: bool
    """Whether one had to be made smaller."""
    largest: int
    """Bytes of the largest."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the bot has at hand for whoever asks it for something."""

    answers: Answers
    service: JobService
    finder: PictureFinder
    drafts: Drafts
    rng: random.Random
    """Draws the seeds that nobody gives."""
    edit_model: str
    """The model of /edit where nobody chooses one: Spark's name."""
    estimates: Estimates
    history: History
    kept_files: Callable[[Job, Pictures, int], Awaitable[KeptFiles]]
    """Builds files of no more bytes than that."""
    privacy: Privacy
    personal_data: PersonalData
    moderation: Moderation
    rights: Rights
    reporting: Reporting
    csv_export: CsvExport


class HasDesk(Protocol):
    """The client, as far as its buttons know it."""

    desk: Desk


def desk_of(interaction: Interaction) -> Desk:
    """Give the desk of the client that an interaction came to."""
    return cast("HasDesk", interaction.client).desk
