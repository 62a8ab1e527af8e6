"""Dutch."""

from bot.domain.replies.languages.table import Language, phrases, words

DUTCH = Language(
    name="Dutch",
    reactions=words("""
        bedankt dank dankje dankjewel wow mooi mooie prachtig prachtige geweldig fantastisch leuk leuke
        super top tof gaaf vet cool lief schattig grappig goed beter ja nee oke ok hoi hallo doei haha lol
        lelijk slecht jammer perfect geniaal
    """),
    fillers=words("""
        de het een dit dat die deze is zijn was ik je jij hij zij wij jullie u mij me en of maar ook wel
        niet heel erg zo echt wat van voor met er nog eerste tweede derde vierde laatste vind ziet uit
    """),
    pictures=words("foto plaatje afbeelding tekening"),
    looks=words("kleuren kleur stijl"),
    questions=words("wie hoe wat welke wanneer waar waarom"),
    asked_after=words("maakte gemaakt heeft kost"),
    talk=phrases("goede nacht|goedenavond|goedemorgen|ga zo door|niet slecht|wat mooi"),
    statements=words("is zijn was ziet ik"),
    softeners=words("oke ok bedankt dank en dan nu ja nee haha alsjeblieft aub graag"),
    doing=words("""
        maak verwijder voeg verander vervang zet teken schilder doe haal geef draai kleur
    """),
    asking=phrases("kun je|kan je|kunt u|zou je|wil je"),
    proposals=phrases("wat als|en als|hoe zou|wat dacht je van"),
    wishes=phrases("ik wil|ik zou graag"),
    here=words("het hem haar"),
    turning=words("met zonder als"),
    placing=words("in op bij onder"),
    amounts=words("meer minder"),
    no_amounts=words("dan van"),
    articles=words("een twee drie"),
    contrasts=words("maar nu dan alsjeblieft"),
    scenes=words("""
        nacht nachts winter zomer herfst lente sneeuw regen rood rode blauw blauwe groen groene geel zwart
        wit paars roze strand bos zonsondergang aquarel olieverf
    """),
    comparatives=words("donkerder lichter groter kleiner warmer"),
    things=words("hoed kat hond bril achtergrond lucht"),
)
