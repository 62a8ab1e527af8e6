"""Checks a request's fields and gathers what is wrong into one answer, as Discord does (code 50035)."""

from collections.abc import Collection, Sequence
from typing import Any

from sandbox.discord.rules.errors import INVALID_FORM, DiscordError

Path = Sequence[str | int]


class Form:
    """Collects field errors; `check` raises them all together."""

    def __init__(self) -> None:
        self._tree: dict[str, Any] = {}

    def refuse(self, path: Path, code: str, message: str) -> None:
        """Note that the field at `path` is wrong."""
        node = self._tree
        for key in path:
            node = node.setdefault(str(key), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    @property
    def clean(self) -> bool:
        """Whether nothing was refused so far."""
        return not self._tree

    def check(self) -> None:
        """Raise `DiscordError` (50035) where a field was refused."""
        if self._tree:
            raise self.error()

    def error(self) -> DiscordError:
        """Build the answer that names every refused field."""
        return DiscordError(INVALID_FORM, self._tree)

    def text(self, path: Path, value: object, *, least: int = 0, most: int, required: bool = False) -> str:
        """Check a string field and its length; anything wrong gives ''."""
        if value is None:
            if required:
                self.refuse(path, "BASE_TYPE_REQUIRED", "This field is required")
            return ""
        if not isinstance(value, str):
            self.refuse(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
            return ""
        self.length(path, value, least=least, most=most)
        return value

    def length(self, path: Path, value: str | list[Any], *, least: int = 0, most: int) -> None:
        """Check how long a string or a list is."""
        unit = "in length."
        if least and least <= most and not least <= len(value) <= most:
            self.refuse(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} {unit}")
        elif len(value) > most:
            self.refuse(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer {unit}")

    def number(self, path: Path, value: object, *, least: int, most: int) -> None:
        """Check an optional field that holds a whole number."""
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif not least <= value <= most:
            self.refuse(path, "NUMBER_TYPE_BOUNDS", f"int value should be between {least} and {most}.")

    def flag(self, path: Path, value: object) -> None:
        """Check an optional field that holds true or false."""
        if value is not None and not isinstance(value, bool):
            self.refuse(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")

    def objects(self, path: Path, value: object, *, most: int, least: int = 0) -> list[dict[str, Any]]:
        """Check a field that lists objects; null and anything wrong give []."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        self.length(path, value, least=least, most=most)
        for index, item in enumerate(value):
            if not isinstance(item, dict):
                self.refuse((*path, index), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return [item for item in value if isinstance(item, dict)]

    def choice(self, path: Path, value: object, allowed: Collection[object]) -> bool:
        """Check that a field holds one of the allowed values."""
        if value in allowed and not isinstance(value, bool):
            return True
        listed = ", ".join(str(option) for option in sorted(allowed, key=str))
        self.refuse(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")
        return False

    def snowflake(self, path: Path, value: object) -> int | None:
        """Read an id, which may come as a string or a number."""
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value.isdecimal():
            return int(value)
        self.refuse(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
        return None


def invalid(path: Path, code: str, message: str) -> DiscordError:
    """Build the error for a single wrong field."""
    form = Form()
    form.refuse(path, code, message)
    return form.error()
