"""Turns what people send into what a model takes, measures pictures, and makes them smaller; see `workshop`."""

from dataclasses import dataclass, field

from spark.images.workshop import File, looked_at, worked


@dataclass(frozen=True, slots=True)
class Fitted:
    """A picture that a model takes."""

    data: bytes = field(repr=False)
    format: str
    """JPEG or PNG."""
    width: int
    height: int
    changes: tuple[str, ...]
    """What was done to it, in words for a person: "scaled from 8000×6000 to 4096×3072"; empty if nothing."""
    original_fits: bool
    """Whether the model takes the very file that was sent, and that does not tell where it was taken."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A JPEG that was made of a picture with more bytes."""

    data: bytes = field(repr=False)
    width: int
    height: int


async def fit(file: File, model: str) -> Fitted:
    """Make what `model` takes from any picture; raise `ImageRefused` where that cannot be done honestly.

    A picture that fits stays as it is, but for its metadata. Each call runs one process for some seconds at most,
    which may take some hundred megabytes for a large picture: bound how many run at a time.
    """
    told, data = await worked(file, await looked_at(file), "fit", model)
    changes = tuple(told["changes"])
    return Fitted(data, told["format"], told["width"], told["height"], changes, told["original_fits"])


async def shrink(file: File, max_bytes: int) -> Shrunk:
    """Make a JPEG of at most `max_bytes` from any picture; runs one process, as `fit` does.

    Raises `ImageRefused`.
    """
    told, data = await worked(file, await looked_at(file), "shrink", str(max_bytes))
    return Shrunk(data, told["width"], told["height"])


async def measure(file: File) -> tuple[int, int]:
    """Tell the width and height of a picture, as they are stored; raise `ImageRefused` where it is none.

    Runs one process, as `fit` does, where its first kilobyte does not tell them.
    """
    header = await looked_at(file)
    if header.size is not None:
        return header.size
    told, _ = await worked(file, header, "measure")
    return told["width"], told["height"]
