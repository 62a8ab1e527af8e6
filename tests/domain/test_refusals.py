import pytest

from bot.domain.refusals import Refusal, Refuser


def refusal(refuser: Refuser = Refuser.SPARK, charged_nano: int = 0) -> Refusal:
    return Refusal(refuser, "this prompt", "It is too long.", "Shorten it.", charged_nano)


def test_a_refusal_says_who_why_what_to_do_and_that_nothing_was_charged() -> None:
    assert refusal().text == (
        "**Spark refused this prompt.**\nIt is too long.\nShorten it.\n-# Nothing was charged."
    )


def test_a_refusal_says_what_was_charged() -> None:
    assert refusal(charged_nano=6_500_000).text.endswith("\n-# Charged: $0.0065.")


@pytest.mark.parametrize(
    ("refuser", "name"),
    [
        (Refuser.BOT, "This bot"),
        (Refuser.LIMIT, "The spending limit"),
        (Refuser.SPARK, "Spark"),
        (Refuser.DISCORD, "Discord"),
    ],
)
def test_each_refuser_is_named(refuser: Refuser, name: str) -> None:
    assert refusal(refuser).text.startswith(f"**{name} refused this prompt.**")


def test_a_refusal_can_be_raised_and_read_in_a_log() -> None:
    with pytest.raises(Refusal, match=r"^Spark refused this prompt: It is too long\.$"):
        raise refusal()
