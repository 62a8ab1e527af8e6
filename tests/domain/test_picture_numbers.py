"""Which picture a reply names, by examples."""

import pytest

from bot.domain.replies.picture_numbers import NamedPicture, named_picture

AT_THE_BEGINNING = [
    ("the third one, but in winter", 3, "in winter"),
    ("The third one but in winter", 3, "in winter"),
    ("the third, but in winter", 3, "in winter"),
    ("the third in winter", 3, "in winter"),
    ("third one in winter", 3, "in winter"),
    ("3rd, but in winter", 3, "in winter"),
    ("the 3rd one at night", 3, "at night"),
    ("the second picture at night", 2, "at night"),
    ("The Second Picture: make it night", 2, "make it night"),
    ("the last one, at night", 4, "at night"),
    ("please the first one in blue", 1, "in blue"),
    ("take the third one and make it night", 3, "make it night"),
    ("#3", 3, ""),
    ("das dritte", 3, ""),
    ("la tercera", 3, ""),
    ("第三张", 3, ""),
    ("3番目", 3, ""),
    ("세번째", 3, ""),
    ("#3 make it night", 3, "make it night"),
    ("# 3: make it night", 3, "make it night"),
    ("#3, but at night", 3, "at night"),
    ("edit #2: add a hat", 2, "add a hat"),
    ("3. make it night", 3, "make it night"),
    ("3) make it night", 3, "make it night"),
    ("(3) make it night", 3, "make it night"),
    ("3: make it night", 3, "make it night"),
    ("3 - make it night", 3, "make it night"),
    ("3, but in winter", 3, "in winter"),
    ("3 but in winter", 3, "in winter"),
    ("3️⃣ make it night", 3, "make it night"),
    ("number two at night", 2, "at night"),
    ("number 2, make it night", 2, "make it night"),
    ("no. 4 in winter", 4, "in winter"),
    ("picture 2 in winter", 2, "in winter"),
    ("image #4: in winter", 4, "in winter"),
    ("photo three, at night", 3, "at night"),
    ("#7 make it night", 7, "make it night"),
    ("the fifth one at night", 5, "at night"),
    ("das dritte, aber im Winter", 3, "im Winter"),
    ("Das dritte Bild im Winter", 3, "im Winter"),
    ("die zweite, aber dunkler", 2, "dunkler"),
    ("Bild 2: ohne Hut", 2, "ohne Hut"),
    ("Nummer drei ohne Hut", 3, "ohne Hut"),
    ("das letzte, aber nachts", 4, "nachts"),
    ("la tercera, pero en invierno", 3, "en invierno"),
    ("la tercera en invierno", 3, "en invierno"),
    ("la segunda imagen de noche", 2, "de noche"),
    ("el primero, pero azul", 1, "azul"),
    ("número 3: de noche", 3, "de noche"),
    ("la troisième, mais en hiver", 3, "en hiver"),
    ("la troisième image en hiver", 3, "en hiver"),
    ("la dernière, mais de nuit", 4, "de nuit"),
    ("numéro 2, de nuit", 2, "de nuit"),
    ("a terceira, mas no inverno", 3, "no inverno"),
    ("a segunda imagem sem chapéu", 2, "sem chapéu"),
    ("третья, но зимой", 3, "зимой"),
    ("третью картинку зимой", 3, "зимой"),
    ("номер 2 ночью", 2, "ночью"),
    ("तीसरी तस्वीर रात में", 3, "रात में"),
    ("तीसरी, लेकिन रात में", 3, "रात में"),
    ("تیسری تصویر رات میں", 3, "رات میں"),
    ("الثالثة، لكن في الشتاء", 3, "في الشتاء"),
    ("الصورة الثالثة في الشتاء", 3, "في الشتاء"),
    ("رقم 3: في الشتاء", 3, "في الشتاء"),
    ("তৃতীয় ছবিটা রাতে", 3, "রাতে"),
    ("第三张改成冬天", 3, "改成冬天"),
    ("第3張，加一頂帽子", 3, "加一頂帽子"),
    ("三枚目を夜にして", 3, "を夜にして"),
    ("2番 夜にして", 2, "夜にして"),
]
WITHIN = [
    ("make #3 darker", 3),
    ("please make #2 darker", 2),
    ("make the third one blue", 3),
    ("make the second picture darker", 2),
    ("add a hat to the last one", 4),
    ("make it night, the third one", 3),
    ("make it night (#3)", 3),
    ("mach das dritte Bild dunkler", 3),
    ("haz la tercera imagen más oscura", 3),
    ("把第三张改成冬天", 3),
]
NONE = [
    "make it night",
    "the third tree red",
    "the second person from the left without a hat",
    "make the second tree red",
    "remove the first two people",
    "put number 7 on the shirt",
    "put #7 on his shirt",
    "add the number 3",
    "make his shirt say number 3",
    "3 cats",
    "3d style",
    "2 more cats",
    "3.5 times bigger",
    "16:9",
    "4k",
    "1. make it night 2. add snow",
    "1) night\n2) snow",
    "First, make it night",
    "second, add snow",
    "give me a second moon",
    "a third eye",
    "one more cat",
    "two moons",
    "#333 background",
    "first class cabin",
    "last supper style",
    "24. Dezember",
    "der Mann ohne Hut",
    "la casa en invierno",
    "sec",
    "1 and 3 in winter",
    "#1 and #2 darker",
    "第三个人戴帽子",
    "3番目の木を消して",
]


@pytest.mark.parametrize(("words", "number", "left"), AT_THE_BEGINNING)
def test_a_picture_named_at_the_beginning_is_taken_out_of_the_words(words: str, number: int, left: str) -> None:
    assert named_picture(words, 4) == NamedPicture(number, left)


@pytest.mark.parametrize(("words", "number"), WITHIN)
def test_one_that_is_named_elsewhere_leaves_the_words_whole(words: str, number: int) -> None:
    assert named_picture(words, 4) == NamedPicture(number, words)


@pytest.mark.parametrize("words", NONE)
def test_what_is_counted_in_the_picture_names_none(words: str) -> None:
    assert named_picture(words, 4) is None


@pytest.mark.parametrize("words", [words for words, _ in WITHIN])
def test_of_a_single_picture_it_may_speak_of_what_is_in_it(words: str) -> None:
    assert named_picture(words, 1) is None


def test_words_that_ask_of_all_shapes_are_read_at_once() -> None:
    for words in ("the " * 200, "#" * 800, "3. " * 260, "the third " * 80, "make it " * 100):
        named_picture(words, 4)
