"""Spanish."""

from bot.domain.replies.languages.table import Language, phrases, words

SPANISH = Language(
    name="Spanish",
    reactions=words("""
        gracias muchisimas mil guau vaya hala anda ostras joder mierda hostia si no vale ok bueno buena buen
        buenos buenas bien mejor bonito bonita bonitos bonitas lindo linda lindos lindas hermoso hermosa
        precioso preciosa bello bella guapo guapa increible genial geniales perfecto perfecta excelente
        fantastico fantastica maravilloso maravillosa estupendo espectacular brutal chulo chula guay padre
        chido chida bacan barbaro buenisimo buenisima buenisimos lindisimo hermosisimo encanta encantan
        encanto gusta gustan gusto amo amor adoro mola jaja jeje hola adios chao saludos feo fea horrible
        malo mala terrible felicidades felicitaciones bravo ole olé impresionante asombroso divertido
        gracioso graciosa tierno tierna monisimo ay uy uf
    """),
    fillers=words("""
        el la los las lo un una unos unas es son eres esta estan esto este eso ese esa muy tan mucho mucha
        muchas muchos que me te se nos le les mi tu su yo usted ustedes todo toda todos todas asi de del por
        para y o pero a al ya ha han he has quedo quedaron queda quedado sido verdad realmente super re tio
        tia amigo amigos bot primera primero segunda segundo tercera tercero cuarta cuarto ultima ultimo
    """),
    pictures=words("imagen imagenes trabajo obra foto fotos dibujo arte cuadro"),
    looks=words("estilo colores color luz iluminacion idea fondo detalles composicion sombras"),
    questions=words("quien como que cual cuando donde porque cuanto cuantos quienes"),
    asked_after=words("""
        hiciste hizo hicieron hace haces funciona cuesta modelo hecho ia tarda usaste
    """),
    yes_or_no=words("es son esta estan fue eres hiciste usaste tiene hay"),
    talk=phrases("""
        que miedo|quiero ir ahi|quiero vivir ahi|yo quiero uno|noche de paz|salio perfecto|que bien te salio
        hoy hace frio|a mi mama le encanto|lo voy a imprimir|una pasada|no puedo mas|con ganas de mas
        buen finde|hasta mañana|ponme tres|hazme caso|feliz navidad|feliz cumpleaños|feliz año
        felices fiestas|buenas noches a todos|buenas noches|buenos dias|buenas tardes|dios mio|madre mia
        que pasada|que chulada|no esta mal|de nada|hazme un favor|haz el favor|sin palabras|sin duda
        sin comentarios|con gusto|con amor|en serio|en fin|en plan|de verdad|de acuerdo|de lujo|de locos
        de 10|a tope|toma ya|toma mi dinero|dame un respiro|no me digas|me muero|me parto|me meo|sigue asi
        no cambies|no cambies nada|no cambies nunca|dejalo asi|esta bien asi|haz una pausa|a dormir
        no manches|no mames|que va|ni modo|pon atencion|ponme uno|ponle un 10|ponle un diez|quita quita
        quitate|anda ya|anda que|vaya tela
    """),
    compliments=phrases("""
        me encanta|me encantan|me gusta|me gustan|no me gusta|no me gustan|gracias por|parece|que bonito
        que bonita|que lindo|que linda|que bien|que buen|que buena|amo|adoro|me recuerda|me fascina
        me fascinan|mira|que hermoso|que hermosa|odio|se ve|se ven|se parece|vaya|menudo|menuda|me flipa
        me mola
    """),
    praise=words("""
        bonito bonita lindo linda hermoso hermosa precioso preciosa genial increible buen buena buenos
        buenas gran bella bello lindos lindas hermosos hermosas increibles
    """),
    statements=words("""
        es son esta estan fue quedo quedaron queda se ve tiene parece era eres soy estoy yo tu hizo hace
        hiciste
    """),
    subjects=words("yo tu el ella es esta este ese esa mi nosotros todos nadie"),
    conditionals=words("""
        seria podria deberia puedes podrias quiero quisiera si falta necesita muy demasiado no
    """),
    elsewhere=words("""
        pared camiseta taza video videos dinero oscar medalla museo sentido atencion vida risa ganas bot
        servidor canal
    """),
    selves=words("me mi mis te tu tus nos nuestra nuestro conmigo"),
    yours=words("tu tus"),
    these=words("este esta esto ese esa eso esos esas estos estas"),
    softeners=words("""
        ok okay vale si no y luego entonces pues por favor porfa porfavor gracias jaja jajaja lol hey hola
        bot spark tio amigo ahora bueno genial perfecto quizas tal vez solo tambien oye ay bien guay va
        venga wow
    """),
    doing=words(
        """
        escribe~ acercate alejate haz~ hacer~ haga pon~ ponga poner~ agrega~ agregue agregar~ añade~ anade~
        añadir~ añada quita~ quite quitar~ elimina~ eliminar~ elimine borra~ borrar~ borre cambia~ cambie
        cambiar~ reemplaza~ reemplazar~ sustituye~ sustituir~ dibuja~ dibujar~ pinta~ pintar~ convierte~
        convertir~ conviertelo transforma~ transformar~ coloca~ colocar~ oscurece~ oscurecer~ aclara~
        aclarar~ ilumina~ gira~ girar~ rota~ rotar~ voltea~ recorta~ recortar~ amplia~ ampliar~ agranda~
        agrandar~ achica~ reduce~ reducir~ aumenta~ aumentar~ mejora~ mejorar~ suaviza~ difumina~ mueve~
        mover~ viste~ vestir~ sube~ subir~ baja~ bajar~ mete~ meter~ incluye~ incluir~ edita~ editar~
        modifica~ modificar~ corrige~ arregla~ acerca~ aleja~ tiñe~ colorea~ rellena~ reemplace ponlo ponla
        ponle hazlo hazla has~ asle aslo crea~ genera~ inserta~ retira~ saca~ sacar~
        """,
        pronouns="lo la los las le les selo sela",
    ),
    making=words("haz pon"),
    mild=words(
        """
        hazme ponme sea tenga este lleve parezca haya sonria dale da~ deja~ dejar usa~ usar prueba~ muestra~
        muestrame
        """,
        pronouns="lo la los las le les selo sela",
    ),
    done=words("sonria sonrian llueva vuele corra baile llore duerma salte"),
    asking=phrases("""
        puedes|podrias|me puedes|me podrias|se puede|se podria|podemos|podriamos|puede|quiero que
        quisiera que|me gustaria que|necesito que|es posible|seria posible|hay forma de|por favor|porfa
        vamos a|intenta|trata de|te animas a
    """),
    proposals=phrases("""
        y si|que tal si|que tal|que tal con|como seria|como se veria|como quedaria|por que no|que pasa si
        que pasaria si|lo mismo pero|la misma pero|igual pero|otra|otro|otra vez pero
    """),
    being_asked=phrases("que|que el|que la|que los|que las|puede|podria"),
    being=words("sea sean tenga tengan este esten lleve haya parezca"),
    wishes=phrases("""
        quiero|quisiera|me gustaria|prefiero|necesito|me gustaria ver|quiero ver|quisiera ver|desearia
    """),
    needs=phrases("""
        que sonria|que sea|que tenga|que este|que lleve|que haya|que parezca|debe ser|deberia ser
        deberia tener|deberia estar|necesita|le falta|falta|faltan|deberia|tiene que|tendria que
    """),
    states=words("cerrados cerradas fuera abiertos abierta"),
    kinds=words("version estilo"),
    here=words("lo la le los las les el su sus"),
    turning=words("con sin como estilo al instead"),
    placing=words("en de a bajo sobre durante al desde dentro por"),
    amounts=words("aun mas menos poco un mucho algo muchas muchos"),
    no_amounts=words("que de esto eso por favor asi nada tarde o gracias"),
    articles=words("un una unos unas dos tres cuatro"),
    contrasts=words("pero ahora entonces luego solo aunque porfa"),
    scenes=words("""
        marte york paris nieva llueve noche dia mediodia tarde atardecer amanecer ocaso anochecer lluvia
        lluvioso nieve nevado nevada nevando niebla tormenta nublado invierno verano primavera otoño navidad
        navideño playa bosque selva desierto montaña montañas ciudad calle castillo mar oceano espacio luna
        isla jardin rojo roja rojos rojas azul azules verde verdes amarillo amarilla naranja morado morada
        violeta rosa rosado negro negra negros blanco blanca blancos marron gris dorado dorada plateado
        turquesa colorido acuarela oleo lapiz carboncillo boceto caricatura anime manga comic pixel lego
        realista fotorrealista ciberpunk cyberpunk impresionista medieval cubista neon soleado primer plano
        retro vintage
    """),
    comparatives=words("mayor menor"),
    qualities=words("""
        calido calida vivos vivas intenso antigua antiguo cuerpo entero oscuro oscura claro clara brillante
        frio fria grande pequeño pequeña triste feliz viejo vieja joven gordo gorda flaco delgado alto bajo
        largo largos corto corta sonriente sonriendo enojado llorando volando borroso nitido tenebroso
        tenebrosa aterrador dramatico romantico colorida vibrante moderno
    """),
    things=words("""
        hojas letrero arriba abajo atras lado frente sombrero gorro gorra casco corona pelo cabello barba
        bigote ojos ojo nariz boca dientes orejas cara cabeza mano manos dedos brazos piernas cola alas
        cuernos piel gafas lentes anteojos mascara bufanda corbata traje vestido falda camisa chaqueta
        abrigo pantalon zapatos botas collar anillo capa armadura paraguas gato gatos gata perro perros
        zorro lobo oso pajaro buho caballo unicornio vaca oveja conejo mono rana serpiente dragon pez
        tiburon delfin mariposa araña pinguino hombre mujer niño niña bebe persona personas gente rey reina
        princesa caballero mago bruja vampiro zombi zombie fantasma esqueleto robot astronauta pirata ninja
        vikingo vaquero payaso angel demonio hada arbol arboles flor flores rosas hierba roca cascada agua
        olas fuego llamas humo cielo sol luna estrellas nube nubes casa casas edificio torre iglesia faro
        ventana puerta techo lampara vela velas luz luces sombra sombras fondo suelo mesa silla libro cartel
        texto letras marca logo marco globo globos fuegos regalos coche carro auto tren bicicleta barco
        avion cohete ovni espada guitarra pizza pastel cafe cerveza vino vaso taza sonrisa color colores
        contraste estilo puente rio nieve
    """),
    beside=words("y de del la el los las un una con en a muy"),
)
