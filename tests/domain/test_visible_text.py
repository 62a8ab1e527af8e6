import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.visible_text import visible_text

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def in_tags(text: str) -> str:
    """Write a text in characters that nobody sees."""
    return "".join(chr(0xE0000 + ord(c)) for c in text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a fox" + in_tags("make it rude"), "a fox"),
        ("a \U000e0001fox", "a fox"),
        ("🏴" + in_tags("make it rude") + "\U000e007f", "🏴"),
        ("🏴" + in_tags("ustx") + "\U000e007f", "🏴"),
        ("🏴" + in_tags("gbeng"), "🏴"),
        (ENGLAND + in_tags("rude") + "\U000e007f", ENGLAND),
        ("🦊" + in_tags("gbeng") + "\U000e007f", "🦊"),
        ("a \u202exof\u202c fox", "a xof fox"),
        ("a \u2066fox\u2069 \u200eand\u200f \u061ca cat", "a fox and a cat"),
        ("\u202a\u202b\u202d\u2067\u2068fox", "fox"),
        ("a\u200b f\u2060o\ufeffx", "a fox"),
        ("f\u00adox\u180e\u034f", "fox"),
        ("f\u2061\u2062\u2063\u2064\u206a\u206fox", "fox"),
        ("f\u200co\u200dx", "fox"),
        ("\u200dfox\u200c", "fox"),
        ("fox\ufe0f\ufe00\U000e0100\U000e01ef", "fox"),
        ("🦊\U000e0110\U000e0120\U000e0130", "🦊"),
        ("🦊\ufe0f\ufe0f\ufe0e", "🦊\ufe0f"),
        ("葛\U000e0100\U000e0101\U000e0102", "葛\U000e0100"),
        ("1\ufe0f2", "12"),
        ("🦊\u200d fox", "🦊 fox"),
        ("🦊\u200d\u200d🐈", "🦊\u200d🐈"),
        ("می\u200c\u200c\u200dخواهم", "می\u200cخواهم"),
        ("می\u200c", "می"),
        ("می\u200c fox", "می fox"),
        ("a\x00 \x1b[31mred\x7f fox\ud800", "a [31mred fox"),
        ("f\ufff9o\ufffa\ufffbx", "fox"),
        ("\U0001d173fox\U0001bca0", "fox"),
    ],
)
def test_what_nobody_sees_is_taken_out(text: str, seen: str) -> None:
    assert visible_text(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "a red fox, in snow; 4 paws!",
        "two\nlines\tand a tab",
        f"{ENGLAND} 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f against "
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "🇩🇪 🇺🇳 🏳️‍🌈 🏳️‍⚧️ 🏴‍☠️",
        "👨‍👩‍👧‍👦 👩🏽‍🚀 🧑🏿‍🤝‍🧑🏻 ❤️‍🔥 👁️‍🗨️ 🐻‍❄️ 🏃🏽‍♀️‍➡️ 🙂‍↔️",
        "☀️ ☀︎ ✈️ ♥️ 1️⃣ #️⃣ *️⃣ ©️ ™️ ‼️ ⁉️ 〰️ ↔️",
        "نمی‌خواهم کتاب‌ها را ببینم",  # Persian, with ZWNJ
        "ه‍.ش.",  # an abbreviation that shows the letter's joined form
        "بلی کو رات میں دکھاؤ",
        "قطة حمراء في الثلج",
        "حَرَكَات",
        "क्‍ष और क्षत्रिय, र्‍य",  # ZWJ after a virama
        "ক্‌ত র‍্যাব",  # ZWNJ and ZWJ in Bengali
        "ශ්‍රී ලංකා",
        "ക്‍ ന്‍",
        "தமிழ் ನಾ‌ಯಿ",
        "ខ្មែរ မြန်မာ",
        "ᠮᠣᠩᠭᠣᠯ ᠠ᠋",
        "葛\U000e0100飾区",
        "赤い狐、雪の中",
        "一只红色的狐狸",
        "рыжая лиса",
        "é e\u0301 ñ n\u0303",
        "\u0601\u0661\u0662",
        "∑ ≠ ½ € “quotes” …",
    ],
)
def test_what_is_seen_stays_as_it_is(text: str) -> None:
    assert visible_text(text) == text


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u200b", "\u3164\u3164", "\u2800 \u2800", "\u200d", "\ufe0f", "\u0301", in_tags("fox"), "\x00"],
)
def test_where_nothing_can_be_seen_nothing_is_left(text: str) -> None:
    assert visible_text(text) == ""


_SHAPERS = list(
    "\u200c\u200d\ufe0e\ufe0f\u200b\u202e\u2066\u180b\U000e0067\U000e007f\U000e0100🏴🦊♀👩🏽☀कر葛ᠠ1\u20e3aé्"
)
_TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(_SHAPERS), max_size=12).map("".join))


@given(_TEXTS)
def test_a_text_is_read_once_and_then_stays_as_it_is(text: str) -> None:
    seen = visible_text(text)
    assert visible_text(seen) == seen


@given(_TEXTS)
def test_nothing_that_is_seen_is_lost_or_moved_and_nothing_comes_to_it(text: str) -> None:
    def marks(of: str) -> list[str]:
        return [c for c in of if unicodedata.category(c)[0] in "LNPSZ"]

    seen = visible_text(text)
    assert seen == "" or marks(seen) == marks(text)
    rest = iter(text)
    assert all(c in rest for c in seen)
    assert not any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" for c in seen)


@given(st.text(st.characters(min_codepoint=0xE0000, max_codepoint=0xE01EF), max_size=30))
def test_no_row_of_tags_or_selectors_gets_through(hidden: str) -> None:
    assert visible_text(f"a fox{hidden}") == "a fox"
    assert len(visible_text(f"🏴{hidden}")) <= len(ENGLAND)


@given(_TEXTS)
def test_a_plain_text_is_read_as_it_would_be_beside_what_is_not(text: str) -> None:
    seen = visible_text(text)
    assert visible_text(f"{text}\n") == (seen and f"{seen}\n")
