"""Turkish."""

from bot.domain.replies.languages.table import Language, phrases, words

TURKISH = Language(
    name="Turkish",
    reactions=words("""
        teşekkürler teşekkür sağol sagol vay harika güzel süper muhteşem mükemmel bayıldım beğendim sevdim
        çok güzelmiş efsane iyi kötü çirkin evet hayır tamam selam merhaba haha ahaha lol komik bravo
        tebrikler şaheser inanılmaz
    """),
    fillers=words("""
        bu şu o bir çok ne kadar ederim ve da de ben sen biz oldu olmuş gerçekten üçüncü ikinci birinci
        dördüncü son
    """),
    pictures=words("resim fotoğraf"),
    looks=words("renkler renk stil"),
    questions=words("kim nasıl ne neden nerede hangi"),
    asked_after=words("yaptı yaptın yapıldı"),
    talk=phrases("iyi geceler|günaydın|eline sağlık|ellerine sağlık"),
    softeners=words("tamam teşekkürler lütfen şimdi ve"),
    done=words("""
        yap yapar ekle ekler kaldır çıkar değiştir sil koy ver çiz boya dönüştür büyüt küçült çevir olsun
        yapsana ekleyebilir yapabilir giydir
    """),
    amounts=words("daha"),
    contrasts=words("ama şimdi lütfen fakat"),
    scenes=words("""
        gece gündüz kış kışın yaz yazın kar karlı yağmur yağmurlu mavi kırmızı yeşil sarı siyah beyaz mor
        pembe suluboya yağlıboya anime gün batımı
    """),
    things=words("şapka kedi köpek gözlük arka plan"),
)
