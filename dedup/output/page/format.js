// Numbers, shares, dates and sentences in the language of the page.
const WORDS = { en: ENGLISH, fa: PERSIAN };
const page = { language: "en", core: null };

const say = (key, ...values) =>
  key
    .split(".")
    .reduce((words, name) => words[name], WORDS[page.language])
    .replace(/\{(\d)(?: ([^|}]+)\|([^}]+))?\}/g, (_, place, one, many) =>
      one ? `${values[place]} ${values[place] === "1" ? one : many}` : values[place],
    );

const inPersian = () => page.language === "fa";

// Digits alone: a date, a page number, a sentence with numbers in it.
const digits = (text) =>
  inPersian() ? String(text).replace(/[0-9]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]) : String(text);

const number = (value) => value.toLocaleString(inPersian() ? "fa-IR" : "en");

const share = (value) => (value < 0 ? "–" : inPersian() ? `${number(value)}٪` : `${number(value)} %`);

// Whole percents; only all is 100, only nothing is 0.
const percentOf = (part, whole) =>
  part <= 0 || !whole ? 0 : part >= whole ? 100 : Math.min(Math.max(Math.round((100 * part) / whole), 1), 99);

const bytes = (size) => {
  const [unit, places] = size >= 1e6 ? [1e6, "MB"] : [1e3, "KB"];
  const named = inPersian() ? { MB: "مگابایت", KB: "کیلوبایت" }[places] : places;
  return `${(size / unit).toLocaleString(inPersian() ? "fa-IR" : "en", { maximumFractionDigits: size / unit < 10 ? 1 : 0 })} ${named}`;
};

const verdictName = (verdict) =>
  verdict < 0 ? say("represents") : say(`verdicts.${page.core.verdicts[verdict]}`);

// Fields of a date that sorts: months of 31 days, as the report counts them.
const fieldsOf = (moment) => {
  const minute = moment % 60,
    hours = Math.floor(moment / 60);
  const hour = hours % 24,
    days = Math.floor(hours / 24);
  const months = Math.floor(days / 31);
  return { year: Math.floor(months / 12), month: (months % 12) + 1, day: (days % 31) + 1, hour, minute };
};

const WRITTEN = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,،]+(\d{1,2}):(\d{2}))?/;

// A date as its publisher's clock showed it; in a Persian page in the Persian calendar.
const dateOf = (document) => {
  const { published, moment } = page.core.documents;
  return dateText(published[document], moment[document]);
};

// A date as it was written, and as a number that sorts, 0 where it was not understood.
const dateText = (raw, moment) => {
  if (!moment) return raw;
  const western = raw
    .replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit))
    .replace(/[٠-٩]/g, (digit) => "٠١٢٣٤٥٦٧٨٩".indexOf(digit));
  const written = western.match(WRITTEN);
  const fields = written
    ? { year: +written[1], month: +written[2], day: +written[3], hour: written[4], minute: written[5] }
    : { ...fieldsOf(moment), hour: undefined };
  const time =
    fields.hour === undefined
      ? ""
      : `${inPersian() ? "، " : ", "}${digits(String(fields.hour).padStart(2, "0") + ":" + fields.minute)}`;
  return dayName(fields) + time;
};

const isWestern = (year) => year > 1700;

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

const dayName = ({ year, month, day }) =>
  isWestern(year)
    ? format({ day: "numeric", month: "short", year: "numeric" }).format(Date.UTC(year, month - 1, day))
    : digits(`${year}/${String(month).padStart(2, "0")}/${String(day).padStart(2, "0")}`);
