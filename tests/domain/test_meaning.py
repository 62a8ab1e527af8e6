"""What is talk, and what is an order: by examples, in the languages that people write most."""

import pytest

from bot.domain.replies.meaning import Meaning, meaning_of

TALK: dict[str, str | list[str]] = {
    "nothing": ["", " ", "?", "???", "!", "...", "?!", "…", "-"],
    "emoji": ["🔥", "😍😍😍", "👍🏽", "❤️", "👨‍👩‍👧", "💯💯"],
    "a server's emoji": ["<:pog:123456789012345678>", "<a:party:1234567890> <:wow:1>"],
    "emoticons": [":)", ":-)", ":D", ";P", "<3", "<333", "xD", "XDDD", "^^", "^_^", "T_T", "o_O", ":3", "nice :)"],
    "links and mentions": ["https://tenor.com/view/wow-gif-1", "<@123> nice", "<@!1234>", "<@&5> lol"],
    "English": """
        thanks|Thanks!|thank you|thank you so much!!|thx|ty|tysm|TYSM <3|cheers mate|thanks bot|thanks a lot
        many thanks|wow|WOW|wow!|wow nice!|wooow|woooooow|whoa|omg|OMG!!!|omg this is amazing|wtf|holy shit|damn
        gosh|oh my god|oh wow|nice|Nice.|niiiice|noice|very nice|so nice|nice one|nice job|nice work|nice pic
        nicely done|good job|great job bot|good bot|good one|great|great work|this is great|that's great
        it's great|awesome|amazing!|absolutely amazing|incredible|fantastic|perfect|perfect!!!|just perfect
        brilliant|excellent|wonderful|superb|lovely|gorgeous|stunning|beautiful|so beautiful
        that is so beautiful|how beautiful|it's beautiful|this is beautiful, thank you|cool|cooool|so cool
        that's cool|very cool|cool pic|cute|so cute|aww so cute|awww|adorable|sweet|neat|pretty|love it
        i love it|I LOVE IT|I love this|love this one|love this so much|luv it|loving it|i really love it
        i like it|i like this one|I like it a lot|i like the third one|like it|liked it|i don't like it|hate it
        i hate it|lol|LOL|lolol|lmao|LMAOOO|rofl|haha|hahaha|ahahaha|hehe|heh|funny|so funny|that's hilarious
        lol what|yes|yeah|yep|no|nope|ok|okay|k|sure|right|exactly|true|agreed|same|hi|hello|hey|hey there|bye
        good night|good morning|congrats|well done|gg|wp|bravo|kudos|respect|masterpiece|what a masterpiece
        a masterpiece|epic|legendary|insane|10/10|100/100|9.5/10|100%|+1|100|10/10 would look at this|not bad
        not bad at all|bad|so bad|terrible|horrible|ugly|it's ugly|that is horrible|boring|weird|creepy|hmm|hm
        uh|meh|eh|huh|interesting|better|much better|even better|way better|that's better|best one yet :)
        the best|the third one!|the third one is nice|number 3 is great|love the colors
        I love the colours|love your style|love how the light falls|i love how you made the sky|what a cute cat
        what a lovely picture|such a nice photo|looks like a painting|looks amazing|looks great|it looks good
        this looks awesome|thanks for the picture|great picture|beautiful photo|nice colors|great composition
        lovely light|who made this?|who did this|how did you make this?|how do you do that|what model is this?
        what is this?|what's this|how much does it cost?|how long did it take|which model
        what prompt did you use?|where is this?|why?|what?|who?|who made this lol|how?|huh?|really?|is this it?
        so good|soooo good|so gooood|good|very good|you're the best|thank you, this is perfect!|wow, thanks!
        wow... just wow|nice, thank you bot|yay|yayyy|yesss|omg yes|nailed it|you nailed it, thanks|hats off
        nevermind|nvm|wait what|stop|no thanks|no way|of course|ew that's ugly
    """,
    "Chinese": """
        谢谢|謝謝|谢谢你|非常感谢|太棒了|太美了|好美|好看|真好看|好漂亮啊|哇|哇哦|哇！好漂亮|厉害|太厉害了|牛逼
        哈哈|哈哈哈哈|笑死|可爱|太可爱了|喜欢|我喜欢|我很喜欢这个|不错|赞|完美|绝了|好的|好|嗯|你好|晚安
        做得好|这张很美|第三张好看|谢谢，很漂亮|怎么做的？|这是什么？|谁做的？|这是什么模型？|太丑了|好酷|真棒！
    """,
    "Hindi": """
        धन्यवाद|शुक्रिया|बहुत धन्यवाद|वाह|वाह!|बहुत अच्छा|बहुत सुंदर|बहुत बढ़िया|शानदार|ज़बरदस्त|कमाल है
        क्या बात है|मुझे यह पसंद है|अच्छा है|सुंदर तस्वीर|यह बहुत सुंदर है|मस्त|हाँ|नहीं|ठीक है|नमस्ते|हाहाहा
        यह किसने बनाया?|कैसे बनाया?|shukriya|bahut accha|bahut badhiya bhai|kya baat hai|mast|zabardast
    """,
    "Spanish": """
        gracias|¡Gracias!|muchas gracias|mil gracias guau|guau|¡guau!|qué bonito|¡Qué lindo!|muy bonito
        muy bonita|precioso|hermosa|increíble|genial|perfecto|excelente|me encanta|¡Me encanta!|me encantaaa
        me gusta|me gusta mucho|está genial|está muy bien|qué guay|qué chulo|jaja|jajaja|jajajaja|sí|no|vale|ok
        hola|buenas noches|buen trabajo|muy bueno|buenísimo|no me gusta|no está mal|feo|horrible
        ¿quién hizo esto?|¿cómo lo hiciste?|¿qué es esto?|me encantan los colores|mejor|eres el mejor
        te amo|hermosa foto|bravo|¿qué?|la primera es muy bonita
    """,
    "Arabic": """
        شكرا|شكراً|شكرا جزيلا لك|شكرا لك|رائع|رائع جدا|جميل|جميل جدا|جميلة جداً|ما شاء الله|واو|ممتاز|مذهل|حلو
        حلوة|روعة|أحببته|أحسنت|ههههه|هههه|نعم|لا|تمام|مرحبا|صورة جميلة|عمل رائع|أعجبني|يعجبني هذا|تصبح على خير
        قبيح|من صنع هذا؟|كيف فعلت هذا؟|؟|ما هذا؟
    """,
    "French": """
        merci|Merci !|merci beaucoup|merci bien|ouah|waouh|super|c'est super|trop beau|trop bien|très beau
        très joli|c'est magnifique|magnifique|génial|parfait|excellent|j'adore|J'adore ça|j'adooore|j'aime
        j'aime bien|je l'aime|incroyable|superbe|sublime|mdr|ptdr|haha|oui|non|d'accord|ok|bonjour|salut
        bonne nuit|bravo|bien joué merci|beau travail|pas mal|pas mal du tout|c'est moche|moche|trop mignon
        qui a fait ça ?|comment tu as fait ?|c'est quoi ?|j'adore les couleurs|quelle belle image
        belle photo|j'aime beaucoup la troisième|oh la la
    """,
    "Bengali": """
        ধন্যবাদ|অনেক ধন্যবাদ|বাহ|ওয়াও|খুব সুন্দর|সুন্দর|অসাধারণ|দারুণ|চমৎকার|খুব ভালো|ভালো|খুব ভালো লাগছে
        আমার পছন্দ হয়েছে|ভালো হয়েছে|হ্যাঁ|না|ঠিক আছে|সুন্দর ছবি|হাহাহা|নমস্কার|এটা দারুণ|কে করেছে?|এটা কি?
    """,
    "Portuguese": """
        obrigado|obrigada!|muito obrigado|obg|valeu|uau|nossa|que lindo|que linda|muito bom|muito lindo
        lindo demais|ficou lindo|ficou ótimo|ficou incrível|incrível|perfeito|maravilhoso|adorei|amei|AMEI
        amei isso|gostei|gostei muito|legal|show|top|kkk|kkkkkk|rsrs|haha|sim|não|ok|beleza|oi|olá|boa noite
        bom dia|parabéns|bom trabalho|bela imagem|que isso|feio|não gostei|quem fez isso?|como você fez isso?
        o que é isso?|adorei as cores|melhor
    """,
    "Russian": """
        спасибо|Спасибо!|большое спасибо|спасибо большое|спс|вау|ого|круто|очень круто|классно|супер|красиво
        очень красиво|как красиво|прекрасно|великолепно|отлично|шикарно|потрясающе|идеально|бомба|огонь
        мне нравится|мне очень нравится|нравится|обожаю|люблю это|ахаха|хаха|хахаха|лол|да|нет|ок|хорошо|привет
        спокойной ночи|молодец|очень мило|милота|неплохо вышло ок|ужас|кто это сделал?|как ты это сделал?
        что это?|третья лучше|третья|красивая картинка|ничего себе|какая красота|смешно
    """,
    "Urdu": """
        شکریہ|بہت شکریہ|واہ|واہ!|بہت اچھا|بہت خوبصورت|زبردست|شاندار|کمال ہے|کیا بات ہے|اچھا ہے|مجھے پسند ہے|ہاں
        نہیں|ٹھیک ہے|سلام|ہاہاہا|بہترین|خوبصورت تصویر|یہ کس نے بنایا؟|کیسے بنایا؟
    """,
    "German": """
        danke|Danke!|danke schön|vielen Dank|danke dir|dankeschön|wow|boah|krass|geil|mega|super|toll|klasse
        schön|sehr schön|wie schön|wunderschön|das ist schön|perfekt|genial|großartig|hammer|der Hammer|süß
        voll süß|wie süß|lustig|ich liebe es|liebe es|gefällt mir|das gefällt mir sehr|ich mag es|sieht gut aus
        das sieht toll aus|gut gemacht danke|gute Arbeit|schönes Bild|haha|hihi|ja|nein|ok|klar|hallo|moin
        gute Nacht|guten Morgen|nicht schlecht|hässlich|schrecklich|wer hat das gemacht?
        wie hast du das gemacht?|was ist das?|das dritte ist besser|ich liebe die Farben
        was für ein schönes Bild
    """,
    "Japanese": """
        ありがとう|ありがとうございます！|どうも|すごい|すごい！|すごいね|すげー|やばい|わあ|いいね|いいですね
        かわいい|とてもかわいい|きれい|とてもきれいです|綺麗ですね|美しい|素敵|素晴らしい|最高|最高です|大好き
        これ好き|面白い|笑|草|www|はい|うん|いいえ|おはよう|おやすみなさい|おめでとう|三枚目がいい|これは何？
        どうやって作ったの？|誰が作ったの？|上手
    """,
}
ORDERS: dict[str, str | list[str]] = {
    "English": """
        make it night|make it nice|make it nicer|make it cool|make it beautiful|make her smile|add a wow effect
        add a hat|thanks, now make it night|thanks! now with snow|nice, but make it night|nice but darker
        wow, now in winter|cool, add a cat|love it, make it blue|i love it but without the hat
        i love the colors but make it night|love the hat, now remove it|remove the hat|no hat|without the hat
        darker|brighter|more|more snow|more beautiful|more please|less red|bigger|smaller|in winter|at night
        night|day|winter|sunset|with snow|as a painting|oil painting|a painting|watercolor|pixel art|anime
        black and white|b&w|blue|make the sky blue|blue sky|turn it into a cat|into a dragon|zoom out|crop it
        16:9|4k|hd|2 cats|the third one, but in winter|#3 make it night|3. make it night|number 2 with a hat
        the second one at night|again|can you make it night?|could you remove the hat?|can it be darker?
        what if it was night?|how about night?|what about winter?|how about a painting?
        how about making it night|why not in winter?|how would it look at night?|make it so good
        give him sunglasses|put a hat on the cat|a red fox|fox|cat|happy cat|cute cat|cute version|scary version
        cooler|prettier|funny hat|cool colors|better lighting|warm colors|change the background
        change the text to THANKS|write "wow" on it|write thank you on the sign|say hello with a speech bubble
        add text "love it"|replace wow with lol|make them laugh|i want it darker|i'd love a hat
        i would like it in blue|please make it night|please remove the dog|fix the hands
        nice hat with feathers please make it red|love the idea, do it again in red
        thanks but can you make it brighter?|it's beautiful, now add a moon|haha make him bald
        lol add a mustache|omg give it wings|yes, and add a tree|no, darker|ok now the same in red
        great! now zoom in|perfect, just remove the text|good, slightly darker|not so dark|too dark|less nice
        make it look like a painting|looks like it needs snow, add snow|what a day, make it night
    """,
    "Chinese": """
        变成夜晚|改成晚上|加一顶帽子|去掉帽子|去掉背景|换个颜色|更亮一点|好看一点|漂亮点|谢谢，再加一只猫
        很好，但是改成冬天|蓝色|下雪|把天空变成红色|笑一个|第三张改成冬天|可以加雪吗|变可爱|更美|画成油画|黑白
    """,
    "Hindi": """
        इसे रात बनाओ|टोपी हटाओ|बर्फ जोड़ो|धन्यवाद, अब इसे रात बनाओ|और सुंदर बनाओ|काला और सफेद|raat bana do
        topi hatao|accha, ab raat kar do
    """,
    "Spanish": """
        hazlo de noche|hazla más bonita|más bonita|más oscuro|quita el sombrero|sin sombrero|ponle un gato
        añade nieve|en invierno|gracias, ahora hazlo de noche|me encanta, pero de noche|de día|azul
        qué tal si es de noche|la tercera, pero en invierno|un dibujo|me encanta el cielo pero ponle nubes
        hazlo genial|¿puedes quitar el fondo?
    """,
    "Arabic": """
        اجعلها ليلا|أضف قبعة|احذف القبعة|بدون قبعة|شكرا، الآن اجعلها ليلا|جميل لكن أغمق|في الشتاء|غير الخلفية
        اجعلها جميلة|أزرق
    """,
    "French": """
        mets-le de nuit|fais-le de nuit|plus belle|plus sombre|enlève le chapeau|sans chapeau|ajoute un chat
        ajoute de la neige|merci, maintenant de nuit|j'adore, mais de nuit|en hiver|bleu|et si c'était la nuit ?
        une peinture|rends-la jolie|j'adore le ciel mais ajoute des nuages|tu peux enlever le fond ?|encore
    """,
    "Bengali": "রাত করো|টুপি সরাও|একটা বিড়াল যোগ করো|ধন্যবাদ, এবার রাত করো|আরও সুন্দর করো|নীল|শীতকালে",
    "Portuguese": """
        deixa de noite|faz de noite|mais bonito|mais escuro|tira o chapéu|sem chapéu|adiciona um gato
        coloca neve|no inverno|obrigado, agora faz de noite|adorei, mas de noite|azul|e se fosse de noite?
        um desenho|deixa lindo|amei o céu mas coloca nuvens
    """,
    "Russian": """
        сделай ночь|сделай красиво|сделай красивее|красивее|темнее|убери шляпу|без шляпы|добавь кота|добавь снег
        зимой|ночью|спасибо, теперь сделай ночь|круто, но ночью|синий|третья, но зимой|а если ночью?
        люблю это небо, добавь облака|ещё снега
    """,
    "Urdu": """
        اسے رات بنا دو|ٹوپی ہٹا دو|ایک بلی شامل کرو|شکریہ، اب اسے رات بنا دو|اور خوبصورت بناؤ|نیلا|سردیوں میں
    """,
    "German": """
        mach es Nacht|mach es schön|mach es schöner|schöner machen|dunkler|heller|ohne Hut|Hut weg
        entferne den Hut|füge Schnee hinzu|danke, jetzt bei Nacht|schön, aber dunkler
        toll, mach ein Bild im Winter daraus|im Winter|nachts|blau|mehr Schnee|ein Gemälde
        wie wäre es bei Nacht?|das dritte, aber im Winter|kannst du den Hut entfernen?
        ich liebe die Farben, aber mach es Nacht
    """,
    "Japanese": """
        夜にして|帽子を消して|帽子をかぶせて|猫を追加して|ありがとう、夜にして|もっと明るく|もっとかわいく
        かわいくして|冬にして|青い空|すごい、雪を降らせて|笑顔にして
    """,
}

UNCLEAR = [
    "#3",
    "3",
    "3.",
    "the third one",
    "das dritte",
    "la tercera",
    "cat",
    "cute cat",
    "winter?",
    "summer vibes",
    "i want that hat",
    "give this bot a raise",
    "can you make videos?",
    "make this my wallpaper",
    "more please",
    "would look better at night",
    "this would be funnier with a hat",
    "too dark",
    "snow!",
    "make it night /s",
]


def said(texts: str | list[str]) -> list[str]:
    if isinstance(texts, list):
        return texts
    return [text.strip() for line in texts.splitlines() for text in line.split("|") if text.strip()]


def meanings(texts: str | list[str]) -> dict[str, Meaning]:
    return {text: meaning_of(text) for text in said(texts)}


@pytest.mark.parametrize("language", TALK)
def test_talk_is_left_alone(language: str) -> None:
    assert [text for text, meaning in meanings(TALK[language]).items() if meaning is not Meaning.TALK] == []


@pytest.mark.parametrize("language", ORDERS)
def test_an_order_is_no_talk_whatever_stands_around_it(language: str) -> None:
    assert [text for text, meaning in meanings(ORDERS[language]).items() if meaning is Meaning.TALK] == []


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_may_be_either_is_asked_about(words: str) -> None:
    assert meaning_of(words) is Meaning.UNCLEAR


def test_a_long_text_is_no_talk_and_is_read_at_once() -> None:
    assert meaning_of("nice " * 1000) is Meaning.UNCLEAR
    assert meaning_of("make it " * 1000) is not Meaning.TALK
    assert meaning_of("好" * 200) is Meaning.TALK
    assert meaning_of("好" * 199 + "猫") is not Meaning.TALK
