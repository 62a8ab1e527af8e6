import pytest

from bot.domain.pictures.lifetimes import expires_at, is_at_hand, same_file, works_at
from bot.domain.pictures.sources import Source
from tests.examples import MINUTE, NOW

CDN = "https://cdn.discordapp.com/attachments/1/2/a.png"


def signed(until: int) -> str:
    return f"{CDN}?ex={until // 1000:x}&is=1&hm=2&"


def attached(at: int, folder: str = "ephemeral-attachments") -> Source:
    return Source(f"https://cdn.discordapp.com/{folder}/9/{(at - 1_420_070_400_000) << 22}/a.png?ex=1", "a.png")


@pytest.mark.parametrize(
    ("url", "works"),
    [
        (signed(NOW + 24 * 60 * MINUTE), True),
        (signed(NOW + 21 * MINUTE), True),
        (signed(NOW + 19 * MINUTE), False),
        (signed(NOW - MINUTE), False),
        (CDN, True),
        ("https://images-ext-1.discordapp.net/external/x/https/example.com/a.png?size=3", True),
        (f"{CDN}?ex=soon", False),
        (f"{CDN}?ex=", True),
    ],
)
def test_an_address_works_until_some_minutes_before_it_expires(url: str, works: bool) -> None:
    assert works_at(url, NOW) is works


def test_when_an_address_expires_stands_in_it() -> None:
    assert expires_at(signed(NOW)) == NOW
    assert expires_at(CDN) is None


@pytest.mark.parametrize("folder", ["ephemeral-attachments", "attachments"])
def test_a_file_that_came_with_a_command_is_at_hand_for_minutes_only(folder: str) -> None:
    assert is_at_hand(attached(NOW - 9 * MINUTE, folder), NOW)
    assert not is_at_hand(attached(NOW - 11 * MINUTE, folder), NOW)


def test_a_file_in_a_message_is_at_hand_as_long_as_the_message() -> None:
    source = Source(signed(NOW - 99 * MINUTE), "a.png", channel_id=1, message_id=2)
    assert is_at_hand(source, NOW)


def test_a_file_of_an_unknown_age_is_at_hand_while_its_address_works() -> None:
    assert is_at_hand(Source("https://cdn.discordapp.com/new-way/a.png", "a.png"), NOW)
    assert not is_at_hand(Source(f"https://cdn.discordapp.com/new-way/a.png?ex={NOW // 1000:x}", "a.png"), NOW)


def test_one_file_may_have_many_addresses() -> None:
    assert same_file(signed(NOW), signed(NOW + MINUTE).replace("cdn.discordapp.com", "media.discordapp.net"))
    assert not same_file(CDN, CDN.replace("/2/", "/3/"))
