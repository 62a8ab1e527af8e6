"""The buttons under a result that open a form about it: "Edit…" and "Portrait…"; for anybody."""

import re
from collections.abc import Sequence
from typing import Any, Final, Self

import discord

from bot.components.desk import desk_of
from bot.components.forms.opening import Subject, open_form
from bot.domain.orders.picture_orders import EDIT, PORTRAIT
from bot.domain.pictures.not_found import result_gone
from bot.domain.pictures.sources import Source

Interaction = discord.Interaction[Any]
_LABELS: Final = {EDIT: "Edit…", PORTRAIT: "Portrait…"}


class FormButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=rf"(?P<kind>{'|'.join(_LABELS)}):(?P<job_id>[0-9]{{1,20}})",
):
    """Opens the form of one kind of job, about the pictures that the button stands under."""

    def __init__(self, kind: str, job_id: int) -> None:
        super().__init__(discord.ui.Button(label=_LABELS[kind], custom_id=f"{kind}:{job_id}", row=0))
        self._kind = kind
        self._job_id = job_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(match["kind"], int(match["job_id"]))

    async def callback(self, interaction: Interaction) -> None:
        """Open the form; what it costs is for the person who sends it."""

        async def find() -> Subject:
            return results_shown(interaction, self._job_id)

        await open_form(interaction, self._kind, find)


def results_shown(interaction: Interaction, job_id: int) -> Sequence[Source]:
    """List a job's pictures in the message that was clicked; raises `Refusal` where there are none."""
    if interaction.message is None:
        raise AssertionError("a click is on a message")
    shown = desk_of(interaction).finder.in_message(interaction.message)
    found = [picture for picture in shown if picture.result is not None and picture.result.job_id == job_id]
    if not found:
        raise result_gone()
    return found
