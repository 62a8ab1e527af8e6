"""What a reply means: plainly an order, plainly talk, or what may be either, which is asked about.

Talk that is taken for an order is paid for, an order that is taken for talk is ignored. So only what is made like
an order counts as one, and only what is made like talk as such, by the words of `languages/`; a person is asked
about all else. No model of language stands behind it.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from typing import Final

from bot.domain.replies.folding import folded, letters_of
from bot.domain.replies.joined import joined_languages_of, verdict_in_joined
from bot.domain.replies.picture_numbers import without_name
from bot.domain.replies.shown import EMOJI, languages_of
from bot.domain.replies.spaced import verdict_in
from bot.domain.replies.verdicts import Verdict

_LONGEST_TALK: Final = 200
"""How many characters talk has at most."""
_READ: Final = 1000
"""How many characters are read; no order is longer."""
_WORDS_READ: Final = 60
"""How many words of a clause are."""
_MARKUP: Final = re.compile(r"<(?:@[!&]?|#|t:)\d+(?::\w)?>|https?://\S+")
"""Mentions, times, links: what Discord shows instead of words."""
_OWN_EMOJI: Final = re.compile(r"<a?:\w+:\d+>")
"""A server's own."""
_EMOTICON: Final = re.compile(
    r"(?<!\w)(?:[:;=][-'^o]?[)(dpo3/\\|*\]\[]+|[)(]+[:;=]|<3+|\^[_.]*\^|[o0tu>-][_.]+[o0tu<-])(?!\w)"
)
_MARK: Final = re.compile(
    r"\b\d{1,3}(?:[.,]\d)?\s*/\s*(?:5|10|100)\b|\b1000?\s*%|(?<!\S)\+1(?!\S)|(?<!\S)100(?!\S)"
    r"|#\s?\d{1,2}(?!\w)|\bnumber \d{1,2}\b"
)
"""Points that somebody gives, and numbers that name a picture."""
_SIGNS: Final = (
    (re.compile(r"➡️?|→|➔|⇒|(?<!\S)[-=]>(?!\S)"), " . make it "),
    (re.compile(r"➕|(?<!\S)\+(?=\s*[^\s\d])"), " . with "),
    (re.compile(r"➖|❌|🚫|⛔"), " . without "),
    (re.compile(r"\bmás\b", re.IGNORECASE), "aún más"),  # without its accent it is Portuguese for "but"
    (
        re.compile(r"\b(?:en vez de|en lugar de|em vez de|no lugar de|au lieu de|invece di)\b", re.IGNORECASE),
        "instead",
    ),
    (re.compile(r"\bb\s*&\s*w\b", re.IGNORECASE), "bw"),
)
"""What is drawn instead of a word."""
_CLAUSE: Final = re.compile(
    r"((?:[^.,;:!?…\n—–。，、；：！？؟،।۔]|(?<=\d)[.,:](?=\d))+)([.,;:!?…\n—–。，、；：！？؟،।۔]*)"
)
_LOUD: Final = re.compile(r"[!?！？؟]")
_FACES: Final = re.compile(
    "[\U0001f600-\U0001f64f\U0001f910-\U0001f92f\U0001f970-\U0001f97a\U0001f9d0\U0001fae0-\U0001fae8\U0001faf0-\U0001faf8"
    "\U0001f440-\U0001f450\U0001f480-\U0001f4af\U0001f493-\U0001f49f\U0001f590-\U0001f596\U0001f918-\U0001f91f"
    "\U0001f389\U0001f38a\U0001f3c6\U0001f525\U0001f31f\U0001f5a4\U0001f90d-\U0001f90f\u2728\u2764\u2b50\u270a-\u270d\u261d]"
)
"""Emoji that say what somebody feels; all others are things."""
_ASKS: Final = (Verdict.ORDER, Verdict.FRAGMENT)
_TELLS: Final = (Verdict.TALK, Verdict.REMARK)
_NO_ORDER: Final = re.compile(
    r"(?<!\S)(?:/s|jk|just kidding|just what i needed|yeah right)(?!\w)|\s[<>]\s", re.IGNORECASE
)
"""What takes an order back, makes fun of it, or only compares."""


class Meaning(Enum):
    """What becomes of a reply: it is carried out, left alone, or asked about."""

    ORDER = "order"
    TALK = "talk"
    UNCLEAR = "unclear"


def meaning_of(text: str) -> Meaning:
    """Tell what a message's text, as Discord gives it, means; one that has no words is talk."""
    text = _OWN_EMOJI.sub(f" {EMOJI} ", _MARKUP.sub(" ", text))
    left = without_name(text)
    if left is not None:  # "the third one!" is a favourite, "#3" lacks its words
        verdicts = list(_verdicts(left)) if left else []
        if not verdicts:
            return Meaning.TALK if _is_felt(text) else Meaning.UNCLEAR
        return _meaning(verdicts, text)
    return _meaning(list(_verdicts(text)), text)


def _meaning(verdicts: list[Verdict], text: str) -> Meaning:
    taken_back = _NO_ORDER.search(text) is not None
    if Verdict.ORDER in verdicts:
        return Meaning.UNCLEAR if taken_back else Meaning.ORDER
    if Verdict.FRAGMENT in verdicts and not {Verdict.UNCLEAR, Verdict.REMARK} & {*verdicts} and not taken_back:
        return Meaning.ORDER
    if {Verdict.UNCLEAR, Verdict.FRAGMENT} & {*verdicts} or len(text) > _LONGEST_TALK:
        return Meaning.UNCLEAR
    return Meaning.TALK


def _verdicts(text: str) -> Iterator[Verdict]:
    """Judge each clause of a text."""
    for sign, word in _SIGNS:
        text = sign.sub(word, text)
    bare = _MARK.sub(" ", _EMOTICON.sub(" ", folded(text[:_READ])))
    felt = _FACES.search(text) is not None
    for clause, end in _CLAUSE.findall(bare):
        spoken = _spoken(clause)[:_WORDS_READ]
        if any(word != EMOJI and not word.isdigit() for word in spoken):
            yield _verdict(spoken, loud=felt or _LOUD.search(end) is not None)


def _verdict(spoken: list[str], *, loud: bool) -> Verdict:
    """Judge a clause in the languages that it may be of."""
    words = " ".join(word for word in spoken if word != EMOJI)
    if joined := joined_languages_of(words):
        found = [verdict_in_joined(language, words, loud=loud) for language in joined]
    else:
        found = [verdict_in(language, spoken, loud=loud) for language in languages_of(spoken)]
    if {*found}.intersection(_ASKS) and {*found}.intersection(_TELLS):
        return Verdict.UNCLEAR  # one word, two languages
    return next(
        (each for each in (*_ASKS, Verdict.TALK, Verdict.UNCLEAR, Verdict.REMARK) if each in found),
        Verdict.UNCLEAR,
    )


def _spoken(clause: str) -> list[str]:
    """Give a clause's words, each emoji of a thing as `EMOJI`, those of feelings left out."""
    drawn = "".join(
        f" {EMOJI} " if unicodedata.category(each) == "So" and not _FACES.match(each) else each for each in clause
    )
    found: list[str] = []
    for piece in drawn.split():
        found += [EMOJI] if piece == EMOJI else [*_numbers_kept(piece)]
    return found


def _numbers_kept(piece: str) -> Iterator[str]:
    """Give the words of a piece; `16:9` stays one."""
    yield from [piece] if re.fullmatch(r"\d+:\d+", piece) else letters_of(piece).split()


def _is_felt(text: str) -> bool:
    return _LOUD.search(text) is not None or _FACES.search(text) is not None
