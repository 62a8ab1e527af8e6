"""The promises: nothing is lost, nothing is paid, charged or posted twice."""

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from bot.delivery.files import is_file_of
from bot.domain.jobs import Job, Task, result_stem
from bot.domain.money import nano_from_usd
from bot.domain.states import JobState, TaskState
from bot.wording.status_messages import finished_text
from sandbox.discord import DiscordSandbox, Message
from sandbox.spark.server import SparkSandbox
from sandbox.spark.task import Task as SparkTask
from tests.e2e.photos import IMAGE_FIELDS
from tests.kill.books import Books

_TAKEN = 200
_COPY = re.compile(r"(?:SPOILER_)?input-(?P<job_id>[0-9]+)\.")


def assert_kept_promises(books: Books, discord: DiscordSandbox, spark: SparkSandbox) -> None:
    """Check every job, task, ledger entry, submit and message against each other, once all work is done."""
    assert books.problems == ()
    unfinished = [job.id for job in books.jobs.values() if job.state in {JobState.OPEN, JobState.DELIVERING}]
    assert unfinished == []
    _assert_submitted_once(books.tasks, spark)
    _assert_charged_once(books, spark)
    _assert_posted_once(books, discord)
    _assert_copied_once(books, discord)
    _assert_final_status_messages(books, discord)


def messages_for(job: Job, discord: DiscordSandbox) -> list[Message]:
    """List what was posted for a job besides its status message: known by its files or its button."""
    return [message for message in _posted(discord) if _belongs_to(message, job)]


def copies_of_inputs(discord: DiscordSandbox) -> dict[int, int]:
    """List the copies of input pictures by message, each with its job: known by their files."""
    files = ((each.id, _COPY.match(file.filename)) for each in _posted(discord) for file in each.attachments)
    return {message_id: int(named["job_id"]) for message_id, named in files if named}


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
        # more is reserved where a price is higher by the time that it is sent
        kinds = [entry.kind for entry in entries if entry.kind != "raise"]
        match task.state:
            case TaskState.SUCCEEDED:
                assert kinds == ["reserve", "settle"], f"task {task.name}: {entries}"
                cost = nano_from_usd(spark.tasks[str(task.spark_id)].cost)
                assert (entries[-1].amount_nano, task.cost_nano) == (cost, cost), task.name
            case TaskState.FAILED | TaskState.CANCELLED:
                assert kinds == ["reserve", "release"], task.name
            case TaskState.UNKNOWN:
                assert kinds == ["reserve"], task.name
            case other:
                raise AssertionError(f"task {task.name} is still {other}")


def _assert_posted_once(books: Books, discord: DiscordSandbox) -> None:
    told, deleted, late_files = 0, _deleted(discord), _late_files(discord)
    for job in books.jobs.values():
        messages = messages_for(job, discord)
        if job.state is JobState.CANCELLED or job.result_id in deleted:
            assert messages == [], f"job {job.id} was posted after its end"
            continue
        assert job.state is JobState.DELIVERED, f"job {job.id} is {job.state}"
        if job.removed_at is not None:
            # a late picture's message goes alone; the notice that came before it stays
            assert not any(message.attachments for message in messages), f"job {job.id} is deleted, and stands"
            told += len(messages)
            continue
        # what was given up as unknown and came all the same has a message of its own
        late = [message for message in messages if "-late" in str(message.nonce)]
        [own] = [message for message in messages if message not in late]
        assert own.id == job.result_id, f"job {job.id} was posted otherwise"
        assert len({message.nonce for message in late}) == len(late), f"a late picture of job {job.id} twice"
        assert all(job.account.user_id in message.pinged for message in messages)
        files = [attachment.filename for message in messages for attachment in message.attachments]
        here = {message.nonce for message in late}
        # each late picture may be deleted by itself, which nothing records
        gone = [nonce for nonce in late_files if nonce.startswith(f"{job.id}-") and nonce not in here]
        files += [name for nonce in gone for name in late_files[nonce]]
        names = sorted(name.rsplit(".", 1)[0] for name in files)
        succeeded = [result_stem(job.id, task.position) for task in job.succeeded]
        assert names == succeeded, f"job {job.id} has brought {succeeded}, and {names} were posted"
        told += len(messages)
    status_messages = _named(discord, "-head")
    asked = [job.status_message_id for job in books.jobs.values() if job.by_message]
    assert sorted(message.id for message in status_messages) == sorted(filter(None, asked)), (
        "a status message too many, or unrecorded"
    )
    words = [message for kind in ("-copy", "-said", "-owner", "-told") for message in _named(discord, kind)]
    others = [*status_messages, *words]
    assert len({message.nonce for message in others}) == len(others), (
        "a status message, a copy or a word posted twice"
    )
    assert told + len(others) == len(_posted(discord)), "a message that belongs to no job"


def _assert_copied_once(books: Books, discord: DiscordSandbox) -> None:
    """Check the copies that were posted for Spark to fetch: one for a job at most, and known to it once used."""
    copies = copies_of_inputs(discord)
    assert [job_id for job_id, copied in Counter(copies.values()).items() if copied > 1] == [], "copied twice"
    for message_id, job_id in copies.items():
        job = books.jobs[job_id]
        if any(task.submitted_at is not None for task in job.tasks):
            copy = job.source.copy if job.source else None
            assert copy is not None, f"the copy for job {job_id} is not known to it"
            assert copy.message_id == message_id, f"job {job_id} knows another copy than its own"


def _assert_final_status_messages(books: Books, discord: DiscordSandbox) -> None:
    assert books.final_status_messages == books.jobs.keys()
    for job in books.jobs.values():
        if (status_message := _status_message_of(job, discord)) is not None:
            shown, true = status_message.content, finished_text(job)
            assert shown == true, f"job {job.id} is shown as {shown!r}, and is {true!r}"


def _status_message_of(job: Job, discord: DiscordSandbox) -> Message | None:
    if job.by_message:
        return next((message for message in _posted(discord) if message.id == job.status_message_id), None)
    return discord.world.interactions[job.id].response


def _deleted(discord: DiscordSandbox) -> set[int]:
    """Name the messages that the bot was made to delete, or tried to."""
    removals = discord.requests.matching("DELETE", r"/channels/\d+/messages/\d+")
    tried = {int(each.path.rsplit("/", 1)[1]) for each in removals}
    return tried - {message.id for message in _posted(discord)}


def _late_files(discord: DiscordSandbox) -> dict[str, tuple[str, ...]]:
    """List the files of all late pictures that were ever posted, by the message's nonce."""
    tried = discord.requests.matching("POST", r"/channels/\d+/messages")
    nonces = {str(each.body.get("nonce")): each.filenames for each in tried if each.status == _TAKEN}
    return {nonce: filenames for nonce, filenames in nonces.items() if "-late" in nonce}


def _named(discord: DiscordSandbox, ending: str) -> list[Message]:
    """List what was posted beside the jobs' own messages: status messages, copies, words about what was said."""
    return [message for message in _posted(discord) if str(message.nonce).endswith(ending)]


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


def _asked_by(task: Task) -> tuple[str, str | None]:
    return repr((task.model, sorted(task.params.items()))), task.image_sha256


def _asked_of(made: SparkTask) -> tuple[str, str | None]:
    order = made.order
    asked = sorted((name, value) for name, value in order.params.items() if name not in IMAGE_FIELDS)
    return repr((order.model, asked)), sha256(order.source).hexdigest() if order.source else None
