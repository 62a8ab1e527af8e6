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
    1: r"prim[ao]|eerste|1st|first|erste[nrsm]?|premi[eè]re?|primer[ao]?|primeir[ao]|перв(?:ый|ая"
    r"|ую|ое|ой)|पहल[ीा]|پہلا|پہلی"
    r"|প্রথম(?:টা|টি)?|ال[أا]ول[ىي]?",
    2: r"second[ao]|tweede|2nd|second|zweite[nrsm]?|deuxi[eè]me|seconde|segund[ao]|втор(?:ой|ая|ую"
    r"|ое)|दूसर[ीाे]|دوسر[اےی]"
    r"|দ্বিতীয়(?:টা|টি)?|দ্বিতীয়(?:টা|টি)?|الثاني[ةه]?",
    3: r"terz[ao]|derde|3rd|thrid|third|dritte[nrsm]?|troisi[eè]me|tercer[ao]?|terceir[ao]"
    r"|трет(?:ий|ья|ью|ье|ьей)|तीसर[ीाे]|تیسر[اےی]"
    r"|তৃতীয়(?:টা|টি)?|তৃতীয়(?:টা|টি)?|الثالث[ةه]?",
    4: r"quart[ao]|vierde|4th|fourth|vierte[nrsm]?|quatri[eè]me|cuart[ao]|quart[ao]|четв[её]рт(?:ый"
    r"|ая|ую|ое|ой)|चौथ[ीाे]|چوتھ[اےی]"
    r"|চতুর্থ(?:টা|টি)?|الرابع[ةه]?",
    5: r"5th|fifth|fünfte[nrsm]?|cinqui[eè]me|quint[ao]|пят(?:ый|ая|ую|ое|ой)",
    6: r"6th|sixth|sechste[nrsm]?|sixi[eè]me|sext[ao]|шест(?:ой|ая|ую|ое)",
    7: r"7th|seventh|siebte[nrsm]?|septi[eè]me|s[eé]ptim[ao]|s[eé]tim[ao]|седьм(?:ой|ая|ую|ое)",
    8: r"8th|eighth|achte[nrsm]?|huiti[eè]me|octav[ao]|oitav[ao]|восьм(?:ой|ая|ую|ое)",
    9: r"9th|ninth|neunte[nrsm]?|neuvi[eè]me|noven[ao]|non[ao]|девят(?:ый|ая|ую|ое|ой)",
    10: r"10th|tenth|zehnte[nrsm]?|dixi[eè]me|d[eé]cim[ao]|десят(?:ый|ая|ую|ое|ой)",
    _LAST: r"ultim[ao]|laatste|last|letzte[nrsm]?|derni[eè]re?|[uú]ltim[ao]|последн(?:ий|яя|юю|ее|ей)|आखिरी|آخری"
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
_ARTICLE: Final = r"the|teh|der|die|das|den|dem|beim|im|vom|le|la|l['’]|el|lo|il|al|o|a|na|no|de|het"
_PICTURE: Final = (
    r"ones?|options?|versions?|variants?|variations?|variante|version|opci[oó]n|versi[oó]n|immagine|pictures?"
    r"|pics?|images?|imgs?|photos?|bild|fotos?|imagen|imagem|картинк[ауи]|изображение|фото|"
    r"तस्वीर|वाल[ीाे]|फोटो|تصویر|وال[اےی]|فوٹو|صورة|الصورة|ছবি(?:টা|টি)?"
)
_PICTURE_NAME: Final = (
    r"pictures?|pic|image|img|photo|option|version|variant|variation|variante|opci[oó]n|versi[oó]n|immagine|bild|foto|"
    r"imagen|imagem|картинк[ауи]|фото|तस्वीर|تصویر|ছবি|صورة"
)
_NUMBER_WORD: Final = (
    r"number|no\.|nr\.?|n[º°]|№|num[eé]ro|n[uú]mero|nummer|номер|नंबर|نمبر|নম্বর|رقم|"
    rf"{_PICTURE_NAME}"
)
_BUT: Final = (
    r"but|just|only|and|aber|nur|und|pero|solo|y|mais|et|mas|só|e|но|только|и|लेकिन|पर|मगर|لیکن|مگر|لكن|কিন্তু"
)
_PLACE: Final = (
    r"in|at|as|with|w/o?|without|on|im|bei|als|mit|ohne|en|de|con|sin|avec|sans|em|com|sem|di|senza|в|с|со|без|ночью|зимой"
    r"|darker|brighter|bigger|smaller|dunkler|heller|nachts|instead|pls|please|bitte"
)
_OPENING: Final = (
    r"(?:(?:please|pls|ok|okay|now|and|take|use|edit|change|pick|for|in|on|nimm|bitte|für|bei|auf|toma|usa|para|en|prends"
    r"|pour|sur|pega|em|prendi|per|возьми|для)\s+)*"
)
_VERB: Final = (
    r"(?:make|turn|edit|change|take|use|fix|redo|give|put|add|remove|mach|nimm|gib|änder[en]*|haz(?:l[ao]s?)?|pon(?:le|l[ao])?"
    r"|cambia|quita|agrega|fais|mets|prends|ajoute|enlève|faz|deixa|muda|tira|fai|rendi(?:l[ao])?|metti|togli|сделай|возьми"
    r"|измени|добавь|убери)"
)
_CHANGE: Final = (
    r"(?:make|turn|edit|change|take|use|fix|redo|mach|nimm|änder[en]*|haz|pon|cambia|fais|mets|prends|faz|deixa|muda"
    r"|сделай|возьми|измени)"
)
_END: Final = r"(?=\s*(?:$|[,;:.!?…–—،-]))"
_CJK_NUMBER: Final = r"([一二三四五六七八九十]|\d{1,2})"
_CHINESE: Final = (
    rf"(?:第\s*{_CJK_NUMBER}\s*(?:(?:张|張|幅|副|枚|番)(?:图片?|圖片?|照片)?|(?:个|個)?"
    r"(?=$|[\s,，、。:：;；!！改变變加去换換把给給调調用画畫做请請在要能可不再更里裡中上弄让讓删刪拿]))"
    rf"|(?:图片?|圖片?|照片)\s*{_CJK_NUMBER}(?!\d)|{_CJK_NUMBER}[号號])"
)
_JAPANESE: Final = (
    rf"{_CJK_NUMBER}\s*(?:枚目(?:の?(?:画像|写真|絵))?|(?:番目|番(?!目)|つ目|個目)"
    r"(?:の(?:画像|写真|絵|やつ|もの)|(?!の)))"
)
_KOREAN: Final = (
    rf"(?:(?P<n1>첫)|(?P<n2>두)|(?P<n3>세)|(?P<n4>네)|{_CJK_NUMBER})\s*번째?\s*"
    r"(?:(?:거|것|꺼|사진|그림|이미지)|(?=$|[\s,]*$|[,.]|[을를만은는]))[을를만은는]?"
)
_LAST_OF_ALL: Final = (
    r"(?P<last>最后(?:一?[张幅个]|的图片?)|最後(?:一?[張幅個]|の(?:一枚|画像|写真|絵|やつ|(?=を)))"
    r"|마지막\s*(?:거|것|사진|그림|이미지)[을를]?)"
)
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

_WRITTEN_ON: Final = "shirt|jersey|text|sign|say|write|label|plate|number"
"""What has numbers of its own."""
_FAR_EASTERN: Final = (_CHINESE, _JAPANESE, _KOREAN, _LAST_OF_ALL)

_AT_THE_BEGINNING: Final = tuple(
    re.compile(rf"^{_OPENING}{named}", re.IGNORECASE)
    for named in (
        _SIGN,
        _WITH_NOUN,
        _AFTER_NOUN,
        # "the third in winter", "la tercera, pero …"; English alone has "First, …" and "a second"
        rf"(?:(?:{_ARTICLE})\s*){_ORDINAL}(?!\w)(?:{_END}|(?=\s+(?:{_BUT}|{_PLACE}|{_VERB})\b))",
        rf"(?:(?:{_ARTICLE})\s+)(?P<digits>\d)(?!\w)(?:{_END}|(?=\s+(?:{_BUT}|{_PLACE}|{_VERB})\b))",
        rf"{_ORDINAL}(?!\w)(?=\s*[,،]?\s*(?:but|just|aber|pero|mais|mas|но|लेकिन|मगर|لیکن|مگر|لكن|কিন্তু)(?!\w))",
        r"[(\[]?(?P<digits>10|\d)\s*(?:[.):,\]–—-]|、|。)\s*(?!\d)(?=\s|$|[^\W\d])",
        rf"(?P<digits>\d{{1,2}})(?=\s+(?:{_BUT})\b)",
        rf"(?P<digits>\d)(?=\s+(?:{_VERB}|{_PLACE})\b)",
        r"(?P<digits>\d)(?=\s*$)",
        *_FAR_EASTERN,
    )
)
_WITHIN: Final = tuple(
    re.compile(named, re.IGNORECASE)
    for named in (
        rf"^(?:\w+\s+)?{_CHANGE}\s+{_SIGN}",
        rf"(?<!\w)(?:{_ARTICLE})\s*{_ORDINAL}\s+(?:{_PICTURE})(?!\w)",
        _AFTER_NOUN,
        rf"^(?:\w+\s+)?{_VERB}\s+(?:{_ARTICLE})\s*{_ORDINAL}(?!\w)(?:{_END}|(?=\s+(?:{_PLACE})\b))",
        rf"(?<!\w)(?:{_PICTURE_NAME})\s*#?(?P<digits>\d{{1,2}})(?!\w|\s*(?:times|x\b|mal\b|veces|fois))",
        *(rf"[,;:(]\s*{named}\s*[).!]*$" for named in (_SIGN, _WITH_NOUN, rf"(?:{_ARTICLE})\s*{_ORDINAL}")),
        r"\((?P<digits>\d)\)\s*$",
        rf"(?<!\w)(?:{_ARTICLE})\s*{_ORDINAL}(?=\s+(?:is|looks|ist|sieht|es|está|est|é|è)\b)",
        rf"\s(?:of|from|on|in|for|to|von|vom|bei|de|a|en|sur|da|na|di)\s+(?:{_ARTICLE})\s*{_ORDINAL}\s*[.!]*$",
        rf"^(?!.*(?:{_WRITTEN_ON})).*#\s?(?P<digits>\d)(?=[,;:!])",
        rf"^(?!.*(?:{_WRITTEN_ON})).*#\s?(?P<digits>\d)\s*[).!]*$",
        *_FAR_EASTERN,
    )
)
"""Where there are several pictures, these count anywhere; of one picture they may speak of what is in it."""
_BETWEEN: Final = re.compile(
    rf"^[\s,;:.!…)\]–—-]*[、。，،]?\s*(?:(?:{_BUT}|please|bitte|por favor)(?!\w)\s*,?\s*)?", re.IGNORECASE
)
_NEXT_IN_A_LIST: Final = re.compile(r"(?<!\w)2\s*[.)]")
_ANOTHER: Final = re.compile(
    rf"^\s*(?:[,&+/]|and|und|y|e|et|и|と|和|や)\s*(?:(?:{_ARTICLE})\s+)?(?:#|{_NUMBER_WORD})?\s*"
    rf"(?:{_ORDINAL}|\d{{1,2}}|第)(?!\w)",
    re.IGNORECASE,
)
"""What names one more."""
_KEYCAP: Final = re.compile("(\\d)\ufe0f?\u20e3")


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A picture that somebody names by its number, and what is left of their words."""

    number: int
    """From 1, in the order in which the pictures stand; it may be beyond those that are there."""
    words: str
    """Empty where they name it and say nothing else."""


def named_picture(words: str, of: int) -> NamedPicture | None:
    """Tell which of `of` pictures an order names; None where it names none, or more than one.

    Its name is taken out of the words where it stands at their beginning; elsewhere they stay whole.
    """
    text = _read(words)
    if match := _at_the_beginning(text):
        rest = _rest(text, match)
        return None if rest is None else NamedPicture(_number(match, of), rest)
    if of > 1:
        found = [match for named in _WITHIN if (match := named.search(text))]
        if found and len(numbers := {_number(match, of) for match in found}) == 1:
            return None if _ANOTHER.match(text, found[0].end()) else NamedPicture(numbers.pop(), words)
    return None


def without_name(words: str) -> str | None:
    """Give what is left of words that begin with a picture's name; None where they do not."""
    text = _read(words)
    match = _at_the_beginning(text)
    return _rest(text, match) if match else None


def _read(words: str) -> str:
    return _KEYCAP.sub(r"\1. ", unicodedata.normalize("NFC", words)).strip()


def _at_the_beginning(text: str) -> re.Match[str] | None:
    return next((match for named in _AT_THE_BEGINNING if (match := named.match(text))), None)


def _rest(text: str, match: re.Match[str]) -> str | None:
    """Give what follows a name; None where more names follow, or "1." begins a list of wishes."""
    following = text[match.end() :]
    rest = _BETWEEN.sub("", following, count=1).strip()
    is_list = match.group().strip().startswith("1") and _NEXT_IN_A_LIST.search(rest) is not None
    return None if is_list or _ANOTHER.match(following) else rest


def _number(match: re.Match[str], of: int) -> int:
    for name, found in match.groupdict().items():
        if found is not None:
            if name == "last":
                return of
            return int(found) if name in {"digits", "sign"} else int(name[1:])
    digits = next(group for group in match.groups() if group is not None)
    return int(digits) if digits.isdecimal() else _CJK_DIGITS.index(digits) + 1
