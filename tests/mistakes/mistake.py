"""What a row of the tables is: a mistake, how it is made, and what `check` and `run` say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.mistakes.around import Folder

SETTINGS = 78
"""The exit code of `run` where nothing but another setting helps."""
SURROUNDINGS = 1
"""And where what the bot needs is not there, or not as it should be: it may be there the next time."""
Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake of an operator's, and the line that `check` says of it after FAIL."""

    line: str
    """`run` says it without what it is about. `{config}`, `{address}` and the like stand for what differs."""
    code: int = SETTINGS
    toml: str | bytes = ""
    environment: Environment = field(default_factory=dict)
    made: Callable[[Folder], Environment] = lambda _folder: {}
    ordinary: bool = False
    """Whether it is an ordinary user's alone: root may do everything."""
