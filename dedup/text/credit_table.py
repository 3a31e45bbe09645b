"""Known news agencies by language, and the words that introduce a credit."""

from typing import NamedTuple

AGENCIES: dict[str, tuple[str, ...]] = {
    "en": (
        *(
            "AFP|Agence France-Presse",
            "Reuters",
            "AP|Associated Press",
            "UPI",
            "ANI",
            "PTI",
            "IANS",
            "Xinhua",
        ),
        *("TASS", "Bloomberg", "Agencies", "Press Association", "Interfax", "Kyodo", "Yonhap", "Anadolu"),
    ),
    "de": ("dpa", "APA", "epd", "KNA", "sid"),
    "es": ("EFE", "Europa Press", "Notimex", "Télam"),
    "fr": ("Belga", "ATS", "La Presse canadienne"),
    "it": ("ANSA", "Adnkronos", "AGI"),
    "tr": ("AA|Anadolu Ajansı", "DHA", "İHA", "ANKA"),
    "ru": ("ТАСС", "РИА Новости", "Интерфакс"),
    "fa": (
        *("ایسنا", "ایرنا", "تسنیم", "ایلنا", "رویترز", "آسوشیتدپرس", "شینهوا", "آناتولی", "اسپوتنیک"),
        *("خبرگزاری فرانسه", "ایمنا", "ایکنا", "ایبنا", "باشگاه خبرنگاران جوان", "خبرآنلاین"),
    ),
    "ar": (
        *(
            "وكالات",
            "واس",
            "رويترز",
            "أ ف ب|أ.ف.ب|ا ف ب|فرانس برس|الصحافة الفرنسية",
            "د ب أ|د.ب.أ",
            "أ ب|أ.ب|أسوشيتد برس",
        ),
        *("الأناضول", "شينخوا", "سبوتنيك", "وام", "قنا", "كونا", "بترا", "سانا"),
    ),
    "ur": (
        *(
            "اے پی پی",
            "آن لائن",
            "این این آئی",
            "آئی این پی",
            "اے ایف پی",
            "رائٹرز",
            "ثناء نیوز",
            "صباح نیوز",
        ),
        *("نیوز ایجنسیاں", "ایجنسیاں", "ایجنسیز", "آئی این این", "این این اے"),
    ),
    "zh": ("新华社", "法新社", "路透社", "中新社", "美联社", "人民日报", "人民网", "新华网", "共同社"),
    "ja": ("共同通信", "時事通信", "ロイター", "AFP時事"),
    "hi": ("भाषा", "एएनआई", "पीटीआई", "आईएएनएस"),
}
"""Names by language; `|` separates spellings of one name, of which the first is shown."""


class Cue(NamedTuple):
    """Words that introduce a credit.

    Attributes:
        word: A word that a text must contain for the pattern to be tried.
        pattern: Regular expression for the words before the name. It begins with letters if possible, with
            lookbehinds after them: `re` then searches for these letters, which is ten times as fast.
    """

    word: str
    pattern: str


CUES: tuple[Cue, ...] = (
    Cue("گزارش", r"به(?<!\wبه)\s?گزارشِ?(?!\w)"),
    Cue("نقل", r"به\s?نقل\s?از(?!\w)"),
    Cue("نقلا", r"نقل(?<!\wنقل)ا?ً?ا?\s+عن(?:\s+(?:وكالة|صحيفة|قناة|موقع|شبكة))?(?!\w)"),
    Cue(
        "وكالة",
        r"وكالة(?:(?<=(?<!\w)لوكالة)|(?<=بحسب وكالة)|(?<=ذكرت وكالة)|(?<=أفادت وكالة)|(?<=قالت وكالة))(?!\w)"
        r"(?!\s+ال(?!أنباء|انباء|صحافة|إعلام|أناضول))",  # not the space or energy agency
    ),
    Cue("صحيفة", r"(?:بحسب|ذكرت|وذكرت|أفادت|وأفادت|قالت|وقالت)\s+صحيفة(?!\w)"),
    Cue("Source", r"(?<!\w)Source\s?:"),
    Cue("Quelle", r"(?<!\w)Quelle\s?:"),
    Cue("Fuente", r"(?<!\w)Fuente\s?:"),
    Cue("Kaynak", r"(?<!\w)Kaynak\s?:"),
    Cue("منبع", r"(?<!\w)منبع\s?:"),
    Cue("المصدر", r"(?<!\w)المصدر\s?:"),
)

INTRODUCED = (
    r"(?:\b(?:[Aa]ccording to|via|[Ff]rom|[Bb]y|told|[Ss]elon|avec|[Dd]'après|[Ll]aut|nach Angaben|meldet|"
    r"[Ss]egún|con|secondo|сообщает|передает|передаёт)|نقلا عن|بحسب|وفق|حسب|据|來源：|来源：)"
    r"\s*(?:the |die |der |l['’]|la |:)?\s*"
)
"""Regular expression for the words before the name of a credited agency."""

REPORTED = (
    r"\s*(?:news agency|agency)?\s*(?:reports?\b|reported\b|berichtet|meldet|bildirdi|muhabiri|haberine|"
    r"报道|消息|电|讯|によると|が報じ|کے مطابق|کی رپورٹ|के अनुसार)"
)
"""Regular expression for the words after the name of a credited agency."""

KINDS = frozenset(
    """
    خبرگزاری خبرگزاري خبرنگار خبرنگاران پایگاه پايگاه خبری خبري تحلیلی اطلاع‌رسانی اطلاع
    رسانی سایت وب‌سایت وبسایت تارنمای وبگاه روزنامه شبکه تلویزیونی نشریه هفته‌نامه ماهنامه
    رسانه رسمی اعزامی الأنباء الانباء أنباء للأنباء وكالة صحيفة موقع قناة شبكة
    """.split()  # noqa: SIM905 - words, not code
)
"""Words for kinds of media, which come before the name."""


NAMED_BY_COUNTRY = frozenset({"الأنباء", "الانباء", "أنباء"})
"""Kinds of media that are named after a country or its people; such names are shown with the kind."""


COUNTRIES = frozenset({"ایران", "فرانسه", "آلمان", "روسیه", "چین", "ژاپن", "ترکیه", "عراق", "افغانستان"})
"""Names of media that are also countries: shown with the kind before them; without a kind, not a medium."""


DESKS = frozenset(
    """
    گروه سرویس سرويس حوزه دفتر میز بخش
    """.split()  # noqa: SIM905 - words, not code
)
"""Words for a desk of a newsroom: the next word is the desk's subject, not a name."""


OUTLETS = frozenset({"رسانی", "اطلاع‌رسانی", "پایگاه", "سایت", "وب‌سایت", "وبسایت"})
"""Kinds of media that an office runs: «دفتر» after them names this office, not a desk."""


OFFICES = frozenset({"روابط", "دبیرخانه", "ستاد", "مرکز", "اداره", "معاونت"})
"""First words in the name of a press office, as in "public relations of the directorate of roads"."""


TITLES = frozenset(
    """
    رئیس مدیر مدیرعامل وزیر معاون سخنگوی نماینده عضو دبیر استاندار فرماندار رئيس مدير وزير
    """.split()  # noqa: SIM905 - words, not code
)
"""Titles of persons: a name with one of them is not the name of a medium."""


ONE_NAME = ("صدا و سیما", "صداوسیما")
"""A name that contains a stop word, and its other spelling."""


STOPS = frozenset(
    """
    از در که با و به تا برای بر را امروز دیروز مبنی این آن طی پس روز عصر صبح شامگاه شب ظهر
    ساعت هم نیز اما گفت نوشت گزارش درباره درحاشیه تعداد
    الى إلى في عن من أن ان إن بأن انه إنه أنه فإن التي الذي
    الرسمية الحكومية التابعة نشرت نشر أحد عبر على اليوم أمس قوله قولها ما عنه كما يوم فقد وقد نقلا نقلاً رابط
    الأحد الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت
    """.split()  # noqa: SIM905 - words, not code
)
"""Words at which a name ends."""


NOBODY = frozenset(
    """
    خبرگزاری‌ها ما خود وی او ایشان دیگر منابع منبع رسانه‌ها رسانه‌های این آن یک برخی شاهدان معاون وزیر
    سخنگوی رئیس مصادر مصدر مسؤول مسؤولين محلية های ها مذکور فوق کارشناسان پزشکان نقلا نقل
    الشرطة الموقوفين غواصين دبلوماسيين مسؤولين تلك بيان
    """.split()  # noqa: SIM905 - words, not code
)
"""First words of phrases that are not names of media."""
