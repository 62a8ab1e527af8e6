"""Options that are refused: which, what is wrong with it, and what would be right."""

from collections.abc import Mapping

import spark
from bot.domain.refusals import Refusal, Refuser
from bot.domain.visible_text import visible_text
from bot.wording.text import plain

_SHOWN_MAX = 40


def refused_by_model(invalid: spark.InvalidRequest, names: Mapping[str, str]) -> Refusal:
    """Say what a model does not take; `names` are the options' names of Spark's parameters, where they differ."""
    problems = [(names.get(p.field, p.field), _given(p), p.limit) for p in invalid.problems]
    if len(problems) == 1:
        [(name, value, limit)] = problems
        return wrong(name, f"it is {value}", f"It must be {limit}.")
    why = " ".join(f"The {name} must be {limit}; it is {value}." for name, value, limit in problems)
    return Refusal(Refuser.BOT, "these options", why, "Change them and send it again.")


def _given(problem: spark.Problem) -> str:
    # a size is put together from two numbers; nobody has typed it
    return str(problem.value) if problem.field == "size" else shown(problem.value)


def shown(value: object) -> str:
    """Show what somebody gave: a number as it is, everything else quoted."""
    if isinstance(value, int | float):
        return str(value)[:_SHOWN_MAX]
    return f"“{plain(visible_text(str(value))[:_SHOWN_MAX])}”"


def wrong(option: str, why: str, advice: str) -> Refusal:
    """Refuse an option: its name, what is wrong with it, and what would be right."""
    return Refusal(Refuser.BOT, f"the {option}", f"{why[0].upper()}{why[1:]}.", advice)
