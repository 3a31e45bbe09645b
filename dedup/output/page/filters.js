// Which clusters are shown, and in what order.
const NO_FILTER = {
  words: "",
  texts: false,
  verdict: "",
  source: "",
  from: "",
  to: "",
  sort: "bySize",
  page: 0,
};
let filter = { ...NO_FILTER };

const filterBy = (wanted) => {
  filter = { ...NO_FILTER, ...wanted };
};

// What a search looks at: headline, source, id and file of each document.
const haystack = () => {
  const { core } = page;
  core.haystack ??= core.documents.id.map(
    (id, number) =>
      `${core.documents.title[number]} ${sourceOf(number)} ${id} ${core.documents.path[number]}`,
  );
  return core.haystack;
};

// Each word of a search as a pattern of all spellings that fold to it: texts need not be folded for it.
const wordsSought = (text) => foldLine(text, page.core.fold).split(" ").filter(Boolean).map(patternOf);

const patternOf = (word) => {
  const { spellings } = page.core;
  const anyOf = (letters) =>
    `[${[...letters].map((letter) => `\\u{${letter.codePointAt(0).toString(16)}}`).join("")}]`;
  const letters = [...word].map((letter) => (spellings.has(letter) ? anyOf(spellings.get(letter)) : "(?!)"));
  return new RegExp(letters.join(spellings.has("") ? `${anyOf(spellings.get(""))}*` : ""), "u");
};

const holds = (line, patterns) => patterns.every((pattern) => pattern.test(line));

// Numbers of the documents whose texts hold all words; tells how far it is.
const inTexts = async (words, progress, wanted) => {
  const found = new Set();
  const { chunk_starts: starts } = page.core;
  for (let chunk = 0; chunk < starts.length; chunk += 1) {
    if (!wanted()) return null;
    progress(chunk, starts.length);
    const texts = await unpack(`text-${chunk}`);
    texts.forEach((text, place) => {
      if (text && holds(text, words)) found.add(starts[chunk] + place);
    });
  }
  return found;
};

// A bound as somebody types it: any part of a date, in any digits, as a number that sorts. A year of the
// Persian calendar is understood where the archive dates by the western one.
const boundOf = (text, end) => {
  const western = text
    .replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit))
    .replace(/[٠-٩]/g, (digit) => "٠١٢٣٤٥٦٧٨٩".indexOf(digit));
  const found = western.trim().match(/^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/);
  if (!found) return null;
  const [, year, month, day] = found.map((field) => (field === undefined ? undefined : Number(field)));
  if (year < WESTERN && newestMoment() >= momentOf(WESTERN, 1, 1)) {
    const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, (month ?? 0) + 1];
    const first = fromPersian(year, month ?? 1, day ?? 1);
    if (!end) return momentOf(...first);
    if (day) return momentOf(...first) + 1440;
    return momentOf(...(month ? fromPersian(nextYear, nextMonth, 1) : fromPersian(year + 1, 1, 1)));
  }
  return momentOf(year, month ?? (end ? 12 : 1), day ?? (end ? 31 : 1)) + (end ? 1440 : 0);
};

// Years below are of the Persian calendar, from it on of the western one.
const WESTERN = 1700;

// As the columns hold dates: minutes, months of 31 days.
const momentOf = (year, month, day) => ((year * 12 + month - 1) * 31 + day - 1) * 1440;

const newestMoment = () => {
  const { core } = page;
  core.newest ??= core.documents.moment.reduce((one, other) => Math.max(one, other), 0);
  return core.newest;
};

// Year, month and day in the western calendar, of which the browser knows the Persian date.
const fromPersian = (year, month, day) => {
  const format = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    timeZone: "UTC",
  });
  const since = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const around = [0, -1, 1].map((shift) => new Date(Date.UTC(year + 621, 2, 21 + since + day - 1 + shift)));
  const wanted = { year, month, day };
  const fitting = around.find((date) =>
    format
      .formatToParts(date)
      .every(({ type, value }) => !(type in wanted) || wanted[type] === parseInt(value, 10)),
  );
  const date = fitting ?? around[0];
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
};

const fits = (cluster, { words, found, verdict, source, from, to }) => {
  const { clusters, documents, span, starts } = page.core;
  if (source !== "" && !span[cluster].sources.has(Number(source))) return false;
  if (from !== null && (!span[cluster].last || span[cluster].last < from)) return false;
  if (to !== null && (!span[cluster].first || span[cluster].first >= to)) return false;
  let byVerdict = verdict === "",
    byWords = words.length === 0;
  for (let at = starts[cluster]; at < starts[cluster + 1] && !(byVerdict && byWords); at += 1) {
    byVerdict ||= clusters.verdict[at] === Number(verdict);
    byWords ||= found?.has(clusters.members[at]) || holds(haystack()[clusters.members[at]], words);
  }
  return byVerdict && byWords;
};

const ORDERS = {
  bySize: () => 0,
  byAlike: (one, other) => page.core.clusters.cohesion[other] - page.core.clusters.cohesion[one],
  byLeastAlike: (one, other) => page.core.clusters.cohesion[one] - page.core.clusters.cohesion[other],
  byNew: (one, other) => page.core.span[other].first - page.core.span[one].first,
  byOld: (one, other) =>
    (page.core.span[one].first || Infinity) - (page.core.span[other].first || Infinity) || 0,
  bySources: (one, other) => page.core.span[other].sources.size - page.core.span[one].sources.size,
};

// Numbers of the clusters that fit, in order; they come largest first.
const chosen = (found) => {
  const wanted = {
    ...filter,
    found,
    words: wordsSought(filter.words),
    from: boundOf(filter.from, false),
    to: boundOf(filter.to, true),
  };
  const all = page.core.clusters.sizes.map((_, cluster) => cluster);
  return all
    .filter((cluster) => fits(cluster, wanted))
    .sort((one, other) => ORDERS[filter.sort](one, other) || one - other);
};
