from tests.e2e.harness import Harness
from tests.e2e.pressing import hand_made_form, in_direct_messages, result


async def test_a_hand_made_form_does_not_reach_the_picture_of_somebodys_direct_messages(bot: Harness) -> None:
    await result(bot, await in_direct_messages(bot), prompt="a secret")
    [job_id] = await bot.books.jobs()

    sent = await hand_made_form(bot, bot.bob, f"form:edit:r{job_id}:1", prompt="as it is")

    await bot.refused(sent)
    assert len(bot.submits) == 1
