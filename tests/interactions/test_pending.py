import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from discord.utils import snowflake_time

import spark
from bot.domain.budgets import Account
from bot.domain.confirmation import Agreed
from bot.domain.jobs import Order, TaskOrder
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import Copy, ResultRef
from bot.domain.prices import Price
from bot.domain.refusals import Refusal
from bot.interactions.pending import AGREED, CHOICE, ORDER, PICTURES, Pending, PendingKind
from bot.interactions.which_picture import PictureChoice
from bot.orders.picture_orders import PictureOrder
from bot.store import PendingValue, Store
from tests.examples import PICTURE, SOURCE

ANNA, BEN = (7, 1), (7, 2)
BEGUN = 1456074443980800007
_MINUTE = 60_000 << 22
"""In events' ids, which tell their time."""
WHOLE_SOURCE = replace(
    SOURCE, result=ResultRef(5, 2), changes=("turned",), copy=Copy("https://cdn/1.png", 500, 600), spoiler=True
)
EDIT = PictureOrder(Kind.EDIT, "make it night", spark.Edit(prompt="make it night", seed=2**31, scale=0.25))
LOGO = spark.LogoInfo(add_logo=True, opacity=0.3, logo_text_content="狐")
REQUESTS = [
    EDIT.request,
    spark.ImageToImage(prompt="a fox"),
    spark.ImageToImage(prompt="a fox", width=spark.DEFAULT_SIDE, height=spark.DEFAULT_SIDE),
    spark.StyleTemplate.of(spark.STYLES["watercolor"], logo_info=LOGO),
    spark.StyleTemplate.of(spark.STYLES["watercolor"]),
    spark.Portrait(prompt="as a pirate"),
]
TASK = TaskOrder("spark_edit_3_0", {"prompt": "a fox", "seed": 7, "scale": 0.5}, 640, 480, PICTURE.sha256)
WHOLE_ORDER = Order(
    Kind.EDIT, "a fox", (TASK, TASK), True, "1:edit:1", PICTURE, WHOLE_SOURCE, ResultRef(5, 2), repeats_id=6
)
CHOSEN = PictureChoice(EDIT, [SOURCE, WHOLE_SOURCE], Price(30_000_000, learnt=True), 7, "https://discord.com/1/2")
VALUES: list[tuple[PendingKind[Any], object]] = [
    (AGREED, Agreed(WHOLE_ORDER, 30_000_000)),
    (AGREED, Agreed(Order("imagine", "a fox", (replace(TASK, image_sha256=None),)))),
    (CHOICE, CHOSEN),
    (PICTURES, (SOURCE, WHOLE_SOURCE)),
    *((ORDER, replace(EDIT, request=request, count=4, click_key="1:edit:1")) for request in REQUESTS),
]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def pending(store: Store) -> Pending:
    return Pending(store.pending)


def event(account: tuple[int, int] = ANNA, number: int = 0, *, minutes: float = 1) -> Any:
    """Stand for an interaction some minutes after something was begun, as far as is looked at it."""
    guild_id, user_id = account
    event_id = BEGUN + int(minutes * _MINUTE) + number
    return SimpleNamespace(id=event_id, guild_id=guild_id, user=SimpleNamespace(id=user_id))


BEGIN = event(minutes=0)


@pytest.mark.parametrize(("kind", "value"), VALUES)
async def test_a_value_comes_back_as_it_went(pending: Pending, kind: PendingKind[Any], value: object) -> None:
    key = await pending.keep(kind, value, BEGIN)
    assert await pending.peek(kind, key, event()) == value
    assert await pending.take(kind, key, event()) == value


async def test_which_parameters_were_given_comes_back_too(pending: Pending) -> None:
    """A picture gives its own shape where nobody has chosen one, though it be the usual one."""
    for request in REQUESTS:
        key = await pending.keep(ORDER, replace(EDIT, request=request), BEGIN)
        assert (await pending.peek(ORDER, key, event())).request.model_fields_set == request.model_fields_set


async def test_it_is_taken_once_and_by_nobody_else(pending: Pending) -> None:
    key = await pending.keep(ORDER, EDIT, BEGIN)

    for other in (BEN, (8, 1), (0, 1)):
        with pytest.raises(Refusal, match="sent already"):
            await pending.take(ORDER, key, event(other))
        with pytest.raises(Refusal, match="waited too long"):
            await pending.peek(ORDER, key, event(other))
    assert [await pending.take(ORDER, key, event(number=8)) for _ in range(2)] == [EDIT, EDIT]
    with pytest.raises(Refusal, match="sent already"):
        await pending.take(ORDER, key, event(number=9))
    with pytest.raises(Refusal, match="waited too long"):
        await pending.peek(ORDER, key, event(number=8))


async def test_another_kind_is_not_taken_for_what_it_is_not(pending: Pending) -> None:
    with pytest.raises(Refusal):
        await pending.take(AGREED, await pending.keep(ORDER, EDIT, BEGIN), event())


async def test_it_lives_for_fifteen_minutes_of_discords_own(pending: Pending) -> None:
    key = await pending.keep(ORDER, EDIT, BEGIN)
    assert await pending.peek(ORDER, key, event(minutes=14.9)) == EDIT
    with pytest.raises(Refusal, match="waited too long"):
        await pending.peek(ORDER, key, event(minutes=15))
    with pytest.raises(Refusal, match="sent already"):
        await pending.take(ORDER, key, event(minutes=15))
    assert await pending.take(ORDER, key, event(minutes=14.9)) == EDIT


async def test_another_process_finds_it_and_no_two_draw_the_same_key(store: Store) -> None:
    one, other = Pending(store.pending), Pending(store.pending)
    keys = [await each.keep(ORDER, EDIT, BEGIN) for each in (one, other)]
    assert len(set(keys)) == 2
    assert [await other.peek(ORDER, key, event()) for key in keys] == [EDIT, EDIT]


def _without_title(value: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in value.items() if name != "title"}


def _without_spoiler(value: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in value.items() if name != "spoiler"}


@pytest.mark.parametrize(
    "of_another_version",
    [
        lambda value: {**value, "hidden_from": "everybody"},
        _without_title,
        _without_spoiler,
        lambda value: {**value, "kind": "sculpt"},
        lambda value: {**value, "request": {"model": "spark_edit_9_0", "params": {}}},
        lambda value: {**value, "request": {"model": "spark_edit_3_0", "params": {"prompt": "a", "mood": "b"}}},
        lambda value: {**value, "request": {"prompt": "a fox"}},
        lambda _: ["a fox"],
        lambda _: None,
    ],
)
async def test_what_another_version_has_written_is_gone(
    pending: Pending, store: Store, of_another_version: Any
) -> None:
    written = ORDER.written(EDIT)
    other = PendingValue(written.kind, of_another_version(written.value))
    begun_at = round(snowflake_time(BEGUN).timestamp() * 1000)
    for key, value in (("whole", written), ("a", other)):
        await store.pending.keep(key, Account(*ANNA), value, begun_at)
    assert await pending.peek(ORDER, "whole", event()) == EDIT
    with pytest.raises(Refusal, match="waited too long"):
        await pending.peek(ORDER, "a", event())
    with pytest.raises(Refusal, match="sent already"):
        await pending.take(ORDER, "a", event())


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_what_is_written_holds_no_picture_and_no_token(kind: PendingKind[Any], value: object) -> None:
    written = kind.written(value)
    text = json.dumps(written.value)
    assert "JPEG" not in text.replace('"format": "JPEG"', "")
    assert "token" not in text
    assert "fox" not in repr(written)
