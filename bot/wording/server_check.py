"""What /spend check says: each thing with ✓, or with what is missing and what to press."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.budgets import Budget, Period, Scope, first_exceeded
from bot.domain.moderation.server_check import AutoModRule, ChannelFacts, ServerFacts, Sight, SparkStanding
from bot.domain.money import usd_text
from bot.domain.prices import Price
from bot.wording.permissions import permission_names
from bot.wording.prices import price_text
from bot.wording.server_rules import RESULT_PLACES
from bot.wording.text import counted, listed, plain

CHECK_AGAIN: Final = "🔄 Look again"
_WORDS_OF_EACH_MESSAGE: Final = "here is your picture ready see it https://discord.com/channels/"
"""What stands in what is posted, whatever was asked for."""
_NAMED: Final = 3
_NAME_MAX: Final = 60


class _Mark(StrEnum):
    FINE = "✓"
    MISSING = "✗"
    NOTE = "•"
    """Worth knowing, or not to be known."""


@dataclass(frozen=True, slots=True)
class _Line:
    mark: _Mark
    text: str

    def __str__(self) -> str:
        return f"{self.mark} {self.text}"


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What the page says, and how many things are missing."""

    blocks: Sequence[str]
    missing: int


def check_page(facts: ServerFacts) -> CheckPage:
    """Write the page: a line for each thing that was looked at."""
    known = facts.known
    parts = [
        [*_here(facts.here)],
        [
            _commands(facts.closed_commands),
            _automod(facts.automod),
            _log_channel(facts.log_channel),
            *_places(facts),
            _age(facts),
        ],
        [*_limits(known.budgets, known.price), _price(known.price), _spark(known.spark)],
    ]
    missing = sum(line.mark is _Mark.MISSING for part in parts for line in part)
    return CheckPage([_title(missing), *("\n".join(map(str, part)) for part in parts)], missing)


def _title(missing: int) -> str:
    if not missing:
        return "**All is set up here.**"
    return f"**{counted(missing).capitalize()} {'thing is' if missing == 1 else 'things are'} missing here.**"


def _here(channel: ChannelFacts) -> Iterator[_Line]:
    if given := [name for name in channel.needed if name in channel.given]:
        yield _Line(_Mark.FINE, f"<#{channel.channel_id}>: {permission_names(given)}")
    if channel.lacking:
        yield _lacking(channel)


def _lacking(channel: ChannelFacts) -> _Line:
    named = f"**{permission_names(channel.lacking)}** {'is' if len(channel.lacking) == 1 else 'are'} missing"
    way = "Edit Channel → Permissions, and allow that for my role"
    return _Line(_Mark.MISSING, f"{named} in <#{channel.channel_id}>: {way}.")


def _commands(closed: Sequence[str] | None) -> _Line:
    if closed is None:
        return _Line(_Mark.NOTE, "Commands: Discord does not show me now whether they are switched on")
    if closed:
        named = _up_to_some([f"**{name}**" for name in closed])
        way = "Server Settings → Integrations → me"
        return _Line(_Mark.MISSING, f"{named} {'is' if len(closed) == 1 else 'are'} switched off: {way}.")
    return _Line(_Mark.FINE, "Commands: none is switched off")


def _automod(rules: Sequence[AutoModRule] | None) -> _Line:
    way = "Server Settings → AutoMod, and exempt my role"
    if rules is None:
        return _Line(_Mark.NOTE, f"AutoMod: its rules are not shown to me. If my messages do not come: {way}.")
    if stopping := [each for each in rules if each.stops(_WORDS_OF_EACH_MESSAGE)]:
        return _Line(_Mark.MISSING, f"**AutoMod's {_named(stopping)} may stop my messages**: {way}.")
    if untried := [each for each in rules if each.has_patterns]:
        return _Line(_Mark.NOTE, f"AutoMod: I cannot try {_named(untried)}. If my messages do not come: {way}.")
    return _Line(_Mark.FINE, "AutoMod: no rule stops what I write")


def _named(rules: Sequence[AutoModRule]) -> str:
    return _up_to_some([f"“{plain(each.name, _NAME_MAX)}”" for each in rules])


def _up_to_some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{more} more"] if more > 0 else names)


def _log_channel(channel: ChannelFacts | None) -> _Line:
    way = "`/spend settings log_channel`"
    if channel is None:
        return _Line(_Mark.MISSING, f"**No log channel**: warnings and what moderators do reach nobody. {way}")
    match channel.sight:
        case Sight.GONE:
            return _Line(_Mark.MISSING, f"**The log channel is gone.** Choose another: {way}")
        case Sight.UNTOLD:
            return _untold(channel)
    return _lacking(channel) if channel.lacking else _Line(_Mark.FINE, f"Log channel: <#{channel.channel_id}>")


def _untold(channel: ChannelFacts) -> _Line:
    return _Line(_Mark.NOTE, f"<#{channel.channel_id}>: Discord does not show it to me now")


def _places(facts: ServerFacts) -> Iterator[_Line]:
    rules, others = facts.known.rules, [each for each in facts.elsewhere if each.sight is not Sight.GONE]
    go = f"Pictures go {RESULT_PLACES[rules.results]}"
    if rules.allowed_channels is None:
        yield _Line(_Mark.FINE, f"{go}, and are made everywhere")
    elif facts.is_allowed_here:
        yield _Line(_Mark.FINE, f"{go}, and are made here")
    elif others:
        where = listed([f"<#{each.channel_id}>" for each in others[:_NAMED]], "or")
        yield _Line(_Mark.NOTE, f"Pictures are not made here; go to {where}")
    else:
        yield _Line(_Mark.MISSING, "**Pictures are made nowhere.** Allow a channel: `/spend settings allow`")
    lacking = [_lacking(each) for each in others if each.lacking]
    untold = [_untold(each) for each in others if each.sight is Sight.UNTOLD]
    yield from [*lacking, *untold][:_NAMED]


def _age(facts: ServerFacts) -> _Line:
    if not facts.known.rules.age_restricted:
        return _Line(_Mark.FINE, "Age: pictures are made in channels of any age")
    if facts.is_age_restricted:
        return _Line(_Mark.FINE, "Age: pictures are made in age-restricted channels only, and this is one")
    only = "Pictures are made in age-restricted channels only"
    if facts.age_restricted:
        where = listed([f"<#{each}>" for each in facts.age_restricted[:_NAMED]], "or")
        return _Line(_Mark.NOTE, f"{only}; go to {where}")
    way = "Edit Channel → Age-Restricted Channel, or `/spend settings age_restricted:off`"
    return _Line(_Mark.MISSING, f"**{only}, and I see none.** {way}")


def _limits(budgets: Sequence[Budget], price: Price) -> Iterator[_Line]:
    exceeded = first_exceeded(budgets, price.nano)
    for scope in (Scope.GUILD, Scope.PERSON):
        amounts = [
            f"{usd_text(each.limit)} a {each.window.period}"
            for each in budgets
            if each.scope is scope and each.limit is not None
        ]
        if amounts and (exceeded is None or exceeded.scope is not scope):
            yield _Line(_Mark.FINE, f"{_who(scope)} can spend {listed(amounts)}")
        elif not amounts and scope is Scope.GUILD:
            yield _Line(_Mark.MISSING, "**This server has no limit.** Set one: `/spend limit action:set day:5`")
        elif not amounts:
            yield _Line(_Mark.NOTE, "A member can spend all that there is: `/spend limit` sets less.")
    if exceeded is not None:
        yield _nothing_left(exceeded)


def _nothing_left(budget: Budget) -> _Line:
    time = "today" if budget.window.period is Period.DAY else "this month"
    so = f"**{_who(budget.scope)} cannot pay for a picture {time}**"
    of = f"{usd_text(budget.left or 0)} is left of {usd_text(budget.limit or 0)}"
    way = f"more <t:{budget.window.resets_at}:R>" if budget.used else "`/spend limit` shows what can be changed"
    return _Line(_Mark.MISSING, f"{so}: {of}, {way}.")


def _who(scope: Scope) -> str:
    match scope:
        case Scope.PERSON | Scope.EVERYWHERE:
            return "A member"
        case Scope.GUILD:
            return "This server"
        case Scope.TOTAL:
            return "All who use me together"


def _price(price: Price) -> _Line:
    if price.learnt:
        return _Line(_Mark.FINE, f"A picture costs {price_text(price)}")
    return _Line(_Mark.NOTE, f"A picture costs {price_text(price)}: after the first one I know. `/imagine`")


def _spark(standing: SparkStanding) -> _Line:
    match standing:
        case SparkStanding.ANSWERS:
            return _Line(_Mark.FINE, "Spark, which makes the pictures, answers")
        case SparkStanding.AWAY:
            return _Line(_Mark.MISSING, "**Spark cannot be reached now.** What is asked for waits.")
        case SparkStanding.LOCKED_OUT:
            return _Line(_Mark.MISSING, "**Spark does not let me in.** Whoever runs this bot has to mend it.")
