"""Whether a clause is made of words of talk alone, within one language: thanks, praise, laughter, a question."""

import re
from collections.abc import Collection
from typing import Final

from bot.domain.replies.languages import LANGUAGES
from bot.domain.replies.languages.table import Language, words

EVERYWHERE: Final = words("""
    wow omg lol lmao nice cool super ok okay bravo thanks thx ty merci gracias top perfect amazing awesome love
    haha xd gg wtf beautiful great epic insane
""")
"""Reactions that people write in any language."""
_NAMES: Final = frozenset({"bot", "spark"})
_RUN: Final = re.compile(r"(.)\1+")
_LAUGHTER: Final = re.compile(
    r"(?:a*(?:ha)+h*|(?:he)+h*|(?:hi){2,}|(?:ho){2,}|l+o+(?:l+o*)+|lma+o+|rof+l|x+d+|k{3,}|a*(?:ja){2,}j?|(?:je){2,}"
    r"|(?:rs){2,}|(?:hue){2,}|(?:ха)+х*|а*(?:хах)+а*|а?(?:ха)+|(?:хи)+|ه{2,}|हा(?:हा)+|হা(?:হা)+|ہا(?:ہا)+|w{2,}|5{3,}"
    r"|哈+|呵+|嘻+|嘿+|草+|ㅋ+|ㅎ+|ㅠ+|ㅜ+|h{2,}m*|m{2,}h*|a{2,}h*|a+h+|o{2,}h*|o+h+|e{2,}h*|e+h+|u+h+|a+w+|y+a+y+"
    r"|w+o+w+|b+r+u+h+|p+f+t*)"
)
_SQUEEZED: Final = frozenset(
    _RUN.sub(r"\1", word) for language in LANGUAGES for word in language.reactions if not language.joined
)


def is_plain_talk(clause: str, language: Language) -> bool:
    """Whether a folded clause is talk in a language, word for word."""
    spoken = tuple(clause.split())
    return spoken in language.talk or _reacts(clause, language) or _asks(clause, language)


def is_reaction(word: str, language: Language) -> bool:
    """Whether a word says what somebody feels, however long they draw its letters."""
    return _among(word, language.reactions | EVERYWHERE)


def _reacts(clause: str, language: Language) -> bool:
    """Whether a clause is a reaction; what names a picture or a look needs a reaction beside it."""
    spoken = _words_of(clause, language, language.pictures | language.looks)
    if spoken is None:
        return False
    reactions = {word for word in spoken if is_reaction(word, language)}
    if any(word in language.looks and word not in language.fillers for word in spoken):
        return bool(reactions - language.own_looks)
    names_picture = any(word in language.pictures and word not in language.fillers for word in spoken)
    return bool(reactions) or not names_picture


def _asks(clause: str, language: Language) -> bool:
    """Whether a clause is a question about the picture."""
    spoken = _words_of(clause, language, language.questions | language.asked_after | language.pictures)
    if spoken is None or any(tuple(spoken[: len(each)]) == each for each in language.proposals):
        return False
    return any(word in language.questions for word in (spoken if language.joined else spoken[:3]))


def _words_of(clause: str, language: Language, others: Collection[str]) -> list[str] | None:
    """Give a clause's words, where all are of the language's talk or among `others`."""
    known = language.reactions | language.fillers | EVERYWHERE | _NAMES
    if language.joined:
        return _segmented(clause.replace(" ", ""), known | frozenset(others))
    spoken = clause.split()
    return spoken if all(word in others or _among(word, known) for word in spoken) else None


def _among(word: str, known: Collection[str]) -> bool:
    if word in known or _LAUGHTER.fullmatch(word):
        return True
    if not re.search(r"(.)\1\1", word):
        return False
    return any(_RUN.sub(shorter, word) in known for shorter in (r"\1", r"\1\1")) or (
        _RUN.sub(r"\1", word) in _SQUEEZED
    )


def _segmented(text: str, known: Collection[str]) -> list[str] | None:
    """Part a text without spaces into known words, the longest first; None where that cannot be done."""
    longest = max(map(len, known))
    ends: dict[int, int] = {0: 0}
    """Where a row of known words can end, and where its last one begins."""
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - longest), end):
            if start in ends and (text[start:end] in known or _LAUGHTER.fullmatch(text, start, end)):
                ends[end] = start
                break
    if len(text) not in ends:
        return None
    found, end = [], len(text)
    while end:
        found.append(text[ends[end] : end])
        end = ends[end]
    return found[::-1]
