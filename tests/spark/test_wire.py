import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import spark
from spark import ResultImage, Task, TaskError, TaskStatus, Usage, wire

DOCUMENTED = {
    "id": "t-1",
    "model": "spark_t2i_3_0",
    "status": "completed",
    "created_at": 1710000000,
    "output": [
        {"content": [{"type": "image", "url": "https://cdn/1.png", "size": 123456, "jobId": "j-1"}]},
    ],
    "usage": {
        "cost": "0.0065",
        "discount": 1,
        "input_tokens": 2,
        "output_tokens": 3,
        "total_tokens": 5,
        "generated_images": 1,
        "quantity": 1,
        "unit_price": "0.0065",
        "metadata": {"x": 1},
    },
    "metadata": {},
}


def read(body: Any, *, status: int = 200, paid: bool = True, task_id: str = "") -> Task:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return wire.read_task(wire.Answer(status, {}, data), paid=paid, now=0.0, task_id=task_id)


def test_reads_the_documented_task() -> None:
    assert read(DOCUMENTED) == Task(
        id="t-1",
        model="spark_t2i_3_0",
        status=TaskStatus.COMPLETED,
        status_word="completed",
        created_at=1710000000,
        images=(ResultImage("https://cdn/1.png", 123456, "j-1"),),
        usage=Usage(Decimal("0.0065"), Decimal(1), 2, 3, 5, 1),
    )


@pytest.mark.parametrize(
    ("word", "status", "finished", "succeeded", "failed"),
    [
        ("pending", TaskStatus.PENDING, False, False, False),
        ("queued", TaskStatus.QUEUED, False, False, False),
        ("processing", TaskStatus.PROCESSING, False, False, False),
        ("in_progress", TaskStatus.IN_PROGRESS, False, False, False),
        ("completed", TaskStatus.COMPLETED, True, True, False),
        ("done", TaskStatus.COMPLETED, True, True, False),
        ("COMPLETED", TaskStatus.COMPLETED, True, True, False),
        ("failed", TaskStatus.FAILED, True, False, True),
        ("pondering", TaskStatus.UNKNOWN, False, False, False),
        ("", TaskStatus.UNKNOWN, False, False, False),
    ],
)
def test_reads_every_status(word: str, status: TaskStatus, finished: bool, succeeded: bool, failed: bool) -> None:
    task = read({"id": "t-1", "status": word})
    assert task.status is status
    assert (task.finished, task.succeeded, task.failed) == (finished, succeeded, failed)
    assert task.status_word == word


@pytest.mark.parametrize(
    "error",
    [
        {"code": 3001001, "error_message": "no prompt"},
        {"code": "3001001", "error_message": "no prompt"},
        {"code": "003001001", "message": "no prompt"},
    ],
)
def test_reads_an_error_in_every_form_seen(error: Any) -> None:
    task = read({"id": "t-1", "model": "spark_t2i_3_0", "status": "failed", "error": error})
    assert task.error == TaskError("003001001", "no prompt")
    assert task.failure == spark.CODES["003001001"]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("it broke", TaskError(None, "it broke")),
        ({"code": 0, "message": "it broke"}, TaskError(None, "it broke")),
        ({"code": "0"}, None),
        ({"code": ["x"], "message": {"a": 1}}, None),
        ({}, None),
        (None, None),
        (5, TaskError(None, "5")),
        ([], None),
    ],
)
def test_an_error_without_a_code_is_a_failure_all_the_same(error: Any, expected: TaskError | None) -> None:
    task = read({"id": "t-1", "status": "failed", "error": error})
    assert task.error == expected
    assert task.failure is not None
    assert task.failure.meaning == "Spark failed and gave no reason."
    with pytest.raises(spark.TaskFailed):
        task.raise_for_failure()


@pytest.mark.parametrize(
    "error", ["blocked by policy", {"message": "blocked by policy"}, {"code": 9, "message": "blocked by policy"}]
)
def test_a_failure_without_a_documented_code_keeps_sparks_own_words(error: Any) -> None:
    with pytest.raises(spark.TaskFailed, match="blocked by policy") as raised:
        read({"id": "t-1", "status": "failed", "error": error}).raise_for_failure()
    assert raised.value.code.documented is False


def test_an_unknown_code_keeps_its_number() -> None:
    task = read({"id": "t-1", "status": "failed", "error": {"code": 50411}})
    assert task.failure is not None
    assert task.failure.code == "000050411"


def test_portraits_no_error_is_none() -> None:
    task = read({"id": "t-1", "status": "completed", "error": {"code": 0, "message": "No error"}})
    assert task.error is None
    assert task.failure is None
    task.raise_for_failure()


@pytest.mark.parametrize(
    ("output", "urls"),
    [
        (
            [
                {"content": [{"url": "a"}, {"type": None, "url": "b"}]},
                {"content": [{"type": "image", "url": "c"}]},
            ],
            "abc",
        ),
        ([{"content": [{"type": "video", "url": "a"}, {"type": "image"}, {"type": "image", "url": ""}]}], ""),
        ([{"content": [{"type": "", "url": "a"}, {"type": "Image", "url": "b"}]}], "ab"),
        (
            [{"content": [{"type": ["image"], "url": "a"}, {"type": {}, "url": "b"}, {"type": 7, "url": "c"}]}],
            "abc",
        ),
        ([{"content": [{"type": "Video/mp4", "url": "a"}, {"type": "AUDIO", "url": "b"}]}], ""),
        ([{"content": [{"url": "a\x1b\n"}]}], "a"),
        ([{"content": None}, {}, None, 5, "x", [{"url": "a"}]], ""),
        ({"content": [{"url": "a"}]}, ""),
        ("https://cdn/1.png", ""),
        (None, ""),
    ],
)
def test_takes_every_image_with_an_address(output: Any, urls: str) -> None:
    task = read({"id": "t-1", "status": "completed", "output": output})
    assert [image.url for image in task.images] == list(urls)


@pytest.mark.parametrize(
    ("cost", "expected"),
    [
        ("0.0065", Decimal("0.0065")),
        ("0", Decimal(0)),
        ("1e-3", Decimal("0.001")),
        (0.1, Decimal("0.1")),
        (1, Decimal(1)),
        ("-1", None),
        ("NaN", None),
        ("Infinity", None),
        ("1e999999999", None),
        ("free", None),
        ("", None),
        (True, None),
        (None, None),
        ([], None),
    ],
)
def test_reads_the_cost_exactly_or_not_at_all(cost: Any, expected: Decimal | None) -> None:
    task = read({"id": "t-1", "status": "completed", "usage": {"cost": cost}})
    assert (task.usage.cost if task.usage else None) == expected


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (0, 0.0),
        (0.4, 0.4),
        (1, 1.0),
        (1.5, None),
        (-0.1, None),
        (40, None),
        ("0.4", None),
        (True, None),
        (None, None),
    ],
)
def test_reads_progress_from_0_to_1(progress: Any, expected: float | None) -> None:
    assert read({"id": "t-1", "status": "in_progress", "progress": progress}).progress == expected


def test_an_id_outweighs_all_that_cannot_be_read() -> None:
    junk: dict[str, Any] = dict.fromkeys(["status", "created_at", "progress", "output", "usage", "error"], object)
    task = read({"id": 17} | {name: [[]] for name in junk})
    assert task.id == "17"
    assert not task.finished


def test_a_look_keeps_the_id_that_was_asked_for() -> None:
    assert read({"status": "queued"}, paid=False, task_id="t-1").id == "t-1"
    assert read({"id": "other", "status": "queued"}, paid=False, task_id="t-1").id == "t-1"


@pytest.mark.parametrize(
    ("body", "message", "code"),
    [
        ({"error": {"code": 3001002, "message": "too long"}}, "too long", "003001002"),
        ({"error": {"code": "003001002"}}, "", "003001002"),
        ({"error": {"error_message": "no"}, "status": "failed"}, "no", None),
        ({"error": {"code": "nsfw"}}, "", None),
        ({"error": "content policy violation"}, "content policy violation", None),
        ({"id": "", "error": "no"}, "no", None),
        ({"id": None, "error": "no"}, "no", None),
        ({"code": 3001002, "message": "too long"}, "too long", "003001002"),
        ({"status": {"code": 402, "message": "Insufficient credits"}, "data": None}, "Insufficient credits", None),
    ],
)
def test_an_error_in_the_place_of_an_id_is_a_refusal(body: Any, message: str, code: str | None) -> None:
    with pytest.raises(spark.SubmitRefused) as raised:
        read(body)
    assert (raised.value.message, raised.value.code) == (message, spark.CODES[code] if code else None)
    assert (raised.value.may_have_been_accepted, raised.value.retryable) == (False, False)


@pytest.mark.parametrize(
    "body",
    [
        {"error": None},
        {"error": {}},
        {"error": ""},
        {"error": True},
        {"error": {"code": 0, "message": "success"}},
        {"message": "ok"},
        {"code": 200, "message": "ok", "data": {"id": "t-1"}},
        {"status": {"code": 0, "message": "ok"}, "data": {"id": "t-1"}},
        {"id": ["t-1"], "error": "no"},
        {"id": "t-1\nforged", "error": "no"},
    ],
)
def test_what_does_not_plainly_refuse_may_have_been_accepted(body: Any) -> None:
    with pytest.raises(spark.UnreadableAnswer) as raised:
        read(body)
    assert raised.value.may_have_been_accepted is True


def test_an_error_in_the_place_of_a_look_proves_nothing() -> None:
    with pytest.raises(spark.UnreadableAnswer) as raised:
        read({"error": "busy"}, paid=False, task_id="t-1")
    assert raised.value.retryable is True


@pytest.mark.parametrize("task_id", ["t\n2026 forged line", "t\x1b[2J", "t\u202e", "t\ud800", "t" * 201])
def test_an_id_that_no_log_line_carries_is_none(task_id: str) -> None:
    with pytest.raises(spark.UnreadableAnswer) as raised:
        read({"id": task_id, "status": "queued"})
    assert str(raised.value).isprintable()


HOSTILE = "over\r\n2026-01-01 [critical] forged\x1b[2J\x07 \u202etxt.exe\u2028 \ud800"


@pytest.mark.parametrize(
    "body",
    [
        {"message": HOSTILE},
        {"error": HOSTILE},
        {"error": {"code": HOSTILE, "message": HOSTILE}},
        {"status": {"code": 402, "message": HOSTILE}},
        HOSTILE.encode(errors="replace"),
        {"message": "long " * 1000},
    ],
)
def test_what_spark_says_is_one_short_line(body: Any) -> None:
    with pytest.raises(spark.StatusError) as raised:
        read(body, status=400)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 600
    task = read(
        {"id": "t-1", "status": HOSTILE, "model": HOSTILE, "error": body if isinstance(body, dict) else ""}
    )
    assert (task.status_word + task.model).isprintable()


def test_words_keep_what_scripts_and_emoji_are_spelt_with() -> None:
    said = "نمی\u200cشود 👩\u200d🎨"
    with pytest.raises(spark.BadRequest) as raised:
        read({"message": said}, status=400)
    assert raised.value.message == said


@pytest.mark.parametrize(
    "body",
    [
        {"status": {"code": 402, "message": "Insufficient credits", "error_code": 40201}, "data": None},
        {"error": {"message": "Insufficient credits"}},
    ],
)
def test_no_credit_is_told_in_words(body: Any) -> None:
    with pytest.raises(spark.PaymentRequired) as raised:
        read(body, status=402)
    assert raised.value.message == "Insufficient credits"
    assert str(raised.value) == "Spark answered 402: Insufficient credits"
    assert raised.value.may_have_been_accepted is False


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"junk",
        b"\xff\xfe",
        b"<html>",
        b"null",
        b"[]",
        b'"t-1"',
        b"{}",
        b'{"id": ""}',
        b'{"id": null}',
        b'{"id": true}',
        b"[" * 9999,
        b'{"n": ' + b"9" * 5000 + b"}",
    ],
)
@pytest.mark.parametrize("paid", [True, False])
def test_what_is_no_task_is_unreadable(body: bytes, paid: bool) -> None:
    with pytest.raises(spark.UnreadableAnswer) as raised:
        read(body, paid=paid)
    assert raised.value.may_have_been_accepted is paid
    assert len(str(raised.value)) < 500


@pytest.mark.parametrize(
    ("body", "message", "code"),
    [
        ({"message": "m"}, "m", None),
        ({"error": "m"}, "m", None),
        ({"error": {"code": "003003006", "message": "m"}}, "m", "003003006"),
        ({"error": {"code": 3003006, "error_message": "m"}}, "m", "003003006"),
        ({"code": 3003006, "message": "m"}, "m", "003003006"),
        ({"code": 400, "message": "m"}, "m", None),
        (b"<html>bad</html>", "", None),
        (b"", "", None),
        ([1], "", None),
    ],
)
def test_reads_what_a_refusal_says(body: Any, message: str, code: str | None) -> None:
    with pytest.raises(spark.BadRequest) as raised:
        read(body, status=400)
    assert raised.value.message == message
    assert (raised.value.code.code if raised.value.code else None) == code
    assert raised.value.status == 400


def test_a_long_body_is_shortened() -> None:
    with pytest.raises(spark.ServerError) as raised:
        read(b"<p>" + b"long " * 10_000, status=502)
    assert len(raised.value.body) <= 301
    assert raised.value.body.startswith("<p>long")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
FIELDS = ["id", "model", "status", "created_at", "progress", "output", "usage", "error", "metadata", "message"]


@given(body=st.dictionaries(st.sampled_from(FIELDS), JSON) | JSON, status=st.integers(100, 599))
def test_no_answer_breaks_the_reader(body: Any, status: int) -> None:
    try:
        task = read(body, status=status)
    except spark.StatusError:
        assert not 200 <= status < 300
    except (spark.UnreadableAnswer, spark.SubmitRefused):
        assert 200 <= status < 300
    else:
        assert task.id


def test_builds_the_look_without_a_body() -> None:
    assert wire.task_request("t-1") == wire.HttpRequest("GET", "/model/v1/generation/task/t-1")
