from bot.domain.budgets import Account
from bot.domain.moderation.decisions import Block
from bot.wording.blocks import blocked, blocked_text

LONG = Block(Account(1, 2), "r" * 600, "t" * 600, 3, 0, None)


def test_moderators_read_more_of_what_they_wrote_than_the_member() -> None:
    assert "r" * 600 in blocked_text(LONG)
    assert "t" * 600 in blocked_text(LONG)
    assert f"They say: {'t' * 499}…" in blocked(LONG).text
