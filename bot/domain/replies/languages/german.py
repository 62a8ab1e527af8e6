"""German."""

from bot.domain.replies.languages.table import Language, phrases, words

GERMAN = Language(
    name="German",
    reactions=words("""
        danke dankeschön dankeschoen dankesehr dank merci wow boah woah krass oha hammer geil mega super
        toll klasse spitze prima cool nice schön schoen schöne schönes schöner wunderschön wunderschoen
        wunderschönes wunderbar großartig grossartig fantastisch perfekt genial stark gut gute gutes guter
        besser beste bestes herrlich traumhaft hübsch süß suess niedlich putzig lustig witzig liebe lieb mag
        gefällt gefaellt ja jo jup nein nee ok okay okey klar genau stimmt haha hihi hallo hi hey moin
        servus tschüss tschuess ciao bravo respekt glückwunsch hässlich schlecht furchtbar schrecklich
        schade doof blöd ach oh ah hm hmm geilo top sauber lecker nett hammermäßig irre wahnsinn wahnsinnig
        ehrenmann digga geilste alles traumhafte lol danköö mies schlimm eklig lustiges
    """),
    fillers=words("""
        der die das den dem ein eine einen einem ist sind war waren ich du er sie es wir ihr mich mir dich
        dir uns euch dein deine mein meine dies diese dieses dieser so sehr echt wirklich richtig total voll
        ganz viel vielen mal und oder aber doch auch noch ja mann alter leute bot wie was bitte schon sieht
        aus geworden gemacht geht nicht kein an zu zum erste erstes zweite zweites dritte drittes vierte
        viertes letzte letztes man dafür
    """),
    pictures=words("bild bilder foto fotos arbeit ergebnis kunst kunstwerk werk gemälde"),
    looks=words("stil farben farbe idee stimmung licht hintergrund details komposition schatten"),
    questions=words("""
        wer wie was welches welcher welche wann wo warum wieso weshalb woher womit wozu wieviel
    """),
    asked_after=words("""
        hat hast haben gemalt erstellt machst macht gemacht funktioniert kostet lange dauert modell ki
    """),
    yes_or_no=words("ist sind war waren hat hast habt kennst weißt findet findest gibt"),
    talk=phrases("""
        liebs|ich liebs|läuft|alter schwede|lass mal|mach mal pause|mach ich später|gib mal rüber
        danke fürs machen|besser als vorher|hätte ich nicht gedacht|könnte von mir sein|würde ich kaufen
        ohne spaß|mit abstand das beste|in echt|im traum nicht|macht spaß|na dann gute nacht
        frohe weihnachten euch|ich kann nicht mehr|am besten|frohe weihnachten|frohe ostern
        frohes neues jahr|alles gute|alles gute zum geburtstag|gute nacht leute|na super|ehrenmann|ehrenlos
        gute nacht|guten morgen|guten abend|guten tag|vielen lieben dank|leck mich|der wahnsinn
        kann sich sehen lassen|mach weiter so|weiter so|mach nur so weiter|lass stecken|lass gut sein
        nicht schlecht|keine ahnung|kein problem|keine worte|ohne worte|im ernst|auf jeden fall
        auf keinen fall|zum glück|zum totlachen|zum schreien|mit liebe|immer wieder gerne|gern geschehen
        tut mir leid|macht nichts|mach dir keinen kopf|mach keinen scheiß|mach keinen quatsch|mach sachen
        gibts doch nicht|das gibts nicht|wie bitte|was soll das|zum verlieben|ein traum|traum|hut ab
        alle achtung|besser gehts nicht|nimm mein geld|halt die klappe|halt mal|komm schon|na gut|na ja
        passt|passt so|lass so|lass es so|lass das so|so lassen|bitte nichts ändern|nichts ändern
        ändere nichts|mein tag ist gerettet
    """),
    compliments=phrases("""
        was für|bin begeistert|bin|bei uns|bei mir|gibts das|muss man|zum|kommt|hab|erinnert|schönen
        schöne grüße|guten|ich liebe|liebe|ich mag|danke für|dank für|was für ein|was für eine|was für einen
        mir gefällt|mir gefallen|gefällt mir|das sieht aus wie|sieht aus wie|erinnert mich an
        das erinnert mich an|so ein|so eine|schau mal|guck mal|ich freue mich|ich hasse|mag ich|finde ich
        ich finde|richtig gut|sehr gut|wirkt wie
    """),
    praise=words("""
        toll tolle tolles toller super schön schöne schönes schöner geil geile geiles geiler mega klasse
        krass krasse krasses wunderschöne wunderschönes wunderschöner coole cooles cooler herrlich herrliche
        großartige großartiges starke starkes hübsche süße süßes
    """),
    statements=words("""
        ist sind war waren bin sieht aussieht wirkt passt finde find hat habe hab haben gefällt geworden
        kommt geht macht machst wurde wird ich du wir wer wo warum weil
    """),
    subjects=words("""
        ich du er sie es wir ihr mein meine dein deine alle jeder niemand das die der
    """),
    conditionals=words("""
        würde könnte sollte wäre kannst könntest muss müsste wenn vielleicht will möchte statt nicht zu
    """),
    elsewhere=words("""
        video videos wand tshirt tasse poster kalender sinn spaß sorgen gedanken freude geld oscar medaille
        keks pause chance ruhe witze bot server kanal
    """),
    selves=words("mich mir meine mein meinen meinem uns unser dein deine deinen dir dich"),
    yours=words("dein deine deinen euer eure"),
    these=words("das dies diese dieser dieses diesen der die den"),
    softeners=words("""
        ganz ok okay oke k ja jo jep nein und dann also bitte danke na ach haha hihi lol hey hallo hi alter
        digga mann bot spark jetzt nun noch mal nochmal einfach vielleicht evtl eventuell super gut oh ah äh
        ähm so los komm doch
    """),
    doing=words("""
        korrigier korrigiere repariere reparier mach mache machen machs füge fuege füg ergänze entferne
        entfern ändere aendere änder ersetze ersetz tausche tausch setz setze stell stelle male mal~ zeichne
        zeichn verwandle verwandel wandle wandel dreh drehe spiegle spiegel schneide schneid vergrößere
        verkleinere verdunkle verdunkel erhelle hell färbe färb lösche lösch streiche weg pack packe zieh
        ziehe häng hänge leg lege verpass erzeuge erstelle gestalte passe verschiebe rücke zoome zoom
        verändere bearbeite retuschiere optimiere verbessere blende wechsle wechsel mchae mahc macht nehme
        streich kleide bau baue klebe schreib schreibe drück setzt mahce
    """),
    making=words("mach mache machs setz setze stell stelle leg pack"),
    mild=words("""
        gib gebe lass lasse nimm zeig zeige tu tue hol bring halte probier probiere verwende benutze nutze
        gebt
    """),
    done=words("""
        korrigieren reparieren machen schließen öffnen hinzufügen hinzufuegen dazufügen entfernen weglassen
        wegmachen wegnehmen löschen ersetzen austauschen tauschen ändern verändern umwandeln verwandeln
        aufhellen abdunkeln verdunkeln vergrößern verkleinern einfärben umfärben drehen spiegeln zuschneiden
        freistellen retuschieren bearbeiten einfügen ergänzen dranmachen draufsetzen aufsetzen anziehen
        ausziehen zoomen reinzoomen rauszoomen reinmachen dazumachen umdrehen schwärzen verschieben
        weichzeichnen schärfen dazu hinzu weg entfernt
    """),
    asking=phrases("""
        kannst du|könntest du|kannste|könnteste|kannst du mal|könntest du bitte|kannst du bitte|würdest du
        kann man|könnte man|können wir|könnten wir|ist es möglich|geht das auch|gehts auch|geht es auch
        geht auch|ich will dass du|ich möchte dass du|darf ich|lass uns|wäre es möglich|magst du|willst du
        bitte|versuch mal|kannst|könntest
    """),
    proposals=phrases("""
        was ist mit|was wäre mit|wie ist es mit|und was ist mit|wie wäre es mit|wie wäre es|wie wärs mit
        wie wärs|wie wär es|was wäre wenn|und wenn|wie sähe es aus|wie sähe das aus|wie würde es aussehen
        wie würde das aussehen|wie siehts aus|warum nicht|geht das auch|gehts auch|geht das|gehts
        das gleiche|das gleiche nur|dasselbe|nochmal|noch mal|noch ein|noch eine|noch einen|das ganze
        das selbe
    """),
    being_asked=phrases("""
        kann der|kann die|kann das|kann er|kann sie|kann es|könnte der|könnte die|könnte das|könnte es
        könnte er|soll der|darf es
    """),
    being=words("sein haben tragen werden lächeln"),
    wishes=phrases("""
        ich will|ich möchte|ich moechte|ich hätte gern|ich hätte gerne|ich haette gern|hätte gern
        hätte gerne|ich wünsche mir|ich würde gern|ich brauche|möchte|will
    """),
    needs=phrases("""
        es soll|er soll|sie soll|es sollte|er sollte|sie sollte|soll|sollte|sollen|braucht|es braucht|fehlt
        es fehlt|da fehlt|es muss|dürfte
    """),
    states=words("weg zu auf ab an aus dazu dran drauf rein raus hinzu"),
    kinds=words("version stil variante"),
    here=words("der es ihn ihm sie ihr ihnen den die das dem seine seinen ihre ihren sein"),
    turning=words("kein keine keinen nur mit ohne als wie statt anstatt plus minus"),
    placing=words("""
        in im am an auf bei beim unter unterm vor vorm hinter neben zur nachts ins zu zum über aus von nach
    """),
    amounts=words("mehr weniger etwas bisschen viel noch deutlich leicht stärker"),
    no_amounts=words("als davon geht bitte wie lust leider"),
    articles=words("ein eine einen einem einer zwei drei vier paar etwas"),
    contrasts=words("aber jetzt dann nur bitte jedoch allerdings nun sondern"),
    scenes=words("""
        schneit regnet regnen schneien nacht nachts tag tagsüber mittag abend abends abendlicht morgen
        morgens dämmerung sonnenuntergang sonnenaufgang mondlicht mondschein sonnenschein kerzenlicht regen
        regnerisch schnee verschneit schneefall nebel neblig sturm gewitter bewölkt winter winterlich sommer
        sommerlich frühling herbst herbstlich weihnachten weihnachtlich ostern strand wald dschungel wüste
        berge stadt straße dorf schloss burg meer weltraum weltall mond insel wiese garten rot rote roter
        rotes roten blau blaue blauer blaues blauen grün grüne grüner grünes grünen gelb gelbe gelber gelbes
        gelben orange lila violett rosa pink schwarz schwarze schwarzer schwarzen weiß weiße weißer weißen
        braun braune brauner grau graue grauer silber silbern bunt bunte bunter bunten türkis schwarzweiß
        aquarell ölgemälde ölfarben bleistift bleistiftzeichnung kohle skizze zeichnung comic anime manga
        cartoon pixelart zeichentrick lego realistisch fotorealistisch cyberpunk impressionistisch
        mittelalter mittelalterlich nahaufnahme hochformat querformat schwarzweiss farbig einfarbig
    """),
    comparatives=words("""
        kräftiger wärmeres wärmere kräftigere hellere dunklere größere kleinere dunkler heller wärmer kälter
        größer kleiner länger kürzer schärfer weicher bunter düsterer gruseliger fröhlicher dicker dünner
        älter jünger kontrastreicher realistischer farbiger farbenfroher blauer röter grüner höher tiefer
        näher breiter schmaler dramatischer lebendiger glatter schneller langsamer detaillierter
    """),
    weak_comparatives=words("blauer größer kleiner älter jünger höher tiefer näher"),
    qualities=words("""
        nass nasse kräftig blond groß gold golden goldene dunkel dunkle dunkler hell helle warm kalt düster
        gruselig lustig süß niedlich traurig glücklich böse wütend alt jung dick dünn klein riesig scharf
        weich glänzend fröhlich gemütlich romantisch dramatisch verschwommen lang kurz kurze lange lächelnd
        lachend
    """),
    things=words("""
        regenschirm deutsch mars holz foto zeichnung oben unten vorne hinten seite hut mütze helm krone
        haare haar bart schnurrbart augen auge nase mund zähne ohren gesicht kopf hand hände finger arme
        beine schwanz flügel hörner fell haut brille sonnenbrille maske schal krawatte anzug kleid rock hemd
        jacke mantel pulli hose schuhe stiefel kette ring umhang rüstung schirm katze kater hund fuchs wolf
        bär vogel eule adler pferd einhorn kuh schaf hase affe frosch schlange drache fisch hai delfin
        schmetterling spinne pinguin mann frau junge mädchen kind baby mensch menschen leute person könig
        königin prinzessin ritter zauberer hexe vampir zombie geist skelett roboter astronaut pirat ninja
        wikinger cowboy clown engel teufel fee elf baum bäume blume blumen rosen blätter gras felsen
        wasserfall wasser wellen feuer flammen rauch himmel sonne mond sterne wolken wolke haus häuser turm
        kirche leuchtturm fenster tür dach wand zaun laterne lampe kerze kerzen licht lichter schatten
        hintergrund vordergrund boden tisch stuhl sofa buch schild text schrift wasserzeichen logo rahmen
        ballon luftballons feuerwerk geschenke auto autos zug fahrrad boot schiff flugzeug rakete ufo
        schwert pfeife gitarre pizza kuchen kaffee bier wein glas tasse lächeln farbe farben kontrast stil
        brücke fluss straße
    """),
    beside=words("""
        und der die das ein eine einen den dem mit im in am ganz sehr bitte etwas viel als
    """),
)
