import pytest

from bot.domain.shards import Shards, ids_text, serves_everybody, unserved


def test_what_nobody_serves_is_told_for_each_count() -> None:
    assert unserved([]) == {}
    assert unserved([Shards(4, (0, 1)), Shards(4, (1, 3))]) == {4: [2]}
    assert unserved([Shards(4, (0,)), Shards(2, (0, 1))]) == {2: [], 4: [1, 2, 3]}


@pytest.mark.parametrize(
    ("served", "everybody"),
    [
        ([], False),
        ([Shards(1, (0,))], True),
        ([Shards(2, (0,)), Shards(2, (1,))], True),
        ([Shards(2, (0,)), Shards(2, (0,))], False),
        ([Shards(2, (0, 1)), Shards(4, (0,))], True),  # the move has begun
        ([Shards(2, (0,)), Shards(4, (1, 3))], True),  # what is odd of 2 is 1 or 3 of 4
        ([Shards(2, (0,)), Shards(4, (1,))], False),
        ([Shards(2, (0,)), Shards(3, (0, 1, 2))], True),
        ([Shards(2, (0,)), Shards(3, (1, 2))], False),  # 3 of 6 is 1 of 2, and 0 of 3
    ],
)
def test_a_server_is_heard_where_its_shard_of_any_count_is_served(served: list[Shards], everybody: bool) -> None:
    assert serves_everybody(served) is everybody


@pytest.mark.parametrize(
    ("ids", "text"),
    [((3,), "3"), ((1, 0), "0, 1"), ((0, 1, 2), "0-2"), (range(16), "0-15"), ((9, 0, 1, 2, 5, 6), "0-2, 5, 6, 9")],
)
def test_ids_that_follow_each_other_are_written_as_one(ids: tuple[int, ...], text: str) -> None:
    assert ids_text(ids) == text
