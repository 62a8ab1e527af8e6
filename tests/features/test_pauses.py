from bot.features.generation.replies.notes import _REMEMBERED, Pauses
from sandbox.clock import MovableClock


async def test_a_pause_ends_after_its_time() -> None:
    clock = MovableClock()
    pauses = Pauses(clock)
    assert pauses.begin(person=(1, 60), place=(7, 5))
    assert not pauses.begin(person=(1, 60), place=(8, 5))
    assert not pauses.begin(person=(2, 60), place=(7, 5))
    assert pauses.begin(person=(2, 60), place=(8, 5))
    await clock.advance(5)
    assert pauses.begin(person=(3, 60), place=(7, 5))
    await clock.advance(55)
    assert pauses.begin(person=(1, 60), place=(7, 5))


async def test_what_it_remembers_is_bounded() -> None:
    pauses = Pauses(MovableClock())
    for person in range(3 * _REMEMBERED):
        assert pauses.begin(person=(person, 60))
    assert len(pauses._until) == _REMEMBERED
    assert not pauses.begin(person=(3 * _REMEMBERED - 1, 60))
    assert pauses.begin(person=(0, 60))
