"""What of `bot.wording` needs more than an example of each type, and what says nothing by itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import ModuleType
from typing import Final, TypeAlias

import spark
from bot.domain.budgets import Account, Scope
from bot.domain.jobs import TASKS_MAX
from bot.domain.kinds import OF_PICTURES
from bot.domain.moderation.in_force import Allowance
from bot.domain.moderation.words import Fault, FaultyLine
from bot.domain.pictures.results import Picture, Shown
from bot.domain.pictures.sources import ResultRef
from bot.domain.prices import Price
from bot.domain.sizes import Quality
from bot.domain.warnings import ALL, MOST, BudgetWarning
from bot.wording import (
    actions,
    amounts,
    budgets,
    case,
    details,
    failures,
    hindrances,
    jobs,
    kinds,
    limits,
    lineage,
    listed_words,
    moderators_options,
    options,
    picture_forms,
    pictures_for_spark,
    pictures_not_found,
    prices,
    privacy,
    questions,
    removal,
    reports,
    results,
    settings,
    text,
    withheld,
)
from bot.wording.help import HelpPrices, help_text
from tests.examples import CENT
from tests.texts import examples as e

Function: TypeAlias = Callable[..., object]
Cases: TypeAlias = Mapping[str, Mapping[str, object]]
"""Arguments by what each case is; the first is the usual one, and the others differ from it in what they give."""

HELPERS: Final[tuple[ModuleType | Function, ...]] = (
    text,
    amounts.fitted,
    amounts.link_of,
    kinds.own_words,
    limits.by_subject,
    lineage.origins_between,
    lineage.with_origins,
    options.shown,
    withheld.without_words,
)
"""What only shapes, finds or sorts what the others say: single functions, or all of a module."""

_PRICES: Final = HelpPrices(*[e.PRICE] * 5)
_PROVENANCE: Final = spark.Provenance.of("spark_t2i_3_0")
_FULL: Final = Picture(bytes(3_400_000), 1328, 1328, _PROVENANCE)
_SHOWN: Final = Shown(_FULL, _FULL.data, 1328, 1328)
_LARGE: Final = Picture(bytes(31_000_000), 4096, 4096, _PROVENANCE)
_SMALLER: Final = Shown(_LARGE, bytes(9_800_000), 2048, 2048)
_FRAME: Final = results.Frame({1: _SHOWN}, quote=False, because=None, with_words=True, now=float(e.NOW_S))
_NO_PICTURE: Final = replace(_FRAME, shown={})
_FAILED, _UNKNOWN, _LATE = e.ALL_FAILED.tasks, e.WITHOUT_ANSWER.tasks, e.LATE.tasks
_GONE: Final = "the thread for it is gone"
_OF_EIGHT: Final = replace(e.TASK, more_urls=("https://cdn.spark.example/another.png",) * 7)
_TWO_OF_EIGHT: Final = e.with_tasks(e.JOB, _OF_EIGHT, _OF_EIGHT)

_PARENT: Final = replace(e.JOB, id=e.EARLIER_JOB_ID)
_CHILD: Final = replace(e.EDIT, parent=ResultRef(e.EARLIER_JOB_ID, 1))
_OPTIONS: Final = {"prompt": e.PROMPT, "size": "1:1", "seed": 71_204, "enhance": "on"}
_EDIT_OPTIONS: Final = {"prompt": "make it night", "strength": 0.8, "seed": 902}
_ALLOWANCE: Final = Allowance((*e.LIMITS_OF_PERSON, *e.LIMITS_OF_SERVER), [], None)


def _invalid(**params: object) -> spark.InvalidRequest:
    try:
        spark.parse(spark.TextToImage.name, params)
    except spark.InvalidRequest as invalid:
        return invalid
    raise ValueError(f"Spark takes {params}")


def _each(parameter: str, examples: e.Examples) -> Cases:
    return {name: {parameter: value} for name, value in examples.items()}


def _line_cases(*names: str, **given: object) -> Cases:
    return {name: {"line": e.LINES[name], **given} for name in names}


_BUDGETS: Final = [*e.BUDGETS.values()]
_REFUSALS: Final = [*e.REFUSALS.values()]
_ACTIONS: Final = [*e.ACTIONS.values()][:2]
_NOTHING: Final = e.SPENDINGS["nothing"]
_MUCH: Final = e.SPENDINGS["this month"]


def _of_task(position: int) -> Mapping[int, Shown]:
    return dict.fromkeys((position + TASKS_MAX * n for n in range(8)), _SHOWN)


CASES: Final[Mapping[Function, Cases]] = {
    amounts.job_line: _line_cases("posted", "waiting", "failed", "words erased", "a long prompt"),
    amounts.job_lines: _line_cases("posted", "waiting", "some failed", "words erased", "a long prompt"),
    budgets.nothing_left: _each("budget", e.NOTHING_LEFT),
    budgets.budget_refusal: {
        "one that fits": {"budget": e.BUDGETS["a person's day"], "price": e.DEAR, "count": 4, "fewer": e.FEWER},
        "none that fits": {"price": Price(e.USD, learnt=False), "count": 1, "fewer": None},
        **{
            name: {"budget": budget, "price": Price(budget.left + CENT, learnt=True), "count": 4, "fewer": None}
            for name, budget in e.BUDGETS.items()
            if budget.left
        },
    },
    budgets.server_warning: {
        name: {
            "warning": BudgetWarning(
                Scope.GUILD, Account(e.SERVER, 0), "2026-11", percent, 50 * e.USD, used * e.USD, e.NOW
            )
        }
        for name, percent, used in (
            ("most of it", MOST, 41),
            ("nearly all of it", ALL, 49),
            ("all of it", ALL, 50),
        )
    },
    case.case_blocks: {
        "an edit, and what it was made from": {
            "line": [_CHILD, _PARENT],
            "guild_id": e.SERVER,
            "allowance": _ALLOWANCE,
        },
        "made elsewhere": {"line": [_CHILD, replace(_PARENT, account=Account(0, e.MONA))]},
        "deleted": {"line": [e.REMOVED_BY_MODERATOR]},
        "words erased": {"line": [e.WORDS_ERASED], "allowance": None},
        "failed": {"line": [e.ALL_FAILED]},
    },
    listed_words.words_kept_text: {
        "several": {"count": 12},
        "one": {"count": 1},
        "none": {"count": 0},
    },
    listed_words.faulty_lines: {
        "one": {"faulty": [FaultyLine(2, Fault.TOO_LONG)]},
        "many": {"faulty": [FaultyLine(3 + n, fault) for n, fault in enumerate([*Fault] * 2)]},
    },
    details.details_text: {
        "a picture": {"line": [e.JOB], "asked": [_OPTIONS], "may_read": lambda _: True},
        "four pictures": {"line": [e.FOUR], "asked": [{**_OPTIONS, "count": 4}]},
        "pictures whose seeds do not follow on each other": {
            "line": [e.SOME_FAILED],
            "asked": [_OPTIONS, {**_OPTIONS, "seed": 8, "count": 3}],
        },
        "an edit, and what it was made from": {"line": [_CHILD, _PARENT], "asked": [_EDIT_OPTIONS]},
        "an edit of what may not be seen": {
            "line": [_CHILD, _PARENT],
            "asked": [_EDIT_OPTIONS],
            "may_read": lambda _: False,
        },
        "an edit of what was deleted": {"line": [_CHILD, replace(e.REMOVED)], "asked": [_EDIT_OPTIONS]},
        "an edit of what was erased": {"line": [_CHILD, e.WORDS_ERASED], "asked": [_EDIT_OPTIONS]},
        "an edit of what is not known": {"line": [_CHILD], "asked": [_EDIT_OPTIONS]},
        "a picture attached to the command": {"line": [e.STYLIZE], "asked": [{"style": "watercolor"}]},
        "a picture of a message": {"line": [e.EDIT], "asked": [_EDIT_OPTIONS]},
        "waiting": {"line": [e.WAITING], "asked": [_OPTIONS]},
        "failed": {"line": [e.ALL_FAILED], "asked": [_OPTIONS]},
    },
    details.command_line: {
        "imagine": {"kind": "imagine", "options": _OPTIONS},
        "edit": {"kind": "edit", "options": _EDIT_OPTIONS},
        "stylize": {"kind": "stylize", "options": {"style": "watercolor"}},
    },
    limits.server_text: {"in force": {"guild_limits": e.LIMITS_OF_SERVER}},
    options.refused_by_model: {
        "one problem": {"invalid": _invalid(prompt=e.PROMPT, seed=0), "names": {}},
        "two problems": {"invalid": _invalid(prompt="", seed=0)},
        "a size": {"invalid": _invalid(prompt=e.PROMPT, width=2048, height=512)},
    },
    options.cannot_be: {
        "a count": {"option": "count", "value": 7, "way": "Choose 1 to 4."},
    },
    pictures_not_found.no_such_number: {
        "the fifth of four": {"number": 5, "of": 4},
        "the second of one": {"number": 2, "of": 1},
    },
    privacy.words_gone: {
        "a picture": {"job": e.WORDS_ERASED},
    },
    picture_forms.form_title: _each("kind", {kind: kind for kind in OF_PICTURES}),
    picture_forms.model_choice: _each("model", {model: model for model in picture_forms.MODELS}),
    questions.which_picture: {
        "several": {"kind": "edit", "hidden_url": None},
        "one may be hidden": {"hidden_url": f"https://discord.com/channels/{e.SERVER}/{e.CHANNEL}/{e.MESSAGE}"},
    },
    questions.disappointment_question: {
        "too small": {
            "order": e.ORDERS["an edit"],
            "why": ["With both sides below 800 the result may be all black; about 1024 works best."],
        },
    },
    reports.usage_report: {
        "after some work": {
            "budgets": _BUDGETS,
            "allowance": e.ALLOWANCES["limits, a grant and a block"],
            "spending": _MUCH,
            "newest": e.PAGE,
        },
        "nothing yet": {
            "budgets": e.UNUSED,
            "allowance": e.ALLOWANCES["only the operator's"],
            "spending": _NOTHING,
            "newest": [],
        },
        "nothing left": {"budgets": [*e.NOTHING_LEFT.values()], "newest": []},
        "blocked until lifted": {"allowance": e.ALLOWANCES["blocked until lifted"], "newest": []},
    },
    reports.member_report: {
        "after some work": {
            "budgets": _BUDGETS,
            "allowance": e.ALLOWANCES["limits, a grant and a block"],
            "spending": _MUCH,
            "refusals": _REFUSALS,
            "actions": _ACTIONS,
        },
        "nothing yet": {
            "budgets": e.UNUSED,
            "allowance": e.ALLOWANCES["only the operator's"],
            "spending": _NOTHING,
            "refusals": [],
            "actions": [],
        },
    },
    reports.member_record: {
        "some of each": {"refusals": _REFUSALS, "actions": _ACTIONS, "most": 10},
        "as many as are read": {"most": len(_REFUSALS)},
        "nothing": {"refusals": [], "actions": []},
    },
    reports.server_report: {
        "after some work": {
            "budgets": [e.SERVERS_MONTH],
            "spending": _MUCH,
            "spenders": e.SPENDERS["the only page"],
        },
        "a further page": {"spenders": e.SPENDERS["the second page"]},
        "nothing yet": {"budgets": e.UNUSED, "spending": _NOTHING, "spenders": e.SPENDERS["nobody"]},
    },
    removal.removal_question: {
        "all of a job": {"job": e.JOB, "message_id": e.MESSAGE},
        "one picture of four, which came late": {"job": e.FOUR, "message_id": e.OTHER_MESSAGE},
        "a portrait, with the copy of its picture": {"job": e.PORTRAIT},
        "a notice that nothing came of it": {"job": e.ALL_FAILED},
    },
    removal.removal_done: {
        "a portrait": {"job": e.PORTRAIT, "message_id": e.MESSAGE},
        "one picture of four, which came late": {"job": e.FOUR, "message_id": e.OTHER_MESSAGE},
    },
    removal.removed_text: {
        "by its owner": {"job": e.REMOVED},
        "by a moderator": {"job": e.REMOVED_BY_MODERATOR},
    },
    actions.blocked_member: {"": {"until": e.NOW + 86_400_000}, "until lifted": {"until": None}},
    help_text: {
        "": {"prices": _PRICES},
        "hd at another price": {"prices": replace(_PRICES, hd=Price(13_000_000, learnt=False))},
    },
    jobs.too_many_on_the_way: {
        "one more fits": {"fewer": e.FEWER, "most": 10},
        "none fits": {"fewer": None, "unfinished": 10},
        "more than ever fit": {"fewer": e.FEWER, "unfinished": 0, "most": 1},
    },
    jobs.would_fail_again: {"": {"why": failures.NEVER_FINISHED}, "not told": {"why": None}},
    moderators_options.set_and_cleared: {"": {"what": "log channel"}},
    options.watermark_refused_and_described: {"": {"described": ["watermark_text", "watermark_opacity"]}},
    settings.qualities: {
        "": {"prices": {Quality.STANDARD: e.PRICE, Quality.HD: Price(13_000_000, learnt=False)}},
    },
    prices.size_with_price: {
        "a shape": {"name": "16:9", "pixels": (1664, 936), "price": e.PRICE},
        "a shape in hd": {"name": "16:9 hd", "pixels": (2560, 1440), "price": Price(13_000_000, learnt=False)},
        "pixels": {"name": "1500x900", "pixels": (1500, 900)},
    },
    pictures_for_spark.not_handed_over: {"": {"why": hindrances.discord_too_slow()}},
    results.result_post: {
        "a picture": {"job": e.JOB, "frame": _FRAME},
        "with its words, as no thread has them": {
            "frame": replace(_FRAME, quote=True, because="Discord opened no thread for it")
        },
        "with long words": {
            "job": replace(e.JOB, title=e.LONG_PROMPT),
            "frame": replace(_FRAME, quote=True, because=_GONE),
        },
        "its words blocked": {"frame": replace(_FRAME, quote=True, with_words=False)},
        "four pictures": {"job": e.FOUR, "frame": replace(_FRAME, shown=dict.fromkeys(range(1, 5), _SHOWN))},
        "once more": {"job": replace(e.JOB, repeats_id=e.EARLIER_JOB_ID)},
        "some failed": {"job": e.SOME_FAILED, "frame": replace(_FRAME, shown={1: _SHOWN, 3: _SHOWN})},
        "shown smaller, with a link": {"frame": replace(_FRAME, shown={1: _SMALLER})},
        "shown smaller, the link gone": {
            "frame": replace(_FRAME, shown={1: _SMALLER}, now=float(e.NOW_S + 2 * 86_400))
        },
        "more pictures than are given out": {"job": e.with_tasks(e.JOB, _OF_EIGHT)},
        "more pictures than a message takes": {
            "job": _TWO_OF_EIGHT,
            "frame": replace(_FRAME, shown=_of_task(1), following=frozenset(_of_task(2))),
        },
        "an edit": {"job": e.EDIT},
        "an edit, its words blocked": {"job": e.EDIT, "frame": replace(_FRAME, with_words=False)},
        "a stylized picture": {"job": e.STYLIZE},
        "a portrait of a result": {"job": replace(e.EDIT_OF_RESULT, kind="portrait")},
        "failed": {"job": e.ALL_FAILED, "frame": _NO_PICTURE},
        "failed, and charged": {"job": e.CHARGED_FOR_NOTHING, "frame": _NO_PICTURE},
        "all four failed": {"job": e.with_tasks(e.JOB, *_FAILED * 4), "frame": _NO_PICTURE},
        "outcome unknown": {"job": e.WITHOUT_ANSWER, "frame": _NO_PICTURE},
        "overdue": {"job": e.LATE, "frame": _NO_PICTURE},
        "no longer given out by Spark": {"frame": _NO_PICTURE},
        "set aside by a restore": {"job": e.SET_ASIDE, "frame": _NO_PICTURE},
    },
    results.late_post: {
        "a picture": {"job": e.JOB, "task": e.TASK, "frame": _FRAME},
        "one that had no room": {
            "job": _TWO_OF_EIGHT,
            "task": _TWO_OF_EIGHT.tasks[1],
            "frame": replace(_FRAME, shown=_of_task(2)),
        },
    },
    results.end_post: {
        "failed": {"job": e.ALL_FAILED, "tasks": _FAILED, "frame": _NO_PICTURE},
        "one of four failed": {"job": e.SOME_FAILED, "tasks": _FAILED},
        "failed, and charged": {"job": e.CHARGED_FOR_NOTHING, "tasks": e.CHARGED_FOR_NOTHING.tasks},
        "outcome never known": {"job": e.WITHOUT_ANSWER, "tasks": _UNKNOWN},
    },
}
"""By the function itself, so that a name that has changed is found."""
