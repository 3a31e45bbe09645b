"""Made-up statements of fact, credits and a German story, by language.

No statement has a digit, a date or a capitalised name: a text with one of those in its lead is kept anyway.
"""

STATEMENTS: dict[str, tuple[str, ...]] = {
    "fa": (
        "راننده در بیمارستان جان باخت",
        "مدیر کارخانه استعفا کرد",
        "اعتصاب کارگران لغو شد",
        "شمار زخمی‌ها دو برابر شد",
        "سخنگوی وزارتخانه این خبر را تکذیب کرد",
        "دادگاه متهم را تبرئه کرد",
        "همه گروگان‌ها آزاد شدند",
        "پلیس مظنون را بازداشت کرد",
    ),
    "ar": (
        "توفي السائق في المستشفى",
        "استقال مدير المصنع",
        "ألغي إضراب العمال",
        "تضاعف عدد الجرحى",
        "نفى المتحدث باسم الوزارة هذا النبأ",
        "برأت المحكمة المتهم",
        "أفرج عن جميع الرهائن",
        "أوقفت الشرطة المشتبه به",
    ),
    "ur": (
        "ڈرائیور ہسپتال میں دم توڑ گیا",
        "فیکٹری کے منیجر نے استعفیٰ دے دیا",
        "مزدوروں کی ہڑتال منسوخ کر دی گئی",
        "زخمیوں کی تعداد دگنی ہو گئی",
        "ترجمان نے اس خبر کی تردید کر دی",
        "عدالت نے ملزم کو بری کر دیا",
        "تمام یرغمالی رہا ہو گئے",
        "پولیس نے مشتبہ شخص کو گرفتار کر لیا",
    ),
    "en": (
        "The driver died in hospital",
        "The manager of the plant resigned",
        "The strike was called off",
        "The number of injured has doubled",
        "A spokesman denied the report",
        "The court acquitted the defendant",
        "All hostages were released",
        "Police arrested a suspect",
    ),
    "fr": (
        "Le chauffeur est mort à l'hôpital",
        "Le directeur de l'usine a démissionné",
        "La grève a été annulée",
        "Le nombre de blessés a doublé",
        "Un porte-parole a démenti cette information",
        "Le tribunal a acquitté le prévenu",
        "Tous les otages ont été libérés",
        "La police a interpellé un suspect",
    ),
    "de": (
        "Der Fahrer starb im Krankenhaus",
        "Die Leiterin des Werks trat zurück",
        "Der Streik wurde abgesagt",
        "Die Zahl der Verletzten hat sich verdoppelt",
        "Ein Sprecher dementierte den Bericht",
        "Das Gericht sprach den Angeklagten frei",
        "Alle Geiseln kamen frei",
        "Die Polizei nahm einen Verdächtigen fest",
    ),
    "tr": (
        "Sürücü hastanede hayatını kaybetti",
        "Fabrikanın müdürü istifa etti",
        "İşçilerin grevi iptal edildi",
        "Yaralı sayısı iki katına çıktı",
        "Sözcü bu haberi yalanladı",
        "Mahkeme sanığın beraatine karar verdi",
        "Bütün rehineler serbest bırakıldı",
        "Polis bir şüpheliyi gözaltına aldı",
    ),
    "ja": (
        "運転手は病院で死亡した",
        "工場長は辞任した",
        "ストライキは中止された",
        "負傷者は倍増した",
        "報道官はこの報道を否定した",
        "裁判所は被告を無罪とした",
        "人質は全員解放された",
        "警察は容疑者を逮捕した",
    ),
    "zh": (
        "司机在医院去世",
        "厂长已经辞职",
        "罢工已取消",
        "受伤人数翻倍",
        "发言人否认了这一消息",
        "法院宣判被告无罪",
        "所有人质已获释",
        "警方逮捕了嫌疑人",
    ),
}
"""A death, a resignation, a cancelled strike, a figure that changed, a denial, an acquittal, a release, an
arrest: without the full stop."""

CREDITS: dict[str, tuple[str, ...]] = {
    "fa": (
        "به گزارش خبرگزاری مهر،",
        "به گزارش خبرنگار اجتماعی باشگاه خبرنگاران جوان،",
        "به نقل از روابط عمومی شهرداری،",
        "به گزارش گروه اقتصادی خبرگزاری تسنیم،",
    ),
    "ar": ("نقلا عن وكالة الأنباء الكويتية:", "بحسب وكالة فرانس برس:", "(وكالة الأناضول) -", "(رويترز) -"),
    "ur": ("(نیوز ایجنسیاں)", "(اے ایف پی)", "رائٹرز کے مطابق", "(آن لائن)"),
    "en": ("Reporting by Reuters:", "(Reuters) -", "According to the Associated Press,", "LONDON (AFP) -"),
    "fr": ("Selon l'Agence France-Presse,", "(AFP) -", "PARIS (Reuters) -", "Selon Reuters,"),
    "de": ("Nach Angaben der dpa:", "Berlin (dpa) -", "Laut Reuters:", "(AFP) -"),
    "tr": ("Anadolu Ajansı muhabiri bildirdi:", "İSTANBUL (AA) -", "DHA muhabirinin haberine göre,", "(İHA)"),
    "ja": ("共同通信によると、", "【ロイター】", "時事通信が報じた。", "(AFP時事)"),
    "zh": ("据新华社报道，", "新华社电", "中新社消息：", "据法新社报道，"),
}

GERMAN = (
    "Der Gemeinderat hat am Abend über den Umbau des alten Hafens beraten.",
    "Nach dem Entwurf soll die Mole verlängert und ein Teil der Lagerhallen abgerissen werden.",
    "Die Kosten trägt zur Hälfte das Land, den Rest teilen sich die Stadt und zwei Reedereien.",
    "Anwohner kritisierten vor allem den Lärm, den der Betrieb der neuen Kräne verursachen wird.",
    "Die Verwaltung verwies auf ein Gutachten, das die Belastung für vertretbar hält.",
    "Bis zum Herbst können Einwände schriftlich im Rathaus abgegeben werden.",
    "Danach entscheidet der Bauausschuss über die endgültige Fassung des Plans.",
    "Mit dem Beginn der Arbeiten rechnet niemand vor dem übernächsten Frühjahr.",
    "Fischer befürchten, dass sie während der Bauzeit auf andere Häfen ausweichen müssen.",
    "Der Verein der Segler begrüßte dagegen, dass endlich mehr Liegeplätze entstehen.",
    "Eine Umfrage der Lokalzeitung ergab eine knappe Mehrheit für das Vorhaben.",
    "Schon vor Jahren war ein ähnlicher Plan am Widerstand der Naturschützer gescheitert.",
)
"""Sentences of one made-up story: no German archive is at hand."""
