import pytest

from sandbox.spark.catalogue import EDIT, I2I, PORTRAIT, STYLE, T2I
from sandbox.spark.sizes import result_size


@pytest.mark.parametrize(
    ("model", "asked", "source", "size"),
    [
        (T2I, {}, None, (1328, 1328)),
        (T2I, {"width": 1664, "height": 936}, None, (1664, 936)),
        (T2I, {"width": 3024, "height": 1296}, None, (3024, 1296)),
        (I2I, {}, (800, 600), (1328, 1328)),
        (I2I, {"width": 1472, "height": 1104}, (800, 600), (1472, 1104)),
        (I2I, {"width": 1000, "height": 999}, (800, 600), (992, 992)),
        (I2I, {"width": 2016, "height": 864}, (800, 600), (1536, 864)),
        (EDIT, {}, (1328, 1328), (1328, 1328)),
        (EDIT, {}, (100, 100), (1328, 1328)),
        (EDIT, {}, (1664, 936), (1536, 864)),
        (EDIT, {}, (936, 1664), (864, 1536)),
        (EDIT, {}, (3000, 1000), (1536, 512)),
        (STYLE, {}, (600, 800), (1152, 1536)),
        (PORTRAIT, {}, (800, 600), (1328, 1328)),
        (PORTRAIT, {"width": 512}, (800, 600), (512, 1328)),
        (PORTRAIT, {"width": 700, "height": 2048}, (800, 600), (700, 2048)),
    ],
)
def test_a_result_has_the_documented_size(
    model: str, asked: dict[str, int], source: tuple[int, int] | None, size: tuple[int, int]
) -> None:
    assert result_size(model, asked, source) == size


@pytest.mark.parametrize("model", [EDIT, STYLE])
def test_a_result_like_its_input_needs_one(model: str) -> None:
    with pytest.raises(ValueError, match="needs an input image"):
        result_size(model, {}, None)
