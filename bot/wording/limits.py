"""Limits in words: what holds for a member and why, all that is set on a server, and what cannot be set."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from bot.domain.budgets import Period, Scope
from bot.domain.limits import Ceilings, Limit, Subject
from bot.domain.moderation.decisions import Grant
from bot.domain.moderation.in_force import Allowance, InForce, SetBy
from bot.domain.money import usd_text
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import plain

LIMITS_PER_PAGE: Final = 10
LIMIT_SET: Final = "**Set.**"
LIMIT_TAKEN_AWAY: Final = "**Taken away.**"
NO_LIMIT_SET: Final = "**Nothing was set there.**"
_REASON_MAX: Final = 80
_GRANTS_MAX: Final = 3


def allowance_text(user_id: int, allowance: Allowance) -> str:
    """Write what holds for a member now."""
    return "\n".join([f"**What holds for <@{user_id}> now**", *allowance_lines(allowance)])


def allowance_lines(allowance: Allowance) -> list[str]:
    """Write the limits in force, each with where it comes from, then grants and block."""
    lines = [_line(each) for each in allowance.limits if each.scope is Scope.PERSON or each.amount is not None]
    lines += [_grant_line(grant) for grant in allowance.grants[:_GRANTS_MAX]]
    if (more := len(allowance.grants) - _GRANTS_MAX) > 0:
        lines.append(f"-# … and {more} more grants")
    if (block := allowance.block) is not None:
        until = (
            "until somebody lifts it" if block.expires_at is None else f"until <t:{block.expires_at // 1000}:f>"
        )
        lines.append(f"**Blocked** by <@{block.blocked_by}> {until}: {plain(block.reason, _REASON_MAX)}")
    return lines


def server_text(guild_limits: Sequence[InForce]) -> str:
    """Write what holds for a whole server now."""
    return "\n".join(["**What holds for this server now**", *map(_line, guild_limits)])


def role_text(role_id: int, limits: Sequence[Limit]) -> str:
    """Write what is set for a role."""
    held = _amounts([each for each in limits if each.subject is Subject.ROLE and each.subject_id == role_id])
    return (
        f"**What is set for <@&{role_id}> now:** {held or 'nothing'}\n"
        "-# A member has the highest limit of their roles, unless one is set for them alone. Grants add to it."
    )


def limits_page(limits: Sequence[Limit], first: int, ceilings: Ceilings) -> str:
    """Write a page of all that is set on a server, from the `first` subject on."""
    subjects = by_subject(limits)
    lines = ["**Limits that are set on this server**"]
    if not subjects:
        lines.append("None: the operator's limits hold for everybody.")
    for subject, subject_id, found in subjects[first : first + LIMITS_PER_PAGE]:
        lines.append(f"- {_named(subject, subject_id)}: {_amounts(found)}")
    person = _operators(Scope.PERSON, ceilings)
    server = _operators(Scope.GUILD, ceilings)
    lines.append(
        f"-# The operator's: a person {person}; this server {server}. With `member`, see what holds for one."
    )
    return "\n".join(lines)


def by_subject(limits: Sequence[Limit]) -> list[tuple[Subject, int, list[Limit]]]:
    """Put a server's limits, which come in order, together by whose they are."""
    return [
        (subject, subject_id, list(found))
        for (subject, subject_id), found in groupby(limits, key=lambda each: (each.subject, each.subject_id))
    ]


def _line(limit: InForce) -> str:
    whose = "" if limit.scope is Scope.PERSON else "The whole server "
    begin = f"{whose}for the {limit.period}" if whose else f"For the {limit.period}"
    amount = "no limit" if limit.amount is None else f"**{usd_text(limit.amount)}**"
    told = [f"{begin}: {amount}", _origin(limit)]
    if limit.granted and limit.amount is not None:
        told.append(f"with {usd_text(limit.granted)} granted")
    if limit.held_down:
        told.append("held down by the operator's ceiling")
    return " · ".join(told)


def _grant_line(grant: Grant) -> str:
    until = f"<t:{grant.expires_at // 1000}:f>"
    return (
        f"-# granted {usd_text(grant.amount)} by <@{grant.granted_by}> until {until}: "
        f"{plain(grant.reason, _REASON_MAX)}"
    )


def _origin(limit: InForce) -> str:
    whose = "this member" if limit.scope is Scope.PERSON else "this server"
    match limit.set_by:
        case SetBy.MEMBER:
            return "set for this member alone"
        case SetBy.ROLE:
            return f"from <@&{limit.role_id}>, the highest of their roles"
        case SetBy.GUILD:
            return "set for this server by its moderators"
        case SetBy.OPERATOR:
            return f"the operator's, as nothing is set for {whose}"


def _amounts(limits: Sequence[Limit]) -> str:
    by_period = {each.period: each.amount for each in limits}
    return " · ".join(f"{usd_text(by_period[each])} for the {each}" for each in Period if each in by_period)


def _named(subject: Subject, subject_id: int) -> str:
    match subject:
        case Subject.GUILD:
            return "the whole server"
        case Subject.ROLE:
            return f"<@&{subject_id}>"
        case Subject.MEMBER:
            return f"<@{subject_id}>"


def _operators(scope: Scope, ceilings: Ceilings) -> str:
    amounts = {period: ceilings.of(scope, period) for period in Period}
    if all(amount is None for amount in amounts.values()):
        return "has no limit"
    return ", ".join(
        f"{'no limit' if amount is None else usd_text(amount)} for the {period}"
        for period, amount in amounts.items()
    )


def granted_text(amount: int) -> str:
    """Say what a new grant means; the amount in nano-dollars."""
    return (
        f"**Granted.** While it lasts, {usd_text(amount)} is added to both limits; "
        "what is left of it then is gone."
    )


def grants_ended_text(user_id: int, ended: int) -> str:
    """Say how many of a member's grants were ended, or that none counted."""
    return f"**Ended:** {ended} of <@{user_id}>'s grants." if ended else "**No grant counted there.**"


def above_ceiling(amount: int, highest: int, period: Period, *, of_server: bool) -> Refusal:
    """Say that a limit would pass what the operator allows a person, or `of_server`; amounts in nano-dollars."""
    only = "" if of_server else " As there is no limit for the whole server, moderators may only lower it."
    return Refusal(
        Refuser.BOT,
        f"{usd_text(amount)} for the {period}: it is above the operator's ceiling",
        f"Whoever runs this bot allows {_whose(of_server=of_server)} {usd_text(highest)} for the {period}.{only}",
        f"Set {usd_text(highest)} or less, or ask whoever runs this bot for more.",
    )


def grant_above_ceiling(amount: int, before: int, highest: int, period: Period, *, of_server: bool) -> Refusal:
    """Say that a limit with a grant would pass what the operator allows; amounts in nano-dollars."""
    return Refusal(
        Refuser.BOT,
        f"a grant of {usd_text(amount)}: with it the limit for the {period} would pass the operator's ceiling",
        f"The limit for the {period} is {usd_text(before)} now, "
        f"and whoever runs this bot allows {_whose(of_server=of_server)} {usd_text(highest)}.",
        f"Grant {usd_text(highest - before)} or less, or ask whoever runs this bot for more.",
    )


def without_effect(*, limited: bool) -> Refusal:
    """Say that a grant would change nothing: the member has all there is to have, or no limit at all."""
    what = "this grant: it would change nothing"
    if not limited:
        return Refusal(
            Refuser.BOT,
            what,
            "No limit holds for this member, so there is nothing to add to.",
            "/spend limit sets one.",
        )
    return Refusal(
        Refuser.BOT,
        what,
        "This member has all that whoever runs this bot allows a person here. "
        "As there is no limit for the whole server, moderators may only lower it.",
        "Ask whoever runs this bot for more.",
    )


def _whose(*, of_server: bool) -> str:
    return "this whole server" if of_server else "a person"
