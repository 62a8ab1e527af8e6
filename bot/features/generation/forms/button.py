"""The buttons that open a form about a result: "Edit" and "Portrait", under it and on its cards; for anybody."""

from collections.abc import Sequence
from typing import Annotated, Final

from bot.domain.jobs import PICTURE_NAME, picture_name, position_named
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import Source
from bot.features.generation.forms.opening import open_form
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.items import Button, Codec, PersistentItem, one_of
from bot.interactions.ordering import Ordering
from bot.interactions.reach import reached
from bot.wording.pictures_not_found import result_gone

POSITION: Final = Codec(PICTURE_NAME, position_named, picture_name)
"""Of a picture in its job, by its name."""


class FormButton(PersistentItem[Button], custom_id="{kind}:{job_id}"):
    """Opens the form of one kind of job, about the pictures that the button stands under."""

    kind: Annotated[Kind, one_of(Kind.EDIT, Kind.PORTRAIT)]
    job_id: int

    def _draw(self) -> Button:
        return Button(label=self.kind.button, emoji=self.kind.emoji)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Open the form; what it costs is for the person who sends it."""
        await Ordering.of(interaction).require_welcome(interaction)
        await open_form(interaction, self.kind, results_shown(interaction, self.job_id))


class PictureFormButton(PersistentItem[Button], custom_id="{kind}-of:{job_id}:{position}"):
    """Opens the form of one kind of job, about one picture."""

    kind: Annotated[Kind, one_of(Kind.EDIT, Kind.PORTRAIT)]
    job_id: int
    position: Annotated[int, POSITION]

    def _draw(self) -> Button:
        return Button(label=self.kind.button, emoji=self.kind.emoji)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Open the form; what it costs is for the person who sends it."""
        await Ordering.of(interaction).require_welcome(interaction)
        await open_form(interaction, self.kind, await reached(interaction, self.job_id), only=self.position)


def results_shown(interaction: Interaction, job_id: int) -> Sequence[Source]:
    """List a job's pictures in the message that was clicked; raises `Refusal` where there are none."""
    if interaction.message is None:
        raise AssertionError("a click is on a message")
    shown = GenerationServices.of(interaction).finder.in_message(interaction.message)
    found = [picture for picture in shown if picture.result is not None and picture.result.job_id == job_id]
    if not found:
        raise result_gone()
    return found
