"""Makes the styles' pictures through Spark, one after another; that one is sent is written down before it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import spark
from bot.domain.money import nano_from_usd
from bot.domain.styles import StyleGroup
from bot.sheets.folder import BASE, Sent, StyleFolder

BASE_REQUEST: Final = spark.TextToImage(
    prompt="portrait of a young woman with long hair and a red coat, soft evening light, clouds behind her, "
    "looking into the camera, head and shoulders",
    seed=7,
)
"""What the pictures of the styles are made from, where no picture was given."""


class PaidAndLost(Exception):
    """Spark no longer gives out a picture that was paid for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is still to be done, by the names of pictures."""

    to_pay: Sequence[str]
    unclear: Sequence[str]
    """Sent before, and nothing came of it: to make them may be to pay twice."""
    to_fetch: Sequence[str]
    """Paid for already."""


def plan(folder: StyleFolder) -> Plan:
    """Tell what is still to be done, in the order in which it is; the base comes first."""
    names = [BASE, *(style.slug for group in StyleGroup for style in group.styles)]
    missing = [name for name in names if not folder.has_picture(name)]
    sent = folder.sent()
    return Plan(
        to_pay=[name for name in missing if name not in sent],
        unclear=[name for name in missing if name in sent and sent[name].task_id is None],
        to_fetch=[name for name in missing if name in sent and sent[name].task_id is not None],
    )


async def make(client: spark.Client, folder: StyleFolder, name: str) -> int | None:
    """Make and keep one picture, or fetch it where it is paid for; give what Spark charged for it now.

    Raises `PaidAndLost`, and a `SparkError` where nothing came of it; what was paid is not paid for again.
    """
    sent = folder.sent().get(name, Sent())
    if sent.task_id is None:
        request = _request(folder, name)
        folder.note(name, Sent())
        try:
            task = await client.submit(request)
        except spark.SparkError as error:
            if not error.may_have_been_accepted:
                folder.forget(name)
            raise
        folder.note(name, Sent(task.id))
    else:
        task = await _looked_up(client, folder, name, sent.task_id)
    task = await client.wait(task)
    if task.failed:
        folder.forget(name)
        task.raise_for_failure()
    charged = None if task.usage is None else nano_from_usd(task.usage.cost)
    folder.note(name, Sent(task.id, charged))
    await _fetch(client, folder, name, task)
    return charged if sent.cost_nano is None else None


async def fitted(picture: bytes) -> bytes:
    """Make of a picture one that styles can be made from; raises `ImageRefused`."""
    return (await spark.fit(picture, spark.StyleTemplate.name)).data


def _request(folder: StyleFolder, name: str) -> spark.Request:
    if name == BASE:
        return BASE_REQUEST
    base = folder.picture(BASE)
    if base is None:
        raise AssertionError("the base is made first")
    return spark.StyleTemplate.of(spark.STYLES[name]).with_image(base)


async def _looked_up(client: spark.Client, folder: StyleFolder, name: str, task_id: str) -> spark.Task:
    try:
        return await client.get(task_id)
    except spark.NotFound as gone:
        _lose(folder, name)
        raise PaidAndLost(gone.summary) from gone


async def _fetch(client: spark.Client, folder: StyleFolder, name: str, task: spark.Task) -> None:
    if not task.images:
        _lose(folder, name)
        raise PaidAndLost("Spark says that it is done, and shows no picture.")
    try:
        picture = (await client.download(task.images[0].url)).data
    except spark.DownloadFailed as gone:
        if gone.retryable:
            raise
        _lose(folder, name)
        raise PaidAndLost(gone.summary) from gone
    folder.keep_picture(name, await fitted(picture) if name == BASE else picture)


def _lose(folder: StyleFolder, name: str) -> None:
    """Have it asked about before it is paid for once more."""
    folder.note(name, replace(folder.sent()[name], task_id=None))
