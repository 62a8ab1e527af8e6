"""What the buttons under results and status messages need."""

from dataclasses import dataclass

from bot.interactions.services import Services
from bot.jobs.service import JobService
from bot.moderation.service import Moderation
from bot.store.favourites import FavouriteStore
from spark.clock import Clock


@dataclass(frozen=True)
class ResultServices(Services):
    """The jobs that they are about, whose favourites they are, and the record of what moderators do to them."""

    jobs: JobService
    moderation: Moderation
    favourites: FavouriteStore
    clock: Clock
