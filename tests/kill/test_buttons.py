from sandbox.discord import DiscordSandbox, Interaction, Message
from sandbox.spark.server import SparkSandbox
from tests.kill.lives import Lives
from tests.kill.waiting import PATIENCE


async def result(lives: Lives) -> tuple[Interaction, Message]:
    """Have a picture made and posted, and everything about it be over."""
    asked = await lives.imagine("a red fox in snow", lives.direct)
    await lives.submitted(1)
    lives.finish()
    await lives.settled(asked)
    return asked, lives.message(await lives.job(asked))


async def opened(discord: DiscordSandbox, click: Interaction) -> Interaction:
    await discord.wait_for(lambda: click.modal, PATIENCE)
    return click


async def test_a_button_pressed_after_a_kill_works(
    lives: Lives, spark: SparkSandbox, discord: DiscordSandbox
) -> None:
    await lives.begin()
    asked, message = await result(lives)
    await lives.kill_and_begin()
    again = await discord.click(lives.stage.member, message, "Again")
    await lives.submitted(2)
    lives.finish()
    books = await lives.end_and_prove(asked, again)
    assert books.jobs[again.id].repeats_id == asked.id
    first, second = (submit.params for submit in spark.submits)
    assert first["prompt"] == second["prompt"]
    assert first["seed"] != second["seed"]


async def test_a_form_opened_before_a_kill_is_taken_after_it(
    lives: Lives, spark: SparkSandbox, discord: DiscordSandbox
) -> None:
    await lives.begin()
    asked, message = await result(lives)
    form = await opened(discord, await discord.click(lives.stage.member, message, "Edit"))
    await lives.kill_and_begin()
    sent = await discord.submit(form, {"prompt": "make it night"})
    await lives.submitted(2)
    lives.finish()
    books = await lives.end_and_prove(asked, sent)
    parent = books.jobs[sent.id].parent
    assert parent is not None
    assert (parent.job_id, parent.position) == (asked.id, 1)
    source = spark.tasks[spark.submits[-1].task_id or ""].order.source
    assert source == message.attachments[0].content
