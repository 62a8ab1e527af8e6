"""What the buttons under results and status messages need."""

from dataclasses import dataclass

from bot.interactions.services import Services
from bot.jobs.service import JobService
from bot.moderation.service import Moderation


@dataclass(frozen=True)
class ResultServices(Services):
    """The jobs that they are about, and the record of what moderators delete."""

    jobs: JobService
    moderation: Moderation
