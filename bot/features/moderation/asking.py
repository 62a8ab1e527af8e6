"""Asking moderators for more: the button under a refusal, its message to them, and the form that grants it."""

import re
from typing import Annotated, Final

import discord
import structlog

from bot.domain.budgets import Account, Budget, Period, Scope
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.moderation.decisions import USUAL_DAYS, Grant
from bot.domain.money import usd_text
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.fields import form_id, short_field, words_field, written_in
from bot.interactions.guard import guarded, privately
from bot.interactions.items import Button, PersistentItem, one_of, view_of
from bot.interactions.origins import account_of, role_ids_of
from bot.interactions.pages import page_of, show_page
from bot.interactions.people import fetched_role_ids
from bot.interactions.responses import LOST, open_modal, show
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.typed import AMOUNT_MAX, DAYS_MAX, REASON_MAX, checked_reason, typed_amount, typed_days
from bot.orders.repeats import require_id
from bot.wording import asking
from bot.wording.blocks import blocked
from bot.wording.case import unknown_form
from bot.wording.limits import allowance_text, granted_text

_log = structlog.get_logger()
GRANT_FORMS: Final = "grant-more:"
"""What the custom ids of its forms begin with."""
_FORM: Final = re.compile(rf"{GRANT_FORMS}(?P<user>[0-9]{{1,20}}):(?P<channel>[0-9]{{1,20}})")
_AMOUNT_DIGITS: Final = 20


class AskModeratorButton(PersistentItem[Button], custom_id="ask-more:{period}"):
    """Asks the moderators of the server for more than the presser's own limit, once a day."""

    period: Annotated[Period, one_of(*Period)]

    def _draw(self) -> Button:
        return Button(label=asking.ASK_MODERATOR)

    @privately
    async def callback(self, interaction: Interaction) -> None:
        """Tell the moderators who asks and what they have."""
        services, account = ModerationServices.of(interaction), account_of(interaction)
        roles = role_ids_of(interaction.user)
        budgets = await services.jobs.budgets(account, roles)
        budget = next(b for b in budgets if b.scope is Scope.PERSON and b.window.period is self.period)
        if not budget.raisable:
            raise asking.not_raisable()
        if block := (await services.moderation.allowance(account, roles)).block:
            raise blocked(block)
        await services.moderation.require_unasked(account, self.period)
        suggested = await services.moderation.suggested_grant(account, roles, budget)
        told_in, in_log = await _tell_moderators(interaction, account, budget, suggested)
        await services.moderation.asked(account, self.period)
        await show(interaction, asking.asked_text(told_in, in_log=in_log), None)


class GrantButton(PersistentItem[Button], custom_id="grant-more:{user_id}:{channel_id}:{period}:{amount}"):
    """Opens the form that grants a member more; for moderators."""

    user_id: int
    channel_id: int
    """Where they have asked."""
    period: Annotated[Period, one_of(*Period)]
    amount: int
    """What the form suggests, in nano-dollars."""

    def _draw(self) -> Button:
        return Button(label=asking.grant_label(self.amount), style=discord.ButtonStyle.primary)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Open the form, if it is a moderator who clicks."""
        await require_moderator(interaction, _attempt(self.user_id))
        days = 1 if self.period is Period.DAY else USUAL_DAYS
        form = discord.ui.Modal(
            title=asking.GRANT_TITLE, custom_id=f"{GRANT_FORMS}{self.user_id}:{self.channel_id}", timeout=None
        )
        amount = usd_text(min(self.amount, AMOUNT_MAX)).replace(",", "")
        form.add_item(short_field("amount", asking.AMOUNT, longest=_AMOUNT_DIGITS, filled=amount, required=True))
        form.add_item(
            short_field("days", asking.DAYS, longest=len(str(DAYS_MAX)), filled=str(days), required=True)
        )
        form.add_item(
            words_field(
                "reason",
                asking.REASON,
                longest=REASON_MAX,
                required=True,
                hint=asking.REASON_HINT,
                filled=asking.ASKED_FOR_IT,
            )
        )
        await open_modal(interaction, form)


def is_grant_form(interaction: Interaction) -> bool:
    """Whether a sent form grants more to whoever asked for it."""
    return form_id(interaction).startswith(GRANT_FORMS)


@privately
async def grant_form_sent(interaction: Interaction) -> None:
    """Grant what a sent form says, and tell the member and the moderators."""
    match = _FORM.fullmatch(form_id(interaction))
    written = written_in(interaction)
    if match is None or written is None:
        raise unknown_form()
    user_id = require_id(int(match["user"]))
    by = await require_moderator(interaction, _attempt(user_id))
    account = Account(by.guild_id, user_id)
    nano, why = typed_amount("amount", written.get("amount", "")), checked_reason(written.get("reason", ""))
    days = typed_days(written.get("days", "")) or USUAL_DAYS
    if not nano:
        raise asking.nothing_to_grant()
    moderation = ModerationServices.of(interaction).moderation
    asked_at = None if interaction.message is None else _posted_at(interaction.message)
    roles = await fetched_role_ids(interaction, user_id)
    grant = await moderation.grant(by, user_id, roles, nano, why, days, asked_at)
    allowance = await moderation.allowance(account, roles)
    await show_page(interaction, page_of(f"{granted_text(grant)}\n{allowance_text(user_id, allowance)}"))
    await _mark_answered(interaction, grant)
    await _tell_member(interaction, grant, int(match["channel"]))


def _attempt(user_id: int) -> Attempt:
    return Attempt("/spend grant", ActionKind.GRANT, About.MEMBER, user_id)


def _posted_at(message: discord.Message) -> int:
    return int(message.created_at.timestamp() * 1000)


async def _tell_moderators(
    interaction: Interaction, account: Account, budget: Budget, suggested: int
) -> tuple[int, bool]:
    """Post it in the log channel, else in the place; tell where it stands, and whether that is the log channel."""
    here = interaction.channel_id
    if here is None:
        raise asking.not_to_be_asked()
    rules = await ModerationServices.of(interaction).moderation.rules(account.guild_id)
    period = budget.window.period
    for channel_id in filter(None, (rules.log_channel_id, here)):
        channel = interaction.client.get_partial_messageable(channel_id, guild_id=account.guild_id)
        try:
            await channel.send(
                asking.request_text(account.user_id, budget),
                view=view_of(GrantButton(account.user_id, here, period, suggested)),
                nonce=f"ask-{period[0]}-{account.user_id}",  # of two clicks at once
                allowed_mentions=discord.AllowedMentions.none(),
            )
        except (discord.HTTPException, *LOST) as error:
            _log.warning("request.not_posted", channel=channel_id, reason=repr(error))
        else:
            return channel_id, channel_id == rules.log_channel_id
    raise asking.not_to_be_asked()


async def _mark_answered(interaction: Interaction, grant: Grant) -> None:
    """Have the request say who has answered it, so that nobody does it twice."""
    if interaction.message is None:
        return
    text = asking.answered_text(grant.account.user_id, grant.granted_by, grant.amount, grant.expires_at)
    try:
        await interaction.message.edit(content=text, view=None, allowed_mentions=discord.AllowedMentions.none())
    except (discord.HTTPException, *LOST) as error:
        _log.warning("request.not_marked", message=interaction.message.id, reason=repr(error))


async def _tell_member(interaction: Interaction, grant: Grant, channel_id: int) -> None:
    """Tell a member what they were granted: in private, else where they have asked, without the amount."""
    user_id = grant.account.user_id
    server = interaction.guild.name if interaction.guild else ""
    try:
        private = await interaction.client.create_dm(discord.Object(user_id))
        await private.send(asking.more_text(grant.amount, grant.expires_at, server))
    except (discord.HTTPException, *LOST) as error:
        _log.info("grant.not_told_in_private", user=user_id, reason=repr(error))
    else:
        return
    place = interaction.client.get_partial_messageable(channel_id, guild_id=grant.account.guild_id)
    them = discord.AllowedMentions(everyone=False, roles=False, users=[discord.Object(user_id)])
    try:
        await place.send(asking.more_in_public(user_id), allowed_mentions=them)
    except (discord.HTTPException, *LOST) as error:
        _log.warning("grant.not_told", user=user_id, channel=channel_id, reason=repr(error))
