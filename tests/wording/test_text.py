import pytest

from bot.wording.text import alt_text, plain, seconds_text, shortened, thread_name


@pytest.mark.parametrize(
    "text",
    [
        "@everyone @here <@123> <@&4> <#5>",
        "**bold** __under__ ~~gone~~ `code` ||secret||",
        "> quote\n# title\n- item\n-# small",
        "[a link](https://example.com) https://example.com",
        "<t:0:R> <:name:1> :smile:",
    ],
)
def test_plain_text_keeps_its_words_and_loses_its_powers(text: str) -> None:
    written = plain(text)
    for power in ("@everyone", "@here", "<@", "<#", "<t:", "**", "__", "~~", "||", "](", "https://", "\n"):
        assert power not in written
    assert "".join(written.replace("\\", "").replace("\u200b", "").split()) == "".join(text.split())


def test_a_cut_comes_at_a_words_end_and_is_marked() -> None:
    assert shortened("one two three four", 14) == "one two three…"
    assert shortened("x" * 50, 10) == "x" * 9 + "…"
    assert shortened("short  words", 20) == "short words"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a red fox", "a red fox"),
        ("\u200b\u202e\x00", "picture"),
        ("line\nbreak", "line break"),
        ("狐" * 200, "狐" * 79 + "…"),
    ],
)
def test_a_thread_has_a_name_that_discord_takes(title: str, name: str) -> None:
    assert thread_name(title) == name
    assert 1 <= len(thread_name(title)) <= 100


def test_alt_text_tells_which_picture_and_stays_within_discords_limit() -> None:
    assert alt_text("AI-made: a fox", "2 of 3") == "AI-made: a fox (2 of 3)"
    assert alt_text("AI-made: a fox") == "AI-made: a fox"
    long = alt_text("word " * 400, "4 of 4")
    assert len(long) <= 1024
    assert long.endswith("… (4 of 4)")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (-3, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (125, "2 min 5 s"),
        (3600, "1 h"),
        (4800, "1 h 20 min"),
    ],
)
def test_durations_read_well(seconds: float, text: str) -> None:
    assert seconds_text(seconds) == text
