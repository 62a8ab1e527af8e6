from dataclasses import replace
from typing import Any

import pytest

from bot.domain.budgets import Budget, Scope, windows_at
from bot.domain.moderation.server_check import (
    AutoModRule,
    ChannelFacts,
    KnownOfServer,
    Room,
    ServerFacts,
    Sight,
    SparkStanding,
)
from bot.domain.moderation.server_rules import ResultPlace, ServerRules
from bot.domain.prices import Price
from bot.wording.server_check import _WORDS_OF_EACH_MESSAGE, check_page
from tests.examples import CENT, NOW
from tests.texts.page import texts

DAY, MONTH = windows_at(NOW)
NEEDED = Room.TEXT.to_post(ResultPlace.THREAD)
WRITE = Room.TEXT.to_write


def channel(channel_id: int, needed: tuple[str, ...], *lacking: str) -> ChannelFacts:
    return ChannelFacts(channel_id, needed, [name for name in needed if name not in lacking])


def budget(scope: Scope, limit: int | None, spent: int = 0) -> Budget:
    return Budget(scope, DAY, spent, 0, limit, raisable=True)


MEMBER, SERVER, ALL = budget(Scope.PERSON, 100 * CENT), budget(Scope.GUILD, 500 * CENT), budget(Scope.TOTAL, None)
RULES, COSTS = ServerRules(log_channel_id=2), Price(CENT, learnt=True)
ADULTS = replace(RULES, age_restricted=True)
KNOWN = KnownOfServer(RULES, (MEMBER, SERVER, ALL), COSTS, SparkStanding.ANSWERS)
READY = ServerFacts(KNOWN, channel(1, NEEDED), True, False, (), (), channel(2, WRITE), (), ())


def knowing(**changes: Any) -> ServerFacts:
    return replace(READY, known=replace(KNOWN, **changes))


def only(*channel_ids: int) -> ServerRules:
    return replace(RULES, allowed_channels=frozenset(channel_ids))


def not_fine(facts: ServerFacts) -> list[str]:
    lines = [line for block in check_page(facts).blocks[1:] for line in block.splitlines()]
    return [line for line in lines if not line.startswith("✓ ")]


def test_where_nothing_is_missing_every_line_says_so() -> None:
    page = check_page(READY)
    assert page.blocks[0] == "**All is set up here.**"
    assert (not_fine(READY), page.missing) == ([], 0)
    assert all(name in page.blocks[1] for name in ("View Channel", "Send Messages in Threads", "Attach Files"))


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (replace(READY, here=channel(1, NEEDED, *NEEDED)), "**View Channel** is missing in <#1>"),
        (
            replace(READY, here=channel(1, NEEDED, "send_messages", "attach_files")),
            "**Send Messages** is missing in <#1>",
        ),
        (replace(READY, here=channel(1, NEEDED, "create_public_threads")), "**Create Public Threads** is missing"),
        (replace(READY, here=channel(1, NEEDED, NEEDED[3])), "**Send Messages in Threads** is missing"),
        (replace(READY, here=channel(1, NEEDED, "attach_files")), "**Attach Files** is missing in <#1>"),
        (
            replace(READY, here=channel(1, NEEDED, "attach_files", "read_message_history")),
            "**Attach Files and Read Message History** are missing",
        ),
        (
            replace(READY, here=channel(1, Room.THREAD.to_post(ResultPlace.THREAD), NEEDED[3], "attach_files")),
            "**Send Messages in Threads** is missing",
        ),
        (replace(READY, automod=[AutoModRule("Links", ["*discord.com*"])]), "**AutoMod's “Links” may stop"),
        (
            replace(READY, automod=[AutoModRule(str(n), ["picture"]) for n in range(5)]),
            "**AutoMod's “0”, “1”, “2” and 2 more may stop",
        ),
        (replace(READY, closed_commands=["/imagine"]), "**/imagine** is switched off"),
        (replace(READY, closed_commands=list("abcde")), "**a**, **b**, **c** and 2 more are switched off"),
        (replace(READY, log_channel=None), "**No log channel**"),
        (replace(READY, log_channel=ChannelFacts(2, sight=Sight.GONE)), "**The log channel is gone.**"),
        (replace(READY, log_channel=channel(2, WRITE, "send_messages")), "**Send Messages** is missing in <#2>"),
        (replace(knowing(rules=only()), is_allowed_here=False), "**Pictures are made nowhere.**"),
        (
            replace(knowing(rules=only(3)), is_allowed_here=False, elsewhere=[ChannelFacts(3, sight=Sight.GONE)]),
            "**Pictures are made nowhere.**",
        ),
        (
            replace(knowing(rules=only(1, 3)), elsewhere=[channel(3, NEEDED, "attach_files")]),
            "**Attach Files** is missing in <#3>",
        ),
        (knowing(rules=ADULTS), "**Pictures are made in age-restricted channels only, and I see none.**"),
        (knowing(budgets=[MEMBER, replace(SERVER, limit=None), ALL]), "**This server has no limit.**"),
        (
            knowing(budgets=[MEMBER, replace(SERVER, spent=500 * CENT), ALL]),
            f"**This server cannot pay for a picture today**: $0.00 is left of $5.00, more <t:{DAY.resets_at}:R>",
        ),
        (
            knowing(budgets=[replace(MEMBER, limit=0), SERVER, ALL]),
            "**A member cannot pay for a picture today**: $0.00 is left of $0.00, `/spend limit`",
        ),
        (
            knowing(budgets=[MEMBER, SERVER, replace(ALL, limit=CENT, spent=1, window=MONTH)]),
            "**All who use me together cannot pay for a picture this month**",
        ),
        (knowing(spark=SparkStanding.AWAY), "**Spark cannot be reached now.**"),
        (knowing(spark=SparkStanding.LOCKED_OUT), "**Spark does not let me in.**"),
    ],
)
def test_what_is_missing_is_named_and_nothing_else(broken: ServerFacts, says: str) -> None:
    [line] = not_fine(broken)
    assert line.startswith("✗ ")
    assert says in line
    assert check_page(broken).missing == 1
    assert check_page(broken).blocks[0] == "**One thing is missing here.**"


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (replace(READY, closed_commands=None), "Commands: Discord does not show me now"),
        (replace(READY, automod=None), "AutoMod: its rules are not shown to me."),
        (replace(READY, automod=[AutoModRule("Odd", has_patterns=True)]), "AutoMod: I cannot try “Odd”."),
        (replace(READY, log_channel=ChannelFacts(2, sight=Sight.UNTOLD)), "<#2>: Discord does not show it"),
        (
            replace(knowing(rules=only(3)), is_allowed_here=False, elsewhere=[channel(3, NEEDED)]),
            "Pictures are not made here; go to <#3>",
        ),
        (
            replace(knowing(rules=only(1, 3)), elsewhere=[ChannelFacts(3, sight=Sight.UNTOLD)]),
            "<#3>: Discord does not show it",
        ),
        (
            replace(knowing(rules=ADULTS), age_restricted=(4, 5)),
            "Pictures are made in age-restricted channels only; go to <#4> or <#5>",
        ),
        (knowing(budgets=[replace(MEMBER, limit=None), SERVER, ALL]), "A member can spend all that there is"),
        (knowing(price=Price(3 * CENT, learnt=False)), "A picture costs about $0.03"),
    ],
)
def test_what_cannot_be_known_or_is_so_on_purpose_is_not_called_missing(facts: ServerFacts, says: str) -> None:
    [line] = not_fine(facts)
    assert line.startswith(f"• {says}")
    assert check_page(facts).missing == 0


def test_an_age_rule_that_holds_here_is_fine() -> None:
    facts = replace(knowing(rules=ADULTS), is_age_restricted=True)
    assert not_fine(facts) == []
    assert any("and this is one" in block for block in check_page(facts).blocks)


def test_a_limit_that_is_in_the_way_is_not_called_fine() -> None:
    money = check_page(knowing(budgets=[MEMBER, replace(SERVER, spent=500 * CENT), ALL])).blocks[3]
    assert "✓ A member can spend $1.00 a day" in money
    assert "✓ This server" not in money


def test_pictures_that_go_into_the_channel_need_no_threads() -> None:
    needed = Room.TEXT.to_post(ResultPlace.HERE)
    assert needed == Room.OTHER.to_post(ResultPlace.DAY)
    assert not any("thread" in name for name in needed)


@pytest.mark.parametrize(
    ("words", "allowed", "stops"),
    [
        (["picture"], [], True),
        (["PICTURE"], [], True),
        (["pict"], [], False),
        (["pict*"], [], True),
        (["*ture"], [], True),
        (["*ctur*"], [], True),
        (["your picture"], [], True),
        (["http*"], [], True),
        (["(.+)+$"], [], False),
        (["picture"], ["your picture"], False),
        ([], [], False),
    ],
)
def test_words_are_found_as_automod_finds_them(words: list[str], allowed: list[str], *, stops: bool) -> None:
    assert AutoModRule("x", words, allowed).stops("Here is your picture: https://discord.com") is stops


def test_the_words_that_are_tried_are_those_that_are_posted() -> None:
    posted = "\n".join(
        each.words.lower() for each in texts() if each.module.__name__.endswith((".results", ".status_messages"))
    )
    for words in ("here is your picture", "ready", "see it", "https://discord.com/channels/"):
        assert words in _WORDS_OF_EACH_MESSAGE
        assert words in posted
