"""The words for each kind of job: what is done, what comes of it, and from which picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.jobs import Job, picture_name
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import Source
from bot.wording.text import alt_text, jump_url, plain

UNTITLED_PORTRAIT: Final = "A new portrait"
"""Names a portrait that was asked for without words."""
_FILE_NAME_MAX = 60
_CHANGES_MAX = 200


@dataclass(frozen=True, slots=True)
class KindWords:
    """What people read about one kind of job."""

    doing: str
    """Begins the status message while Spark works; the job's own words follow, where it has some."""
    to_do: str
    """Begins it while the job waits."""
    result: str
    """What comes of it, as in "here is your …"."""
    none: str
    """Begins the status message where nothing came of it; the job's title follows."""
    made: str
    """Describes a picture that has no words, or whose words may not be said."""
    made_from: str
    """Begins the description of a picture; the job's own words follow. Both begin with what every picture is."""


_WORDS = {
    Kind.IMAGINE: KindWords(
        "Painting",
        "Waiting to paint",
        "picture",
        "No picture of",
        "AI-made from words",
        "AI-made:",
    ),
    Kind.EDIT: KindWords(
        "Editing a picture:",
        "Waiting to edit a picture:",
        "edited picture",
        "No edited picture:",
        "AI-made from a picture and words",
        "AI-made from a picture:",
    ),
    Kind.STYLIZE: KindWords(
        "Stylizing a picture:",
        "Waiting to stylize a picture:",
        "stylized picture",
        "No stylized picture:",
        "AI-made from a picture, in another style",
        "AI-made from a picture, in the style:",
    ),
    Kind.PORTRAIT: KindWords(
        "Making a portrait:",
        "Waiting to make a portrait:",
        "portrait",
        "No portrait:",
        "AI-made portrait from a picture",
        "AI-made portrait from a picture:",
    ),
}


def kind_words(job: Job) -> KindWords:
    """Give the words for a job's kind."""
    return _WORDS[Kind(job.kind)]


def own_words(job: Job) -> str:
    """Give the words or the style that a job's owner chose; empty where they chose none."""
    return "" if job.kind == Kind.PORTRAIT and not _has_words(job.tasks[0].params) else job.title


def picture_description(job: Job, position: int, *, with_words: bool) -> str:
    """Describe one of a job's pictures by the words that it is made from, where there are some to say."""
    name, parts = picture_name(position), len(job.tasks)
    note = f"{name} of {parts}" if parts > 1 else name if name != "1" else ""
    return alt_text(how_made(job, with_words=with_words), note)


def how_made(job: Job, *, with_words: bool) -> str:
    """Say that a job's pictures are AI's work, and what they were made from."""
    words, own = kind_words(job), own_words(job) if with_words else ""
    return f"{words.made_from} {own}" if own else words.made


def source_line(job: Job, *, with_words: bool = True) -> str:
    """Write the small line that names the picture which a job works on; empty where it works on none.

    Without words it keeps the file's name to itself, which may say what AutoMod blocks.
    """
    source = job.source
    if source is None:
        return ""
    name = plain(source.filename, _FILE_NAME_MAX) if with_words else "a picture"
    if source.result is not None or job.parent is not None:
        name = "this picture"
    where = [_linked(name, source, job.account.guild_id)]
    if source.message_id is None:
        where.append("attached to the command")
    elif source.of > 1:
        where.append(_which(job, source))
    if source.changes:
        where.append(plain("; ".join(source.changes), _CHANGES_MAX))
    return f"-# from {' · '.join(where)}"


def _which(job: Job, source: Source) -> str:
    """Say which of a message's pictures was taken, and if it is the first for want of a choice how to choose."""
    which = f"picture {source.number} of {source.of}"
    if source.result is not None:
        return f"{which}; for another, press {Kind(job.kind).button} there" if source.number == 1 else which
    return f"{which}; for another, Apps → {Kind(job.kind).menu} there" if source.number == 1 else which


def _linked(name: str, source: Source, guild_id: int) -> str:
    if source.message_id is None or source.channel_id is None:
        return name
    return f"[{name}]({jump_url(guild_id, source.channel_id, source.message_id)})"


def _has_words(params: Mapping[str, object]) -> bool:
    """Tell from Spark's parameters whether a portrait was asked for in words."""
    return "prompt" in params
