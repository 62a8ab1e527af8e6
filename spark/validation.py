"""How a refusal of pydantic's becomes one `InvalidRequest` in plain sentences."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from spark.errors import InvalidRequest, Problem

_MISSING = "missing"
_TYPES = frozenset({"int_type", "float_type", "bool_type", "string_type", "finite_number"})


def refuse(kind: str) -> PydanticCustomError:
    """Build what a field's validator raises; `kind` chooses among the vendor's codes for the field."""
    return PydanticCustomError("refused", "refused", {"kind": kind})


class Validated(BaseModel):
    """A frozen value, strictly read, whose construction raises `InvalidRequest` and nothing else.

    A field's `description` is its rule, as the end of a sentence: "a number from 0 to 1".
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)

    name: ClassVar[str]
    """The model's name on the wire; refusals speak of it."""
    codes: ClassVar[Mapping[str, str]] = {}
    """The vendor's code for each refusal: by "field kind", else by field, else for "*"."""
    part: ClassVar[str] = ""
    """The field of a request that this is the value of; empty where it is the request."""

    @model_validator(mode="wrap")
    @classmethod
    def _explain(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            value = handler(data)
        except ValidationError as refusal:
            problems = [cls._problem(detail) for detail in refusal.errors(include_url=False)]
        else:
            problems = list(value.conflicts())
            if not problems:
                return value
        raise InvalidRequest(cls.name, problems)

    def conflicts(self) -> Iterator[Problem]:
        """Yield what is wrong with parameters that are right each for itself."""
        yield from ()

    @classmethod
    def problem(cls, field: str, kind: str, limit: str, value: object = None) -> Problem:
        """Build a problem, with the vendor's code for it."""
        code = cls.codes.get(f"{field} {kind}") or cls.codes.get(field) or cls.codes.get("*")
        named = ".".join(filter(None, (cls.part, field))) or "request"
        return Problem(named, value, limit, code, missing=kind == _MISSING)

    @classmethod
    def _problem(cls, detail: ErrorDetails) -> Problem:
        field, kind = str(detail["loc"][0]) if detail["loc"] else "", _kind(detail)
        given = None if detail["type"] == "missing" else detail["input"]  # else all that was given
        return cls.problem(field, kind, cls._rule(field, kind), given)

    @classmethod
    def _rule(cls, field: str, kind: str) -> str:
        if kind == "extra":
            return f"left out, since {cls.name} has no such parameter"
        if not field:
            return "a set of parameters"
        known = cls.model_fields.get(field)
        return (known.description if known else None) or "one that Spark takes"


def _kind(detail: ErrorDetails) -> str:
    if detail["type"] == "refused":
        return str(detail["ctx"]["kind"])
    if detail["type"] == "missing":
        return _MISSING
    if detail["type"] == "extra_forbidden":
        return "extra"
    if len(detail["loc"]) > 1:
        return "element"
    return "type" if detail["type"] in _TYPES else "value"
