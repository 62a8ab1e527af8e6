"""A typed, asynchronous client of the Spark image API; it stands alone.

    from pathlib import Path

    import spark

    async with spark.Client(api_key) as client:
        request = spark.TextToImage(prompt="a red fox in snow", width=1664, height=936)
        task = await client.wait(await client.submit(request))
        task.raise_for_failure()
        picture = await client.download(task.images[0].url)

        fitted = await spark.fit(Path("photo.heic").read_bytes(), spark.Edit.name)
        edit = spark.Edit(prompt="make it night").with_image(fitted.data)
        try:
            task = await client.submit(edit)
        except spark.SparkError as error:
            if error.may_have_been_accepted:
                ...  # Spark may be at work on it: do not send it again

Requests are checked when they are made (`InvalidRequest`); money is a `Decimal`. To wait for many tasks at a time
there is `Poller`. The tree of errors is drawn in `spark.errors`.
"""

from spark.client import DEFAULT_BASE_URL, Client, Download, Outcome, Retries
from spark.clock import Clock, SystemClock
from spark.codes import CODES, ErrorCode, explain_code, normalize_code
from spark.errors import (
    BadRequest,
    ConnectionFailed,
    ConnectionLost,
    DownloadFailed,
    DownloadTooLarge,
    Forbidden,
    ImageRefused,
    InvalidRequest,
    NotFound,
    PaymentRequired,
    Problem,
    RateLimited,
    RequestTimeout,
    ServerError,
    SparkError,
    StatusError,
    SubmitRefused,
    TaskFailed,
    TaskTimeout,
    TransportError,
    Unauthorized,
    UnreadableAnswer,
)
from spark.images import (
    HIDDEN_DATA,
    LIMITS,
    PLACE_REMOVED,
    SOURCE_BYTES_MAX,
    Fingerprint,
    Fitted,
    Limits,
    Previewer,
    Provenance,
    Shrunk,
    Stamper,
    alike,
    fingerprint,
    fit,
    measure,
    scratch_file,
    shrink,
)
from spark.models import (
    MODELS,
    Edit,
    ImageToImage,
    LogoInfo,
    Portrait,
    Request,
    StyleTemplate,
    TextToImage,
    parse,
)
from spark.parameters import DEFAULT_SIDE, PROMPT_MAX, PROMPT_RECOMMENDED, RANDOM_SEED, SEED_MAX
from spark.polling import Poller
from spark.request import Caution
from spark.schedule import GrowingIntervals, LearntIntervals, Schedule
from spark.sizes import (
    HD_SIZES,
    IMAGE_TO_IMAGE_SIDE_MAX,
    IMAGE_TO_IMAGE_SIZES,
    STANDARD_SIZES,
    nearest_image_to_image_size,
)
from spark.styles import STYLES, Style
from spark.tasks import ResultImage, Task, TaskError, TaskStatus, Usage
from spark.transport import Timeouts

__all__ = [
    "CODES",
    "DEFAULT_BASE_URL",
    "DEFAULT_SIDE",
    "HD_SIZES",
    "HIDDEN_DATA",
    "IMAGE_TO_IMAGE_SIDE_MAX",
    "IMAGE_TO_IMAGE_SIZES",
    "LIMITS",
    "MODELS",
    "PLACE_REMOVED",
    "PROMPT_MAX",
    "PROMPT_RECOMMENDED",
    "RANDOM_SEED",
    "SEED_MAX",
    "SOURCE_BYTES_MAX",
    "STANDARD_SIZES",
    "STYLES",
    "BadRequest",
    "Caution",
    "Client",
    "Clock",
    "ConnectionFailed",
    "ConnectionLost",
    "Download",
    "DownloadFailed",
    "DownloadTooLarge",
    "Edit",
    "ErrorCode",
    "Fingerprint",
    "Fitted",
    "Forbidden",
    "GrowingIntervals",
    "ImageRefused",
    "ImageToImage",
    "InvalidRequest",
    "LearntIntervals",
    "Limits",
    "LogoInfo",
    "NotFound",
    "Outcome",
    "PaymentRequired",
    "Poller",
    "Portrait",
    "Previewer",
    "Problem",
    "Provenance",
    "RateLimited",
    "Request",
    "RequestTimeout",
    "ResultImage",
    "Retries",
    "Schedule",
    "ServerError",
    "Shrunk",
    "SparkError",
    "Stamper",
    "StatusError",
    "Style",
    "StyleTemplate",
    "SubmitRefused",
    "SystemClock",
    "Task",
    "TaskError",
    "TaskFailed",
    "TaskStatus",
    "TaskTimeout",
    "TextToImage",
    "Timeouts",
    "TransportError",
    "Unauthorized",
    "UnreadableAnswer",
    "Usage",
    "alike",
    "explain_code",
    "fingerprint",
    "fit",
    "measure",
    "nearest_image_to_image_size",
    "normalize_code",
    "parse",
    "scratch_file",
    "shrink",
]
