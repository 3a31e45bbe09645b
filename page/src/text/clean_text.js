// A text without its addresses, and with the groups of each number as one: the twin of core/clean_text.py, which
// says what both are. Nothing changes its place.
import { UNSPACED } from "./fold.js";

const ENDINGS = "com|org|net|info|edu|gov|ir|tr|fr|uk|ru|cn|jp|me|tv|io|news|example";
const ADDRESS_ENDS =
  "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\"<>«»“”،؛\\u3000-\\u303f\\uff00-\\uffef" +
  UNSPACED.source.slice(1, -1);
const ADDRESS = new RegExp(
  `https?://[^${ADDRESS_ENDS}]+` +
    `|(?<!\\w)www\\.[^${ADDRESS_ENDS}]+` +
    "|(?<![\\w.+-])[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+" +
    "|(?<![\\w.+-])@\\w{2,}" +
    `|(?<![\\w-])(?<![\\w-]\\.)(?:[\\w-]+\\.)+(?:${ENDINGS})(?!\\w|-\\w|\\.\\w)(?:/[^${ADDRESS_ENDS}]*)?`,
  "gi",
);
const GROUPS =
  /(?<![\p{Nd}a-zA-Z\u00c0-\u024f])(?<!\p{Nd}[,.٬،'’\u00a0\u202f])\p{Nd}{1,3}([,.٬،'’\u00a0\u202f])\p{Nd}{3}(?:\1\p{Nd}{3})*(?!\p{Nd}|\1\p{Nd})/gu;
// Whether folding removes a character.
const DELETED = "\u00ad";

export const cleanText = (text, fold) =>
  text
    .replace(ADDRESS, (found) => " ".repeat(found.length))
    .replace(GROUPS, (found, sign) => (fold(found[0]) === "0" ? found : found.replaceAll(sign, DELETED)));
