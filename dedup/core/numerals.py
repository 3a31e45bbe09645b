"""Numbers and dates written as words: `second night` and `third night` differ as 2 and 3 do.

Persian, Arabic, Urdu and English words, folded. Ambiguous words are left out: the Persian months Mehr (also
an agency), Tir (an arrow) and Dey (yesterday), the English May and March.
"""

_NUMERALS = (
    # Persian
    "دو سه چهار پنج شش هفت هشت ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده بیست سی چهل "
    "پنجاه شصت هفتاد هشتاد نود نخستین اول اولین دوم دومین سوم سومین چهارم چهارمین پنجم پنجمین ششم ششمین هفتم "
    "هفتمین هشتم هشتمین نهم نهمین دهم دهمین یازدهم یازدهمین دوازدهم دوازدهمین سیزدهم سیزدهمین چهاردهم "
    "چهاردهمین پانزدهم پانزدهمین شانزدهم شانزدهمین هفدهم هفدهمین هجدهم هجدهمین نوزدهم نوزدهمین بیستم بیستمین "
    # Arabic
    "الاول الثانی الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر "
    "الاولی الثانیه الثالثه الرابعه الخامسه السادسه السابعه الثامنه التاسعه العاشره "
    # Urdu
    "پهلا پهلی دوسرا دوسری تیسرا تیسری چوتها چوتهی پانچوان پانچوین "
    # English
    "two three four five six seven eight nine ten eleven twelve "
    "first second third fourth fifth sixth seventh eighth ninth tenth"
)
_DATES = (
    # Persian
    "شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه فروردین اردیبهشت خرداد مرداد شهریور ابان اذر بهمن اسفند "
    "فروردینماه اردیبهشتماه خردادماه تیرماه مردادماه شهریورماه مهرماه ابانماه اذرماه دیماه بهمنماه اسفندماه "
    # Arabic and Urdu
    "السبت الاحد الاثنین الثلاثا الاربعا الخمیس الجمعه ینایر فبرایر ابریل مایو یونیو یولیو اغسطس سبتمبر "
    "اکتوبر نوفمبر دیسمبر اتوار منگل جمعرات جنوری فروری اپریل جولایی ستمبر نومبر دسمبر "
    # English
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august "
    "september october november december"
)

NUMERALS = frozenset(_NUMERALS.split())
"""Folded numbers and ordinals."""

DATES = frozenset(_DATES.split())
"""Folded names of weekdays and months."""
