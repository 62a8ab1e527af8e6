"""French."""

from bot.domain.replies.languages.table import Language, phrases, words

FRENCH = Language(
    name="French",
    reactions=words("""
        merci mercii joue ouah ouaou waouh wahou oh ah oui ouais nan non ok daccord accord bien bon bonne
        bons mieux super genial geniale geniaux parfait parfaite excellent excellente magnifique magnifiques
        superbe superbes beau bel belle beaux belles joli jolie jolis jolies incroyable fantastique
        formidable extraordinaire sublime splendide merveilleux merveilleuse chouette cool top trop mignon
        mignonne adorable adore jadore aime jaime mdr ptdr lol haha hihi bravo felicitations salut bonjour
        bonsoir coucou revoir ciao moche horrible nul nulle affreux mauvais drole rigolo marrant
        impressionnant chapeau putain punaise purée wouah kiffe
    """),
    fillers=words("""
        le la les l un une des du de d est sont cest ces ce cette cet ca c tres vraiment tellement si
        beaucoup que qu je j tu te t il elle on nous vous ils elles me m mon ma mes ton ta tes son sa ses
        tout toute tous toutes pour et ou mais a au aux bot mec les-gars pas ne n y en premiere premier
        deuxieme troisieme quatrieme derniere dernier
    """),
    pictures=words("arte travail oeuvre resultat image images photo photos dessin"),
    looks=words("""
        style couleurs couleur lumiere dessin idee fond details ambiance composition ombres
    """),
    questions=words("qui comment quoi quel quelle quand pourquoi combien ou quels quelles"),
    asked_after=words("fait fais faites as a marche coute modele ia utilise"),
    yes_or_no=words("est sont cetait avez etait tu"),
    talk=phrases("""
        joyeux noel|bon anniversaire|bonne annee|bonne nuit tout le monde|bonne nuit|bonne soiree
        bonne journee|de rien|pas mal|pas mal du tout|oh la la|trop fort|la vache|mon dieu|fais gaffe
        fais voir|sans blague|sans doute|sans commentaire|sans mots|en vrai|en fait|en effet
        a la bonne heure|avec plaisir|encore une fois bravo|tiens bon|continue comme ca|ne change rien
        change rien|laisse tomber|laisse comme ca|prends mon argent|donne moi une pause|cest la vie
        ca marche|ca va|mets toi la|mets en plus|mets un like|un grand merci|plus jamais|de ouf|ca dechire
        mort de rire
    """),
    compliments=phrases("""
        j adore|jadore|j aime|jaime|j aime bien|merci pour|on dirait|quel|quelle|quel beau|quelle belle
        ca ressemble|ca me rappelle|je suis fan|je kiffe|regarde|trop beau|trop belle|tellement|je deteste
        jaime pas|j aime pas|ca rend
    """),
    praise=words("beau belle beaux belles joli jolie super magnifique superbe genial bon bonne"),
    statements=words("est sont cest c etait ont fait rend va suis j je tu il elle on"),
    subjects=words("je j tu il elle on nous mon ma ce cest ca tout"),
    conditionals=words("serait pourrait devrait peux pourrais veux voudrais si trop faut pas"),
    elsewhere=words("""
        video videos mur argent musee attention plaisir rire peur reve vie bot serveur salon gaffe
    """),
    selves=words("me moi mon ma mes te toi ton ta tes nous notre vous votre m"),
    yours=words("ton ta tes votre vos"),
    these=words("ce cet cette ces ca cela"),
    softeners=words("""
        ok okay oui non et puis alors stp svp merci mdr lol haha hey salut bot spark mec maintenant bon bien
        super genial parfait peut etre aussi juste ah oh euh allez vas y daccord cool wow
    """),
    doing=words("""
        mets met mettre fais fait faire ajoute ajouter ajoutes rajoute rajouter enleve enlever enleves
        retire retirer supprime supprimer efface effacer remplace remplacer change changer dessine dessiner
        peins peindre transforme transformer convertis rends rend rendre assombris assombrir eclaircis
        eclaircir eclaire tourne tourner recadre recadrer agrandis agrandir reduis reduire augmente
        augmenter diminue ameliore ameliorer adoucis floute deplace deplacer habille coupe couper colorie
        colore colorer modifie modifier echange place placer pose insere zoome corrige vire virer cache
        cacher donne passe ote oter remets refais refaire inverse
    """),
    making=words("mets fais rends"),
    mild=words("laisse prends utilise essaie montre garde"),
    asking=phrases("""
        peux tu|tu peux|pourrais tu|tu pourrais|peut on|on peut|on pourrait|vous pouvez|pouvez vous
        pourriez vous|est ce que tu peux|est ce quon peut|est ce que tu pourrais|je veux que|je voudrais que
        jaimerais que|j aimerais que|il est possible de|est il possible de|possible de|stp|svp|essaie de
        faut|il faut
    """),
    proposals=phrases("""
        et si|que dirais tu|pourquoi pas|ca donnerait quoi|ca donne quoi|a quoi ca ressemblerait|et avec
        et sans|et en|la meme mais|la meme chose mais|pareil mais|le meme mais|la meme|la meme en|une autre
    """),
    wishes=phrases("""
        je veux|je voudrais|jaimerais|j aimerais|je prefere|je prefererais|il me faut|j aimerais voir
        je veux voir
    """),
    needs=phrases("""
        il faudrait|il manque|manque|ca devrait etre|il devrait|elle devrait|doit etre|devrait etre|il faut
    """),
    kinds=words("version style"),
    here=words("le la les lui leur son sa ses l"),
    turning=words("avec sans comme style facon instead"),
    placing=words("en de a au aux dans sous sur pendant la le"),
    amounts=words("plus moins un peu davantage beaucoup"),
    no_amounts=words("que de ca tard jamais rien ou s il"),
    articles=words("un une des du deux trois quatre"),
    contrasts=words("mais maintenant puis alors stp svp seulement"),
    scenes=words("""
        nuit jour journee soir matin coucher lever aube crepuscule pluie pluvieux neige enneige brouillard
        brume orage tempete nuageux hiver ete printemps automne noel plage foret jungle desert montagne
        montagnes ville rue chateau mer ocean espace lune ile jardin rouge rouges bleu bleue bleus bleues
        vert verte verts jaune jaunes orange violet violette rose roses noir noire noirs blanc blanche
        blancs marron gris grise dore doree argente turquoise colore aquarelle huile crayon fusain croquis
        anime manga bd cartoon pixel lego realiste photorealiste cyberpunk impressionniste medieval cubiste
        neon ensoleille gros plan retro vintage peinture
    """),
    qualities=words("""
        sombre clair claire lumineux lumineuse chaud chaude froid froide grand grande petit petite triste
        heureux heureuse vieux vieille jeune gros grosse mince long longs court courts souriant flou floue
        net nette effrayant dramatique romantique vif vive moderne ancien mignon mignonne
    """),
    things=words("""
        chapeau bonnet casquette casque couronne cheveux barbe moustache yeux nez bouche dents oreilles
        visage tete main mains doigts bras jambes queue ailes cornes peau lunettes masque echarpe cravate
        costume robe jupe chemise veste manteau pantalon chaussures bottes collier bague cape armure
        parapluie chat chats chien chiens renard loup ours oiseau hibou cheval licorne vache mouton lapin
        singe grenouille serpent dragon poisson requin dauphin papillon araignee pingouin homme femme garcon
        fille enfant bebe personne personnes gens roi reine princesse chevalier magicien sorciere vampire
        zombie fantome squelette robot astronaute pirate ninja viking clown ange demon fee arbre arbres
        fleur fleurs feuilles herbe rocher cascade eau vagues feu flammes fumee ciel soleil lune etoiles
        nuage nuages maison maisons immeuble tour eglise phare fenetre porte toit lampe bougie bougies
        lumiere lumieres ombre ombres fond sol table chaise livre panneau texte logo filigrane cadre ballon
        ballons voiture train velo bateau avion fusee ovni epee guitare pizza gateau cafe biere vin verre
        tasse sourire couleur couleurs contraste style pont riviere neige arriere
    """),
    beside=words("et de du des la le les un une en a au avec l"),
)
