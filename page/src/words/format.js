// Numbers, shares, dates and sentences in the language of the page.
import { LANGUAGES } from "./languages.js";

/** @type {{language: string, core: any, documents: any, step: any, printing: any, decisions: any}} */
export const page = { language: "en", core: null, documents: null, step: null, printing: null, decisions: null };

export const locale = () => LANGUAGES[page.language];

export const say = (key, ...values) =>
  key
    .split(".")
    .reduce((words, name) => words[name], locale().words)
    .replace(/\{(\d)(?: ([^|}]+)\|([^}]+))?\}/g, (_, place, one, many) =>
      one ? `${values[place]} ${isOne(values[place]) ? one : many}` : values[place],
    );

const isOne = (written) => written === locale().digits[1];

export const inPersian = () => page.language === "fa";

// Digits alone: a date, a page number, a sentence with numbers in it.
export const digits = (text) => String(text).replace(/[0-9]/g, (digit) => locale().digits[digit]);

export const number = (value) => value.toLocaleString(locale().numbers);

export const share = (value) => (value < 0 ? "–" : `${number(value)}${locale().percent}`);

// Whole percents; only all is 100, only nothing is 0.
export const percentOf = (part, whole) =>
  part <= 0 || !whole ? 0 : part >= whole ? 100 : Math.min(Math.max(Math.round((100 * part) / whole), 1), 99);

export const bytes = (size) => {
  const [unit, name] = size >= 1e6 ? [1e6, "megabytes"] : [1e3, "kilobytes"];
  const shown = (size / unit).toLocaleString(locale().numbers, { maximumFractionDigits: size / unit < 10 ? 1 : 0 });
  return `${shown} ${say(name)}`;
};

// Minutes as one would say them: the two largest units.
/** @type {[string, number][]} */
const UNITS = [
  ["days", 1440],
  ["hours", 60],
  ["minutes", 1],
];
export const span = (minutes) => {
  if (minutes < 1) return say("atOnce");
  const parts = [];
  let left = minutes;
  for (const [name, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count && parts.length < 2) parts.push(say(name, number(count)));
    else if (parts.length) break;
    left -= count * size;
  }
  return parts.slice(0, minutes >= 10080 ? 1 : 2).join(" ");
};

export const list = (items) => items.join(locale().comma);

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
  return `${dayName(moment)}${locale().comma}${digits(`${hours}:${minutes}`)}`;
};

const FORMATS = new Map();
const format = (options) => {
  const key = page.language + JSON.stringify(options);
  if (!FORMATS.has(key))
    FORMATS.set(key, new Intl.DateTimeFormat(locale().dates, { timeZone: "UTC", ...options }));
  return FORMATS.get(key);
};

export const dayName = (moment) =>
  format({ day: "numeric", month: "short", year: "numeric" }).format(dateAt(moment));

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
/** @returns {any} */
export const persianDate = (date) =>
  Object.fromEntries(PERSIAN_FIELDS.formatToParts(date).map(({ type, value }) => [type, parseInt(value, 10)]));

// A table of the words, for names that a report gives.
say.table = (key) => key.split(".").reduce((words, name) => words[name], locale().words);
