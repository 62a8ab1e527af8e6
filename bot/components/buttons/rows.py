"""What stands under a job's message: the buttons that go on from it."""

from collections.abc import Collection

import discord

from bot.components.buttons.again import AgainButton
from bot.components.buttons.delete import DeleteButton
from bot.components.buttons.details import DetailsButton
from bot.components.buttons.stylize import StylizeButton
from bot.components.buttons.try_again import try_again_view, try_rest_again
from bot.components.forms.button import FormButton
from bot.domain.jobs import Job
from bot.domain.orders.picture_orders import EDIT, PORTRAIT
from bot.interactions.items import view_of


def result_view(job: Job, positions: Collection[int]) -> discord.ui.View:
    """Build the rows under a message that carries the pictures at `positions`."""
    if not positions:
        return try_again_view(job)
    view = view_of(
        AgainButton(job.id),
        FormButton(EDIT, job.id),
        StylizeButton(job.id),
        FormButton(PORTRAIT, job.id),
        DetailsButton(job.id),
        DeleteButton(job.id),
    )
    if (rest := try_rest_again(job)) is not None:
        view.add_item(rest)
    return view
