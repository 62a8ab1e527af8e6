"""/spend settings: the log channel, replies, where pictures go, whose may be used, and where the bot may be."""

from discord import app_commands
from discord.app_commands import Choice, Transform

from bot.domain.moderation.actions import ActionKind
from bot.domain.pictures.ownership import PictureRule
from bot.features.moderation.channels import Chosen, LogPlace, WorkPlace, require_log_place
from bot.features.moderation.services import ModerationServices
from bot.features.moderation.words import WordsButton
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.pages import page_of, row, show_page
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.rule_changes import CLEARABLE, RuleChange
from bot.orders.options import checked_choice
from bot.wording import commands
from bot.wording.server_rules import RESULT_PLACES, rules_changed_text, rules_text

_SWITCH = {"on": True, "off": False}
_PLACES = {words: place for place, words in RESULT_PLACES.items()}
_PICTURES = {str(rule): rule for rule in PictureRule}


@app_commands.command(name="settings", description=commands.SPEND_SETTINGS.description)
@app_commands.describe(**commands.SPEND_SETTINGS.options)
@app_commands.choices(
    replies=[Choice(name=name, value=name) for name in _SWITCH],
    age_restricted=[Choice(name=name, value=name) for name in _SWITCH],
    results=[Choice(name=name, value=name) for name in _PLACES],
    pictures=[Choice(name=name, value=name) for name in _PICTURES],
    clear=[Choice(name=name, value=name) for name in CLEARABLE],
)
@privately
async def settings(
    interaction: Interaction,
    log_channel: Transform[Chosen, LogPlace] | None = None,
    replies: str | None = None,
    results: str | None = None,
    age_restricted: str | None = None,
    pictures: str | None = None,
    allow: Transform[Chosen, WorkPlace] | None = None,
    disallow: Transform[Chosen, WorkPlace] | None = None,
    clear: str | None = None,
) -> None:
    """Show the rules of the server, changed where something is chosen."""
    by = await require_moderator(interaction, Attempt("/spend settings", ActionKind.SETTINGS))
    changed = RuleChange(
        None if log_channel is None else log_channel.id,
        None if replies is None else checked_choice("replies", replies, _SWITCH),
        None if allow is None else allow.id,
        None if disallow is None else disallow.id,
        None if results is None else checked_choice("results", results, _PLACES),
        None if pictures is None else checked_choice("pictures", pictures, _PICTURES),
        None if clear is None else checked_choice("clear", clear, {each: each for each in CLEARABLE}),
        None if age_restricted is None else checked_choice("age_restricted", age_restricted, _SWITCH),
    )
    changed.require_consistent()
    moderation = ModerationServices.of(interaction).moderation
    if not changed.what:
        await _show(interaction, rules_text(await moderation.rules(by.guild_id)))
        return
    if log_channel is not None:
        await require_log_place(log_channel, interaction.user)
    rules = await moderation.change_rules(by, changed.applied_to, changed.what)
    await _show(interaction, rules_changed_text(rules))


async def _show(interaction: Interaction, text: str) -> None:
    await show_page(interaction, page_of(text, row(WordsButton())))
