"""Pictures on their way to Spark: the message with a copy of one, and why a task has lost its own."""

from collections.abc import Sequence


def copy_text(user_id: int, changes: Sequence[str]) -> str:
    """Say whose picture stands here as a copy, what was done to it, and what the copy is for."""
    changed = f" ({'; '.join(changes)})" if changes else ""
    return (
        f"-# A copy of the picture for <@{user_id}>'s portrait{changed}: "
        "Spark fetches the picture of a portrait from here."
    )


def no_longer_in_discord() -> str:
    """Say that Discord has forgotten the picture that a task works on."""
    return (
        "Discord no longer has its picture: the message was deleted, or the file of the command has expired. "
        "Send it again, with the same words."
    )


def no_longer_kept() -> str:
    """Say that the bot has forgotten the picture that a task works on."""
    return "Its picture is no longer kept. Send it again, with the same words."


def not_handed_over(why: str, mend: str | None = None) -> str:
    """Say why Spark was not given the picture that a task works on, and what helps before it is sent again."""
    advice = "Send it again." if mend is None else f"{mend[0].upper()}{mend[1:]}, and send it again."
    return f"Its picture could not be handed to Spark: {why}. {advice}"
