"""Urdu."""

from bot.domain.replies.languages.table import Language, phrases, words

URDU = Language(
    name="Urdu",
    reactions=words("""
        شکریہ مہربانی واہ ارے ہاں جی نہیں ٹھیک اچھا اچھی اچھے بہت زبردست شاندار خوبصورت حسین پیارا پیاری
        پیار کمال لاجواب بہترین عمدہ مست پسند سلام خداحافظ برا خراب بکوس ہاہا ماشاءاللہ سبحان meherbani
        bohat shukria
    """),
    fillers=words("""
        ہے ہیں تھا تھی یہ وہ اس مجھے میں تم آپ ہم کا کی کے کو سے نے تو بھی ہی اور یا لیکن کیا بات کتنا کتنی
        اتنا اتنی واقعی بالکل بھائی یار دوست لگا لگی پہلا پہلی دوسرا دوسری تیسرا تیسری
    """),
    pictures=words("تصویر فوٹو کام"),
    questions=words("کون کس کیسے کیا کب کہاں کیوں"),
    asked_after=words("بنایا بنائی کیا"),
    talk=phrases("شب بخیر|صبح بخیر|کیا بات ہے"),
    softeners=words("شکریہ اب اور"),
    done=words("بنا بناؤ بنائیں ہٹا ہٹاؤ شامل بدلو بدل کرو کریں لگاؤ"),
    contrasts=words("لیکن مگر اب"),
    scenes=words("رات دن نیلا سرخ سبز کالا سفید سردیوں برف"),
    things=words("ٹوپی بلی"),
)
