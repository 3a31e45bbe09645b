"""Details of problems that this program words, in the languages of the reasons, without those of libraries.

Keyed by the English words, which are the value of the reason. Used by Python and by the page.
"""

_ENGLISH = (
    "there is nothing in it",
    "there is no text in the book",
    "there is no page in it",
    "the list is empty",
    "there is no row in it",
    "there is no header row in it",
    "there is only a header row in it",
    "there is no item in it",
    "has no header",
    "it is binary: it holds NUL bytes and is not UTF-16",
    "it holds NUL bytes, as binary files do, and is not UTF-16",
    "it is UTF-32, which is not read; convert it to UTF-8",
    "it is an Office document; save it as plain text (.txt), HTML or CSV",
    "it is an EPUB book; name it .epub",
)
_PERSIAN = (
    "چیزی در آن نیست",
    "کتاب متنی ندارد",
    "صفحه\u200cای در آن نیست",
    "فهرست خالی است",
    "سطری در آن نیست",
    "سطر عنوان\u200cها را ندارد",
    "جز سطر عنوان\u200cها چیزی ندارد",
    "خبری در فهرست آن نیست",
    "سرآیند ندارد",
    "دودویی است: بایت صفر دارد و UTF-16 نیست",
    "مانند فایل\u200cهای دودویی بایت صفر دارد و UTF-16 نیست",
    "UTF-32 است که خوانده نمی\u200cشود؛ آن را به UTF-8 برگردانید",
    "سند Office است؛ آن را به صورت متن ساده (.txt)، HTML یا CSV ذخیره کنید",
    "کتاب EPUB است؛ نامش را به .epub پایان دهید",
)
_ARABIC = (
    "لا شيء فيه",
    "لا نص في الكتاب",
    "لا صفحة فيه",
    "القائمة فارغة",
    "لا صف فيه",
    "ليس فيه صف العناوين",
    "ليس فيه سوى صف العناوين",
    "لا عنصر فيه",
    "بلا ترويسة",
    "ملف ثنائي: فيه بايتات صفرية وليس UTF-16",
    "فيه بايتات صفرية كالملفات الثنائية، وليس UTF-16",
    "ترميزه UTF-32 ولا يقرأ؛ حوله إلى UTF-8",
    "مستند Office؛ احفظه نصا عاديا (.txt) أو HTML أو CSV",
    "كتاب EPUB؛ اجعل لاحقته .epub",
)
_URDU = (
    "اس میں کچھ نہیں",
    "کتاب میں متن نہیں",
    "اس میں کوئی صفحہ نہیں",
    "فہرست خالی ہے",
    "اس میں کوئی سطر نہیں",
    "اس میں عنوانات کی سطر نہیں",
    "اس میں عنوانات کی سطر کے سوا کچھ نہیں",
    "اس میں کوئی خبر نہیں",
    "ہیڈر نہیں ہے",
    "بائنری ہے: اس میں صفر بائٹ ہیں اور UTF-16 نہیں",
    "بائنری فائلوں کی طرح اس میں صفر بائٹ ہیں، اور UTF-16 نہیں",
    "یہ UTF-32 ہے، جو نہیں پڑھا جاتا؛ اسے UTF-8 میں بدلیں",
    "یہ Office دستاویز ہے؛ اسے سادہ متن (.txt)، HTML یا CSV میں محفوظ کریں",
    "یہ EPUB کتاب ہے؛ اس کے نام کے آخر میں .epub لکھیں",
)

PERSIAN, ARABIC, URDU = (dict(zip(_ENGLISH, words, strict=True)) for words in (_PERSIAN, _ARABIC, _URDU))
