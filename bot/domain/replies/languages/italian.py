"""Italian."""

from bot.domain.replies.languages.table import Language, phrases, words

ITALIAN = Language(
    name="Italian",
    reactions=words("""
        grazie mille wow caspita bello bella belli belle bellissimo bellissima stupendo stupenda fantastico
        fantastica meraviglioso meravigliosa splendido splendida incredibile perfetto perfetta ottimo ottima
        bravo brava bravissimo carino carina carinissimo figo figata forte grande geniale eccellente adoro
        amo piace piacciono piaciuto brutto brutta orribile orrendo male bene buono buona meglio peggio si
        no ok okay va ciao salve buongiorno buonasera buonanotte ahah ahaha haha hahaha lol mamma mia dio
        cavolo accidenti cazzo divertente spettacolo spettacolare top complimenti congratulazioni capolavoro
        pazzesco pazzesca stupendi stupende splendidi splendide bellissimi bellissime
    """),
    fillers=words("""
        il lo la i gli le l un uno una e ed è sono sei questo questa questi queste quello quella quelli
        molto tanto troppo davvero proprio cosi come che mi ti ci vi me te io tu lui lei noi voi di del
        della dei delle da per con ma o a al alla in non piu bot amico amici tutto tutta tutti mio mia tuo
        tua primo prima secondo seconda terzo terza quarto quarta ultimo ultima fatto venuto venuta uscito
        uscita sempre
    """),
    pictures=words("immagine immagini foto lavoro opera disegno quadro"),
    looks=words("stile colori colore luce idea sfondo dettagli composizione"),
    questions=words("chi come cosa che quale quando dove perche quanto"),
    asked_after=words("fatto fai fatta funziona costa modello usato ai ia"),
    yes_or_no=words("sono hai era"),
    talk=phrases("""
        buon natale|buon compleanno|buon anno|buona notte|buon giorno|buona sera|mamma mia|di nulla
        di niente|prego|niente male|non male|senza parole|senza dubbio|con piacere|non cambiare nulla
        lascia cosi|va bene cosi|continua cosi|ma dai|che bello|che bella|prendi i miei soldi
        in bocca al lupo|fammi vedere
    """),
    compliments=phrases("""
        mi piace|mi piacciono|adoro|amo|grazie per|sembra|che|che bello|che bella|mi ricorda|guarda|odio
        non mi piace
    """),
    praise=words("""
        bello bella bel belli belle bellissimo bellissima stupendo stupenda fantastico ottimo ottima buon
        buona grande
    """),
    statements=words("sono sembra era ha hanno io tu fatto viene"),
    subjects=words("io tu lui lei questo questa quello quella mio mia tutti nessuno"),
    conditionals=words("""
        sarebbe potrebbe dovrebbe puoi potresti voglio vorrei se manca troppo non
    """),
    elsewhere=words("""
        parete muro maglietta tazza video soldi museo senso vita bot server canale pausa
    """),
    selves=words("mi me mio mia miei ti te tuo tua ci nostro"),
    yours=words("tuo tua tuoi"),
    these=words("questo questa questi queste quello quella quei"),
    softeners=words("""
        ok okay si no e poi allora per favore grazie ahah haha lol ehi ciao bot spark amico ora adesso bene
        bello perfetto magari solo anche dai
    """),
    doing=words(
        """
        far~ metter~ aggiunger~ toglier~ cambiar~ render~ rimuover~ eliminar~ fai~ fa~ fallo falla falli
        rendi~ rendilo rendila metti~ mettilo mettila mettigli mettile aggiungi~ aggiungere rimuovi~
        rimuovere togli~ toglili togliere elimina~ cancella~ cambia~ cambiare sostituisci~ disegna~ dipingi~
        trasforma~ trasformare converti~ colora~ scurisci~ schiarisci~ illumina~ ruota~ gira~ ritaglia~
        ingrandisci~ rimpicciolisci~ aumenta~ diminuisci~ migliora~ sposta~ vesti~ inserisci~ modifica~
        correggi~ sistema~ leva~ crea~ genera~ mettere fare
        """,
        pronouns="lo la li le gli ci ne mi",
    ),
    making=words("fai metti rendi"),
    mild=words(
        """
        dai~ dagli dalle lascia~ usa~ prova~ mostra~
        """,
        pronouns="lo la li le gli ci ne mi",
    ),
    asking=phrases("""
        puoi|potresti|si puo|possiamo|potremmo|vorrei che|voglio che|e possibile|sarebbe possibile
        per favore|prova a|mi puoi|riesci a
    """),
    proposals=phrases("""
        e se|che ne dici di|che ne dici|come sarebbe|perche non|la stessa ma|lo stesso ma|uguale ma|un altra
        un altro
    """),
    wishes=phrases("voglio|vorrei|mi piacerebbe|preferisco|ho bisogno|vorrei vedere|preferirei"),
    needs=phrases("deve essere|dovrebbe essere|dovrebbe avere|manca|serve|ci vuole|dovrebbe"),
    kinds=words("versione stile"),
    here=words("lo la gli le li il suo sua"),
    turning=words("con senza come stile instead"),
    placing=words("in di a al alla nel nella sotto sul sulla durante su"),
    amounts=words("piu meno un po molto"),
    no_amounts=words("che di per favore niente o tardi"),
    articles=words("un uno una dei due tre quattro"),
    contrasts=words("ma ora adesso poi pero solo"),
    scenes=words("""
        notte giorno sera tramonto alba crepuscolo pioggia piovoso neve innevato nebbia tempesta temporale
        nuvoloso inverno estate primavera autunno natale spiaggia foresta bosco giungla deserto montagna
        montagne citta strada castello mare oceano spazio isola giardino rosso rossa rossi blu azzurro verde
        verdi giallo gialla arancione viola rosa nero nera neri bianco bianca bianchi marrone grigio dorato
        argento turchese colorato acquerello olio matita carboncino schizzo anime manga fumetto pixel lego
        realistico fotorealistico cyberpunk impressionista medievale neon soleggiato retro vintage
    """),
    comparatives=words("maggiore minore"),
    weak_comparatives=words("maggiore minore"),
    qualities=words("""
        scuro scura chiaro chiara luminoso luminosa caldo calda freddo fredda grande piccolo piccola triste
        felice vecchio vecchia giovane grasso magro alto basso lungo corto sorridente spaventoso drammatico
        romantico moderno antico
    """),
    things=words("""
        cappello berretto casco corona capelli barba baffi occhi naso bocca denti orecchie faccia viso testa
        mano mani dita braccia gambe coda ali corna pelle occhiali maschera sciarpa cravatta vestito abito
        gonna camicia giacca cappotto pantaloni scarpe stivali collana anello mantello armatura ombrello
        gatto gatti cane cani volpe lupo orso uccello gufo cavallo unicorno mucca pecora coniglio scimmia
        rana serpente drago pesce squalo delfino farfalla ragno pinguino uomo donna ragazzo ragazza bambino
        bambina persona persone gente re regina principessa cavaliere mago strega vampiro zombie fantasma
        scheletro robot astronauta pirata ninja vichingo pagliaccio angelo demone fata albero alberi fiore
        fiori rose foglie erba roccia cascata acqua onde fuoco fiamme fumo cielo sole luna stelle nuvola
        nuvole casa case palazzo torre chiesa faro finestra porta tetto lampada candela candele luce luci
        ombra ombre sfondo tavolo sedia libro cartello testo logo cornice palloncini macchina auto treno
        bici barca nave aereo razzo ufo spada chitarra pizza torta caffe birra vino sorriso colore colori
        contrasto stile ponte fiume
    """),
    beside=words("e di del della il la lo i un una con in al"),
)
