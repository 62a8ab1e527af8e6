"""The words of plain talk about a picture, language by language, as people write them."""

from typing import Final

REACTIONS: Final = {
    "English": """
        thanks thank thankyou thx thnx tnx ty tysm tyvm cheers welcome wow whoa woah wowza omg omfg wtf wth gosh
        damn dang holy shit cow moly fuck fucking hell yay yess yes yeah yea yep yup ya no nope nah ok okay k kk
        okey sure right alright true agreed exactly same lol lmao rofl kek xd haha hehe ha heh hm hmm hmmm uh
        uhh oh ooh oooh ah aha ahh aww aw eh meh ugh ew eww huh hey hi hello yo sup bye cya goodbye gn gm nice
        noice nicely cool great good best better awesome amazing incredible fantastic perfect perfection
        beautiful beauty gorgeous stunning lovely love loved loving loves like liked brilliant excellent
        wonderful superb marvelous magnificent fabulous impressive epic legendary legend insane crazy unreal
        unbelievable dope neat sweet cute adorable pretty funny hilarious hot goated based pog poggers slay
        bravo congrats congratulations kudos respect gg wp well done bad worse worst terrible horrible awful
        ugly hate disgusting boring weird creepy scary fine interesting fun super sorry lovin luv ily
        masterpiece genius chef kiss nailed killed stop nvm nevermind wait
    """,
    "Chinese": """
        谢谢 謝謝 谢啦 多谢 多謝 感谢 感謝 谢 謝 哇 哇塞 哇哦 哇喔 喔 哦 噢 啊 呀 嗯 嗯嗯 好 好的 好吧 好棒 好美
        好看 好漂亮 好厉害 好可爱 好可愛 好酷 好耶 棒 真棒 太棒 太好 太美 太酷 太强 太牛 太可爱 美 漂亮 真漂亮
        好帅 帅 酷 牛 牛逼 牛啊 厉害 厲害 厉害了 可爱 可愛 喜欢 喜歡 很喜欢 爱 愛 不错 不錯 赞 讚 完美 绝 绝了
        绝绝子 六 666 6 强 强啊 哈哈 哈 呵呵 嘿嘿 嘻嘻 笑死 你好 您好 嗨 再见 拜拜 晚安 早 早安 早上好 是 是的
        对 對 不 不是 不好 没有 行 可以 辛苦了 加油 大佬 卧槽 我靠 天啊 天哪 我的天 丑 难看 不喜欢 有意思 精彩
        优秀 神了 惊艳 震撼 绝美 很美 很棒 很好 很好看 很漂亮 很酷 很可爱 非常好 非常棒 非常漂亮 非常美 超棒
        超美 超可爱 超好看 真好 真美 真好看 真的好美 真的很棒 好玩 好搞笑 搞笑
    """,
    "Hindi": """
        धन्यवाद शुक्रिया थैंक्स थैंक्यू वाह वाव अरे ओह हाँ हां नहीं ठीक अच्छा अच्छी अच्छे बढ़िया बहुत शानदार
        सुंदर सुन्दर खूबसूरत ज़बरदस्त जबरदस्त कमाल मस्त प्यारा प्यारी प्यार मज़ेदार मजेदार गज़ब गजब लाजवाब
        बेहतरीन उत्तम पसंद नमस्ते नमस्कार अलविदा शुभ बेकार खराब बुरा बकवास हाहा dhanyavaad dhanyavad dhanyawad
        shukriya shukria vah waah wah accha acha achha achchha bahut bohot bohut badhiya badiya shandar shaandar
        sundar khubsurat khoobsurat zabardast kamaal kamal mast pyara pyari gazab ghazab lajawab behtareen
        behtarin pasand namaste haan nahi nahin theek thik bekar kharab mashallah
    """,
    "Spanish": """
        gracias muchisimas mil guau vaya hala anda ostras joder mierda hostia si no vale ok bueno buena buen
        buenos buenas bien mejor bonito bonita bonitos bonitas lindo linda lindos lindas hermoso hermosa
        precioso preciosa bello bella guapo guapa increible genial geniales perfecto perfecta excelente
        fantastico fantastica maravilloso maravillosa estupendo espectacular brutal chulo chula guay padre chido
        chida bacan barbaro buenisimo buenisima buenisimos lindisimo hermosisimo encanta encantan encanto gusta
        gustan gusto amo amor adoro mola jaja jeje hola adios chao saludos feo fea horrible malo mala terrible
        felicidades felicitaciones bravo ole olé impresionante asombroso divertido gracioso graciosa tierno
        tierna monisimo ay uy uf
    """,
    "Arabic": """
        شكرا شكراً جزيلا مشكور مشكورة تسلم تسلمي يسلمو يسلموا واو ياه الله ماشاءالله ماشاء سبحان رائع رائعة روعة
        روووعة جميل جميلة جمال حلو حلوة حلوه ممتاز ممتازة مذهل مذهلة مدهش عظيم عظيمة خرافي خرافية خيال خيالي جيد
        جيدة كويس كويسة احسنت أحسنت برافو بديع احب أحب احببت أحببت أحببته احبه أحبه احبها عجبني اعجبني أعجبني
        يعجبني نعم لا تمام اوكي حسنا مرحبا اهلا أهلا سلام السلام وداعا هههه هه سيء سيئة قبيح بشع مضحك لطيف لطيفة
        كيوت يجنن تجنن
    """,
    "French": """
        merci mercii joue ouah ouaou waouh wahou oh ah oui ouais nan non ok daccord accord bien bon bonne bons
        mieux super genial geniale geniaux parfait parfaite excellent excellente magnifique magnifiques superbe
        superbes beau bel belle beaux belles joli jolie jolis jolies incroyable fantastique formidable
        extraordinaire sublime splendide merveilleux merveilleuse chouette cool top trop mignon mignonne
        adorable adore jadore aime jaime mdr ptdr lol haha hihi bravo felicitations salut bonjour bonsoir coucou
        revoir ciao moche horrible nul nulle affreux mauvais drole rigolo marrant impressionnant chapeau putain
        punaise purée wouah kiffe
    """,
    "Bengali": """
        ধন্যবাদ থ্যাংকস থ্যাংকিউ থ্যাংক ওয়াও বাহ বাঃ ওহ আহা হ্যাঁ না ঠিক আচ্ছা ভালো ভাল খুব সুন্দর অসাধারণ
        দারুণ দারুন চমৎকার অপূর্ব মনোরম মিষ্টি কিউট সেরা জোস জোশ অস্থির ফাটাফাটি মজার মজা ভালোবাসি ভালবাসি পছন্দ
        হাহা নমস্কার হ্যালো বিদায় বাজে খারাপ শাবাশ অসাম dhonnobad dhonyobad darun sundor oshadharon khub bhalo
        valo
    """,
    "Portuguese": """
        obrigado obrigada obg brigado brigada valeu vlw uau nossa caramba caraca caralho puta porra eita sim nao
        não tá ta beleza blz ok bom boa bons boas bem melhor otimo otima lindo linda lindos lindas bonito bonita
        belo bela maravilhoso maravilhosa incrivel perfeito perfeita excelente fantastico fantastica sensacional
        espetacular show top massa legal demais bacana maneiro fofo fofa fofinho fofinha adorei adoro amei amo
        gostei gosto curti kkk rsrs haha oi ola tchau parabens feio feia horrivel ruim engracado engracada
        arrasou mandou bravo
    """,
    "Russian": """
        спасибо спс спасибочки благодарю пасиб пасибо вау ух ого ого-го офигеть офигенно ничего себе да нет неа
        ага угу ок окей хорошо хороший хорошая отлично отличная отличный отличное супер класс классно классная
        классный круто крутая крутой крутое здорово прекрасно прекрасная прекрасный прекрасное красиво красивая
        красивый красивое красота красотища великолепно великолепная великолепный шикарно шикарная шикарный
        шикарное потрясающе потрясающая потрясающий замечательно чудесно идеально идеальная бомба огонь топ
        годно мило милая милый милота няшно обожаю люблю нравится понравилось лучше лучший лучшая лучшее ахах
        хаха лол кек ржу привет пока здравствуйте браво молодец молодцы умница плохо неплохо ужас ужасно
        отвратительно страшно смешно прикольно прикол забавно блин черт боже зачет имба
    """,
    "Urdu": """
        شکریہ مہربانی واہ ارے ہاں جی نہیں ٹھیک اچھا اچھی اچھے بہت زبردست شاندار خوبصورت حسین پیارا پیاری پیار
        کمال لاجواب بہترین عمدہ مست پسند سلام خداحافظ برا خراب بکوس ہاہا ماشاءاللہ سبحان meherbani bohat shukria
    """,
    "German": """
        danke dankeschön dankeschoen dankesehr dank merci wow boah woah krass oha hammer geil mega super toll
        klasse spitze prima cool nice schön schoen schöne schönes schöner wunderschön wunderschoen wunderschönes
        wunderbar großartig grossartig fantastisch perfekt genial stark gut gute gutes guter besser beste bestes
        herrlich traumhaft hübsch süß suess niedlich putzig lustig witzig liebe lieb mag gefällt gefaellt ja jo
        jup nein nee nö ok okay okey klar genau stimmt haha hihi hallo hi hey moin servus tschüss tschuess ciao
        bravo respekt glückwunsch hässlich schlecht furchtbar schrecklich schade doof blöd ach oh ah hm hmm
        geilo top sauber lecker
    """,
    "Japanese": """
        ありがとう ありがとうございます ありがと ありがとうね どうも サンキュー 感謝 すごい すごいね すごいです
        すごっ すご 凄い 凄 すげー すげえ すげぇ やばい やば ヤバい ヤバ わあ わー わぁ おお おー おおお うわ
        うわー えー え へえ へー はい うん いいえ いや いいね いい いいです いいですね 良い 良いね よい よき
        かわいい 可愛い かわいいね かわいいです きれい 綺麗 キレイ きれいですね 美しい かっこいい カッコいい
        素敵 すてき 素敵です 素晴らしい すばらしい 最高 最高です 完璧 好き 大好き 好きです 大好きです 面白い
        おもしろい うける ウケる 笑 草 わら www ww おめでとう こんにちは こんばんは おはよう おはようございます
        おやすみ おやすみなさい さようなら またね ひどい だめ 神 天才 上手 上手い うまい お見事 見事
    """,
}
"""Words that say what somebody feels, or greet, thank, agree; none of them asks for a change by itself."""
FILLERS: Final = {
    "English": """ i me my mine you your yours u ur he him his she her hers it its we us our they
them their this that these those thats there here is are was were be been am im ive youre hes shes theyre a an
the so such very really truly much many lot lots bunch too just absolutely totally quite pretty literally
actually honestly definitely even ever never always still all every everything both and or but of for to at by
as if than one ones guy guys man men dude bro bruh sis buddy mate friend friends folks everyone everybody bot
spark sir boss please pls plz not dont didnt doesnt isnt wasnt cant couldnt wont do does did have has had what
which who how see look looks looking looked came feel feels think guess know mean say said would yet got get way
also kinda sort kind bit little now though god jesus christ lord sake first second third fourth fifth sixth
seventh eighth ninth tenth last 1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th number no
    """,
    "Spanish": """
        el la los las lo un una unos unas es son eres esta estan esto este eso ese esa muy tan mucho mucha
        muchas muchos que me te se nos le les mi tu su yo usted ustedes todo toda todos todas asi de del por
        para y o pero a al ya ha han he has quedo quedaron queda quedado sido verdad realmente super re tio tia
        amigo amigos bot primera primero segunda segundo tercera tercero cuarta cuarto ultima ultimo
    """,
    "French": """
        le la les l un une des du de d est sont cest ces ce cette cet ca c tres vraiment tellement si beaucoup
        que qu je j tu te t il elle on nous vous ils elles me m mon ma mes ton ta tes son sa ses tout toute tous
        toutes pour et ou mais a au aux bot mec les-gars pas ne n y en premiere premier deuxieme troisieme
        quatrieme derniere dernier
    """,
    "Portuguese": """
        o a os as um uma uns umas e é esta está estao isso isto esse essa este muito muita mesmo realmente tao
        tão que me te se eu voce vc voces ele ela eles elas meu minha seu sua tudo todo toda de do da por para
        pra ou ficou ficaram foi demais cara mano amigo gente bot primeira primeiro segunda segundo terceira
        terceiro quarta quarto ultima ultimo
    """,
    "German": """
        der die das den dem ein eine einen einem ist sind war waren ich du er sie es wir ihr mich mir dich dir
        uns euch dein deine mein meine dies diese dieses dieser so sehr echt wirklich richtig total voll ganz
        viel vielen mal und oder aber doch auch noch ja mann alter leute bot wie was bitte schon sieht aus
        geworden gemacht geht nicht kein an zu zum erste erstes zweite zweites dritte drittes vierte viertes
        letzte letztes
    """,
    "Russian": """
        это эта этот эти то так такой такая такое очень просто реально прям вообще весьма как что и или но а же
        ну ты вы я мы он она оно они мне меня тебе тебя вам вас мой моя твой твоя вот все всё всем за большое
        огромное тут там не бот брат друг ребята получилось вышло выглядит первая первый вторая второй третья
        третий четвертая четвертый последняя последний
    """,
    "Hindi": """
        है हैं था थी थे यह ये वह वो इस उस मुझे मुझको मैं तुम आप हम का की के को से में ने तो भी ही और या पर लेकिन
        क्या बात कितना कितनी कितने इतना इतनी सच वाकई एकदम बिल्कुल जी भाई यार दोस्त लगा लगी लग रहा रही पहला पहली
        दूसरा दूसरी तीसरा तीसरी hai hain tha thi ye yeh vo woh mujhe main tum aap hum ka ki ke ko se bhi hi aur
        kya baat kitna kitni itna ekdum bilkul ji bhai yaar dost laga lagi
    """,
    "Urdu": """
        ہے ہیں تھا تھی یہ وہ اس مجھے میں تم آپ ہم کا کی کے کو سے نے تو بھی ہی اور یا لیکن کیا بات کتنا کتنی اتنا
        اتنی واقعی بالکل بھائی یار دوست لگا لگی پہلا پہلی دوسرا دوسری تیسرا تیسری
    """,
    "Arabic": """
        هذا هذه هذي هذة ذلك تلك هو هي انا أنا انت أنت نحن جدا جداً كثيرا كثير كتير حقا فعلا والله يا ما شاء و في
        من على الى لك لكم عليك كل شيء شي مرة اوي أوي قوي خالص بجد صديقي اخي أخي حبيبي لكن الاولى الثانية الثالثة
        الرابعة الاول الثاني الثالث
    """,
    "Bengali": """
        এটা এটি এই সেটা ওটা আমি আছে আমার আমাকে তুমি তোমার তোমাকে আপনি আপনার আপনাকে হয়েছে লাগছে লাগলো লেগেছে
        অনেক এত কি কী যে আর ও এবং কিন্তু করি করেছেন সত্যি একদম ভাই বন্ধু প্রথম দ্বিতীয় তৃতীয় টা টি eta ei ami
        tumi apni hoyeche lagche onek
    """,
    "Chinese": """
        这 這 那 它 他 她 你 我 我们 你们 大家 的 了 吧 吗 呢 啦 哦 喔 呀 啊 太 很 真 真的 非常 超 超级 好 特别
        最 也 都 是 就 个 張 张 这张 这个 第一 第二 第三 第四 一 二 三 四 您 觉得 做得 画得 得 做的 画的
    """,
    "Japanese": """
        これ それ あれ この その あの が は を に の も と で ね よ な です ですね でした だ だね だよ ます
        ました とても すごく めっちゃ めちゃ めちゃくちゃ 本当に ほんとに 本当 ほんと まじ マジ まじで さん 一番
        二番 三番 一枚目 二枚目 三枚目 四枚目 ございます っ ー 〜
    """,
}
"""Words that stand around them and ask for nothing by themselves."""
PICTURES: Final = """ picture pictures image images img imgs pic pics photo photos photograph shot render art
artwork artist work job result results edit edits bild bilder foto fotos arbeit ergebnis kunst imagen imagenes
trabajo obra arte travail oeuvre resultat imagem imagens trabalho картинка картинки картинку фото изображение
работа арт результат तस्वीर फोटो चित्र काम تصویر فوٹو کام صورة الصورة صوره عمل العمل ছবি ছবিটা ছবিটি কাজ 图 圖
图片 圖片 照片 作品 画 畫 絵 画像 写真 イラスト
"""
"""What the picture itself is called: talk only beside a reaction, since "a photo" alone may be an order."""
LOOKS: Final = """ style version versions drawing painting illustration portrait idea vibe vibes mood
composition detail details colors colours color colour lighting light background quality choice stil farben idee
colores dibujo dessin couleurs desenho cores рисунок цвета 颜色 绘画 色
"""
"""What a picture has: talk beside a reaction that is not itself a look, since "scary version" may be an order."""
LOOKS_OF_THEIR_OWN: Final = """ cool hot cute funny scary creepy weird better best pretty sweet crazy epic fun
interesting super boring adorable neat fine perfect ugly horrible legendary insane
"""

QUESTIONS: Final = """
    who whos whose how hows what whats which when where why wer wie was welches welcher welche wann wo warum
    wieso quien como que cual cuando donde qui comment quoi quel quelle quand quem qual quando onde кто как что
    какой какая когда где почему कौन किसने कैसे क्या कब कहाँ क्यों کون کس کیسے کیا کب کہاں کیوں من كيف ما ماذا
    متى اين أين لماذا কে কিভাবে কীভাবে কি কী কখন 谁 誰 怎么 怎麼 什么 什麼 哪 怎样 为什么 啥 誰が どうやって
    なに 何 いつ なぜ
"""
ASKED_AFTER: Final = """
    make made making create created creating generate generated draw drew drawn paint painted do doing done did
    does long take takes took cost costs model models ai prompt prompts seed use used using work works happened
    going on wrong mean means called name tool app possible hat hast haben gemalt erstellt machst macht
    funktioniert kostet lange dauert modell hiciste hizo hicieron hace haces funciona cuesta modelo hecho fait
    fais faites as a marche coute modele fez fizeram custa feito сделал сделала сделали сделано работает стоит
    нейросеть модель нарисовал нарисовала ты बनाया बनाई किया काम बनायी بنایا بنائی کیا صنع صنعت صنعتها عملت
    عملتها فعلت تعمل يعمل বানালে বানিয়েছে বানিয়েছ করলে করেছে 做 做的 画 画的 弄 弄的 生成 模型 作 作った
    作ったの 描いた 描いたの か の
"""
"""What a question about the picture is about; with one of `QUESTIONS` in front it asks for no change."""
PHRASES: Final = """|good night|good morning|good evening|good afternoon|good luck|good bye|chefs kiss|my god
for real|no way|of course|not my cup of tea|hell of a job|on point|mind blown|blown away|hats off|nailed it
killed it|made my day|take a bow|gute nacht|guten morgen|guten abend|guten tag|vielen lieben dank|leck mich
der wahnsinn|kann sich sehen lassen|buenas noches|buenos dias|buenas tardes|dios mio|madre mia|que pasada
que chulada|no esta mal|de nada|bonne nuit|bonne soiree|bonne journee|de rien|pas mal|pas mal du tout|oh la la
trop fort|la vache|mon dieu|boa noite|bom dia|boa tarde|meu deus|de nada|mandou bem|que isso|спокойной ночи
доброй ночи|доброе утро|добрый день|добрый вечер|ничего себе|вот это да|не за что|мне заходит|боже мой
शुभ रात्रि|शुभ प्रभात|क्या बात है|शब्बा खैर|شب بخیر|صبح بخیر|کیا بات ہے|تصبح على خير|صباح الخير|مساء الخير
يعطيك العافية|শুভ রাত্রি|শুভ সকাল|মন ভরে গেল|お疲れ様|お疲れさま|お疲れ様です|ご苦労様|辛苦你了
"""
"""Whole phrases of talk whose words alone might be an order; `|` and line ends part them."""
OPENINGS: Final = """|love the|love your|love how|love these|love those|i love the|i love your|i love how
i love these|i love that|loving the|adore the|i adore the|like the|i like the|i like how|like how
really like the|i really like the|i really love the|really love the|absolutely love the|what a|what an|such a
such an|looks like|it looks like|this looks like|that looks like|reminds me of|this reminds me of
it reminds me of|thanks for|thank you for|ich liebe die|ich liebe den|ich liebe das|ich liebe wie|ich mag die
ich mag das|ich mag den|danke für|was für ein|was für eine|mir gefällt|mir gefallen|das sieht aus wie
sieht aus wie|erinnert mich an|me encanta el|me encanta la|me encantan los|me encantan las|me encanta como
me gusta el|me gusta la|me gusta como|me gustan los|me gustan las|gracias por|parece un|parece una|que bonito
que bonita|que lindo|que linda|j adore le|j adore la|j adore les|j adore l|j aime le|j aime la|j aime les
j aime bien|merci pour|on dirait|quel beau|quelle belle|adorei o|adorei a|adorei os|adorei as|amei o|amei a
amei os|amei as|gostei do|gostei da|obrigado por|obrigada por|obrigado pela|obrigada pela|parece um|parece uma
que lindo|que linda|обожаю эти|обожаю этот|обожаю эту|люблю этот|люблю эту|нравится как|мне нравится как
мне нравятся|спасибо за|похоже на|какая|какой|какое
"""
"""What opens a compliment that names something; a few words may follow, unless they order something."""
ORDERS: Final = """ make makes making turn add adding remove delete change replace put give take erase draw
paint convert swap crop blur brighten darken without with instead should could would can want wish need try let
use set fix show bring into darker brighter bigger smaller larger redder bluer more less minus plus mach mache
machen füge fuege entferne ändere aendere ersetze setz setze gib nimm male zeichne ohne mit statt mehr weniger
soll sollte kannst könntest bitte heller dunkler größer kleiner haz hazlo hazla pon ponle ponlo agrega añade
anade quita elimina cambia cambiale reemplaza dibuja pinta convierte sin con mas menos puedes podrias quiero
fais mets met ajoute enleve retire supprime remplace dessine peins transforme sans avec moins peux pourrais faz
faça faca poe coloca adiciona tira muda troca desenha transforma sem com mais pode quero сделай сделайте добавь
добавьте убери уберите удали замени поменяй измени нарисуй преврати поставь без с со больше меньше можешь можно
хочу пусть
"""
"""Words that ask for a change, wherever in a compliment they stand."""
CONTRASTS: Final = """ but now then however except aber jetzt dann pero ahora entonces mais maintenant puis mas
agora entao но теперь
"""
"""Words that part a compliment from what follows it."""
REACTIONS_EVERYWHERE: Final = """ wow omg lol lmao nice cool super ok okay bravo thanks thx ty merci gracias top
perfect amazing awesome love haha xd gg wtf beautiful great epic insane
"""
"""Reactions that people write in any language."""
