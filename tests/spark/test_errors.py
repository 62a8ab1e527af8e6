import copy
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import spark
from spark import errors


def one_of_each() -> Iterator[spark.SparkError]:
    problem = spark.Problem("seed", 2**60, "small", "003001004")
    yield spark.InvalidRequest("spark_t2i_3_0", [problem, problem])
    yield spark.ImageRefused("broken", "It is broken.", advice="Send another.")
    yield spark.ConnectionFailed("no")
    yield spark.ConnectionLost("no", may_have_been_accepted=True)
    yield spark.RequestTimeout("no", may_have_been_accepted=True)
    yield spark.UnreadableAnswer(200, "junk", may_have_been_accepted=True)
    yield spark.SubmitRefused("no", code=spark.CODES["003001002"])
    code = spark.CODES["003001002"]
    kinds: list[type[spark.StatusError]] = [spark.StatusError, *spark.StatusError.__subclasses__()]
    for kind in kinds:
        yield kind(
            429, "{}", message="no", code=code, request_id="r", retry_after=2.0, may_have_been_accepted=False
        )
    yield spark.TaskFailed("t-1", "spark_t2i_3_0", spark.CODES["003001095"], "no")
    yield spark.TaskTimeout("t-1", 900.0)
    yield spark.DownloadFailed("no", status=404, retryable=True)
    yield spark.DownloadTooLarge(5)


def leaves(kind: type[spark.SparkError]) -> set[type[spark.SparkError]]:
    below = kind.__subclasses__()
    return {kind}.union(*map(leaves, below)) if below else {kind}


def pickled(error: spark.SparkError) -> Any:
    return pickle.loads(pickle.dumps(error))  # noqa: S301 - its own words


def test_each_error_of_the_tree_is_tried() -> None:
    abstract = {spark.SparkError, spark.TransportError}
    assert {type(error) for error in one_of_each()} == leaves(errors.SparkError) - abstract


@pytest.mark.parametrize("error", list(one_of_each()), ids=lambda error: type(error).__name__)
@pytest.mark.parametrize(
    "through",
    [pickled, copy.copy, copy.deepcopy],
    ids=["pickle", "copy", "deepcopy"],
)
def test_an_error_survives_being_sent_to_another_process(
    error: spark.SparkError, through: Callable[[Any], Any]
) -> None:
    again = through(error)
    assert type(again) is type(error)
    assert (str(again), again.args, vars(again)) == (str(error), error.args, vars(error))
    assert (again.may_have_been_accepted, again.retryable) == (error.may_have_been_accepted, error.retryable)
