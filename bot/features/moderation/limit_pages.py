"""The pages of all limits that are set on a server."""

from typing import Annotated

from bot.domain.moderation.actions import ActionKind
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.guard import in_place
from bot.interactions.items import Button, Codec, PersistentItem, view_of
from bot.interactions.responses import show
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.service import Moderator
from bot.wording.limits import LIMITS_PER_PAGE, by_subject, limits_page
from bot.wording.pages import BACK, NEXT


class LimitsPageButton(PersistentItem[Button], custom_id="spend-limits:{first}"):
    """Turns to another page."""

    first: Annotated[int, Codec("[0-9]{1,6}", int)]
    """The number of the page's first subject."""
    label: str = ""

    def _draw(self) -> Button:
        return Button(label=self.label)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Show the page in the place of the one that stands there."""
        by = await require_moderator(interaction, Attempt("/spend limit", ActionKind.LIMIT))
        await show_limits(interaction, by, self.first)


async def show_limits(interaction: Interaction, by: Moderator, first: int = 0) -> None:
    """Fill an interaction's answer with a page of the server's limits, from the `first` subject on."""
    moderation = ModerationServices.of(interaction).moderation
    limits = await moderation.limits_set(by.guild_id)
    subjects = len(by_subject(limits))
    if first >= subjects:
        first = 0
    turns = []
    if first:
        turns.append(LimitsPageButton(max(0, first - LIMITS_PER_PAGE), BACK))
    if first + LIMITS_PER_PAGE < subjects:
        turns.append(LimitsPageButton(first + LIMITS_PER_PAGE, NEXT))
    view = view_of(*turns) if turns else None
    await show(interaction, limits_page(limits, first, moderation.ceilings), view)
