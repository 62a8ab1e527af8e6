"""Questions to owners of pictures, as the store's tests ask them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain.budgets import Account
from bot.domain.confirmation import Agreed
from bot.domain.pictures.consents import Asked, Question, Verdict
from bot.domain.pictures.sources import MessageRef, Source
from bot.store import Store
from tests.store.scenes import ANNA, BEN, NOW, edit, origin

STANDS: Final = MessageRef(500, 600)


async def asks(
    store: Store,
    question_id: int,
    source: Source,
    *,
    by: Account = BEN,
    owners: Sequence[int] = (ANNA.user_id,),
    at: int = NOW,
) -> Question | None:
    """Ask owners about an edit of a picture."""
    asking = replace(origin(question_id, by, at), interaction_token=None, by_message=True)
    return await store.consents.ask(Asked(asking, Agreed(replace(edit(), source=source))), owners, STANDS)


async def never(store: Store, question_id: int, source: Source, owner_id: int = ANNA.user_id) -> None:
    """Have an owner say "Never mine" of a picture that they are asked about."""
    assert await asks(store, question_id, source, owners=(owner_id,))
    await store.consents.answer(question_id, owner_id, Verdict.NEVER, NOW)
