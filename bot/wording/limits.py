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
from bot.wording.text import listed, plain

LIMITS_PER_PAGE: Final = 10
_REASON_MAX: Final = 80
_GRANTS_MAX: Final = 3


def allowance_text(user_id: int, allowance: Allowance) -> str:
    """Write what holds for a member."""
    return "\n".join([f"**<@{user_id}> can spend {_spendable(allowance)} here.**", *allowance_lines(allowance)])


def changed_text(user_id: int, before: Allowance, now: Allowance) -> str:
    """Say what a member can spend now that a limit of theirs was set or taken away."""
    was, can = _spendable(before), _spendable(now)
    changed = ", as before." if was == can else f", instead of {was}."
    return "\n".join([f"**<@{user_id}> can now spend {can} here**{changed}", *allowance_lines(now)])


def nothing_set_text(user_id: int, allowance: Allowance) -> str:
    """Say that a member had no limit of their own that could be taken away, and what holds for them."""
    return f"**Nothing was set for them alone.**\n{allowance_text(user_id, allowance)}"


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


def server_text(guild_limits: Sequence[InForce], *, changed: bool | None = None) -> str:
    """Write what holds for a whole server; `changed` says whether that is new, None where it need not be."""
    can = listed([_amount_text(each.amount, each.period) for each in guild_limits])
    lines = [f"**This server can{_now(changed)} spend {can}.**", *map(_line, guild_limits)]
    return "\n".join([*_in_vain(changed), *lines])


def role_text(role_id: int, limits: Sequence[Limit], *, changed: bool | None = None) -> str:
    """Write what is set for a role; `changed` says whether that is new, None where it need not be."""
    held = _amounts([each for each in limits if each.subject is Subject.ROLE and each.subject_id == role_id])
    so = (
        f"Everybody with <@&{role_id}> can{_now(changed)} spend {held}" if held else f"<@&{role_id}> sets no limit"
    )
    return "\n".join(
        [
            *_in_vain(changed),
            f"**{so}.**",
            "-# A member has the highest limit of their roles, unless one is set for them alone. "
            "Grants add to it.",
        ]
    )


def _now(changed: bool | None) -> str:
    return " now" if changed else ""


def _in_vain(changed: bool | None) -> list[str]:
    return ["**Nothing was set there.**"] if changed is False else []


def limits_page(limits: Sequence[Limit], first: int, ceilings: Ceilings) -> str:
    """Write a page of all that is set on a server, from the `first` subject on."""
    subjects = by_subject(limits)
    lines = ["**Limits that are set on this server**"]
    if not subjects:
        lines.append("None: everybody has what whoever runs this bot allows.")
    for subject, subject_id, found in subjects[first : first + LIMITS_PER_PAGE]:
        lines.append(f"- {_named(subject, subject_id)}: {_amounts(found)}")
    person = _operators(Scope.PERSON, ceilings)
    server = _operators(Scope.GUILD, ceilings)
    lines.append(
        f"-# From whoever runs this bot: a member {person}{_everywhere(ceilings)}; this server {server}. "
        "With `member`, see what one may spend."
    )
    return "\n".join(lines)


def by_subject(limits: Sequence[Limit]) -> list[tuple[Subject, int, list[Limit]]]:
    """Put a server's limits, which come in order, together by whose they are."""
    return [
        (subject, subject_id, list(found))
        for (subject, subject_id), found in groupby(limits, key=lambda each: (each.subject, each.subject_id))
    ]


def _spendable(allowance: Allowance) -> str:
    own = (each for each in allowance.limits if each.scope is Scope.PERSON)
    return listed([_amount_text(each.amount, each.period) for each in own])


def _amount_text(amount: int | None, period: Period) -> str:
    return f"any amount a {period}" if amount is None else f"{usd_text(amount)} a {period}"


def _line(limit: InForce) -> str:
    whose = "" if limit.scope is Scope.PERSON else "This server: "
    if limit.amount is None:
        return f"{whose}**No limit** for a {limit.period}"
    line = f"{whose}**{usd_text(limit.amount)}** a {limit.period}, {_origin(limit)}"
    if limit.held_down:
        return f"{line}. {_without_ceiling(limit)}; whoever runs this bot allows {usd_text(limit.amount)}."
    return f"{line}, and {usd_text(limit.granted)} of it granted" if limit.granted else line


def _without_ceiling(limit: InForce) -> str:
    allowed = usd_text((limit.base or 0) + limit.granted)
    if limit.granted:
        return f"With {usd_text(limit.granted)} granted it would be {allowed}"
    return f"The role allows {allowed}" if limit.set_by is SetBy.ROLE else f"It was set to {allowed}"


def _grant_line(grant: Grant) -> str:
    until = f"<t:{grant.expires_at // 1000}:f>"
    return (
        f"-# granted {usd_text(grant.amount)} by <@{grant.granted_by}> until {until}: "
        f"{plain(grant.reason, _REASON_MAX)}"
    )


def _origin(limit: InForce) -> str:
    match limit.set_by:
        case SetBy.MEMBER:
            return "set for them alone"
        case SetBy.ROLE:
            return f"from <@&{limit.role_id}>"
        case SetBy.GUILD:
            return "set by its moderators"
        case SetBy.OPERATOR:
            return "set by whoever runs this bot"


def _amounts(limits: Sequence[Limit]) -> str:
    by_period = {each.period: each.amount for each in limits}
    return " and ".join(f"{usd_text(by_period[each])} a {each}" for each in Period if each in by_period)


def _named(subject: Subject, subject_id: int) -> str:
    match subject:
        case Subject.GUILD:
            return "the whole server"
        case Subject.ROLE:
            return f"<@&{subject_id}>"
        case Subject.MEMBER:
            return f"<@{subject_id}>"


def _everywhere(ceilings: Ceilings) -> str:
    limited = any(ceilings.of(Scope.EVERYWHERE, period) is not None for period in Period)
    return f", over all servers {_operators(Scope.EVERYWHERE, ceilings)}" if limited else ""


def _operators(scope: Scope, ceilings: Ceilings) -> str:
    amounts = {period: ceilings.of(scope, period) for period in Period}
    told = [f"{usd_text(amount)} a {period}" for period, amount in amounts.items() if amount is not None]
    return " and ".join(told) or "without a limit"


def granted_text(grant: Grant) -> str:
    """Say what a new grant means."""
    return (
        f"**<@{grant.account.user_id}> has {usd_text(grant.amount)} more until "
        f"<t:{grant.expires_at // 1000}:f>**, for each day and for the month."
    )


def grants_ended_text(user_id: int, ended: int) -> str:
    """Say how many of a member's grants were ended, or that none counted."""
    if not ended:
        return f"**<@{user_id}> has no grant now.**"
    return f"**Ended:** {'the grant' if ended == 1 else f'{ended} grants'} of <@{user_id}>."


def above_ceiling(amount: int, highest: int, period: Period, *, of_server: bool) -> Refusal:
    """Say that a limit would pass what the operator allows a person, or `of_server`; amounts in nano-dollars."""
    whose, here = ("This whole server", "") if of_server else ("A member", " here")
    limit = "allows it that much" if of_server else "set that"
    return Refusal(
        Refuser.BOT,
        f"{whose} can have at most {usd_text(highest)} a {period}{here}.",
        f"{usd_text(amount)} is more. Whoever runs this bot {limit}.",
    )


def grant_above_ceiling(amount: int, before: int, highest: int, period: Period) -> Refusal:
    """Say that a limit with a grant would pass what the operator allows; amounts in nano-dollars."""
    return Refusal(
        Refuser.BOT,
        f"With {usd_text(amount)} more they would have {usd_text(before + amount)} a {period}, "
        f"and {usd_text(highest)} is the most.",
        f"Grant {usd_text(highest - before)} or less; whoever runs this bot set the most.",
    )


def without_effect(*, limited: bool) -> Refusal:
    """Say that a grant would change nothing: the member has all there is to have, or no limit at all."""
    if not limited:
        return Refusal(
            Refuser.BOT, "This member has no limit, so there is nothing to add to.", "/spend limit sets one."
        )
    return Refusal(
        Refuser.BOT,
        "This member has all that can be had here already.",
        "Whoever runs this bot can allow more.",
    )
