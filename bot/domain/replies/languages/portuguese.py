"""Portuguese."""

from bot.domain.replies.languages.table import Language, phrases, words

PORTUGUESE = Language(
    name="Portuguese",
    reactions=words("""
        obrigado obrigada obg brigado brigada valeu vlw uau nossa caramba caraca caralho puta porra eita sim
        nao não tá ta beleza blz ok bom boa bons boas bem melhor otimo otima lindo linda lindos lindas
        bonito bonita belo bela maravilhoso maravilhosa incrivel perfeito perfeita excelente fantastico
        fantastica sensacional espetacular show top massa legal demais bacana maneiro fofo fofa fofinho
        fofinha adorei adoro amei amo gostei gosto curti kkk rsrs haha oi ola tchau parabens feio feia
        horrivel ruim engracado engracada arrasou mandou bravo
    """),
    fillers=words("""
        o a os as um uma uns umas e é esta está estao isso isto esse essa este muito muita mesmo realmente
        tao tão que me te se eu voce vc voces ele ela eles elas meu minha seu sua tudo todo toda de do da
        por para pra ou ficou ficaram foi demais cara mano amigo gente bot primeira primeiro segunda segundo
        terceira terceiro quarta quarto ultima ultimo
    """),
    pictures=words("imagem imagens trabalho foto fotos desenho arte"),
    looks=words("desenho cores cor estilo luz ideia fundo detalhes"),
    questions=words("quem quando onde qual como que porque quanto"),
    asked_after=words("fez fizeram custa feito modelo ia usou"),
    yes_or_no=words("sao foi esta voce tem isso"),
    talk=phrases("""
        feliz natal|feliz aniversario|feliz ano novo|boa noite galera|boa noite|bom dia|boa tarde|meu deus
        de nada|mandou bem|que isso|sem palavras|sem duvida|com certeza|com prazer|de verdade|de boa
        faz sentido|toma meu dinheiro|nao muda nada|nao mude nada|deixa assim|deixa pra la|deixa quieto
        para com isso|ta de sacanagem|ta doido|pelo amor de deus|continua assim|coloca na parede|bota fe
        faz o l
    """),
    compliments=phrases("""
        adorei|amei|gostei|obrigado por|obrigada por|obrigado pela|obrigada pela|parece|que lindo|que linda
        adoro|amo|gosto|nao gostei|me lembra|lembra|olha|odeio|curti|ficou
    """),
    praise=words("lindo linda bonito bonita belo bela otimo otima bom boa incrivel lindos lindas"),
    statements=words("sao esta ficou ficaram foi tem parece era eu voce fez faz fica"),
    subjects=words("eu voce ele ela isso esse essa meu minha todos ninguem"),
    conditionals=words("seria poderia deveria pode quero queria se falta muito demais nao"),
    elsewhere=words("""
        parede camiseta caneca video videos dinheiro museu sentido vida bot servidor canal
    """),
    selves=words("me meu minha meus minhas te teu tua nos nosso"),
    yours=words("teu tua"),
    these=words("este esta isto esse essa isso esses essas aquele aquela"),
    softeners=words("""
        ok okay sim nao e entao por favor pfv pf obrigado obrigada valeu kkk kkkk rsrs haha lol oi hey bot
        spark cara mano agora bom otimo legal talvez so tambem ai ah oh beleza blz massa show boa top
    """),
    doing=words(
        """
        faz~ faca fazer~ fazendo poe~ ponha por~ coloca~ coloque colocar~ adiciona~ adicione adicionar~
        acrescenta~ acrescente tira~ tire tirar~ remove~ remova remover~ apaga~ apague apagar~ muda~ mude
        mudar~ troca~ troque trocar~ substitui~ substitua desenha~ desenhe pinta~ pinte pintar~ transforma~
        transforme transformar~ converte~ converta escurece~ escureca clareia~ clareie ilumina~ gira~ gire
        rotaciona corta~ corte recorta~ aumenta~ aumente aumentar~ diminui~ diminua amplia~ amplie reduz~
        melhora~ melhore suaviza~ move~ veste~ vista bota~ bote deixa~ deixe inclui~ inclua edita~ edite
        modifica~ corrige~ conserta~ insere~ insira cria~ crie gera~ gere retira~ retire elimina~ elimine
        substituir~
        """,
        pronouns="lo la o a os as lhe",
    ),
    making=words("faz coloca poe"),
    mild=words("da~ de~ usa~ use mostra~ tenta~", pronouns="lo la o a os as lhe"),
    asking=phrases("""
        pode|podes|voce pode|poderia|voce poderia|da pra|da para|consegue|voce consegue|podemos|sera que da
        quero que|queria que|gostaria que|preciso que|tem como|e possivel|seria possivel|por favor|tenta
        vamos
    """),
    proposals=phrases("""
        e se|que tal|como seria|como ficaria|por que nao|a mesma mas|o mesmo mas|igual mas|mesma coisa mas
        outra|outro
    """),
    wishes=phrases("quero|queria|gostaria|prefiro|preciso|quero ver|queria ver|gostaria de ver"),
    needs=phrases("""
        deveria ser|deve ser|deveria ter|precisa|precisa de|falta|faltou|tem que ser|deveria
    """),
    kinds=words("versao estilo"),
    here=words("o a os as ele ela lhe seu sua"),
    turning=words("com sem como estilo instead"),
    placing=words("em no na de a ao sob sobre durante nos nas pra"),
    amounts=words("mais menos um pouco muito"),
    no_amounts=words("que disso por favor nada ou tarde"),
    articles=words("um uma uns umas dois duas tres quatro"),
    contrasts=words("mas agora entao depois so pfv porem"),
    scenes=words("""
        noite dia tarde anoitecer amanhecer chuva chuvoso neve nevado nevando neblina tempestade nublado
        inverno verao primavera outono natal natalino praia floresta selva deserto montanha montanhas cidade
        rua castelo mar oceano espaco lua ilha jardim vermelho vermelha azul azuis verde verdes amarelo
        amarela laranja roxo roxa violeta rosa preto preta pretos branco branca brancos marrom cinza dourado
        dourada prateado turquesa colorido colorida aquarela oleo lapis carvao esboco anime manga quadrinhos
        pixel lego realista fotorrealista cyberpunk impressionista medieval neon ensolarado retro vintage
        por sol
    """),
    comparatives=words("maior menor"),
    weak_comparatives=words("maior menor"),
    qualities=words("""
        escuro escura claro clara brilhante quente frio fria grande pequeno pequena triste feliz velho velha
        jovem gordo magro alto baixo longo longos curto sorrindo assustador dramatico romantico moderno
        antigo fofo fofa
    """),
    things=words("""
        chapeu gorro bone capacete coroa cabelo cabelos barba bigode olhos nariz boca dentes orelhas rosto
        cara cabeca mao maos dedos bracos pernas rabo cauda asas chifres pele oculos mascara cachecol
        gravata terno vestido saia camisa jaqueta casaco calca sapatos botas colar anel capa armadura guarda
        gato gatos gata cachorro cao raposa lobo urso passaro coruja cavalo unicornio vaca ovelha coelho
        macaco sapo cobra dragao peixe tubarao golfinho borboleta aranha pinguim homem mulher menino menina
        crianca bebe pessoa pessoas rei rainha princesa cavaleiro mago bruxa vampiro zumbi fantasma
        esqueleto robo astronauta pirata ninja viking palhaco anjo demonio fada arvore arvores flor flores
        rosas folhas grama rocha cachoeira agua ondas fogo chamas fumaca ceu sol lua estrelas nuvem nuvens
        casa casas predio torre igreja farol janela porta telhado lampada vela velas luz luzes sombra
        sombras fundo chao mesa cadeira livro placa texto letras logo moldura balao baloes carro trem
        bicicleta barco navio aviao foguete ovni espada guitarra pizza bolo cafe cerveja vinho copo sorriso
        cor cores contraste estilo ponte rio
    """),
    beside=words("e de do da o a os as um uma com em no na"),
)
