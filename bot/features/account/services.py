"""What a person's own commands and buttons need."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.delivery.files import KeptFiles
from bot.delivery.posted_pictures import PostedPictures
from bot.domain.jobs import Job
from bot.interactions.services import Services
from bot.jobs.estimates import Estimates
from bot.jobs.history import History
from bot.jobs.ports import Pictures
from bot.jobs.privacy import Privacy
from bot.jobs.service import JobService
from bot.store.preferences import PreferenceStore
from bot.usage.personal_data import PersonalData
from bot.usage.reporting import Reporting


@dataclass(frozen=True)
class AccountServices(Services):
    """What they made and spent, and what is kept of them."""

    jobs: JobService
    estimates: Estimates
    edit_model: str
    """The model of /edit where nobody chooses one: Spark's name."""
    history: History
    posted: PostedPictures
    kept_files: Callable[[Job, Pictures, int], Awaitable[KeptFiles]]
    """Builds files of no more bytes than that."""
    reporting: Reporting
    privacy: Privacy
    personal_data: PersonalData
    preferences: PreferenceStore
