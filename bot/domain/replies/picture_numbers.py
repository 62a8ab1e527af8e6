"""Which of several pictures somebody names: "the third one, but in winter", "#3 at night", "3. make it night".

Objects in a picture are counted too ("the second tree", "put number 7 on the shirt"), so an ordinal counts where
it stands for the picture: before "one" or "picture", or at the beginning with nothing that it could belong to.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_LAST: Final = 0
_ORDINALS: Final = {
    1: r"1st|first|erste[nrsm]?|premi[eè]re?|primer[ao]?|primeir[ao]|перв(?:ый|ая|ую|ое|ой)|पहल[ीा]|پہلا|پہلی"
    r"|প্রথম(?:টা|টি)?|ال[أا]ول[ىي]?",
    2: r"2nd|second|zweite[nrsm]?|deuxi[eè]me|seconde|segund[ao]|втор(?:ой|ая|ую|ое)|दूसर[ीाे]|دوسر[اےی]"
    r"|দ্বিতীয়(?:টা|টি)?|দ্বিতীয়(?:টা|টি)?|الثاني[ةه]?",
    3: r"3rd|third|dritte[nrsm]?|troisi[eè]me|tercer[ao]?|terceir[ao]|трет(?:ий|ья|ью|ье|ьей)|तीसर[ीाे]|تیسر[اےی]"
    r"|তৃতীয়(?:টা|টি)?|তৃতীয়(?:টা|টি)?|الثالث[ةه]?",
    4: r"4th|fourth|vierte[nrsm]?|quatri[eè]me|cuart[ao]|quart[ao]|четв[её]рт(?:ый|ая|ую|ое|ой)|चौथ[ीाे]|چوتھ[اےی]"
    r"|চতুর্থ(?:টা|টি)?|الرابع[ةه]?",
    5: r"5th|fifth|fünfte[nrsm]?|cinqui[eè]me|quint[ao]|пят(?:ый|ая|ую|ое|ой)",
    6: r"6th|sixth|sechste[nrsm]?|sixi[eè]me|sext[ao]|шест(?:ой|ая|ую|ое)",
    7: r"7th|seventh|siebte[nrsm]?|septi[eè]me|s[eé]ptim[ao]|s[eé]tim[ao]|седьм(?:ой|ая|ую|ое)",
    8: r"8th|eighth|achte[nrsm]?|huiti[eè]me|octav[ao]|oitav[ao]|восьм(?:ой|ая|ую|ое)",
    9: r"9th|ninth|neunte[nrsm]?|neuvi[eè]me|noven[ao]|non[ao]|девят(?:ый|ая|ую|ое|ой)",
    10: r"10th|tenth|zehnte[nrsm]?|dixi[eè]me|d[eé]cim[ao]|десят(?:ый|ая|ую|ое|ой)",
    _LAST: r"last|letzte[nrsm]?|derni[eè]re?|[uú]ltim[ao]|последн(?:ий|яя|юю|ее|ей)|आखिरी|آخری"
    r"|শেষ(?:টা|টি)?|ال[أا]خير[ةه]?",
}
_NUMBERS: Final = {
    number: re.compile(words)
    for number, words in enumerate(
        (
            "one|eins|uno|una|un|une|um|uma|один|एक|ایک|এক|واحد|一",
            "two|zwei|dos|deux|dois|duas|два|दो|دو|দুই|اثنان|二",
            "three|drei|tres|três|trois|три|तीन|تین|তিন|ثلاثة|三",
            "four|vier|cuatro|quatre|quatro|четыре|चार|چار|চার|اربعة|أربعة|四",
        ),
        start=1,
    )
}
_ARTICLE: Final = r"the|der|die|das|den|dem|le|la|l['’]|el|lo|o|a"
_PICTURE: Final = (
    r"ones?|pictures?|pics?|images?|imgs?|photos?|bild|fotos?|imagen|imagem|картинк[ауи]|изображение|фото|"
    r"तस्वीर|वाल[ीाे]|फोटो|تصویر|وال[اےی]|فوٹو|صورة|الصورة|ছবি(?:টা|টি)?"
)
_NUMBER_WORD: Final = (
    r"number|no\.|nr\.?|n[º°]|№|num[eé]ro|n[uú]mero|nummer|номер|नंबर|نمبر|নম্বর|رقم|"
    r"pictures?|pic|image|img|photo|bild|foto|imagen|imagem|картинк[ауи]|фото|तस्वीर|تصویر|ছবি|صورة"
)
_BUT: Final = (
    r"but|just|only|and|aber|nur|und|pero|solo|y|mais|et|mas|só|e|но|только|и|लेकिन|पर|मगर|لیکن|مگر|لكن|কিন্তু"
)
_PLACE: Final = (
    r"in|at|as|with|without|on|im|bei|als|mit|ohne|en|de|con|sin|avec|sans|em|com|sem|в|с|со|без|ночью|зимой"
)
_OPENING: Final = r"(?:(?:please|ok|okay|now|and|take|use|edit|change|nimm|bitte|toma|usa|prends|pega|возьми)\s+)*"
_VERB: Final = (
    r"(?:make|turn|edit|change|take|use|fix|redo|mach|nimm|änder[en]*|haz|pon|cambia|fais|mets|prends|faz|"
    r"deixa|muda|сделай|возьми|измени)"
)
_END: Final = r"(?=\s*(?:$|[,;:.!?…–—،-]))"
_CHINESE: Final = r"第\s*([一二三四五六七八九十]|\d{1,2})\s*(?:张|張|个|個|幅|副|枚|番)?(?:图片?|圖片?|照片)?"
_JAPANESE: Final = r"([一二三四五六七八九十]|\d{1,2})\s*(?:枚目|番目|番)(?:の?(?:画像|写真|絵))?"
_CJK_DIGITS: Final = "一二三四五六七八九十"

_ORDINAL: Final = (
    "(?:" + "|".join(f"(?P<{'last' if n == _LAST else f'o{n}'}>{w})" for n, w in _ORDINALS.items()) + ")"
)
_COUNT: Final = (
    r"(?:(?P<digits>\d{1,2})|" + "|".join(f"(?P<n{n}>{w.pattern})" for n, w in _NUMBERS.items()) + r")(?!\w)"
)
_SIGN: Final = rf"(?:#\s?(?P<sign>\d{{1,2}})(?!\w)|(?:{_NUMBER_WORD})\s*#?{_COUNT})"
_WITH_NOUN: Final = rf"(?:(?:{_ARTICLE})\s*)?{_ORDINAL}\s+(?:{_PICTURE})(?!\w)"
_AFTER_NOUN: Final = rf"(?:الصورة|صورة)\s+{_ORDINAL}(?!\w)"

_AT_THE_BEGINNING: Final = tuple(
    re.compile(rf"^{_OPENING}{named}", re.IGNORECASE)
    for named in (
        _SIGN,
        _WITH_NOUN,
        _AFTER_NOUN,
        # "the third in winter", "la tercera, pero …"; English alone has "First, …" and "a second"
        rf"(?:(?:{_ARTICLE})\s*){_ORDINAL}(?!\w)(?:{_END}|(?=\s+(?:{_BUT}|{_PLACE})\b))",
        rf"{_ORDINAL}(?!\w)(?=\s*[,،]?\s*(?:but|just|aber|pero|mais|mas|но|लेकिन|मगर|لیکن|مگر|لكن|কিন্তু)(?!\w))",
        r"[(\[]?(?P<digits>10|\d)\s*(?:[.):,\]–—-]|、|。)\s*(?!\d)(?=\s|$|[^\W\d])",
        rf"(?P<digits>\d{{1,2}})(?=\s+(?:{_BUT})\b)",
        _CHINESE,
        _JAPANESE,
    )
)
_WITHIN: Final = tuple(
    re.compile(named, re.IGNORECASE)
    for named in (
        rf"^(?:\w+\s+)?{_VERB}\s+{_SIGN}",
        rf"(?<!\w)(?:{_ARTICLE})\s*{_ORDINAL}\s+(?:{_PICTURE})(?!\w)",
        _AFTER_NOUN,
        rf"[,;:(]\s*(?:{_SIGN}|{_WITH_NOUN})\s*[).!]*$",
        _CHINESE,
        _JAPANESE,
    )
)
"""Where there are several pictures, these count anywhere; of one picture they may speak of what is in it."""
_BETWEEN: Final = re.compile(
    rf"^[\s,;:.!…)\]–—-]*[、。，،]?\s*(?:(?:{_BUT}|please|bitte|por favor)(?!\w)\s*,?\s*)?", re.IGNORECASE
)
_NEXT_IN_A_LIST: Final = re.compile(r"(?<!\w)2\s*[.)]")
_KEYCAP: Final = re.compile("(\\d)\ufe0f?\u20e3")


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A picture that somebody names by its number, and what is left of their words."""

    number: int
    """From 1, in the order in which the pictures stand; it may be beyond those that are there."""
    words: str


def named_picture(words: str, of: int) -> NamedPicture | None:
    """Tell which of `of` pictures an order names; None where it names none.

    Its name is taken out of the words where it stands at their beginning; elsewhere they stay whole.
    """
    text = _KEYCAP.sub(r"\1. ", unicodedata.normalize("NFC", words)).strip()
    for named in _AT_THE_BEGINNING:
        if match := named.match(text):
            rest = _BETWEEN.sub("", text[match.end() :], count=1).strip()
            if _is_list(match, rest):
                return None
            return NamedPicture(_number(match, of), rest or words)
    if of > 1:
        for named in _WITHIN:
            if match := named.search(text):
                return NamedPicture(_number(match, of), words)
    return None


def _is_list(match: re.Match[str], rest: str) -> bool:
    """Whether "1." begins a list of wishes."""
    return match.group().strip().startswith("1") and _NEXT_IN_A_LIST.search(rest) is not None


def _number(match: re.Match[str], of: int) -> int:
    for name, found in match.groupdict().items():
        if found is not None:
            if name == "last":
                return of
            return int(found) if name in {"digits", "sign"} else int(name[1:])
    digits = match.group(1)
    return int(digits) if digits.isdecimal() else _CJK_DIGITS.index(digits) + 1
