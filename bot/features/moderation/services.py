"""What moderators' commands, buttons and forms need."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.delivery.files import KeptFiles
from bot.domain.jobs import Job
from bot.interactions.pending import Pending
from bot.interactions.services import Services
from bot.jobs.history import History
from bot.jobs.ports import Pictures
from bot.jobs.service import JobService
from bot.moderation.complaints import Complaints
from bot.moderation.disputes import Disputes
from bot.moderation.server_check import ServerCheck
from bot.moderation.service import Moderation
from bot.usage.csv_export import CsvExport
from bot.usage.reporting import Reporting


@dataclass(frozen=True)
class ModerationServices(Services):
    """What the server spent, what its members report, what is decided about both, and how it is set up."""

    jobs: JobService
    moderation: Moderation
    disputes: Disputes
    complaints: Complaints
    reporting: Reporting
    csv_export: CsvExport
    pending: Pending
    history: History
    kept_files: Callable[[Job, Pictures, int], Awaitable[KeptFiles]]
    """Builds files of no more bytes than that."""
    server_check: ServerCheck
