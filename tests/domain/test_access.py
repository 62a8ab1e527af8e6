import pytest

from bot.domain.access import Access
from bot.domain.budgets import Account, Scope


@pytest.mark.parametrize(
    ("access", "server", "direct"),
    [
        (Access(), True, True),
        (Access(direct_messages=False), True, False),
        (Access(frozenset({10})), True, False),
        (Access(frozenset({10, 0})), True, True),
        (Access(frozenset({10, 0}), direct_messages=False), True, False),
        (Access(frozenset({20})), False, False),
        (Access(frozenset()), False, False),
    ],
)
def test_where_the_bot_is_open(access: Access, server: bool, direct: bool) -> None:
    assert (access.is_open(10), access.is_open(0)) == (server, direct)


def test_a_blocked_person_is_let_in_nowhere() -> None:
    access = Access(blocked_users=frozenset({7}))
    assert (access.lets_in(7), access.lets_in(8)) == (False, True)


def test_each_scope_counts_an_accounts_money_for_whom_it_is() -> None:
    here = Account(10, 7)
    assert {scope: here.counted_in(scope) for scope in here.scopes} == {
        Scope.PERSON: here,
        Scope.EVERYWHERE: Account(0, 7),
        Scope.GUILD: Account(10, 0),
        Scope.TOTAL: Account(0, 0),
    }
    assert Account(0, 7).scopes == (Scope.PERSON, Scope.EVERYWHERE, Scope.TOTAL)
