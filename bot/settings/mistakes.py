"""What is wrong with the settings: a line for each mistake, which says how to mend it."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_SAID = {
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "decimal_parsing": "must be a number such as 1.50",
    "decimal_type": "must be a number such as 1.50",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "list_type": "must be a list",
    "literal_error": "must be {expected}",
    "model_type": "is a section; give it a line [{key}], and what belongs to it below",
    "frozen_set_type": "must be a list",
    "path_type": "must be a path in quotes",
    "string_type": "must be a text in quotes",
    "tuple_type": "must be a list",
    "url_parsing": "must be an address such as https://host",
    "url_scheme": "must be an http:// or https:// address",
    "value_error": "{error}",
}
"""What is said of each of pydantic's errors, with what the error tells; of others, what pydantic says."""


class SettingsInvalid(Exception):
    """The settings cannot be used; the text has a line for each mistake, and names its key."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def mistakes_in(invalid: ValidationError, model: type[BaseModel], environment: Mapping[str, str]) -> Sequence[str]:
    """Name each key that is wrong, and where it comes from the environment its variable, too."""
    # the input is left out of the text: it may be a secret
    return [_mistake(error, model, environment) for error in invalid.errors(include_input=False)]


def text_of(file: Path, named_by: str) -> str:
    """Read a file that settings name; raises `SettingsInvalid`."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsInvalid(f"{named_by}: {file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsInvalid(f"{named_by}: {file} is not UTF-8 text") from error


def _mistake(error: ErrorDetails, model: type[BaseModel], environment: Mapping[str, str]) -> str:
    path = [part for part in error["loc"] if isinstance(part, str)]
    key, variable = ".".join(path), "_".join(path).upper()
    if error["type"] == "extra_forbidden":
        return f"{key}: no such setting; {_meant(path, model)}"
    context: dict[str, Any] = {"key": key, **error.get("ctx", {})}
    said = _SAID[error["type"]].format(**context) if error["type"] in _SAID else error["msg"]
    return f"{key} ({variable}): {said}" if environment.get(variable) else f"{key}: {said}"


def _meant(path: Sequence[str], model: type[BaseModel]) -> str:
    """Guess what was meant by a key that there is not: one alike, or the same one of another section."""
    sections = {name: list(type(field.default).model_fields) for name, field in model.model_fields.items()}
    *above, key = path
    known = sections[above[0]] if above else list(sections)
    if alike := get_close_matches(key, known, n=1):
        return f"did you mean {'.'.join([*above, *alike])}?"
    if homes := [name for name, keys in sections.items() if key in keys]:
        return f"it belongs to the section [{homes[0]}]"
    return "config.example.toml has all that there are"
