"""Hindi."""

from bot.domain.replies.languages.table import Language, phrases, words

HINDI = Language(
    name="Hindi",
    reactions=words("""
        धन्यवाद शुक्रिया थैंक्स थैंक्यू वाह वाव अरे ओह हाँ हां नहीं ठीक अच्छा अच्छी अच्छे बढ़िया बहुत शानदार
        सुंदर सुन्दर खूबसूरत ज़बरदस्त जबरदस्त कमाल मस्त प्यारा प्यारी प्यार मज़ेदार मजेदार गज़ब गजब लाजवाब
        बेहतरीन उत्तम पसंद नमस्ते नमस्कार अलविदा शुभ बेकार खराब बुरा बकवास हाहा dhanyavaad dhanyavad
        dhanyawad shukriya shukria vah waah wah accha acha achha achchha bahut bohot bohut badhiya badiya
        shandar shaandar sundar khubsurat khoobsurat zabardast kamaal kamal mast pyara pyari gazab ghazab
        lajawab behtareen behtarin pasand namaste haan nahi nahin theek thik bekar kharab mashallah
    """),
    fillers=words("""
        है हैं था थी थे यह ये वह वो इस उस मुझे मुझको मैं तुम आप हम का की के को से में ने तो भी ही और या पर
        लेकिन क्या बात कितना कितनी कितने इतना इतनी सच वाकई एकदम बिल्कुल जी भाई यार दोस्त लगा लगी लग रहा रही
        पहला पहली दूसरा दूसरी तीसरा तीसरी hai hain tha thi ye yeh vo woh mujhe main tum aap hum ka ki ke ko
        se bhi hi aur kya baat kitna kitni itna ekdum bilkul ji bhai yaar dost laga lagi
    """),
    pictures=words("तस्वीर फोटो चित्र काम"),
    looks=words("रंग"),
    questions=words("कौन किसने कैसे क्या कब कहाँ क्यों kaun kaise kya kab kahan kyun kisne"),
    asked_after=words("बनाया बनाई किया काम बनायी banaya"),
    talk=phrases("शुभ रात्रि|शुभ प्रभात|क्या बात है|शब्बा खैर"),
    softeners=words("accha acha haan ab aur please धन्यवाद अब और कृपया"),
    done=words("""
        बनाओ बनाइए बनाइये बना दो हटाओ हटाइए हटा जोड़ो जोड़िए बदलो बदलिए करो कीजिए डालो लगाओ रंगो मिटाओ bana
        banao banado hatao hata jodo badlo kardo kar lagao daalo dalo karo
    """),
    turning=words("बिना के"),
    amounts=words("और aur"),
    contrasts=words("लेकिन पर मगर अब lekin par ab"),
    scenes=words("रात दिन सर्दी बर्फ नीला नीली लाल हरा काला सफेद raat din neela laal kala barf"),
    things=words("टोपी बिल्ली पृष्ठभूमि topi billi"),
)
