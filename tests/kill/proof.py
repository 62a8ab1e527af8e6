"""The promises: nothing is lost, nothing is paid, charged or posted twice."""

from collections import Counter
from collections.abc import Iterable

from bot.delivery.files import is_file_of
from bot.delivery.head_texts import head_finished
from bot.domain.jobs import Job, Task, result_stem
from bot.domain.money import nano_from_usd
from bot.domain.states import JobState, TaskState
from sandbox.discord import DiscordSandbox, Message
from sandbox.spark.server import SparkSandbox
from sandbox.spark.task import Task as SparkTask
from tests.kill.books import Books


def assert_kept_promises(books: Books, discord: DiscordSandbox, spark: SparkSandbox) -> None:
    """Check every job, task, ledger entry, submit and message against each other, once all work is done."""
    assert books.problems == ()
    unfinished = [job.id for job in books.jobs.values() if job.state in {JobState.OPEN, JobState.DELIVERING}]
    assert unfinished == []
    _assert_submitted_once(books.tasks, spark)
    _assert_charged_once(books, spark)
    _assert_posted_once(books, discord)
    _assert_final_heads(books, discord)


def messages_for(job: Job, discord: DiscordSandbox) -> list[Message]:
    """List what was posted for a job besides its head: known by its files or its button, as people see them."""
    return [message for message in _posted(discord) if _belongs_to(message, job)]


def _assert_submitted_once(tasks: Iterable[Task], spark: SparkSandbox) -> None:
    known = [task for task in tasks if task.spark_id is not None]
    at_spark = [str(task.spark_id) for task in known]
    assert [name for name, times in Counter(at_spark).items() if times > 1] == [], "one Spark task for two of ours"
    assert set(at_spark) <= spark.tasks.keys()
    for task in known:
        assert _asked_by(task) == _asked_of(spark.tasks[str(task.spark_id)])
    # what Spark accepted and the bot does not know of can only be an answer that was lost, at most one for a task
    strays = Counter(_asked_of(made) for name, made in spark.tasks.items() if name not in set(at_spark))
    lost = Counter(_asked_by(task) for task in tasks if task.state is TaskState.UNKNOWN)
    assert strays - lost == Counter(), "accepted by Spark, but neither known nor told to be unknown"


def _assert_charged_once(books: Books, spark: SparkSandbox) -> None:
    for task in books.tasks:
        entries = books.entries[task.name]
        kinds = [entry.kind for entry in entries]
        match task.state:
            case TaskState.SUCCEEDED:
                assert kinds == ["reserve", "settle"], task.name
                cost = nano_from_usd(spark.tasks[str(task.spark_id)].cost)
                assert (entries[1].amount_nano, task.cost_nano) == (cost, cost), task.name
            case TaskState.FAILED | TaskState.CANCELLED:
                assert kinds == ["reserve", "release"], task.name
            case TaskState.UNKNOWN:
                assert kinds == ["reserve"], task.name
            case other:
                raise AssertionError(f"task {task.name} is still {other}")


def _assert_posted_once(books: Books, discord: DiscordSandbox) -> None:
    told = 0
    for job in books.jobs.values():
        messages = messages_for(job, discord)
        if job.state is JobState.CANCELLED:
            assert messages == []
            continue
        assert job.state is JobState.DELIVERED, f"job {job.id} is {job.state}"
        assert [message.id for message in messages] == [job.result_id], f"job {job.id} was posted otherwise"
        [message] = messages
        assert job.account.user_id in message.pinged
        names = sorted(attachment.filename.rsplit(".", 1)[0] for attachment in message.attachments)
        assert names == [result_stem(job.id, task.position) for task in job.succeeded]
        told += 1
    heads = [message for message in _posted(discord) if _is_reply_head(message)]
    asked = [job.head_id for job in books.jobs.values() if job.by_message]
    assert sorted(message.id for message in heads) == sorted(filter(None, asked)), "a head too many, or unrecorded"
    assert told + len(heads) == len(_posted(discord)), "a message that belongs to no job"


def _assert_final_heads(books: Books, discord: DiscordSandbox) -> None:
    assert books.final_heads == books.jobs.keys()
    for job in books.jobs.values():
        head = _head_of(job, discord)
        if head is not None and job.state is not JobState.CANCELLED:
            assert head.content == head_finished(job)


def _head_of(job: Job, discord: DiscordSandbox) -> Message | None:
    if job.by_message:
        return next(message for message in _posted(discord) if message.id == job.head_id)
    return discord.world.interactions[job.id].response


def _is_reply_head(message: Message) -> bool:
    """Whether it answers the message that asked for a job; a job's one message answers none."""
    return message.reference is not None and not message.pinged


def _posted(discord: DiscordSandbox) -> list[Message]:
    """List the bot's ordinary messages, those that answer no interaction, in all channels."""
    return [
        message
        for channel in discord.world.channels.values()
        for message in channel.messages.values()
        if message.author is discord.world.bot and message.interaction is None and message.content
    ]


def _belongs_to(message: Message, job: Job) -> bool:
    stems = [result_stem(job.id, task.position) for task in job.tasks]
    if any(is_file_of(attachment.filename, stem) for attachment in message.attachments for stem in stems):
        return True
    buttons = [button for row in message.components for button in row["components"]]
    return any(button.get("custom_id") == f"try-again:{job.id}" for button in buttons)


def _asked_by(task: Task) -> tuple[object, object]:
    return task.params["prompt"], task.seed


def _asked_of(made: SparkTask) -> tuple[object, object]:
    return made.order.params["prompt"], made.order.seed
