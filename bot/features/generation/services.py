"""What commands, forms and menus need that lead to pictures."""

import random
from dataclasses import dataclass

from bot.interactions.finder import PictureFinder
from bot.interactions.pending import Pending
from bot.interactions.services import Services
from bot.jobs.estimates import Estimates
from bot.jobs.service import JobService
from bot.sheets.folder import StyleFolder
from bot.store.preferences import PreferenceStore


@dataclass(frozen=True)
class GenerationServices(Services):
    """Where pictures are found, and what is drawn and estimated for an order."""

    jobs: JobService
    finder: PictureFinder
    estimates: Estimates
    pending: Pending
    preferences: PreferenceStore
    sheets: StyleFolder
    rng: random.Random
    """Draws the seeds that nobody gives."""
    edit_model: str
    """The model of /edit where nobody chooses one: Spark's name."""
