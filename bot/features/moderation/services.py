"""What moderators' commands, buttons and forms need."""

from dataclasses import dataclass

from bot.interactions.services import Services
from bot.jobs.service import JobService
from bot.moderation.service import Moderation
from bot.usage.csv_export import CsvExport
from bot.usage.reporting import Reporting


@dataclass(frozen=True)
class ModerationServices(Services):
    """What the server spent, and what is decided about it."""

    jobs: JobService
    moderation: Moderation
    reporting: Reporting
    csv_export: CsvExport
