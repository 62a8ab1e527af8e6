"""What `spark-bot check` has found out: a line each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was proved, or not."""

    subject: str
    passed: bool
    text: str
    note: bool = False
    """Whether it is only worth knowing."""


def note(subject: str, text: str) -> Finding:
    """Find what fails nothing, and is worth knowing."""
    return Finding(subject, True, text, note=True)
