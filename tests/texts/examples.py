"""Example values to call `bot.wording` with: by type, and by name what is a mere number or text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import NoneType
from typing import Final, TypeAlias

import spark
from bot.domain.budgets import Account, Budget, Period, Scope, windows_at
from bot.domain.confirmation import PriceNotAgreed
from bot.domain.history import Line, Lines, Search
from bot.domain.jobs import AutoMod, Job, Order, Place, Task, TaskOrder
from bot.domain.limits import Ceilings, Limit, Subject
from bot.domain.moderation.actions import About, Action, ActionKind, RecordedAction
from bot.domain.moderation.complaints import Complaint, Grievance, Reported
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.moderation.in_force import Allowance, InForce, SetBy
from bot.domain.moderation.server_check import (
    AutoModRule,
    ChannelFacts,
    KnownOfServer,
    Room,
    ServerFacts,
    Sight,
    SparkStanding,
)
from bot.domain.moderation.server_rules import ResultPlace, ServerRules
from bot.domain.moderation.words import Fault, FaultyLine, UsedWords
from bot.domain.pictures.consents import Question, Verdict
from bot.domain.pictures.ownership import Known, Objection, Refused, Remembered
from bot.domain.pictures.sources import Copy, MessageRef, ResultRef, Source
from bot.domain.prices import Price
from bot.domain.privacy import Erasure, Keeping
from bot.domain.progress import Hindrance, Progress
from bot.domain.queue import Expected
from bot.domain.refusals import PastRefusal, Refusal, Refuser, Remedy
from bot.domain.remedies import MakeFewer, MendWords
from bot.domain.spending import Cell, ReportPeriod, Span, Spender, Spenders, Spending
from bot.domain.states import JobState, TaskState
from bot.domain.warnings import ALL, MOST, BudgetWarning
from tests.examples import CENT, DAY

Examples: TypeAlias = Mapping[str, object]
"""Values by what each stands for; the first is the usual one."""

NOW: Final = 1_795_185_000_000
"""Friday, 20 November 2026, 14:30 UTC, in Unix milliseconds."""
NOW_S: Final = NOW // 1000
USD: Final = 1_000_000_000
PICTURE: Final = 6_500_000
"""What most pictures cost, in nano-dollars."""
DEAR_PICTURE: Final = 30_000_000

SERVER: Final = 981_273_645_128_374_652
MONA: Final = 310_894_672_115_236_864
"""A member."""
ADA: Final = 184_405_311_681_986_560
"""A moderator."""
ERASED: Final = -48_213_907
"""Stands for somebody who has had their data erased."""
ROLE: Final = 1_044_217_730_991_816_704
CHANNEL: Final = 1_102_938_475_610_293_248
OTHER_CHANNEL: Final = 1_102_938_511_203_647_488
THREAD: Final = 1_441_078_530_121_105_408
MESSAGE: Final = 1_441_078_530_121_105_409
OTHER_MESSAGE: Final = 1_441_078_655_400_280_064
JOB_ID: Final = 1_441_078_512_664_412_160
EARLIER_JOB_ID: Final = 1_441_071_203_337_728_000

PROMPT: Final = "a red fox in snow"
LONG_PROMPT: Final = (
    "an old lighthouse keeper with a white beard reading letters by candlelight in the lamp room of his tower, "
    "a storm outside with waves as high as houses, the beam of the lamp cutting through rain and spray, "
    "a ginger cat asleep on a pile of charts, brass instruments, worn floorboards, oil painting in the manner of "
    "the Dutch masters, warm light from the left, deep shadows, tiny details everywhere, and far out on the sea "
    "a small ship that has seen the light and turns towards the harbour"
)
PROMPTS: Final = (PROMPT, "ein Fuchs im Schnee, *ganz* nah", "雪の中の赤い狐", "ثعلب أحمر في الثلج", LONG_PROMPT)

MODERATOR_REASON: Final = "posts the same picture in every channel"

# jobs and what they are made of

TASK: Final = Task(
    job_id=JOB_ID,
    position=1,
    account=Account(SERVER, MONA),
    state=TaskState.SUCCEEDED,
    lease=None,
    model=spark.TextToImage.name,
    params={"prompt": PROMPT, "seed": 71_204},
    image_sha256=None,
    width=1328,
    height=1328,
    made=None,
    estimate_nano=PICTURE,
    cost_nano=PICTURE,
    spark_id="task-8f14e45f",
    attempts=0,
    asked_at=NOW,
    refused_at=None,
    submitted_at=NOW + 1_000,
    ended_at=NOW + 13_000,
    result_url="https://cdn.spark.example/8f14e45f.png",
    error_code=None,
    error_text=None,
    posted=True,
)
_UNENDED: Final = replace(TASK, cost_nano=None, ended_at=None, result_url=None, posted=False)
QUEUED: Final = replace(_UNENDED, state=TaskState.QUEUED, submitted_at=None, spark_id=None)
RUNNING: Final = replace(_UNENDED, state=TaskState.RUNNING)
OVERDUE: Final = replace(_UNENDED, state=TaskState.OVERDUE)
UNKNOWN: Final = replace(_UNENDED, state=TaskState.UNKNOWN, spark_id=None)
FAILED: Final = replace(
    _UNENDED,
    state=TaskState.FAILED,
    ended_at=NOW + 13_000,
    error_code="003001099",
    error_text="Spark's text to image could not begin with the picture. Try again in a few minutes.",
)
FAILED_AND_CHARGED: Final = replace(FAILED, cost_nano=PICTURE)

JOB: Final = Job(
    id=JOB_ID,
    kind="imagine",
    state=JobState.DELIVERED,
    title=PROMPT,
    spoiler=False,
    account=Account(SERVER, MONA),
    channel_id=CHANNEL,
    parent_channel_id=None,
    place=Place.CHANNEL,
    upload_limit=10_485_760,
    application_id=1_080_706_050_403_020_100,
    interaction_token=None,
    by_message=False,
    source=None,
    parent=None,
    repeats_id=None,
    status_message_id=THREAD,
    result_channel_id=THREAD,
    result_id=MESSAGE,
    lease=None,
    accepted_at=NOW,
    delivering_at=NOW + 13_000,
    ended_at=NOW + 14_000,
    removed_at=None,
    removed_by=None,
    tasks=(TASK,),
)


def with_tasks(job: Job, *tasks: Task, **changes: object) -> Job:
    """Give a job with other tasks, numbered from 1, and perhaps other fields."""
    numbered = tuple(_numbered(task, number) for number, task in enumerate(tasks, start=1))
    return replace(job, tasks=numbered, **changes)  # type: ignore[arg-type]


def _numbered(task: Task, number: int) -> Task:
    seed = {} if task.seed is None else {"seed": task.seed + number - 1}
    return replace(task, position=number, params={**task.params, **seed})


_UNPOSTED: Final = replace(JOB, result_channel_id=None, result_id=None, ended_at=None)
_OPEN: Final = replace(_UNPOSTED, state=JobState.OPEN, delivering_at=None)
WAITING: Final = with_tasks(_OPEN, QUEUED)
FOUR_WAITING: Final = with_tasks(_OPEN, *[QUEUED] * 4)
BEING_MADE: Final = with_tasks(_OPEN, RUNNING)
FOUR: Final = with_tasks(JOB, *[TASK] * 4)
SOME_FAILED: Final = with_tasks(JOB, TASK, FAILED, TASK, UNKNOWN)
ALL_FAILED: Final = with_tasks(JOB, FAILED)
CHARGED_FOR_NOTHING: Final = with_tasks(JOB, FAILED_AND_CHARGED)
WITHOUT_ANSWER: Final = with_tasks(JOB, UNKNOWN)
LATE: Final = with_tasks(JOB, OVERDUE)
NOT_POSTED: Final = with_tasks(_UNPOSTED, replace(TASK, posted=False), state=JobState.DELIVERING)
UNDELIVERABLE: Final = replace(NOT_POSTED, state=JobState.UNDELIVERABLE)
UNDELIVERABLE_NOTICE: Final = with_tasks(_UNPOSTED, FAILED, state=JobState.UNDELIVERABLE)
WITHHELD: Final = replace(UNDELIVERABLE, automod=AutoMod.REFUSED)
CANCELLED: Final = with_tasks(_UNPOSTED, replace(QUEUED, state=TaskState.CANCELLED), state=JobState.CANCELLED)
_SET_ASIDE: Final = replace(JOB, set_aside_at=NOW)
SET_ASIDE: Final = with_tasks(
    _SET_ASIDE,
    replace(QUEUED, state=TaskState.CANCELLED),
    UNKNOWN,
    replace(TASK, posted=False),
    FAILED,
)
SET_ASIDE_AND_FOUND: Final = with_tasks(_SET_ASIDE, replace(UNKNOWN, posted=True))
REMOVED: Final = replace(JOB, removed_at=NOW + DAY, removed_by=MONA)
REMOVED_BY_MODERATOR: Final = replace(REMOVED, removed_by=ADA)
WORDS_ERASED: Final = replace(
    JOB,
    title="(words no longer kept)",
    account=Account(SERVER, ERASED),
    erased_at=NOW + DAY,
    result_channel_id=None,
    result_id=None,
    tasks=(replace(TASK, account=Account(SERVER, ERASED), params={}, result_url=None),),
)

_CAT_URL: Final = "https://cdn.discordapp.com/attachments/1102938475610293248/1441078530121105409/my_cat.heic"
IN_MESSAGE: Final = Source(_CAT_URL, "my_cat.heic", CHANNEL, OTHER_MESSAGE, 1, 3, changes=("turned upright",))
ATTACHED: Final = Source(
    _CAT_URL,
    "Urlaub in Wales.heic",
    changes=("scaled down from 4032×3024 to 2048×1536", "converted from HEIC to JPEG", spark.PLACE_REMOVED),
)
OWN_RESULT: Final = Source(
    "https://cdn.discordapp.com/attachments/1/2/1441071203337728000-2.png",
    "1441071203337728000-2.png",
    THREAD,
    MESSAGE,
    2,
    4,
    result=ResultRef(EARLIER_JOB_ID, 2),
)
COPIED: Final = replace(
    ATTACHED, copy=Copy("https://cdn.discordapp.com/attachments/1/3/copy.jpg", CHANNEL, OTHER_MESSAGE)
)

_EDITED: Final = replace(TASK, model=spark.Edit.name, params={"prompt": "make it night", "seed": 902})
EDIT: Final = with_tasks(JOB, _EDITED, kind="edit", title="make it night", source=IN_MESSAGE)
EDIT_OF_RESULT: Final = replace(EDIT, source=OWN_RESULT, parent=OWN_RESULT.result)
STYLIZE: Final = with_tasks(
    JOB,
    replace(TASK, model=spark.StyleTemplate.name, params={}, made=(1536, 2048)),
    kind="stylize",
    title="Watercolor Style",
    source=ATTACHED,
)
PORTRAIT: Final = with_tasks(
    JOB,
    replace(TASK, model=spark.Portrait.name, params={"prompt": "as an astronaut"}),
    kind="portrait",
    title="as an astronaut",
    source=COPIED,
)
WORDLESS_PORTRAIT: Final = with_tasks(PORTRAIT, replace(PORTRAIT.tasks[0], params={}), title="A new portrait")

JOBS: Final[Mapping[str, Job]] = {
    "posted": JOB,
    "four pictures": FOUR,
    "waiting": WAITING,
    "being made": BEING_MADE,
    "some failed": SOME_FAILED,
    "failed": ALL_FAILED,
    "failed, and charged": CHARGED_FOR_NOTHING,
    "outcome unknown": WITHOUT_ANSWER,
    "overdue": LATE,
    "not posted yet": NOT_POSTED,
    "undeliverable": UNDELIVERABLE,
    "cancelled": CANCELLED,
    "stopped by AutoMod": replace(CANCELLED, automod=AutoMod.REFUSED),
    "withheld": WITHHELD,
    "four withheld": with_tasks(WITHHELD, *[WITHHELD.tasks[0]] * 4),
    "kept back": replace(WITHHELD, automod=AutoMod.KEPT_BACK),
    "set aside": SET_ASIDE,
    "set aside, and found": SET_ASIDE_AND_FOUND,
    "deleted": REMOVED,
    "deleted by a moderator": REMOVED_BY_MODERATOR,
    "words erased": WORDS_ERASED,
    "an edit": EDIT,
    "an edit of a result": EDIT_OF_RESULT,
    "a stylized picture": STYLIZE,
    "a portrait": PORTRAIT,
    "a portrait without words": WORDLESS_PORTRAIT,
    "in Arabic": replace(JOB, title=PROMPTS[3]),
    "a long prompt": replace(JOB, title=LONG_PROMPT),
}

_UNTIL: Final = NOW_S + 7 * 24 * 60 * 60
LINES: Final[Mapping[str, Line]] = {
    "posted": Line(JOB, None, None, refused=False),
    "waiting": Line(FOUR_WAITING, Expected(3, NOW_S + 95.0), None, refused=False),
    "next": Line(WAITING, Expected(0, NOW_S + 20.0), None, refused=False),
    "being made": Line(BEING_MADE, Expected(0, NOW_S + 12.0), None, refused=False),
    "being made, late": Line(BEING_MADE, Expected(0, NOW_S - 40.0), None, refused=False, late=True),
    "about to be posted": Line(NOT_POSTED, None, None, refused=False),
    "refused by Discord so far": Line(NOT_POSTED, None, _UNTIL, refused=True),
    "undeliverable": Line(UNDELIVERABLE, None, _UNTIL, refused=True),
    "withheld": Line(WITHHELD, None, _UNTIL, refused=True),
    "kept back": Line(replace(WITHHELD, automod=AutoMod.KEPT_BACK), None, _UNTIL, refused=True),
    "undeliverable, no longer kept": Line(UNDELIVERABLE, None, None, refused=True),
    "one of two not posted": Line(with_tasks(JOB, TASK, replace(TASK, posted=False)), None, _UNTIL, refused=False),
    "some failed": Line(SOME_FAILED, None, None, refused=False),
    "failed": Line(ALL_FAILED, None, None, refused=False),
    "failed, and charged": Line(CHARGED_FOR_NOTHING, None, None, refused=False),
    "outcome unknown": Line(WITHOUT_ANSWER, None, None, refused=False),
    "overdue": Line(LATE, None, None, refused=False),
    "cancelled": Line(CANCELLED, None, None, refused=False),
    "deleted": Line(REMOVED, None, None, refused=False),
    "words erased": Line(WORDS_ERASED, None, None, refused=False),
    "a long prompt": Line(replace(EDIT, title=LONG_PROMPT), None, None, refused=False),
}
PAGE: Final = [LINES[name] for name in ("waiting", "being made", "posted", "some failed", "a long prompt")]

ORDER: Final = Order("imagine", PROMPT, (TaskOrder(TASK.model, TASK.params, 1328, 1328),) * 4)
ORDERS: Final[Mapping[str, Order]] = {
    "four pictures": ORDER,
    "one picture": replace(ORDER, tasks=ORDER.tasks[:1]),
    "an edit": Order("edit", "make it night", (TaskOrder(spark.Edit.name, _EDITED.params, 1536, 2048),)),
    "a long prompt": replace(ORDER, title=LONG_PROMPT),
}

# money

_WINDOW_OF_DAY, _WINDOW_OF_MONTH = windows_at(NOW)
BUDGETS: Final[Mapping[str, Budget]] = {
    "a person's day": Budget(Scope.PERSON, _WINDOW_OF_DAY, 42 * CENT, 0, USD, raisable=True),
    "a person's month": Budget(
        Scope.PERSON, _WINDOW_OF_MONTH, 3 * USD + 65_500_000, 2 * PICTURE, 10 * USD, raisable=True
    ),
    "a person's day over all servers": Budget(
        Scope.EVERYWHERE, _WINDOW_OF_DAY, 2 * USD + 70 * CENT, 0, 3 * USD, raisable=False
    ),
    "a server's month": Budget(Scope.GUILD, _WINDOW_OF_MONTH, 49 * USD + 80 * CENT, 0, 50 * USD, raisable=False),
    "the bot's day": Budget(Scope.TOTAL, _WINDOW_OF_DAY, 12 * USD, 0, 25 * USD, raisable=False),
}
NOTHING_LEFT: Final[Mapping[str, Budget]] = {
    "a person's day": Budget(Scope.PERSON, _WINDOW_OF_DAY, USD, 0, USD, raisable=True),
    "a person's month, some of it held": Budget(
        Scope.PERSON, _WINDOW_OF_MONTH, 9 * USD, USD, 10 * USD, raisable=False
    ),
    "a person's day over all servers": Budget(
        Scope.EVERYWHERE, _WINDOW_OF_DAY, 3 * USD, 0, 3 * USD, raisable=False
    ),
    "a server's month": Budget(Scope.GUILD, _WINDOW_OF_MONTH, 50 * USD, 0, 50 * USD, raisable=False),
    "the bot's day": Budget(Scope.TOTAL, _WINDOW_OF_DAY, 25 * USD, 0, 25 * USD, raisable=False),
}
UNUSED: Final = (
    Budget(Scope.PERSON, _WINDOW_OF_DAY, 0, 0, USD, raisable=True),
    Budget(Scope.GUILD, _WINDOW_OF_MONTH, 0, 0, None, raisable=True),
)
SERVERS_MONTH: Final = Budget(
    Scope.GUILD, _WINDOW_OF_MONTH, 3 * USD + 65_500_000, 2 * PICTURE, 50 * USD, raisable=False
)
UNLIMITED: Final = Budget(Scope.PERSON, _WINDOW_OF_DAY, 42 * CENT, PICTURE, None, raisable=False)

PRICE: Final = Price(PICTURE, learnt=True)
_PRICES: Final = {"known": PRICE, "estimated": Price(DEAR_PICTURE, learnt=False)}
PRICE_NOT_AGREED: Final[Mapping[str, PriceNotAgreed]] = {
    "four pictures": PriceNotAgreed(ORDER, Price(4 * DEAR_PICTURE, learnt=True), 10 * CENT, [*BUDGETS.values()]),
    "an estimate": PriceNotAgreed(
        ORDERS["an edit"], Price(12 * CENT, learnt=False), 10 * CENT, [*BUDGETS.values()]
    ),
    "no limits": PriceNotAgreed(ORDER, Price(4 * DEAR_PICTURE, learnt=True), 10 * CENT, [UNLIMITED]),
}


def _spending(period: ReportPeriod, *cells: Cell) -> Spending:
    return Spending(Span.at(period, NOW), cells)


_CELLS: Final = (
    Cell(NOW_S, "imagine", 286 * PICTURE, 2 * PICTURE, 286),
    Cell(NOW_S, "edit", 40 * DEAR_PICTURE, 0, 40),
    Cell(NOW_S, "stylize", PICTURE, 0, 1),
)
SPENDINGS: Final = {
    "this month": _spending(ReportPeriod.MONTH, *_CELLS),
    "one picture": _spending(ReportPeriod.DAY, *_CELLS[2:]),
    "nothing": _spending(ReportPeriod.DAY),
    "all there was": _spending(ReportPeriod.ALL, *_CELLS),
}
_WHO_SPENT: Final = (
    Spender(MONA, 2 * USD, 2 * PICTURE),
    Spender(ADA, 935_500_000, 0),
    Spender(ERASED, 13 * CENT, 0),
)
SPENDERS: Final = {
    "the only page": Spenders(0, 1, _WHO_SPENT, more=False),
    "the second page": Spenders(1, 11, _WHO_SPENT, more=True),
    "nobody": Spenders(0, 1, (), more=False),
}

# what moderators decide

_GRANT: Final = Grant(Account(SERVER, MONA), 50 * CENT, "painting the banner", ADA, NOW - DAY, NOW + DAY)
BLOCKS: Final[Mapping[str, Block]] = {
    "for a week": Block(
        Account(SERVER, MONA), MODERATOR_REASON, "One picture a day is enough.", ADA, NOW, NOW + 7 * DAY
    ),
    "until lifted, and told nothing": Block(Account(SERVER, MONA), MODERATOR_REASON, None, ADA, NOW, None),
}
LIMITS_OF_PERSON: Final = (
    InForce(Scope.PERSON, Period.DAY, USD, SetBy.MEMBER, None, 50 * CENT, 50 * CENT),
    InForce(Scope.PERSON, Period.MONTH, 10 * USD, SetBy.ROLE, ROLE, 20 * USD, 50 * CENT),
)
LIMITS_OF_SERVER: Final = (
    InForce(Scope.GUILD, Period.DAY, None, SetBy.OPERATOR, None, None, 0),
    InForce(Scope.GUILD, Period.MONTH, 50 * USD, SetBy.GUILD, None, 50 * USD, 0),
)
_OPERATORS_LIMITS: Final = (
    InForce(Scope.PERSON, Period.DAY, USD, SetBy.OPERATOR, None, USD, 0),
    InForce(Scope.PERSON, Period.MONTH, None, SetBy.OPERATOR, None, None, 0),
)
ALLOWANCES: Final[Mapping[str, Allowance]] = {
    "limits, a grant and a block": Allowance(
        (*LIMITS_OF_PERSON, *LIMITS_OF_SERVER), [_GRANT], BLOCKS["for a week"]
    ),
    "many grants": Allowance((*LIMITS_OF_PERSON, *LIMITS_OF_SERVER), [_GRANT] * 5, None),
    "only the operator's": Allowance((*_OPERATORS_LIMITS, LIMITS_OF_SERVER[0]), [], None),
    "blocked until lifted": Allowance(_OPERATORS_LIMITS, [], BLOCKS["until lifted, and told nothing"]),
}
_LIMITS: Final = {
    "of a role": Limit(Subject.ROLE, ROLE, Period.DAY, 2 * USD),
    "of the role's month": Limit(Subject.ROLE, ROLE, Period.MONTH, 20 * USD),
    "of a member": Limit(Subject.MEMBER, MONA, Period.DAY, 50 * CENT),
    "of the server": Limit(Subject.GUILD, 0, Period.MONTH, 50 * USD),
}
_DONE: Final = (
    (ADA, ActionKind.LIMIT, About.MEMBER, MONA, "set the limit for the day to $2.00", None),
    (ADA, ActionKind.BLOCK, About.MEMBER, MONA, f"blocked the member until <t:{_UNTIL}:f>", MODERATOR_REASON),
    (ADA, ActionKind.LIMIT, About.ROLE, ROLE, "took the limit away", None),
    (ADA, ActionKind.SETTINGS, About.GUILD, SERVER, "turned replies off", None),
    (ADA, ActionKind.DELETE, About.JOB, JOB_ID, f"deleted what <@{MONA}> had made", None),
    (MONA, ActionKind.LOOK, About.MEMBER, ADA, "tried to use /spend user", None),
)
ACTIONS: Final = {
    what: RecordedAction(
        number, Action(SERVER, actor, kind, about, subject, what, reason, NOW, refused=kind is ActionKind.LOOK)
    )
    for number, (actor, kind, about, subject, what, reason) in enumerate(_DONE, start=17)
}
REFUSALS: Final = {
    "by the limit": PastRefusal("The spending limit", "Your $1.00 for today is used up.", NOW - DAY),
    "as older ones are kept": PastRefusal("This bot", "to guess which picture you mean", NOW - 2 * DAY),
}

_SERVERS_DAY: Final = Budget(Scope.GUILD, _WINDOW_OF_DAY, 42 * CENT, 0, 5 * USD, raisable=True)
_NEEDED: Final = Room.TEXT.to_post(ResultPlace.THREAD)
_LOG: Final = ChannelFacts(OTHER_CHANNEL, Room.TEXT.to_write, Room.TEXT.to_write)
_READY: Final = ServerFacts(
    KnownOfServer(
        ServerRules(OTHER_CHANNEL),
        (BUDGETS["a person's day"], _SERVERS_DAY, SERVERS_MONTH),
        PRICE,
        SparkStanding.ANSWERS,
    ),
    ChannelFacts(CHANNEL, _NEEDED, _NEEDED),
    is_allowed_here=True,
    is_age_restricted=False,
    age_restricted=(),
    elsewhere=(),
    log_channel=_LOG,
    automod=(),
    closed_commands=(),
)
_ELSEWHERE: Final = replace(
    _READY.known,
    rules=ServerRules(allowed_channels=frozenset({CHANNEL + 1}), age_restricted=True),
    spark=SparkStanding.LOCKED_OUT,
)
SERVERS: Final = {
    "ready": _READY,
    "just joined": replace(
        _READY,
        known=replace(_READY.known, rules=ServerRules(), budgets=UNUSED, price=Price(DEAR_PICTURE, learnt=False)),
        log_channel=None,
        automod=None,
    ),
    "much missing": replace(
        _READY,
        known=replace(
            _READY.known,
            rules=ServerRules(allowed_channels=frozenset(), age_restricted=True),
            budgets=[*NOTHING_LEFT.values()],
            spark=SparkStanding.AWAY,
        ),
        here=ChannelFacts(CHANNEL, _NEEDED, _NEEDED[:2]),
        is_allowed_here=False,
        log_channel=ChannelFacts(OTHER_CHANNEL, sight=Sight.GONE),
        automod=[AutoModRule("No links", ["http*"])],
        closed_commands=["/imagine", "Edit image"],
    ),
    "pictures elsewhere": replace(
        _READY,
        known=replace(_ELSEWHERE, budgets=[UNLIMITED, replace(_SERVERS_DAY, limit=0, spent=0)]),
        is_allowed_here=False,
        age_restricted=(CHANNEL + 1,),
        elsewhere=[ChannelFacts(CHANNEL + 1, _NEEDED, _NEEDED[1:])],
        log_channel=ChannelFacts(OTHER_CHANNEL, sight=Sight.UNTOLD),
        automod=[AutoModRule("Odd", has_patterns=True)],
        closed_commands=None,
    ),
}

FEWER: Final = MakeFewer(Order("imagine", PROMPT, (TaskOrder(spark.TextToImage.name, {}, 1328, 1328),)))
DEAR: Final = Price(4 * DEAR_PICTURE, learnt=True)

# what Spark says

SAID: Final = "The request was refused by the content policy."
_STATUS_ERRORS: Final[Sequence[tuple[type[spark.StatusError], int, str]]] = (
    (spark.BadRequest, 400, SAID),
    (spark.Unauthorized, 401, "invalid api key"),
    (spark.PaymentRequired, 402, "insufficient credit"),
    (spark.Forbidden, 403, "balance too low"),
    (spark.NotFound, 404, "not found"),
    (spark.RateLimited, 429, "too many requests"),
    (spark.ServerError, 503, "upstream unavailable"),
)
_CODE: Final = spark.explain_code("003001002", spark.TextToImage.name)
SPARK_ERRORS: Final[Mapping[str, spark.SparkError]] = {
    "a documented code": spark.BadRequest(400, "", code=_CODE, may_have_been_accepted=False),
    **{
        f"answered {status}": error(status, "", message=said, may_have_been_accepted=False)
        for error, status, said in _STATUS_ERRORS
    },
    "answered 503 without a word": spark.ServerError(503, "", may_have_been_accepted=True),
    "refused with words": spark.SubmitRefused(SAID),
    "refused with a code": spark.SubmitRefused("", code=_CODE),
    "refused without a word": spark.SubmitRefused(""),
    "no connection": spark.ConnectionFailed("Spark cannot be reached: connection refused"),
    "no answer in time": spark.RequestTimeout("Spark did not answer within 30 s", may_have_been_accepted=True),
    "no task in the answer": spark.UnreadableAnswer(200, "<html>", may_have_been_accepted=True),
}


def _ended(status: spark.TaskStatus, error: spark.TaskError | None = None) -> spark.Task:
    return spark.Task("task-8f14e45f", spark.TextToImage.name, status, status.value, error=error)


_SHOWN: Final = MessageRef(THREAD, MESSAGE)
_GORE: Final = Complaint(MONA + 1, Grievance.VIOLENCE, None, NOW)
_HATE: Final = Complaint(MONA + 2, Grievance.HATE, "the *sign* in the back", NOW + DAY)
_ONCE: Final = Reported(JOB, _SHOWN, [_GORE], 1, [], owner_blocked=False, cleared_by=None, logged=None, version=1)
_HID: Final = Action(SERVER, ADA, ActionKind.HIDE, About.JOB, JOB_ID, f"hid what <@{MONA}> had made", None, NOW)
REPORTED: Final = {
    "once": _ONCE,
    "by some, one of whom has left": replace(_ONCE, complaints=[_GORE, _HATE], count=3),
    "hidden, and its owner blocked": replace(_ONCE, acts=[_HID], owner_blocked=True),
    "deleted by its owner": replace(_ONCE, job=REMOVED),
    "nothing wrong": replace(
        _ONCE,
        acts=[replace(_HID, kind=ActionKind.CLEAR, what="found nothing wrong with what was reported")],
        cleared_by=ADA,
    ),
}


# whose pictures are

_QUESTION: Final = Question(
    JOB_ID,
    SERVER,
    MONA,
    (ADA,),
    frozenset(),
    "edit",
    "make it *night*",
    MessageRef(CHANNEL, MESSAGE),
    True,
    NOW,
    NOW + DAY,
)
_DECIDED: Final = replace(_QUESTION, decided_by=ADA, decided_at=NOW + 60_000)
QUESTIONS: Final[Mapping[str, Question]] = {
    "open": _QUESTION,
    "to two, one of whom has said yes": replace(_QUESTION, owner_ids=(ADA, ROLE), allowed_by=frozenset({ADA})),
    "of a portrait": replace(_QUESTION, kind="portrait", title="as an astronaut"),
    "of a long prompt": replace(_QUESTION, title=LONG_PROMPT),
    "allowed": replace(_DECIDED, verdict=Verdict.ALLOWED, allowed_by=frozenset({ADA})),
    "a no": replace(_DECIDED, verdict=Verdict.NO),
    "never": replace(_DECIDED, verdict=Verdict.NEVER),
    "silence": replace(_QUESTION, verdict=Verdict.SILENCE, decided_at=NOW + DAY),
    "set aside": replace(_QUESTION, verdict=Verdict.SET_ASIDE, decided_at=NOW),
    "of somebody erased": replace(_QUESTION, asker_id=ERASED, owner_ids=(ERASED,)),
}
_POSTED: Final = Known(ADA, NOW - DAY, MessageRef(CHANNEL, OTHER_MESSAGE), never=True)
REMEMBERED: Final[Mapping[str, Remembered]] = {
    "posted by two": Remembered(7, [_POSTED, Known(MONA, NOW)], [ADA]),
    "settled": Remembered(7, [_POSTED, Known(MONA, NOW, settled_at=NOW)], [MONA]),
    "posted by many": Remembered(7, [Known(MONA + n, NOW + n) for n in range(9)], [MONA]),
}

BY_TYPE: Final[Mapping[object, Examples]] = {
    NoneType: {"none": None},
    bool: {"yes": True, "no": False},
    Account: {"on a server": Account(SERVER, MONA), "in direct messages": Account(0, MONA)},
    Allowance: ALLOWANCES,
    Block: BLOCKS,
    Budget: {**BUDGETS, "nothing left": NOTHING_LEFT["a person's day"], "no limit": UNLIMITED},
    BudgetWarning: {
        f"{percent} percent of the {'month' if len(window) == len('2026-11') else 'day'}": BudgetWarning(
            Scope.PERSON, Account(SERVER, MONA), window, percent, limit, limit * percent // 100, NOW
        )
        for percent in (MOST, ALL)
        for window, limit in ((_WINDOW_OF_DAY.key, USD), (_WINDOW_OF_MONTH.key, 10 * USD))
    }
    | {
        "most of the day over all servers": BudgetWarning(
            Scope.EVERYWHERE, Account(0, MONA), _WINDOW_OF_DAY.key, MOST, 3 * USD, 2 * USD + 40 * CENT, NOW
        )
    },
    Ceilings: {
        "of persons and the bot": Ceilings(USD, 10 * USD, None, None, 25 * USD, 250 * USD),
        "of persons and servers": Ceilings(USD, None, 5 * USD, 50 * USD, None, None),
        "of persons everywhere": Ceilings(USD, 10 * USD, None, None, None, None, 3 * USD, 30 * USD),
        "none": Ceilings(None, None, None, None, None, None),
    },
    Erasure: {
        "of 312 jobs": Erasure(NOW, 312, repeated=False),
        "of one job": Erasure(NOW, 1, repeated=False),
        "of no job": Erasure(NOW, 0, repeated=False),
        "asked for again": Erasure(NOW - DAY, 0, repeated=True),
    },
    Grant: {"for a day": _GRANT},
    Hindrance: {
        "a permission": Hindrance(
            "the bot may no longer post in the thread for it",
            "ask a moderator to change that, or let this bot write to you",
        ),
        "its size": Hindrance("Discord takes it for too large", "tell whoever runs this bot"),
    },
    Job: JOBS,
    Keeping: {
        "weeks and months": Keeping(90 * 86_400.0, 7 * 86_400.0, 30 * 86_400.0),
        "a day and less": Keeping(86_400.0, 5_400.0, 86_400.0),
    },
    Limit: _LIMITS,
    Line: LINES,
    Lines: {
        "the newest": Lines(PAGE, newer=False, older=True),
        "older ones": Lines([*LINES.values()][6:11], newer=True, older=True),
        "nothing": Lines([], newer=False, older=False),
    },
    FaultyLine: {"a star within": FaultyLine(4, Fault.STAR_WITHIN)},
    Order: ORDERS,
    MakeFewer: {"one fits": FEWER},
    PastRefusal: REFUSALS,
    Price: _PRICES,
    PriceNotAgreed: PRICE_NOT_AGREED,
    Progress: {
        "being made": Progress(painting=True, ahead=0, ready_at=NOW_S + 12),
        "being made, late": Progress(painting=True, ahead=0, ready_at=0, due=True),
        "waiting": Progress(painting=False, ahead=3, ready_at=NOW_S + 95),
        "next": Progress(painting=False, ahead=0, ready_at=NOW_S + 20),
        "waiting, Spark away": Progress(painting=False, ahead=0, ready_at=0, spark_away=True),
        "at Spark, which is away": Progress(painting=True, ahead=0, ready_at=0, spark_away=True),
        "waiting, late": Progress(painting=False, ahead=1, ready_at=0, due=True),
    },
    Question: QUESTIONS,
    RecordedAction: ACTIONS,
    Reported: REPORTED,
    Refusal: {"a limit": Refusal(Refuser.LIMIT, "That is more than your limit leaves.", "/usage shows the rest.")},
    Refused: {
        f"{objection} of {'somebody' if owner_id > 0 else 'somebody erased'}": Refused(objection, owner_id)
        for objection in Objection
        for owner_id in (ADA, ERASED)
    },
    Remembered: REMEMBERED,
    Remedy: {"the form once more": MendWords("*bad")},
    UsedWords: {"in a prompt": UsedWords(412, Account(SERVER, MONA), "imagine", CHANNEL, "a *rude* fox", NOW)},
    Search: {
        "all of it": Search(),
        "some words": Search("red fox"),
        "favourites": Search(favourites=True),
        "favourites with some words": Search("a *red* fox", favourites=True),
    },
    ServerFacts: SERVERS,
    ServerRules: {
        "as they are at first": ServerRules(),
        "all chosen": ServerRules(CHANNEL, replies=False, allowed_channels=frozenset({CHANNEL, OTHER_CHANNEL})),
        "allowed nowhere": ServerRules(allowed_channels=frozenset()),
        "allowed in many channels": ServerRules(allowed_channels=frozenset(range(CHANNEL, CHANNEL + 7))),
        "one thread a day": ServerRules(results=ResultPlace.DAY),
        "for adults": ServerRules(age_restricted=True),
        "for adults in some channels": ServerRules(
            allowed_channels=frozenset({OTHER_CHANNEL}), age_restricted=True
        ),
        "words listed": ServerRules(words=("rude", "gor*")),
    },
    Source: {"changed first": COPIED, "of a message": IN_MESSAGE, "of the bot's own": OWN_RESULT},
    Span: {f"the period “{each}”": Span.at(each, NOW) for each in ReportPeriod},
    Spenders: SPENDERS,
    Spending: SPENDINGS,
    spark.ImageRefused: {
        "nothing in it": spark.ImageRefused("empty", "The file is empty."),
        "too large": spark.ImageRefused("too_large", "The file has 81 MB; the most is 64 MB."),
        "no picture": spark.ImageRefused(
            "not_an_image", "The file is no picture of a kind that can be read here."
        ),
        "damaged": spark.ImageRefused("broken", "The picture is damaged or cut off; it cannot be decoded."),
        "too many pixels": spark.ImageRefused(
            "too_many_pixels", "The picture is 20000×15000; the most is 100 megapixels."
        ),
        "too heavy": spark.ImageRefused("too_heavy", "The picture takes too long to decode."),
        "too small": spark.ImageRefused(
            "too_small",
            "The picture is 12×9: its shorter side needs at least 14 pixels, its longer one 14.",
            advice="Send a larger one; the original is better than a thumbnail.",
        ),
        "too narrow": spark.ImageRefused(
            "too_long",
            "The picture is 4000×300: its height of 300 pixels must be at least 1334 beside a width of 4000.",
            advice="Cut its width to at most 900 pixels, and send that; or send one that is less narrow.",
        ),
    },
    spark.SparkError: SPARK_ERRORS,
    spark.Style: {"usual": spark.STYLES["watercolor"], "long": spark.STYLES["exquisite-korean-comic"]},
    spark.Task: {
        "a documented code": _ended(spark.TaskStatus.FAILED, spark.TaskError("003001099", SAID)),
        "words of its own": _ended(spark.TaskStatus.FAILED, spark.TaskError("009999999", SAID)),
        "an unknown code without a word": _ended(spark.TaskStatus.FAILED, spark.TaskError("009999999", "")),
        "no reason": _ended(spark.TaskStatus.FAILED),
        "done without a picture": _ended(spark.TaskStatus.COMPLETED),
    },
}
"""By the whole annotation of a parameter; enums need none here."""

_MOMENT: Final = datetime(2026, 11, 20, tzinfo=UTC)
BY_NAME: Final[Mapping[str, Sequence[object]]] = {
    # ids and places
    "user_id": (MONA,),
    "owner_id": (MONA,),
    "picture": ("", "2", "Urlaub_in Wales.heic"),
    "by": (ADA,),
    "writer_id": (MONA,),
    "*role_id": (ROLE,),
    "*channel_id": (CHANNEL,),
    "age_restricted_channel": (CHANNEL, OTHER_CHANNEL),
    "guild_id": (SERVER,),
    "*message_id": (MESSAGE,),
    "job_id": (JOB_ID,),
    "incident": ("3f9a1c",),
    "message_url": (f"https://discord.com/channels/{SERVER}/{CHANNEL}/{OTHER_MESSAGE}",),
    "url": ("https://images.example.org/cat.png",),
    "place": ("the thread for it", f"<#{CHANNEL}>"),
    "bot": ("<@1080706050403020100>",),
    # nano-dollars
    "price": (PICTURE,),
    "before": (8 * USD,),
    "highest": (10 * USD,),
    "amount": (20 * USD,),
    "amounts": ({Period.DAY: 2 * USD, Period.MONTH: 20 * USD}, {Period.DAY: 2 * USD}),
    "charged": (PICTURE,),
    "spent": ({"imagine": 286 * PICTURE, "edit": 40 * DEAR_PICTURE}, {}),
    "columns": ({_MOMENT: 3 * USD + 65_500_000},),
    # times
    "looked_at": (50,),
    "*_at": (NOW + DAY,),
    "*_ms": (NOW,),
    "until": (NOW_S + 3_600,),
    "*seconds": (3_600.0,),
    "begins": (_MOMENT,),
    "first": (0, _MOMENT),
    # numbers
    "number": (1,),
    "position": (1, 3),
    "positions": ((2,), (2, 4)),
    "longest": (60,),
    "length": (812,),
    "best": (120,),
    "most": (4,),
    "count": (7,),
    "wanted": (4,),
    "unfinished": (9,),
    "size": (81_000_000,),
    "status": (503,),
    "seed": (0,),
    "tasks": (1_284,),
    "entries": (2_571,),
    "ended": (2, 0),
    "days": (400,),
    # words
    "action": ("show",),
    "changes": (ATTACHED.changes, (spark.PLACE_REMOVED,)),
    "choices": (("1:1", "16:9", "9:16"),),
    "command": ("/spend user",),
    "given": (("watermark_text",), ("watermark", "spoiler")),
    "filename": ("Urlaub in Wales.heic", "大熊猫_[final].png"),
    "kind": ("edit", "stylize", "portrait"),
    "mend": ("ask a moderator to change that",),
    "model": (spark.Edit.name, spark.TextToImage.name),
    "name": ("The server today",),
    "option": ("day",),
    "permissions": ("Attach Files", ("view_channel", "attach_files"), ("attach_files",)),
    "prompt": (PROMPT, "", LONG_PROMPT),
    "said": ("Missing Permissions",),
    "strength": ("0.8", ""),
    "text": ("two dollars",),
    "types": ((str,), (int, float)),
    "value": ("two dollars", 7),
    "server": ("Sketches & friends",),
    "whose": ("your spending",),
    "words": PROMPTS,
}
"""By the name of a parameter, `*` standing for anything; a list's entries by its name without its last `s`."""
