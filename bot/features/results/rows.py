"""What stands under a job's messages: the buttons that take it back, or go on from it."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import discord

from bot.domain.jobs import Job
from bot.domain.kinds import Kind
from bot.features.account.kept import ShowButton
from bot.features.generation.forms.button import FormButton
from bot.features.generation.stylize import StylizeButton
from bot.features.results.again import AgainButton, TryAgainButton, try_again_view, try_rest_again
from bot.features.results.cancel import CancelButton
from bot.features.results.more import MoreButton
from bot.features.results.picture_card import PictureButton
from bot.interactions.items import PersistentItem, view_of
from bot.wording.result_buttons import SEE_IT

_IN_A_ROW: Final = 5


class ResultRows:
    """Implements `bot.delivery.ports.Rows`."""

    def under_status_message(self, job: Job, *, waiting: bool) -> discord.ui.View | None:
        """Build the row under a job's status message: what takes it back, or shows what is withheld, or None."""
        if job.withheld:
            return view_of(ShowButton(job.id, SEE_IT))
        return view_of(CancelButton(job.id)) if waiting else None

    def under_result(self, job: Job, positions: Collection[int]) -> discord.ui.View:
        """Build the rows under a message that carries the pictures at `positions`, or none."""
        if not positions:
            return try_again_view(job)
        numbers = [PictureButton(job.id, position) for position in sorted(positions)] if len(positions) > 1 else []
        gestures = (
            AgainButton(job.id),
            FormButton(Kind.EDIT, job.id),
            StylizeButton(job.id),
            FormButton(Kind.PORTRAIT, job.id),
            MoreButton(job.id),
        )
        rest = try_rest_again(job)
        rows: Sequence[Sequence[PersistentItem[Any]]] = [
            numbers[:_IN_A_ROW],
            numbers[_IN_A_ROW:],
            gestures,
            () if rest is None else (rest,),
        ]
        view = view_of()
        for number, row in enumerate(filter(None, rows)):
            for item in row:
                item.row = number
                view.add_item(item)
        return view

    def mark_of_notice(self, job_id: int) -> str:
        """Give the custom id by which a job's message without pictures is known again."""
        return TryAgainButton(job_id).custom_id
