"""The private cards of a result and of its pictures: what each is, and what stands on their buttons."""

from typing import Final

from bot.domain.jobs import Job, picture_name
from bot.domain.money import usd_text
from bot.domain.prices import Price
from bot.domain.refusals import Refusal, Refuser
from bot.wording.prices import price_text
from bot.wording.text import pictures_text, plain, seconds_text
from bot.wording.withheld import title_to_say

VARY_EMOJI: Final = "🎲"
HD_EMOJI: Final = "🔍"
MORE: Final = "⋯ More"
COMPARE: Final = "Compare"
SPOILER: Final = "Spoiler"
FAVOURITE: Final = "Favourite"
FAVOURITE_EMOJI: Final = "⭐"
FAVOURITE_MARKED: Final = "Favourite ✓"

VARY_NOTE: Final = "-# Vary: more pictures made from this one and its words, in its shape."
HD_NOTE: Final = "-# In HD it is painted once more: larger, and it will look different."
HIDDEN: Final = "-# It is hidden: everybody has to click it to see it."
COMPARED: Final = "**Before and after**"
BEFORE: Final = "Before"
"""Describes a picture that a person gave to those who do not see it."""
MADE_BEFORE: Final = "AI-made, before"
"""Describes one that was made here."""
AFTER: Final = "AI-made, after"
"""Describes what came of it."""
_TITLE_MAX: Final = 300


def picture_text(job: Job, position: int) -> str:
    """Tell of one picture: its words, which of several it is, how large, what it cost and how long it took."""
    which = f" · picture {picture_name(position)} of {job.pictures}" if job.pictures > 1 else ""
    title = f"**{plain(title_to_say(job), _TITLE_MAX)}**{which}"
    task = job.task_of(position)
    if task is None:
        return title
    width, height = task.made or (task.width, task.height)
    facts = [f"{width}×{height}", usd_text(task.cost_nano or 0)]
    if task.submitted_at is not None and task.ended_at is not None:
        facts.append(f"took {seconds_text((task.ended_at - task.submitted_at) / 1000)}")
    if task.seed is not None:
        facts.append(f"seed {task.seed}")
    return f"{title}\n-# {' · '.join(facts)}"


def result_text(job: Job) -> str:
    """Tell of a whole result: its words, who asked for it and when, what it cost."""
    if job.erased_at is not None:
        return "**The words of this picture are no longer kept.**"
    told = [
        pictures_text(job.pictures),
        usd_text(job.cost_nano),
        f"asked for by <@{job.account.user_id}> <t:{job.accepted_at // 1000}:R>",
    ]
    return f"**{plain(title_to_say(job), _TITLE_MAX)}**\n-# {' · '.join(told)}"


def vary_label(count: int, price: Price) -> str:
    """Name the button that has variations of a picture made, with what they cost together."""
    return f"Vary ×{count} · {price_text(price)}"


def hd_label(price: Price) -> str:
    """Name the button that has a picture made once more in HD, with what it costs."""
    return f"Again in HD · {price_text(price)}"


def nothing_to_compare() -> Refusal:
    """Say that what a picture was made from cannot be shown."""
    return Refusal(
        Refuser.BOT,
        "What it was made from is gone, or in a place that you do not see.",
        "Details tells what is still known of it.",
    )


def not_yours_to_hide(owner_id: int) -> Refusal:
    """Say whose a result is, and who may hide it."""
    return Refusal(
        Refuser.BOT,
        "This is somebody else's picture.",
        f"<@{owner_id}> can hide it, or whoever may manage messages here.",
    )


def not_hidden() -> Refusal:
    """Say that Discord did not hide a result's pictures."""
    return Refusal(Refuser.DISCORD, "Discord does not let me hide it now.", "Try again in a minute, or delete it.")
