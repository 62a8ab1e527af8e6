"""Bengali."""

from bot.domain.replies.languages.table import Language, phrases, words

BENGALI = Language(
    name="Bengali",
    reactions=words("""
        ধন্যবাদ থ্যাংকস থ্যাংকিউ থ্যাংক ওয়াও বাহ বাঃ ওহ আহা হ্যাঁ না ঠিক আচ্ছা ভালো ভাল খুব সুন্দর অসাধারণ
        দারুণ দারুন চমৎকার অপূর্ব মনোরম মিষ্টি কিউট সেরা জোস জোশ অস্থির ফাটাফাটি মজার মজা ভালোবাসি ভালবাসি
        পছন্দ হাহা নমস্কার হ্যালো বিদায় বাজে খারাপ শাবাশ অসাম dhonnobad dhonyobad darun sundor oshadharon
        khub bhalo valo
    """),
    fillers=words("""
        এটা এটি এই সেটা ওটা আমি আছে আমার আমাকে তুমি তোমার তোমাকে আপনি আপনার আপনাকে হয়েছে লাগছে লাগলো লেগেছে
        অনেক এত কি কী যে আর ও এবং কিন্তু করি করেছেন সত্যি একদম ভাই বন্ধু প্রথম দ্বিতীয় তৃতীয় টা টি eta ei
        ami tumi apni hoyeche lagche onek
    """),
    pictures=words("ছবি ছবিটা ছবিটি কাজ"),
    questions=words("কে কিভাবে কীভাবে কি কী কখন"),
    asked_after=words("বানালে বানিয়েছে বানিয়েছ করলে করেছে"),
    talk=phrases("শুভ রাত্রি|শুভ সকাল|মন ভরে গেল"),
    softeners=words("ধন্যবাদ এবার এখন"),
    done=words("করো করুন করে দাও সরাও সরান যোগ বদলাও মুছে আঁকো বানাও"),
    contrasts=words("কিন্তু এবার"),
    scenes=words("রাত রাতে দিন নীল লাল সবুজ কালো সাদা শীতকালে বরফ"),
    things=words("টুপি বিড়াল"),
)
