"""What moderators did, in words that follow the name of whoever did it: for the journal and for reports."""

from collections.abc import Mapping
from typing import Final

from bot.domain.budgets import Period
from bot.domain.jobs import Job
from bot.domain.moderation.server_rules import ResultPlace
from bot.domain.money import usd_text
from bot.domain.pictures.ownership import PictureRule
from bot.domain.spending import ReportPeriod
from bot.wording.exports import when_asked
from bot.wording.server_rules import PICTURE_RULES, RESULT_PLACES
from bot.wording.text import jump_url, listed

TOOK_LIMIT_AWAY: Final = "took the limit away"
ENDED_GRANTS: Final = "ended the grants"
LIFTED_BLOCK: Final = "lifted the block"
FOUND_NOTHING_WRONG: Final = "found nothing wrong with what was reported"
TURNED_LOG_CHANNEL_OFF: Final = "turned the log channel off"
ALLOWED_EVERYWHERE: Final = "allowed the bot everywhere"
EXPORTED_PERSON: Final = "exported all that is kept of this person, who has asked for it"
ERASED_PERSON: Final = "erased what is kept of this person, who has asked for it"
RELEASED: Final = "had a result posted that AutoMod had withheld, without its words"
KEPT_BACK: Final = "kept a result back that AutoMod had withheld"
TRIED_FOREIGN_JOB: Final = "tried to open a picture that is not of this server"


def set_limits(amounts: Mapping[Period, int]) -> str:
    """Tell which limits were set; amounts in nano-dollars."""
    told = listed([f"{usd_text(amount)} a {period}" for period, amount in amounts.items()])
    return f"set the limit to {told}"


def granted(amount: int, ends_at: int) -> str:
    """Tell what was granted, in nano-dollars, and until when (Unix milliseconds)."""
    return f"granted {usd_text(amount)} until <t:{ends_at // 1000}:f>"


def asked_for_more(period: Period) -> str:
    """Tell that a member has asked for more than their limit."""
    return f"asked for more than their limit for the {period}"


def blocked_member(until: int | None) -> str:
    """Tell that a member was blocked, until when (Unix milliseconds) or until somebody lifts it."""
    return "blocked the member" if until is None else f"blocked the member until <t:{until // 1000}:f>"


def chose_log_channel(channel_id: int) -> str:
    """Tell which log channel was chosen."""
    return f"chose <#{channel_id}> as the log channel"


def turned_replies(*, on: bool) -> str:
    """Tell that replies were turned on or off."""
    return f"turned replies {'on' if on else 'off'}"


def turned_age_rule(*, on: bool) -> str:
    """Tell that pictures are made in age-restricted channels only, or no longer so."""
    return "allowed the bot in age-restricted channels only" if on else "allowed the bot in channels for all ages"


def chose_result_place(place: ResultPlace) -> str:
    """Tell where results go from now on."""
    return f"chose that pictures go {RESULT_PLACES[place]}"


def chose_picture_rule(rule: PictureRule) -> str:
    """Tell what becomes of other people's pictures from now on."""
    return f"chose of pictures of others that {PICTURE_RULES[rule]}"


def settled_picture(owner_id: int) -> str:
    """Tell whose a picture is by a moderator's word."""
    return f"said that a picture is <@{owner_id}>'s"


def allowed_in(channel_id: int) -> str:
    """Tell in which channel the bot was allowed."""
    return f"allowed the bot in <#{channel_id}>"


def disallowed_in(channel_id: int) -> str:
    """Tell in which channel the bot is allowed no longer."""
    return f"disallowed the bot in <#{channel_id}>"


def hid_result(owner_id: int) -> str:
    """Tell that somebody's result was hidden until it is clicked; erased people have no id above 0."""
    return f"hid what <@{owner_id}> had made" if owner_id > 0 else "hid a result"


def withheld(job: Job) -> str:
    """Tell that AutoMod keeps back what somebody has asked for, and where it is decided."""
    where = "/spend user shows it"
    if job.status_message_id is not None:
        url = jump_url(job.account.guild_id, job.channel_id, job.status_message_id)
        where = f"decide on [its message]({url}): Apps → Spend case"
    return f"asked for what AutoMod does not let stand, and alone can see it; {where}"


def exported(period: ReportPeriod, tasks: int) -> str:
    """Tell what was exported: of which time, and how many rows."""
    return f"exported what was asked for {when_asked(period)}: {tasks:,} rows"
