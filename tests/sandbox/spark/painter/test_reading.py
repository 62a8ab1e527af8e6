from typing import Any

import pytest

from sandbox.spark.painter.reading import COLOURS, read


@pytest.mark.parametrize(
    ("prompt", "understood"),
    [
        ("a red fox in snow", {"subject": "fox", "accent": COLOURS["red"], "time": "winter", "snow": True}),
        ("a lighthouse at dawn", {"subject": "lighthouse", "time": "dawn", "place": "sea", "accent": None}),
        ("a castle at night", {"subject": "castle", "time": "night", "place": "mountains"}),
        ("neon city", {"subject": None, "time": "neon", "place": "city"}),
        ("portrait of a person", {"subject": "person", "woman": True}),
        ("an old man", {"subject": "person", "woman": False}),
        ("Two CATS under a rainbow", {"subject": "cat", "rainbow": True}),
        ("a lighthouse under a pink sky", {"accent": None, "tint": COLOURS["pink"]}),
        ("a blue robot in the golden desert", {"accent": COLOURS["blue"], "tint": COLOURS["golden"]}),
        ("misty forest with aurora and stars", {"fog": True, "aurora": True, "stars": True, "place": "forest"}),
        ("hello", {"subject": None, "time": None, "place": None, "accent": None, "tint": None}),
    ],
)
def test_a_prompt_is_understood_by_its_words(prompt: str, understood: dict[str, Any]) -> None:
    scene = read(prompt)
    assert {name: getattr(scene, name) for name in understood} == understood
