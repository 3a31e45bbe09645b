"""The sentences of reasons, one table per language: Python and the page both fill these.

A phrase is filled with the values of its reason, counted from 0:

    {0}                 a number, or a word
    {0:letter|letters}  a number and its noun, one or many; a language without that difference names the noun
    {0:side}            the name of a side
    {0:words}           words in a list; `none` where there are none
    {0:words+1}         the same, and how many more there are
    {0:pairs+1}         the same with pairs, one word after the other
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language.

    Attributes:
        reasons: The sentence of each kind of reason.
        sides: The name of each side.
        separator: Between the words of a list.
        arrow: Between the words of a pair.
        none: What an empty list says.
        more: What follows a list that was cut; {0} is how many words are left.
        thousands: Between groups of three digits.
        digits: The ten digits.
    """

    reasons: Mapping[str, str]
    sides: Mapping[str, str]
    separator: str
    arrow: str
    none: str
    more: str
    thousands: str
    digits: str


_ENGLISH = Phrases(
    reasons={
        "equal": "the folded texts are equal",
        "containment": "{0} % of the shorter text stands in the longer one",
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
        "boilerplate": "{0} % of what both share is boilerplate",
        "only_in": "new in {0:side}: {1:words}",
        "too_short": "{0:letter|letters}, too short to compare ({1} are needed)",
        "unrelated_titles": "one text under {0} unrelated titles",
        "side_too_short": (
            "the {0:side} document has {1:letter|letters}, too short to compare ({2} are needed)"
        ),
        "preferred_source": "preferred source",
        "earliest": "earliest published",
        "latest": "latest published",
        "longest": "longest",
        "in_reference": "in the reference",
        "first_id": "first by id among equals",
        "roundup_story": "a story in the roundup",
        "most_alike": "its copy is more like it than like another representative",
    },
    sides={side: side for side in ("left", "right", "representative", "member", "stored", "offered")},
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
        "boilerplate": "{0}٪ آنچه مشترک است عبارت\u200cهای تکراری آرشیو است",
        "only_in": "تازه در {0:side}: {1:words}",
        "too_short": "{0:حرف} دارد و برای مقایسه کوتاه است (دست\u200cکم {1:حرف} لازم است)",
        "unrelated_titles": "یک متن با {0} عنوان بی\u200cارتباط",
        "side_too_short": "{0:side} {1:حرف} دارد و برای مقایسه کوتاه است (دست\u200cکم {2:حرف} لازم است)",
        "preferred_source": "از منبع برگزیده است",
        "earliest": "زودتر از همه منتشر شده است",
        "latest": "دیرتر از همه منتشر شده است",
        "longest": "بلندترین است",
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
    separator="، ",
    arrow=" ← ",
    none="هیچ",
    more=" و {0} مورد دیگر",
    thousands="٬",
    digits="۰۱۲۳۴۵۶۷۸۹",
)

PHRASES: Mapping[str, Phrases] = MappingProxyType({"en": _ENGLISH, "fa": _PERSIAN})
"""By the code of the language."""
