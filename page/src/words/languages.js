// The languages of the page: what its words are, how numbers and dates are written, which way lines run.
import { ARABIC } from "./arabic.js";
import { ENGLISH } from "./english.js";
import { PERSIAN } from "./persian.js";
import { URDU } from "./urdu.js";

export const LANGUAGES = {
  fa: { name: "فارسی", words: PERSIAN, numbers: "fa-IR", dates: "fa-IR-u-ca-persian", rtl: true, comma: "، ", percent: "٪", digits: "۰۱۲۳۴۵۶۷۸۹" },
  ar: { name: "العربية", words: ARABIC, numbers: "ar-u-nu-arab", dates: "ar-u-ca-gregory-nu-arab", rtl: true, comma: "، ", percent: "٪", digits: "٠١٢٣٤٥٦٧٨٩" },
  ur: { name: "اردو", words: URDU, numbers: "ur-PK-u-nu-latn", dates: "ur-PK-u-ca-gregory-nu-latn", rtl: true, comma: "، ", percent: "%", digits: "0123456789" },
  en: { name: "English", words: ENGLISH, numbers: "en", dates: "en-GB", rtl: false, comma: ", ", percent: " %", digits: "0123456789" },
};
