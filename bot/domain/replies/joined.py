"""What a clause says in a language whose words stand together, or end in what they mean."""

import re
from functools import cache
from typing import Final

from bot.domain.replies.languages import LANGUAGES
from bot.domain.replies.languages.table import Language, Phrases, Words
from bot.domain.replies.plain_talk import is_plain_talk
from bot.domain.replies.verdicts import Verdict

_JOINED: Final = [language for language in LANGUAGES if language.joined]
_KANA: Final = re.compile("[\u3040-\u30ff]")
_IN_ORDERS: Final = frozenset({"笑", "いい", "好き", "웃"})
"""Praise that stands in orders too: "let her smile"."""
_REMARK_MAX: Final = 30
"""How many letters a compliment has at most."""
_LINKS: Final = re.compile("[的の地着把给在是了吧呀啊哦呢吗にでをへとも感い를을에의]")
"""Particles between words."""


def joined_languages_of(clause: str) -> list[Language]:
    """Give the languages that a clause may be of, by its letters; kana make it Japanese alone."""
    if _KANA.search(clause):
        return [each for each in _JOINED if each.name == "Japanese"]
    return [each for each in _JOINED if re.search(each.script, clause)]


def verdict_in_joined(language: Language, clause: str, *, loud: bool) -> Verdict:
    """Judge a clause; `loud` as for other languages."""
    if is_plain_talk(clause, language):
        return Verdict.TALK
    text = clause.replace(" ", "")
    praised = _any_of(language.compliments).search(text) is not None
    asked = _any_of(language.questions).search(text) is not None
    polite = _any_of(language.asking).search(text) is not None
    bare = _any_of(language.idle).sub("、", text)
    orders = _any_of(language.doing).search(bare) or _opens(language, bare) or _turns(language).search(bare)
    shows = _any_of(language.scenes | language.qualities | language.things).search(bare)
    if orders:
        # "make it cute" is no praise; who asks for it politely means it
        meant = polite or not (asked or _any_of(_firm_praise(language)).search(bare))
        return Verdict.ORDER if meant else Verdict.UNCLEAR
    if shows and _any_of(language.proposals).match(bare) and not praised:
        return Verdict.ORDER
    if shows and not praised and not asked and bare.endswith(tuple(language.endings)):
        return Verdict.FRAGMENT
    if _names_only(language, bare):
        return Verdict.UNCLEAR if loud or praised else Verdict.FRAGMENT
    a_little = _any_of(language.amounts).search(bare) is not None
    if shows and not asked and (a_little or (_any_of(language.turning).search(bare) and not praised)):
        return Verdict.FRAGMENT
    if asked and not (polite and shows):
        return Verdict.REMARK
    if praised and len(text) <= _REMARK_MAX and not polite:
        return Verdict.REMARK
    return Verdict.UNCLEAR


@cache
def _firm_praise(language: Language) -> Words:
    return frozenset("".join(each) for each in language.compliments) - language.qualities - _IN_ORDERS


def _opens(language: Language, text: str) -> bool:
    """Whether a text begins with a verb that elsewhere may be anything."""
    opening = _any_of(language.softeners)
    while match := opening.match(text):
        text = text[match.end() :]
    return len(text) > 1 and _any_of(language.mild).match(text) is not None


@cache
def _turns(language: Language) -> re.Pattern[str]:
    """Find such a verb with a scene right behind it."""
    verbs, scenes = _any_of(language.making).pattern, _any_of(language.scenes).pattern
    return re.compile(f"(?:{verbs})(?:{scenes})")


def _names_only(language: Language, text: str) -> bool:
    """Whether nothing stands there but light, place, colour, style, and what belongs to them."""
    if _any_of(language.scenes).search(text) is None:
        return False
    left = _any_of(language.scenes | language.things | language.qualities | language.turning).sub("", text)
    return not _LINKS.sub("", left)


@cache
def _any_of(table: Words | Phrases) -> re.Pattern[str]:
    """Find any word of a table, the longest first."""
    found = {"".join(each) for each in table}
    return re.compile("|".join(re.escape(each) for each in sorted(found, key=len, reverse=True)) or r"(?!)")
