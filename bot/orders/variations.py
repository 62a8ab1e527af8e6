"""Variations of a picture: more like it, made from it and its words, in its own shape."""

import random
from typing import Final

import spark
from bot.domain.jobs import Job
from bot.domain.kinds import Kind
from bot.orders.options import draw_seed
from bot.orders.picture_orders import PictureOrder
from bot.wording.jobs import no_words

COUNT: Final = 4
MODEL: Final = spark.ImageToImage.name
"""Spark's name."""


def words_of(job: Job, position: int) -> str | None:
    """Give the words that one of a job's pictures was made from; None where it has none."""
    task = job.task_of(position)
    words = None if task is None else task.params.get("prompt")
    return words if isinstance(words, str) and words else None


def variations_order(job: Job, position: int, rng: random.Random, click_key: str) -> PictureOrder:
    """Order variations of one of a job's pictures; raises `Refusal` where it has no words."""
    words = words_of(job, position)
    if words is None:
        raise no_words()
    request = spark.ImageToImage(prompt=words, seed=draw_seed(rng, COUNT))
    return PictureOrder(Kind.EDIT, job.title, request, job.spoiler, click_key, COUNT)
