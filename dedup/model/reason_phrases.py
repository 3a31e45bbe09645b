"""Sentences of the reasons, one table per language, used by Python and by the page.

A phrase is filled with the values of its reason, which are numbered from 0:

    {0}                 a number, or a word
    {0:letter|letters}  a number and its noun, singular|plural; or one form if the language has no other
    {0:side}            the name of a side
    {0:written}         a detail, or a word of the input, letter by letter: its digits stay as they are
    {0:words}           a list of words; `none` if it is empty
    {0:words+1}         a list of words, then how many more there are
    {0:pairs+1}         the same for pairs of words
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dedup.model import detail_phrases


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language.

    Attributes:
        reasons: The sentence of each kind of reason.
        sides: The name of each side.
        details: Details in the language, by their English words; others stay as they are.
        separator: Text between the words of a list.
        arrow: Text between the words of a pair.
        none: Text of an empty list.
        more: Text after a list that was cut; {0} is the number of words left out.
        thousands: Separator of thousands.
        digits: The ten digits.
    """

    reasons: Mapping[str, str]
    sides: Mapping[str, str]
    details: Mapping[str, str]
    separator: str
    arrow: str
    none: str
    more: str
    thousands: str
    digits: str


_ENGLISH = Phrases(
    reasons={
        "equal": "the folded texts are equal",
        "containment": "{0} % of the shorter text is in the longer one",
        "jaccard": "{0} % of both texts together is shared",
        "length_ratio": "the shorter text is {0} % as long as the longer",
        "new_words": "new words: {0:side} {1} %, {2:side} {3} %",
        "titles": "the titles are {0} % alike",
        "hours_apart": "published {0:hour|hours} apart",
        "exchanged": "numbers, dates and names in each other's place: {0:pairs+1}",
        "slots": "short passages that differ in the same place: {0}",
        "no_new_words": "no word is in one text only, spelling aside",
        "opening": "different opening; new words before the shared body: {0:side} {1}",
        "openings": "different openings; new words before the shared body: {0:side} {1}, {2:side} {3}",
        "moved": "moved or repeated: {1} % of {0:side}",
        "passage": "longest passage in both: {0:word|words}",
        "boilerplate": "{0} % of what both share is boilerplate",
        "only_in": "new in {0:side}: {1:words}",
        "too_short": "{0:letter|letters}, too short to compare ({1} are needed)",
        "unrelated_titles": "one text under {0} unrelated titles",
        "side_too_short": (
            "the {0:side} document has {1:letter|letters}, too short to compare ({2} are needed)"
        ),
        "wall_page": "one text under {0} unrelated titles: a wall or stub page, not compared",
        "duplicate_id": "another document has this id; this one is kept as {0:written}",
        "unread_date": "a date that cannot be read ({0:written}), taken as undated",
        "not_json": "column {0}: {1:written}; line skipped",
        "no_text": "{0:written}; skipped",
        "line_too_long": "the line is longer than the {0:written} bytes allowed; skipped",
        "unread_line": "{0:written}; line skipped",
        "damaged": "{0:written}; {1:written}",
        "empty_input": "{0:written}; no document was read",
        "unopened": "the file cannot be opened ({0:written}); skipped",
        "unread_file": "{0:written}; skipped",
        "locked": "it needs a password; skipped",
        "damaged_file": "it cannot be parsed ({0:written}); skipped",
        "file_too_large": "it is larger than the {0:written} bytes allowed; skipped",
        "no_text_layer": "there is no text in it, perhaps pictures of text; skipped",
        "cut_record": "record {0} is cut off; skipped up to the next one",
        "broken_record": "record {0} {1:written}; skipped up to the next one",
        "unread_suffix": "{0:written} is not read in a folder ({1:written}); skipped",
        "no_story": "there is no story in the page{0:written}; skipped",
        "preferred_source": "preferred source",
        "earliest": "earliest published",
        "latest": "latest published",
        "longest": "longest",
        "chosen": "chosen",
        "in_reference": "in the reference",
        "first_id": "first by id among equals",
        "roundup_story": "a story in the roundup",
        "most_alike": "its copy is more like it than like another representative",
    },
    sides={side: side for side in ("left", "right", "representative", "member", "stored", "offered")},
    details={},
    separator=", ",
    arrow=" -> ",
    none="none",
    more=" and {0} more",
    thousands=",",
    digits="0123456789",
)
_PERSIAN = Phrases(
    reasons={
        "equal": "متن\u200cها، جدا از رسم\u200cالخط، برابرند",
        "containment": "{0}٪ متن کوتاه\u200cتر در متن بلندتر آمده است",
        "jaccard": "{0}٪ مجموع دو متن مشترک است",
        "length_ratio": "درازای متن کوتاه\u200cتر {0}٪ متن بلندتر است",
        "new_words": "واژه\u200cهای تازه: {0:side} {1}٪، {2:side} {3}٪",
        "titles": "عنوان\u200cها {0}٪ به هم می\u200cمانند",
        "hours_apart": "با فاصلهٔ {0:ساعت} منتشر شده\u200cاند",
        "exchanged": "عدد، تاریخ و نامی که جای هم نشسته\u200cاند: {0:pairs+1}",
        "slots": "جاهای کوتاهی که به گونهٔ دیگری پر شده\u200cاند: {0}",
        "no_new_words": "جدا از رسم\u200cالخط، هیچ واژه\u200cای تنها در یک متن نیست",
        "opening": "آغاز متن فرق دارد؛ واژه\u200cهای تازه پیش از بدنهٔ مشترک: {0:side} {1}",
        "openings": "آغاز متن فرق دارد؛ واژه\u200cهای تازه پیش از بدنهٔ مشترک: {0:side} {1}، {2:side} {3}",
        "moved": "جابه\u200cجا یا تکرارشده: {1}٪ {0:side}",
        "passage": "بلندترین تکهٔ یکسان در هر دو متن: {0:واژه}",
        "boilerplate": "{0}٪ آنچه مشترک است عبارت\u200cهای تکراری آرشیو است",
        "only_in": "تازه در {0:side}: {1:words}",
        "too_short": "{0:حرف} دارد و برای مقایسه کوتاه است (دست\u200cکم {1:حرف} لازم است)",
        "unrelated_titles": "یک متن با {0} عنوان بی\u200cارتباط",
        "side_too_short": "{0:side} {1:حرف} دارد و برای مقایسه کوتاه است (دست\u200cکم {2:حرف} لازم است)",
        "wall_page": "یک متن با {0} عنوان بی\u200cارتباط؛ خبر نیست و مقایسه نشد",
        "duplicate_id": "خبر دیگری هم این شناسه را دارد؛ این یکی با شناسهٔ {0:written} نگه داشته شد",
        "unread_date": "تاریخی که خوانده نشد ({0:written})؛ بی\u200cتاریخ به شمار آمد",
        "not_json": "سطر JSON درست نیست، در ستون {0} ({1:written})؛ کنار گذاشته شد",
        "no_text": "متنی در آن نیست ({0:written})؛ کنار گذاشته شد",
        "line_too_long": "سطر از اندازهٔ مجاز، {0:written} بایت، بلندتر است؛ کنار گذاشته شد",
        "unread_line": "سطر خوانده نشد ({0:written})؛ کنار گذاشته شد",
        "damaged": "ورودی از این جا آسیب دیده است ({0:written})؛ آنچه پیش از آن خوانده شد می\u200cماند",
        "empty_input": "خبری در آن نیست ({0:written})",
        "unopened": "فایل باز نشد ({0:written})؛ کنار گذاشته شد",
        "unread_file": "فایل خوانده نشد ({0:written})؛ کنار گذاشته شد",
        "locked": "گذرواژه می\u200cخواهد؛ کنار گذاشته شد",
        "damaged_file": "فایل آسیب دیده است ({0:written})؛ کنار گذاشته شد",
        "file_too_large": "از اندازهٔ مجاز، {0:written} بایت، بزرگ\u200cتر است؛ کنار گذاشته شد",
        "no_text_layer": "متنی در آن نیست، شاید تصویر متن باشد؛ کنار گذاشته شد",
        "cut_record": "رکورد {0} ناتمام است؛ تا رکورد بعدی کنار گذاشته شد",
        "broken_record": "رکورد {0} خوانده نشد ({1:written})؛ تا رکورد بعدی کنار گذاشته شد",
        "unread_suffix": "چنین فایلی در پوشه خوانده نمی\u200cشود: {0:written} ({1:written})؛ کنار گذاشته شد",
        "no_story": "در صفحه{0:written} خبری نیست؛ کنار گذاشته شد",
        "preferred_source": "از منبع برگزیده است",
        "earliest": "زودتر از همه منتشر شده است",
        "latest": "دیرتر از همه منتشر شده است",
        "longest": "بلندترین است",
        "chosen": "برگزیده شده است",
        "in_reference": "در آرشیو مرجع آمده است",
        "first_id": "میان همانندها، شناسه\u200cاش نخستین است",
        "roundup_story": "خبری است که خبر چندگانه آن را در خود دارد",
        "most_alike": "رونوشت آن به خودش نزدیک\u200cتر است تا به نمایندهٔ دیگر",
    },
    sides={
        "left": "خبر نخست",
        "right": "خبر دوم",
        "representative": "نماینده",
        "member": "این خبر",
        "stored": "خبر بایگانی",
        "offered": "خبر تازه",
    },
    details=detail_phrases.PERSIAN,
    separator="، ",
    arrow=" ← ",
    none="هیچ",
    more=" و {0} مورد دیگر",
    thousands="٬",
    digits="۰۱۲۳۴۵۶۷۸۹",
)
_ARABIC = Phrases(
    reasons={
        "equal": "النصان متساويان، عدا الإملاء",
        "containment": "{0}٪ من النص الأقصر يرد في الأطول",
        "jaccard": "{0}٪ من مجموع النصين مشترك",
        "length_ratio": "طول النص الأقصر {0}٪ من الأطول",
        "new_words": "كلمات جديدة: {0:side} {1}٪، {2:side} {3}٪",
        "titles": "العنوانان متشابهان بنسبة {0}٪",
        "hours_apart": "بين النشرين {0:ساعة}",
        "exchanged": "أرقام وتواريخ وأسماء حل بعضها محل بعض: {0:pairs+1}",
        "slots": "مواضع قصيرة تختلف في المكان نفسه: {0}",
        "no_new_words": "لا كلمة في نص دون الآخر، عدا الإملاء",
        "opening": "مقدمة مختلفة؛ كلمات جديدة قبل المتن المشترك: {0:side} {1}",
        "openings": "مقدمتان مختلفتان؛ كلمات جديدة قبل المتن المشترك: {0:side} {1}، {2:side} {3}",
        "moved": "منقول أو مكرر: {1}٪ من {0:side}",
        "passage": "أطول فقرة في النصين: {0:كلمة}",
        "boilerplate": "{0}٪ من المشترك عبارات متكررة في الأرشيف",
        "only_in": "جديد في {0:side}: {1:words}",
        "too_short": "{0:حرف}، أقصر من أن يقارن (يلزم {1:حرف})",
        "unrelated_titles": "نص واحد تحت {0} عنوان لا صلة بينها",
        "side_too_short": "{0:side} فيه {1:حرف}، أقصر من أن يقارن (يلزم {2:حرف})",
        "wall_page": "نص واحد تحت {0} عنوان لا صلة بينها؛ ليس خبرا ولم يقارن",
        "duplicate_id": "لخبر آخر المعرف نفسه؛ حفظ هذا باسم {0:written}",
        "unread_date": "تاريخ لا يقرأ ({0:written})؛ عد الخبر بلا تاريخ",
        "not_json": "السطر ليس JSON سليما، عند العمود {0} ({1:written})؛ ترك",
        "no_text": "لا نص فيه ({0:written})؛ ترك",
        "line_too_long": "السطر أطول من الحد المسموح، {0:written} بايت؛ ترك",
        "unread_line": "سطر لا يقرأ ({0:written})؛ ترك",
        "damaged": "المدخل تالف من هنا ({0:written})؛ يبقى ما قرئ قبله",
        "empty_input": "لا خبر فيه ({0:written})",
        "unopened": "تعذر فتح الملف ({0:written})؛ ترك",
        "unread_file": "تعذرت قراءة الملف ({0:written})؛ ترك",
        "locked": "يتطلب كلمة مرور؛ ترك",
        "damaged_file": "الملف تالف ({0:written})؛ ترك",
        "file_too_large": "أكبر من {0:written} بايت المسموح بها؛ ترك",
        "no_text_layer": "لا نص فيه، ربما صور نص؛ ترك",
        "cut_record": "السجل {0} مبتور؛ ترك حتى السجل التالي",
        "broken_record": "تعذرت قراءة السجل {0} ({1:written})؛ ترك حتى السجل التالي",
        "unread_suffix": "لا تقرأ ملفات كهذه في مجلد: {0:written} ({1:written})؛ تركت",
        "no_story": "لا خبر في الصفحة{0:written}؛ تركت",
        "preferred_source": "مصدر مفضل",
        "earliest": "الأسبق نشرا",
        "latest": "الأحدث نشرا",
        "longest": "الأطول",
        "chosen": "اختير",
        "in_reference": "في المرجع",
        "first_id": "الأول بالمعرف بين المتساوين",
        "roundup_story": "خبر من أخبار الخبر المجمع",
        "most_alike": "نسخته أشبه به منها بممثل آخر",
    },
    sides={
        "left": "النص الأول",
        "right": "النص الثاني",
        "representative": "الممثل",
        "member": "هذا الخبر",
        "stored": "الخبر المحفوظ",
        "offered": "الخبر الجديد",
    },
    details=detail_phrases.ARABIC,
    separator="، ",
    arrow=" ← ",
    none="لا شيء",
    more=" و{0} أخرى",
    thousands="٬",
    digits="٠١٢٣٤٥٦٧٨٩",
)
_URDU = Phrases(
    reasons={
        "equal": "املا سے قطع نظر دونوں متن برابر ہیں",
        "containment": "چھوٹے متن کا {0}% لمبے متن میں ہے",
        "jaccard": "دونوں متنوں کے مجموعے کا {0}% مشترک ہے",
        "length_ratio": "چھوٹا متن لمبے کا {0}% ہے",
        "new_words": "نئے الفاظ: {0:side} {1}%، {2:side} {3}%",
        "titles": "عنوانات {0}% ملتے جلتے ہیں",
        "hours_apart": "اشاعت میں {0:گھنٹے} کا فرق",
        "exchanged": "ایک دوسرے کی جگہ اعداد، تاریخیں اور نام: {0:pairs+1}",
        "slots": "ایک ہی جگہ پر مختلف مختصر ٹکڑے: {0}",
        "no_new_words": "املا سے قطع نظر کوئی لفظ صرف ایک متن میں نہیں",
        "opening": "ابتدا مختلف ہے؛ مشترک متن سے پہلے نئے الفاظ: {0:side} {1}",
        "openings": "دونوں کی ابتدا مختلف ہے؛ مشترک متن سے پہلے نئے الفاظ: {0:side} {1}، {2:side} {3}",
        "moved": "منتقل یا مکرر: {0:side} کا {1}%",
        "passage": "دونوں متنوں میں سب سے طویل یکساں عبارت: {0:الفاظ}",
        "boilerplate": "مشترک حصے کا {0}% ذخیرے کی مکرر عبارتیں ہیں",
        "only_in": "{0:side} میں نیا: {1:words}",
        "too_short": "{0:حروف}، موازنے کے لیے مختصر ({1} درکار ہیں)",
        "unrelated_titles": "ایک متن {0} غیر متعلق عنوانات کے تحت",
        "side_too_short": "{0:side} میں {1:حروف} ہیں، موازنے کے لیے مختصر ({2} درکار ہیں)",
        "wall_page": "ایک متن {0} غیر متعلق عنوانات کے تحت؛ خبر نہیں، موازنہ نہیں ہوا",
        "duplicate_id": "ایک اور خبر کی بھی یہی شناخت ہے؛ یہ {0:written} کے نام سے رکھی گئی",
        "unread_date": "تاریخ جو پڑھی نہیں جا سکی ({0:written})؛ بے تاریخ شمار ہوئی",
        "not_json": "سطر درست JSON نہیں، کالم {0} پر ({1:written})؛ چھوڑ دی گئی",
        "no_text": "اس میں متن نہیں ({0:written})؛ چھوڑ دیا گیا",
        "line_too_long": "سطر اجازت شدہ حد، {0:written} بائٹ، سے لمبی ہے؛ چھوڑ دی گئی",
        "unread_line": "سطر پڑھی نہیں جا سکی ({0:written})؛ چھوڑ دی گئی",
        "damaged": "ان پٹ یہاں سے خراب ہے ({0:written})؛ اس سے پہلے جو پڑھا گیا وہ باقی ہے",
        "empty_input": "اس میں کوئی خبر نہیں ({0:written})",
        "unopened": "فائل کھل نہیں سکی ({0:written})؛ چھوڑ دی گئی",
        "unread_file": "فائل پڑھی نہیں جا سکی ({0:written})؛ چھوڑ دی گئی",
        "locked": "اس کے لیے پاس ورڈ چاہیے؛ چھوڑ دی گئی",
        "damaged_file": "فائل خراب ہے ({0:written})؛ چھوڑ دی گئی",
        "file_too_large": "اجازت شدہ {0:written} بائٹ سے بڑی ہے؛ چھوڑ دی گئی",
        "no_text_layer": "اس میں متن نہیں، شاید متن کی تصویریں ہیں؛ چھوڑ دی گئی",
        "cut_record": "ریکارڈ {0} ادھورا ہے؛ اگلے ریکارڈ تک چھوڑ دیا گیا",
        "broken_record": "ریکارڈ {0} پڑھا نہیں جا سکا ({1:written})؛ اگلے ریکارڈ تک چھوڑ دیا گیا",
        "unread_suffix": "فولڈر میں ایسی فائل نہیں پڑھی جاتی: {0:written} ({1:written})؛ چھوڑ دی گئی",
        "no_story": "صفحے{0:written} میں کوئی خبر نہیں؛ چھوڑ دیا گیا",
        "preferred_source": "ترجیحی ماخذ",
        "earliest": "سب سے پہلے شائع ہوئی",
        "latest": "سب سے آخر میں شائع ہوئی",
        "longest": "سب سے طویل",
        "chosen": "منتخب کی گئی",
        "in_reference": "حوالہ جاتی ذخیرے میں ہے",
        "first_id": "برابر والوں میں شناخت کے لحاظ سے پہلی",
        "roundup_story": "مجموعی خبر میں شامل ایک خبر",
        "most_alike": "اس کی نقل کسی اور نمائندے سے زیادہ اسی سے ملتی ہے",
    },
    sides={
        "left": "پہلا متن",
        "right": "دوسرا متن",
        "representative": "نمائندہ",
        "member": "یہ خبر",
        "stored": "محفوظ خبر",
        "offered": "نئی خبر",
    },
    details=detail_phrases.URDU,
    separator="، ",
    arrow=" ← ",
    none="کوئی نہیں",
    more=" اور مزید {0}",
    thousands=",",
    digits="0123456789",
)

PHRASES: Mapping[str, Phrases] = MappingProxyType(
    {"en": _ENGLISH, "fa": _PERSIAN, "ar": _ARABIC, "ur": _URDU}
)
"""By the code of the language."""
