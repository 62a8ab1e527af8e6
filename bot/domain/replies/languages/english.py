"""English."""

from bot.domain.replies.languages.table import Language, phrases, words

ENGLISH = Language(
    name="English",
    reactions=words("""
        thanks thank thankyou thx thnx tnx ty tysm tyvm cheers welcome wow whoa woah wowza omg omfg wtf wth
        gosh damn dang holy shit cow moly fuck fucking hell yay yess yes yeah yea yep yup ya no nope nah ok
        okay k kk okey sure right alright true agreed exactly same lol lmao rofl kek xd haha hehe ha heh hm
        hmm hmmm uh uhh oh ooh oooh ah aha ahh aww aw eh meh ugh ew eww huh hey hi hello yo sup bye cya
        goodbye gn gm nice noice nicely cool great good best better awesome amazing incredible fantastic
        perfect perfection beautiful beauty gorgeous stunning lovely love loved loving loves like liked
        brilliant excellent wonderful superb marvelous magnificent fabulous impressive epic legendary legend
        insane crazy unreal unbelievable dope neat sweet cute adorable pretty funny hilarious hot goated
        based pog poggers slay bravo congrats congratulations kudos respect gg wp well done bad worse worst
        terrible horrible awful ugly hate disgusting boring weird creepy scary fine interesting fun super
        sorry lovin luv ily masterpiece genius chef kiss nailed killed stop nvm nevermind wait mood lmfao
        dayum daymn damnn ratio cringe mid idk brb afk oof ouch yikes uwu owo sheesh finally maybe fake help
        relatable precious monster cope gorg peak valid vibing iconic obsessed disappointing disappointed
        overrated underrated real favorite favourite fav fave sick tired jealous hungry blessed cursed sauce
        source gib bruh fr frfr ngl tbh imo imho smh ikr rn af asf lowkey highkey deadass ofc np yw gl hf ez
        ggs rekt lmk tfw sus bussin drip banger bop slaps fye flames
    """),
    fillers=words("""
        i me my mine you your yours u ur he him his she her hers it its we us our they them their this that
        these those thats there here is are was were be been am im ive youre hes shes theyre a an the so
        such very really truly much many lot lots bunch too just absolutely totally quite pretty literally
        actually honestly definitely even ever never always still all every everything both and or but of
        for to at by as if than one ones guy guys man men dude bro bruh sis buddy mate friend friends folks
        everyone everybody bot spark sir boss please pls plz not dont didnt doesnt isnt wasnt cant couldnt
        wont do does did have has had what which who how see look looks looking looked came feel feels think
        guess know mean say said would yet got get way also kinda sort kind bit little now though god jesus
        christ lord sake first second third fourth fifth sixth seventh eighth ninth tenth last 1st 2nd 3rd
        4th 5th 6th 7th 8th 9th 10th number no
    """),
    pictures=words("""
        picture pictures image images img imgs pic pics photo photos photograph shot render art artwork
        artist work job result results edit edits
    """),
    looks=words("""
        style version versions drawing painting illustration portrait idea vibe vibes mood composition
        detail details colors colours color colour lighting light background quality choice texture shading
        palette atmosphere framing perspective energy feels aesthetic
    """),
    own_looks=words("""
        no cool hot cute funny scary creepy weird better best pretty sweet crazy epic fun interesting super
        boring adorable neat fine perfect ugly horrible legendary insane
    """),
    questions=words("who whos whose how hows what whats which when where why wheres"),
    asked_after=words("""
        make made making create created creating generate generated draw drew drawn paint painted do doing
        done did does long take takes took cost costs model models ai prompt prompts seed use used using
        work works happened going on wrong mean means called name tool app possible
    """),
    yes_or_no=words("""
        is are was were did does do you has have isnt arent wasnt didnt doesnt dont aint
    """),
    talk=phrases("""
        have a nice day|have a good day|have a great day|have a good one|have a nice weekend|have fun
        have a look|make sure to vote|take it or leave it|get well soon|dm me|check dms|add me|follow me
        subscribe|goosebumps|keep em coming|white christmas|smoke on the water|yellow submarine
        let it snow let it snow let it snow|here comes the sun|spooky season|big mood|none of them
        not really my style|made me smile|worked like a charm|such a mood|good times|all 4 are fire
        all are fire|too much|a bit much|bit much|goodnight|merry xmas|happy new years|morning everyone
        night all|night everyone|fair enough|noted|ill take it|take my like|pure gold|pure art|solid gold
        art at its finest|lit af|wicked|rad|yas|yass|yesss queen|yes queen|gimme a sec|give me a sec
        give me a second|let me check|let it be|give up|give me strength|try me|try again later|go off
        go home|do tell|bring it on|take a seat|cut it out|cover me|keep dreaming|leave him alone
        leave her alone|pls marry me|set for life|make me proud|make some noise|make america great again
        turn around|add to cart|put that in a frame|put it in a frame|put this in a frame|neat o|bruh moment
        me next|my turn|changed my life|lets see it|green with envy|blue monday|paint the town red|at least
        draw attention|turn the page|drop it|drop it like its hot|hide the evidence|hide your kids
        make it stop|make it end|make it stop please|please stop|stop|i cant with this|i cant|i cant even
        another one|another day|another banger|another w|another level|red flag|merry christmas
        happy birthday|happy halloween|happy new year|happy holidays|happy easter|winter is coming
        lunch time|never mind|gotta go|see you tomorrow|ok boomer|skill issue|slay queen|send help|my eyes
        lets see|less is more|third times a charm|ate and left no crumbs|nightmare fuel|take me there
        new wallpaper|new pfp|cats rule|poor guy|poor thing|me irl|me on mondays|w bot|w|l|f
        turn down for what|let me see|let me think|not what i expected|could be better|could be worse
        long time no see|so slow today|took long enough|prompt pls|prompt please|source please|source pls
        for later|whats the prompt|keep calm|see you|talk to you later|show off|good thing|raw|unlucky
        lucky you|lucky|good night|good morning|good evening|good afternoon|good luck|good bye|chefs kiss
        my god|for real|no way|of course|not my cup of tea|hell of a job|on point|mind blown|blown away
        hats off|nailed it|killed it|made my day|make my day|made my week|take a bow|lets go|lets gooo
        lets gooooo|let him cook|let her cook|let it go|let them cook|let that sink in|keep it up
        keep up the good work|keep going|go on|shut up and take my money|take my money|take my upvote
        give me a break|give it a rest|give it up|take care|take it easy|take that|take notes|take a look
        take a look at this|take a look at that|look at this|look at that|look at him|look at her|look at it
        look at them|make sense|makes sense|make it make sense|change my mind|dont change a thing
        dont change anything|never change|no words|no comment|no cap|no kidding|no problem|no worries
        no idea|no clue|no joke|no doubt|no offense|no shot|no u|no more|no thanks|no thank you|no need
        no rush|no hard feelings|no regrets|no notes|at last|at first|in love|im in love|with love
        with pleasure|as expected|as always|as usual|as if|in awe|in tears|on fire|lit|fire|in shock
        without words|without a doubt|without question|without doubt|with respect|in fact|in general
        in theory|in short|in my opinion|on god|on the nose|in a good way|in a bad way|in the best way
        in the best way possible|on another level|on a different level|out of this world|to be honest
        to be fair|to die for|its giving|say less|say no more|hold my beer|get out|get out of here
        get a room|touch grass|rip|rest in peace|wait for it|mind if i save this|can i save this
        can i use this|can i have this|can i keep it|can i keep him|can i keep her|can you believe it
        can you believe this|can you believe that|can you explain|can you explain how|can you teach me
        can you tell me how|how about that|how about no|what about it|what about you|how about you
        would you look at that|will you marry me|would you believe it|what do you think
        what do you guys think|what does it mean|do it|do it again|do you|make it|make a wish
        make love not war|make friends|turn it up|turn it off|put it on the fridge|put a ring on it|frame it
        frame this|hang it in the louvre|hang this in the louvre|print it|ship it|send it|post it|pin it
        pin this|burn it|kill it with fire|burn it with fire|delete this|delete it|just kidding|jk
        only joking|day made|same here|me too|me neither|not me|story of my life|its me|literally me
        thats me|need this|i need this|i need it|i want this|i want it|i want one|i want that|want|need
        i need one|shut up|stop it|stop it get some help|cant unsee|first|second|last|night night|day one
        10 out of 10|ten out of ten|five stars|5 stars|two thumbs up|big fan|good stuff|hot stuff
        well played|my bad|my man|my guy|my dude|no homo|big if true|who cares|i see|got it|makes my day
        oh well|so so
    """),
    compliments=phrases("""
        i prefer the first|brings|takes me back|gives me|made me|makes me|turned out|came out|worked|im team
        voting for|team|cant wait|there is a|theres a|the cat in the back|his smile|we have|i had|my car
        my dog|my cat|so dark|so much|so many|so cold|can i make one|can i try|wait how|where do i|use code
        is there a free|hahaha i|that looks|who put|we need more|you need to|this needs to be
        this should win|should i|should we|would you hang|could totally|would be a|it would be a
        would make a|this would make a|how many|can everyone|can someone|can anyone|can you see|you can tell
        could you be|i asked for|thats not what|it took|i wish|wish i|summer is|winter is|im so|im not
        im dead|im done|im just|im speechless|im impressed|im gonna|im still|im never|cant stop|i cant
        you should sell|you should frame|at this point im|add me on|look at|show me how|my grandma|my mom
        my dad|my kid|my kids|my friend|my wife|my boyfriend|my girlfriend|big yikes|i cant stop
        in my opinion|more like|show me more|you should be|someone should|somebody should|they should make
        new wallpaper|give this bot|give this man|give this|good night|night mode|christmas came|not bad for
        with this quality|add me|can you do|can you also do|i need this|i need that|i want to|i want this on
        my|saving this|saved this|saving|stealing this|crying|dying|screaming|im saving|gonna|going to
        im going to|can i use|can i save|can i print|can i share|can i post|can i keep|can i buy|can i pet
        mind if i|would you mind if i|do you mind if i|such|great job|good job|nice job|great work|nice work
        good work|better than|not bad|more than|at this point|as an artist|as someone|imagining|anyone
        anybody|waiting for|who needs|so slow|see you|happy to|check this|not what i|would hang|would buy
        id buy|id hang|i would hang|i would buy|i would frame|id frame|took|love|loving|adore|i adore|i love
        we love|im loving|i really love|really love|absolutely love|i like|i really like|really like
        like the|like how|like your|you can see|you can really see|you can feel|you can almost|i can see
        i can feel|i can hear|i can smell|thanks for|thank you for|thx for|ty for|what a|what an|such a
        such an|looks like|it looks like|this looks like|that looks like|he looks like|she looks like
        they look like|reminds me of|this reminds me of|it reminds me of|that reminds me of|props for
        kudos for|congrats on|i appreciate|appreciate|im in love with|in love with|obsessed with
        im obsessed with|big fan of|im a fan of|im a big fan of|cant get over|i cant get over|cant believe
        i cant believe|i cant stop looking at|im dying|gotta love|got to love|you gotta love|nothing beats
        who doesnt love|check out|feels like|it feels like|this feels like|sounds like|smells like
        im getting|getting|giving me|its giving|giving|proud of|glad|so glad|happy with|im happy with
        very happy with|impressed by|im impressed by|respect for|cheers for|shoutout to|shout out to|hate
        i hate|dont like|i dont like|not a fan of|im not a fan of
    """),
    praise=words("""
        nice great good amazing awesome incredible fantastic wonderful dope sick impressive excellent
        brilliant superb gorgeous stunning lovely beautiful magnificent solid
    """),
    statements=words("""
        is are was were am im its thats hes shes theyre youre isnt arent looks look looked feels feel came
        turned seems seem has had reminds goes fits suits works makes got rocks slaps hits kills sounds i
        you we who where when how why
    """),
    subjects=words("""
        i ive youre you u he hes she shes we they theyre my your his everyone everybody nobody someone
        somebody people there theres thats thatd it its the this
    """),
    conditionals=words("""
        said meant asked told would could should can cant need needs wish want wants if might must id prefer
        maybe rather could've please imagine instead too not
    """),
    elsewhere=words("""
        cart list will queue favorites favourites playlist frame diary heart museum louvre gallery moma wall
        walls tshirt tshirts mug mugs wallpaper wallpapers pfp avatar banner nft nfts raise medal oscar
        award prize collection portfolio instagram insta twitter tiktok reddit website ebay sticker stickers
        desktop fridge promotion money sense video videos vid gif gifs animation bot server channel app
        discord account friends difference effort living wish sure mistake choice decision try chance credit
        break hug applause phone album print prints merch porn nudes nsfw votes upvote follow credits source
        sauce link prompt prompts settings job life
    """),
    selves=words("me my us our myself your ur you mine yours"),
    yours=words("your ur yours yourself"),
    these=words("this that these those dat dis"),
    softeners=words("""
        ok okay okey k well just maybe perhaps hey hi hello yo yes yeah yep ya lol lmao haha hahaha hehe hmm
        hm uh um and also then actually bot spark dude bro man guys mate thanks thx ty thank pls please plz
        kindly alright right sure next finally lastly again again, now or ooh oh ah eh
    """),
    doing=words("""
        complete translate reverse deblur correct chuck toss undo outline silhouette flood grow splash
        sprinkle scatter carve knit shrink multiply photoshop put cover write add make remove delete erase
        change replace swap switch turn place transform convert rotate flip crop zoom blur brighten darken
        sharpen lighten colorize colourize recolor recolour paint draw repaint redraw dye tint increase
        decrease reduce extend expand enlarge resize rescale upscale outpaint inpaint tilt redo restyle
        stylize stylise reimagine enhance improve soften smooth simplify lose drop ditch hide insert include
        adjust modify edit fix straighten widen narrow lengthen shorten mirror invert desaturate saturate
        restore decorate surround attach apply merge combine mix pixelate cartoonize cartoonify animefy
        shave fill shift move render retouch unblur denoise vectorize age deage mak mkae amke maek ad chnage
        chagne cahnge remvoe rmeove remov replce repalce trun tunr eidt brigthen removee addd makee makeit
        dress wrap thicken elongate trim strip clothe duplicate double isolate bleach illuminate
    """),
    making=words("make put turn place set mak amke trun"),
    mild=words("""
        dance hug kiss give gives hand try let take keep show use do go bring leave set open close clean
        light lower raise write color colour frame warm cut see wear want split stretch age position center
        centre face point lift drop pull push stick throw slap pop tone dial crank turn up
    """),
    enough=words("""
        fix correct deblur denoise shave deage age remove erase crop rotate flip mirror invert brighten
        darken sharpen lighten blur zoom upscale colorize colourize enhance unblur desaturate saturate
        cartoonize pixelate enlarge recolor recolour
    """),
    asking=phrases("""
        have him|have her|have it|have them|get him|get her|get them|have the|can you|could you|can u
        could u|can ya|cn you|cna you|coudl you|would you|will you|can we|could we|can i|could i|may i
        would you mind|do you mind|would u mind|mind|is it possible to|would it be possible to
        is there a way to|is there any way to|any way to|any way you could|any way you can
        any chance you could|any chance you can|any chance to|any chance we could|possible to
        you think you can|you think you could|think you can|think you could|do you think you can
        do you think you could|i want you to|i need you to|i would like you to|id like you to|id love you to
        want you to|need you to|you need to|you have to|lets|let us|why dont you|why dont we|why not|try to
        please|i was wondering if you could|was wondering if you could|wondering if you could
        i wonder if you could|how about you|what if you|what if we|maybe you could|perhaps you could
        could you please|can you please|can you just|could you just|can you maybe|could you maybe
        can you also|could you also
    """),
    proposals=phrases("""
        same thing|same thing as|this one|that one|what if|how about|what about|why not|how would it look
        how would this look|how would that look|how would he look|how would she look|what would it look like
        what would this look like|what would he look like|what would she look like|what would that look like
        how will it look|what will it look like|same but|same thing but|same one but|the same but|this but
        that but|this one but|same|the same|exactly the same but|can it be|could it be
    """),
    being_asked=phrases("""
        can it|could it|can he|can she|can they|could he|could she|could they|can the|could the|may it
        should it|can we have|could we have
    """),
    being=words("be have wear look get hold"),
    wishes=phrases("""
        i want|i need|i wanna see|i want to see|id like|id love|id like to see|id love to see|i would like
        i would love|i would like to see|i would love to see|would love to see|would like to see|love to see
        id prefer|i would prefer|i prefer|id rather have|i would rather have|want|need|prefer|id rather see
    """),
    needs=phrases("""
        get rid of|gets rid of|needs|it needs|he needs|she needs|they need|this needs|it should be
        it should have|it must be|should be|should have|he should|he should have|he should be|he should wear
        she should|she should have|she should be|she should wear|they should|they should have|they should be
        there should be|could use|it could use|he could use|she could use|make sure|missing|remember to
    """),
    states=words("off on closed open gone away removed shut out down"),
    kinds=words("version versions style theme themed edition mode look variant"),
    here=words("it him her them his their he she they"),
    turning=words("""
        riding driving holding nobody only instead no without with as w w/o wo minus plus sans wearing
        featuring surrounded covered dressed made painted drawn like
    """),
    placing=words("""
        out in at on under into to during from inside outside next behind beside near over through by around
        above below front underwater against before after
    """),
    amounts=words("""
        more less fewer extra additional bit slightly little lil much even way lot abit
    """),
    no_amounts=words("""
        than like of this that these those please pls soon coming to power importantly or go again come
        where i you
    """),
    articles=words("a an some two three four five 2 3 4 5"),
    contrasts=words("but now then however except pls please plz tho though also"),
    scenes=words("""
        paris london tokyo york rome venice egypt japan japanese china chinese india africa venus hawaii
        hollywood negative overexposed vignette lithograph candle stained photograph photography analog
        kodak hdr cottagecore grunge art nouveau deco rococo bauhaus brutalist doodle graffiti banksy dali
        klimt hokusai rembrandt vermeer warhol tattoo icon logo poster storybook coloring blueprint infrared
        xray thermal silhouette van depth field motion fisheye raining snowing rains snows night nighttime
        midnight day daytime daylight noon midday dawn dusk sunrise sunset twilight evening morning
        goldenhour hour moonlight moonlit sunlight sunlit sunny candlelight candlelit neon backlit rainy
        rain snow snowy snowfall fog foggy mist misty storm stormy thunderstorm lightning cloudy clouds
        overcast windy winter summer spring autumn fall christmas halloween easter xmas beach forest jungle
        desert mountains mountain city cityscape street village castle underwater ocean sea lake river space
        outerspace moon mars volcano island meadow garden park snowstorm blizzard rainbow red blue green
        yellow orange purple pink black white brown grey gray turquoise teal cyan magenta violet silver
        beige pastel monochrome sepia colorful colourful multicolored multicolor grayscale greyscale bw
        crimson scarlet navy lavender watercolor watercolour watercolors oil acrylic pencil charcoal ink
        sketch crayon cartoon anime manga comic pixel pixelart pixelated lowpoly lego claymation clay ghibli
        disney pixar cyberpunk steampunk vaporwave synthwave futuristic medieval victorian baroque
        renaissance impressionist impressionism cubist cubism surreal surrealist abstract minimalist
        minimalistic photorealistic realistic hyperrealistic realism cinematic noir vintage retro 80s 90s
        70s 60s 50s 1920s 1950s popart pop gogh monet picasso ukiyoe stencil origami papercraft mosaic
        stainedglass vector flat 3d 2d 8bit 16bit hd 4k 8k uhd engraving woodcut linocut chibi kawaii gothic
        goth fantasy scifi postapocalyptic apocalyptic apocalypse western wildwest noirstyle polaroid
        isometric papercut knitted crochet embroidery plush felt hologram holographic glitch line lineart
        closeup wideshot panorama panoramic portrait landscape bokeh blurry blurred 16:9 9:16 widescreen
        square vertical horizontal transparent
    """),
    comparatives=words("""
        darker brighter lighter warmer colder cooler softer sharper smoother bigger smaller larger taller
        shorter longer wider narrower thinner fatter thicker older younger happier sadder angrier scarier
        spookier creepier cuter funnier prettier fluffier shinier redder bluer greener pinker yellower
        blacker whiter higher lower closer farther further nearer faster slower cleaner simpler crazier
        weirder wilder moodier gloomier hotter wetter curlier hairier stronger crisper clearer deeper richer
        duller flatter rounder fancier cozier grittier greyer grayer blurrier noisier quieter busier emptier
        realer
    """),
    weak_comparatives=words("""
        cooler cuter funnier prettier scarier crazier weirder wilder happier sadder hotter stronger creepier
        spookier faster older clearer cleaner closer realer richer deeper higher lower
    """),
    qualities=words("""
        female male full half whole upper lower gold golden matching plain different new another cozy dark
        bright light warm cold cool moody dramatic dreamy soft vivid vibrant saturated contrast gloomy
        spooky scary creepy cute funny happy sad angry serious old young fat thin big small large tiny huge
        tall short long wide narrow deep sharp smooth rough shiny glossy matte metallic wooden stone glass
        fluffy furry hairy bald muscular elegant fancy royal epic majestic magical mystical mysterious
        romantic peaceful calm chaotic messy clean simple detailed intricate ornate futuristic modern
        ancient rusty dirty wet dry hot frozen icy snowy rainy sunny cloudy foggy smoky dusty glowing neon
        transparent colorful dull faded muted pale tanned strong weak fast slow natural artificial organic
        geometric round square curly straight wavy blond blonde ginger angelic demonic evil festive tropical
        rural urban crowded empty lush green wild open closed smiling laughing crying sleeping flying
        running dancing sitting standing jumping swimming eating drinking reading singing fighting crisp
        textured grainy high low
    """),
    things=words("""
        body gender left right above behind side sideways backwards upside bg camera noodles paris bald
        moustaches gun cigarette hat cap beanie helmet crown tiara hood hair hairs hairstyle beard mustache
        moustache goatee eyebrows eyebrow eyes eye eyelashes nose mouth lips teeth ear ears tongue face
        faces head neck hand hands finger fingers arm arms leg legs foot feet tail wings wing horn horns fur
        feathers skin tattoo tattoos freckles makeup lipstick wrinkles scar glasses sunglasses monocle
        eyepatch mask scarf tie bowtie suit tuxedo dress skirt shirt tshirt jacket coat hoodie sweater pants
        jeans shorts shoes boots sneakers heels socks gloves belt necklace earrings earring ring bracelet
        watch cape cloak armor armour robe uniform costume bikini swimsuit kimono apron backpack bag
        umbrella cat cats kitten dog dogs puppy fox foxes wolf wolves bear bird birds owl eagle raven crow
        duck penguin chicken horse unicorn cow pig sheep goat deer rabbit bunny mouse rat squirrel hamster
        lion tiger elephant giraffe monkey gorilla panda koala kangaroo snake frog turtle dragon dinosaur
        fish shark whale dolphin octopus butterfly butterflies bee bees spider ant crab phoenix griffin
        parrot raccoon hedgehog otter seal flamingo peacock corgi husky man woman boy girl baby child kid
        kids person people crowd guy lady king queen prince princess knight wizard witch vampire zombie
        ghost skeleton alien aliens robot robots cyborg astronaut pirate ninja samurai viking cowboy clown
        angel demon devil fairy elf dwarf orc mermaid superhero soldier chef doctor nurse police santa elves
        snowman pumpkin scarecrow monk nun farmer detective sailor mummy werewolf batman spiderman superman
        jedi tree trees forest grass flower flowers rose roses tulips sunflower sunflowers leaves leaf bush
        mushroom mushrooms cactus palm vines moss rock rocks stone hill hills cliff waterfall water waves
        wave fire flames flame smoke sky skies sun moon moons star stars planet planets cloud ice icicles
        snowflakes puddle pond bridge road path river house houses building buildings tower skyscraper
        skyscrapers castle church temple lighthouse barn cabin hut window windows door doors roof wall fence
        stairs street streetlights lamp lamps lantern lanterns candle candles lights light lighting shadow
        shadows reflection reflections background foreground horizon floor ground carpet table chair sofa
        couch bed desk book books computer laptop phone tv clock mirror painting picture frame balloon
        balloons kite flag flags sign text letters word words logo watermark caption title border speech
        bubble confetti fireworks sparkles glitter bubbles gift gifts present presents ornaments garland
        tinsel car cars truck bus train bike bicycle motorcycle boat ship sailboat plane airplane helicopter
        rocket spaceship ufo submarine tank skateboard surfboard skis snowboard scooter hotair sword shield
        bow arrow axe staff wand spear hammer guitar piano violin drum trumpet microphone headphones pizza
        burger cake cookie cookies donut donuts icecream coffee tea beer wine cup mug bottle glass apple
        banana strawberry strawberries orange lemon watermelon pineapple carrot cheese bread sushi taco
        popcorn candy lollipop cigar pipe smile grin frown tears blush pose expression outfit clothes
        clothing hairdo color colour colors colours contrast saturation brightness exposure style tone
        texture resolution quality details detail depth focus zoom angle view perspective vignette noise
        grain
    """),
    beside=words("""
        book studio orientation format lens views shot everywhere ran a an the and or of with in please very
        bit little slightly much even way lot lots some style styled version edition art look painting
        drawing theme themed mode setting only just by from on at to tones color colour colors colours
        lighting background sky light time photo print filter rendering render night
    """),
)
