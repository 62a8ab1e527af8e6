"""Polish."""

from bot.domain.replies.languages.table import Language, phrases, words

POLISH = Language(
    name="Polish",
    reactions=words("""
        dzięki dziękuję dzieki dziekuje wow super świetne świetnie piękne pięknie ładne ładnie śliczne
        cudowne niesamowite genialne ekstra fajne fajnie zajebiste sztos dobre dobra brawo tak nie ok hej
        cześć haha lol brzydkie straszne kocham podoba uwielbiam
    """),
    fillers=words("""
        to ten ta te jest są był była bardzo tak mi się i a ale co jak ja ty on ona my wszystko naprawdę
        pierwszy drugi trzeci trzecia czwarty
    """),
    pictures=words("obraz obrazek zdjęcie"),
    looks=words("kolory styl"),
    questions=words("kto jak co jaki kiedy gdzie dlaczego"),
    asked_after=words("zrobił zrobiła zrobiłeś"),
    talk=phrases("dobranoc|dzień dobry|dobra robota|nie ma za co"),
    softeners=words("ok dzięki i teraz proszę tak"),
    doing=words("""
        zrób dodaj usuń zmień zamień narysuj namaluj przerób postaw wyrzuć zdejmij powiększ zmniejsz
        przyciemnij rozjaśnij
    """),
    asking=phrases("możesz|mógłbyś|czy możesz|czy mógłbyś|da się"),
    turning=words("z bez jak"),
    placing=words("w na"),
    amounts=words("więcej mniej bardziej"),
    no_amounts=words("niż"),
    contrasts=words("ale teraz proszę"),
    scenes=words("""
        noc nocy nocą zima zimą zimie lato latem śnieg śniegiem deszcz czerwony czerwone niebieski
        niebieskie zielony czarny biały żółty plaży lesie zachód akwarela anime
    """),
    comparatives=words("ciemniej jaśniej ciemniejsze jaśniejsze większe mniejsze"),
    things=words("kapelusz kapelusza czapkę kota psa okulary tło niebo"),
)
