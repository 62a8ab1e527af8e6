"""A database in which every table has rows, written by the store's own steps as a bot's life does it."""

from dataclasses import replace

from bot.domain.budgets import Account, Period
from bot.domain.limits import Limit, Subject
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.pictures.sources import ResultRef
from bot.domain.states import TaskState
from bot.store import Store
from bot.store.workers import Place
from tests.store.a_day import (
    FIRST,
    automod_withholds_a_result,
    buttons_are_pressed,
    owners_are_asked_about_their_pictures,
    pictures_are_asked_for,
    pictures_are_delivered,
    pictures_are_made,
    the_bot_starts,
    things_go_wrong,
)
from tests.store.scenes import (
    ANNA,
    BEN,
    CENT,
    DAY,
    NOW,
    OWNER,
    ask,
    delivered,
    edit,
    reach,
)

_DAY_OF_A_BOT = (
    the_bot_starts,
    pictures_are_asked_for,
    pictures_are_made,
    pictures_are_delivered,
    things_go_wrong,
    automod_withholds_a_result,
    buttons_are_pressed,
    owners_are_asked_about_their_pictures,
)
_DORA = Account(30, 4)
"""In a server where AutoMod refuses nothing: nothing of hers waits for that."""
RAISED = FIRST + 1
"""The job whose reservation was raised before it was sent."""
SEVERAL, CHARGED_FOR_NOTHING = FIRST + 30, FIRST + 31
"""The jobs whose task brought two pictures, and none at a cost."""
REPEATED = FIRST + 60
"""The job that is made of a result, and does an earlier one once more."""
FREE = FIRST + 100
"""The id of none."""
_LEAVING = Account(30, 5)
_LEFT_IN = (
    TaskState.CANCELLED,
    TaskState.FAILED,
    TaskState.CLAIMED,
    TaskState.SUBMITTING,
    TaskState.RUNNING,
    TaskState.OVERDUE,
)


async def fill(store: Store) -> None:
    """Leave something in every table, and tasks in every state."""
    for flow in _DAY_OF_A_BOT:
        await flow(store)
    for job_id, state in enumerate(_LEFT_IN, start=FIRST + 20):
        await reach(store, job_id, state, _DORA)
    await _spark_does_something_else(store)
    await delivered(store, FIRST + 40, _LEAVING)
    await store.erasures.begin(_LEAVING.user_id, -1, NOW)
    await _moderators_decide(store)
    await store.welcomes.take(ANNA.guild_id, NOW)
    await store.events.take(FIRST + 50, NOW)
    await store.workers.register(OWNER, Place("machine", "host", 7), 15_000, NOW)
    of_annas = replace(edit(anew=False), owner_ids=(ANNA.user_id,), repeats_id=FIRST, parent=ResultRef(FIRST, 1))
    await ask(store, REPEATED, of_annas, account=BEN)


async def _spark_does_something_else(store: Store) -> None:
    """Bring a second picture for one task, and charge for another that has none."""
    task = await reach(store, SEVERAL, TaskState.RUNNING, _DORA)
    task = await store.tasks.succeed(task, "spark-30", CENT, "https://spark/1.png", NOW, ["https://spark/2.png"])
    await store.deliveries.keep_result(task, b"a PNG", NOW)
    await store.deliveries.keep_result(task, b"the second", NOW, 5)
    task = await reach(store, CHARGED_FOR_NOTHING, TaskState.RUNNING, _DORA)
    await store.tasks.fail(task, None, "No picture.", NOW, "spark-31", CENT)


async def _moderators_decide(store: Store) -> None:
    acted = Action(ANNA.guild_id, 99, ActionKind.LIMIT, About.MEMBER, ANNA.user_id, "this", None, NOW)
    await store.moderation.set_limits([Limit(Subject.ROLE, 71, Period.DAY, CENT)], acted)
    await store.moderation.grant(Grant(ANNA, CENT, "a poster", 99, NOW, NOW + DAY), acted)
    await store.moderation.block(Block(ANNA, "spam", None, 99, NOW, None), acted)
