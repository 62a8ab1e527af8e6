"""The languages in which people write, a file each: whoever knows one may add to its words.

A new one is a file like the others, named here.
"""

from typing import Final

from bot.domain.replies.languages.arabic import ARABIC
from bot.domain.replies.languages.bengali import BENGALI
from bot.domain.replies.languages.chinese import CHINESE
from bot.domain.replies.languages.dutch import DUTCH
from bot.domain.replies.languages.english import ENGLISH
from bot.domain.replies.languages.french import FRENCH
from bot.domain.replies.languages.german import GERMAN
from bot.domain.replies.languages.hindi import HINDI
from bot.domain.replies.languages.italian import ITALIAN
from bot.domain.replies.languages.japanese import JAPANESE
from bot.domain.replies.languages.korean import KOREAN
from bot.domain.replies.languages.polish import POLISH
from bot.domain.replies.languages.portuguese import PORTUGUESE
from bot.domain.replies.languages.russian import RUSSIAN
from bot.domain.replies.languages.spanish import SPANISH
from bot.domain.replies.languages.table import Language
from bot.domain.replies.languages.turkish import TURKISH
from bot.domain.replies.languages.urdu import URDU

LANGUAGES: Final[tuple[Language, ...]] = (
    ENGLISH,
    GERMAN,
    SPANISH,
    FRENCH,
    PORTUGUESE,
    ITALIAN,
    RUSSIAN,
    DUTCH,
    POLISH,
    TURKISH,
    HINDI,
    URDU,
    BENGALI,
    ARABIC,
    CHINESE,
    JAPANESE,
    KOREAN,
)
