// Numbers, shares, dates and sentences in the language of the page.
import { ENGLISH } from "./english.js";
import { PERSIAN } from "./persian.js";

export const WORDS = { en: ENGLISH, fa: PERSIAN };
export const page = { language: "en", core: null };

export const say = (key, ...values) =>
  key
    .split(".")
    .reduce((words, name) => words[name], WORDS[page.language])
    .replace(/\{(\d)(?: ([^|}]+)\|([^}]+))?\}/g, (_, place, one, many) =>
      one ? `${values[place]} ${values[place] === "1" ? one : many}` : values[place],
    );

export const inPersian = () => page.language === "fa";

// Digits alone: a date, a page number, a sentence with numbers in it.
export const digits = (text) =>
  inPersian() ? String(text).replace(/[0-9]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]) : String(text);

export const number = (value) => value.toLocaleString(inPersian() ? "fa-IR" : "en");

export const share = (value) => (value < 0 ? "–" : inPersian() ? `${number(value)}٪` : `${number(value)} %`);

// Whole percents; only all is 100, only nothing is 0.
export const percentOf = (part, whole) =>
  part <= 0 || !whole ? 0 : part >= whole ? 100 : Math.min(Math.max(Math.round((100 * part) / whole), 1), 99);

export const bytes = (size) => {
  const [unit, places] = size >= 1e6 ? [1e6, "MB"] : [1e3, "KB"];
  const named = inPersian() ? { MB: "مگابایت", KB: "کیلوبایت" }[places] : places;
  return `${(size / unit).toLocaleString(inPersian() ? "fa-IR" : "en", { maximumFractionDigits: size / unit < 10 ? 1 : 0 })} ${named}`;
};

export const verdictName = (verdict) =>
  verdict < 0 ? say("represents") : say(`verdicts.${page.core.verdicts[verdict]}`);

// Moments are minutes of the clock that is shown, since 1600 began.
const FIRST_MINUTE = Date.UTC(1600, 0, 1) / 60000;
export const momentOf = (year, month, day) => Date.UTC(year, month - 1, day) / 60000 - FIRST_MINUTE;
export const dateAt = (moment) => new Date((moment + FIRST_MINUTE) * 60000);

// A date on the clock of the page; in a Persian page in the Persian calendar.
export const dateOf = (document) => {
  const { published, moment } = page.core.documents;
  return dateText(published[document], moment[document]);
};

// A date as it was written, and as a moment, 0 where it was not understood.
export const dateText = (raw, moment) => {
  if (!moment) return raw;
  const minute = moment % 1440;
  if (!minute && !raw.includes(":")) return dayName(moment);
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0"));
  return `${dayName(moment)}${inPersian() ? "، " : ", "}${digits(`${hours}:${minutes}`)}`;
};

const FORMATS = new Map();
const format = (options) => {
  const key = page.language + JSON.stringify(options);
  if (!FORMATS.has(key)) {
    FORMATS.set(
      key,
      new Intl.DateTimeFormat(inPersian() ? "fa-IR-u-ca-persian" : "en-GB", { timeZone: "UTC", ...options }),
    );
  }
  return FORMATS.get(key);
};

export const dayName = (moment) => format({ day: "numeric", month: "short", year: "numeric" }).format(dateAt(moment));

// Year and month of a moment in the calendar of the page.
export const monthOf = (moment) => {
  const date = dateAt(moment);
  if (!inPersian()) return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
  return persianDate(date);
};

const PERSIAN_FIELDS = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
  year: "numeric",
  month: "numeric",
  day: "numeric",
  timeZone: "UTC",
});
export const persianDate = (date) =>
  Object.fromEntries(PERSIAN_FIELDS.formatToParts(date).map(({ type, value }) => [type, parseInt(value, 10)]));
