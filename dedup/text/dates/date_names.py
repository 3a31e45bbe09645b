"""Names in dates that CLDR lacks or spells differently; `date_tables` adds them to its names.

Sources: the calendar data of CLDR for the Hijri months, nepali-datetime for those of Bikram Sambat,
and the spellings of news sites. Names are separated by commas.
"""

SOLAR_HIJRI = (
    "فروردین, حمل, وری, farvardin, خاکه‌لێوه",
    "اردیبهشت, ثور, غویی, ordibehesht, گوڵان",
    "خرداد, جوزا, غبرگولی, khordad, جۆزه‌ردان",
    "تیر, سرطان, چنگاښ, tir, پووشپه‌ڕ",
    "مرداد, امرداد, اسد, زمری, mordad, گه‌لاوێژ",
    "شهریور, سنبله, وږی, shahrivar, خه‌رمانان",
    "مهر, میزان, تله, mehr, ڕه‌زبه‌ر",
    "آبان, عقرب, لړم, aban, گه‌ڵاڕێزان, خه‌زه‌ڵوه‌ر",
    "آذر, قوس, لیندۍ, azar, سه‌رماوه‌ز",
    "دی, جدی, مرغومی, dey, به‌فرانبار",
    "بهمن, دلو, سلواغه, bahman, ڕێبه‌ندان",
    "اسفند, حوت, کب, esfand, ڕه‌شه‌مه, ڕه‌شه‌مێ",
)
LUNAR_HIJRI = (
    "محرم, محرم الحرام, muharram, muharrem, muharam",
    "صفر, صفر المظفر, safar, safer",
    "ربيع الأول, ربیع اول, rabi al awwal, rabi i, rabiʻ i, rebiülevvel, rabiulawal",
    "ربيع الآخر, ربيع الثاني, ربیع دوم, rabi al thani, rabi ii, rabiʻ ii, rebiülahir, rabiulakhir",
    "جمادى الأولى, جمادی الاول, جمادی اول, jumada al ula, jumada i, cemaziyelevvel, jumadilawal",
    "جمادى الآخرة, جمادى الثانية, جمادی الثانی, جمادی دوم, jumada al akhirah, jumada ii, cemaziyelahir",
    "رجب, رجب المرجب, rajab, recep",
    "شعبان, شعبان المعظم, shaban, shaʻban, şaban, syakban",
    "رمضان, رمضان المبارک, ramadan, ramazan",
    "شوال, شوال المکرم, shawwal, şevval, syawal",
    "ذو القعدة, ذي القعدة, ذی القعده, ذیقعده, ذوالقعده, dhu al qadah, dhuʻl-qiʻdah, zilkade, zulkaidah",
    "ذو الحجة, ذي الحجة, ذی الحجه, ذیحجه, ذوالحجه, dhu al hijjah, dhuʻl-hijjah, zilhicce, zulhijah",
)
BIKRAM_SAMBAT = (
    "वैशाख, बैशाख, baisakh, baishakh",
    "जेठ, जेष्ठ, ज्येष्ठ, jestha, jeth",
    "असार, आषाढ, asar, ashar, ashadh",
    "साउन, श्रावण, shrawan, saun",
    "भदौ, भाद्र, bhadra, bhadau",
    "असोज, आश्विन, asoj, ashwin",
    "कात्तिक, कार्तिक, kartik",
    "मंसिर, मङ्सिर, मार्ग, mangsir",
    "पुस, पौष, पुष, poush, push, paush",
    "माघ, magh",
    "फागुन, फाल्गुन, falgun, phalgun",
    "चैत, चैत्र, chait, chaitra",
)
GREGORIAN = (
    "jänner, जनवरी, جنوری, çile, çileya paşîn, kanûna paşîn",
    "feber, फरवरी, فبروری, şibat, reşemî",
    "مارچ, ئادار",
    "آپریل, اپریل, نيسان",
    "می, مئی, ماه مه",
    "جون, يونيو, يونيه",
    "جولای, lip, جولائی, يوليه, tîrmeh",
    "آگوست, اگست, اوگوست, أوت, tebax",
    "sept, شتنبر, îlon",
    "أوكتوبر, cotmeh, çiriya pêşîn",
    "نوامبر, listopada, lis, mijdar, çiriya paşîn",
    "دسامبر, kanûn, çileya pêşîn, kanûna pêşîn",
)
BEHIND_POINT = {"listopada": 9, "lip": 5, "lis": None}
"""Months, from 0, of names that mean another month if the day has no point: "27 listopada" is in November in
Polish, "27. listopada" in October in Croatian; "27. lis" could also be Czech, so it is not read."""

WEEKDAYS = (
    "دوشنبه, إثنين, سوموار, پیر",
    "سه‌شنبه, ثلاثاء, منگل",
    "چهارشنبه, أربعاء, بدھ",
    "پنجشنبه, خميس, جمعرات",
    "جمعه, آدینه, جمعة",
    "شنبه, سبت, ہفتہ",
    "یکشنبه, أحد, اتوار",
)
BEFORE_NOON = (
    "am, pg, pd, fm, vm, صبح, ق.ظ, قبل از ظهر, قبل‌ازظهر, ص, صباحا, بامداد, 上午, 凌晨, 早上, 午前, 오전"
)
AFTER_NOON = (
    "pm, ptg, md, nm, عصر, ظهر, سه پهر, شام, دوپہر, ب.ظ, بعد از ظهر, بعدازظهر, مساء, 下午, 晚上, 午後, 오후"
)
ERAS = {
    "solar_hijri": "هجری شمسی, هجری خورشیدی, شمسی, خورشیدی, ه.ش, ه ش, sh",
    "lunar_hijri": "هجری قمری, قمری, ه.ق, ه ق",
    "": "هجري, هجرية, هجریہ, هـ, ah, hijri",
    "gregorian": "میلادی, ميلادية, م, عیسوی, ء, ad, ce, ค.ศ., ई",
    "buddhist": "พ.ศ., พุทธศักราช, be",
    "bikram_sambat": "वि.सं., बि.सं., विक्रम संवत, bs",
}
"""Eras by calendar; those without one belong to either Hijri calendar, depending on the year."""

REPUBLIC_OF_CHINA = 1911
REIGNS = {
    "令和, r": 2018,
    "平成, h": 1988,
    "昭和, s": 1925,
    "大正": 1911,
    "明治": 1867,
    "民國, 民国": REPUBLIC_OF_CHINA,
}
"""The year before the first year of an era with 年, or of a Japanese era abbreviated by its letter."""

MARKERS = {
    "Y": "年, 년",
    "N": "月, 월",
    "D": "日, 号, 號, 일",
    "H": "時, 时, 点, 點, 시, h, uhr, hrs, hs",
    "I": "分, 분, min, دقیقه",
    "S": "秒, 초",
}
"""Words after the number of a year, a month, a day, an hour, a minute, a second."""

MONTH_WORDS = "tháng, thg"
"""Words before the number of a month, in Vietnamese."""

AT = "ساعت, الساعة, saat, pukul, jam"
"""Words before the number of an hour."""
