"""What stands under a question to the owners of a picture: theirs alone to press."""

import discord

from bot.domain.pictures.consents import Question, Verdict
from bot.interactions import Interaction
from bot.interactions.guard import in_place
from bot.interactions.items import Button, PersistentItem, view_of
from bot.interactions.owner_answers import OwnerAnswers
from bot.interactions.responses import say_beside
from bot.wording import owners as says


class AllowButton(PersistentItem[Button], custom_id="owner-allow:{question_id}"):
    """Lets somebody work on the presser's picture, this one time."""

    question_id: int

    def _draw(self) -> Button:
        return Button(label=says.ALLOW, style=discord.ButtonStyle.success)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Have the job made once every owner has said yes."""
        await OwnerAnswers.of(interaction).answer(self.question_id, interaction.user.id, Verdict.ALLOWED)


class NoButton(PersistentItem[Button], custom_id="owner-no:{question_id}"):
    """Says no, this one time."""

    question_id: int

    def _draw(self) -> Button:
        return Button(label=says.NO)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """End the question."""
        await OwnerAnswers.of(interaction).answer(self.question_id, interaction.user.id, Verdict.NO)


class NeverButton(PersistentItem[Button], custom_id="owner-never:{question_id}"):
    """Says no for good, to everybody on this server, and whatever bytes the picture comes in."""

    question_id: int

    def _draw(self) -> Button:
        return Button(label=says.NEVER, style=discord.ButtonStyle.danger)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """End the question, and remember the picture."""
        await OwnerAnswers.of(interaction).answer(self.question_id, interaction.user.id, Verdict.NEVER)


class TakeBackButton(PersistentItem[Button], custom_id="owner-take-back:{question_id}"):
    """Takes a "Never mine" back, so that the presser can be asked again."""

    question_id: int

    def _draw(self) -> Button:
        return Button(label=says.TAKE_BACK)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Let others ask again, and say so."""
        await OwnerAnswers.of(interaction).take_back_never(self.question_id, interaction.user.id)
        await say_beside(interaction, says.taken_back(), discord.utils.MISSING)


def question_view(question: Question) -> discord.ui.View:
    """Build what stands under a question, as it stands now."""
    if question.verdict is None:
        return view_of(AllowButton(question.id), NoButton(question.id), NeverButton(question.id))
    return view_of(TakeBackButton(question.id)) if question.verdict is Verdict.NEVER else view_of()
