// Which clusters are shown, and in what order.
import { sourceOf } from "../elements.js";
import { unpack } from "../store.js";
import { foldLine } from "../text/fold.js";
import { dateAt, momentOf, page, persianDate } from "../words/format.js";

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
export let filter = { ...NO_FILTER };

// Changes some of the filter; what is not named stays.
export const refine = (wanted) => {
  filter = { ...filter, ...wanted };
};

export const filterBy = (wanted) => {
  filter = { ...NO_FILTER, ...wanted };
};

// What a search looks at: headline, source, id and file of each document.
export const haystack = () => {
  const { core } = page;
  core.haystack ??= core.documents.id.map(
    (id, number) =>
      `${core.documents.title[number]} ${sourceOf(number)} ${id} ${core.documents.path[number]}`,
  );
  return core.haystack;
};

// Each word of a search as a pattern of all spellings that fold to it: texts need not be folded for it.
export const wordsSought = (text) => foldLine(text, page.core.fold).split(" ").filter(Boolean).map(patternOf);

const patternOf = (word) => {
  const { spellings } = page.core;
  const anyOf = (letters) =>
    `[${[...letters].map((letter) => `\\u{${letter.codePointAt(0).toString(16)}}`).join("")}]`;
  const letters = [...word].map((letter) => (spellings.has(letter) ? anyOf(spellings.get(letter)) : "(?!)"));
  return new RegExp(letters.join(spellings.has("") ? `${anyOf(spellings.get(""))}*` : ""), "u");
};

export const holds = (line, patterns) => patterns.every((pattern) => pattern.test(line));

// Numbers of the documents whose texts hold all words; tells how far it is.
export const inTexts = async (words, progress, wanted) => {
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

// A bound as somebody types it: any part of a date, in any digits, in the western or the Persian calendar.
export const boundOf = (text, end) => {
  const western = text
    .replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit))
    .replace(/[٠-٩]/g, (digit) => "٠١٢٣٤٥٦٧٨٩".indexOf(digit));
  const found = western.trim().match(/^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/);
  if (!found) return null;
  const [, year, month, day] = found.map((field) => (field === undefined ? undefined : Number(field)));
  const first = year < WESTERN ? fromPersian : momentOf;
  if (!end) return first(year, month ?? 1, day ?? 1);
  if (day) return first(year, month, day) + 1440;
  return month && month < 12 ? first(year, month + 1, 1) : first(year + 1, 1, 1);
};

// Years below are of the Persian calendar, from it on of the western one.
const WESTERN = 1600;

// The moment at which a day of the Persian calendar begins.
const fromPersian = (year, month, day) => {
  const since = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const near = momentOf(year + 621, 3, 21) + (since + day - 1) * 1440;
  const wanted = { year, month, day };
  const around = [0, -1440, 1440].map((shift) => near + shift);
  return (
    around.find((moment) => {
      const fields = persianDate(dateAt(moment));
      return Object.keys(wanted).every((name) => fields[name] === wanted[name]);
    }) ?? near
  );
};

const fits = (cluster, { words, found, verdict, source, from, to }) => {
  const { clusters, span, starts } = page.core;
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

export const ORDERS = {
  bySize: () => 0,
  byAlike: (one, other) => page.core.clusters.cohesion[other] - page.core.clusters.cohesion[one],
  byLeastAlike: (one, other) => page.core.clusters.cohesion[one] - page.core.clusters.cohesion[other],
  byNew: (one, other) => page.core.span[other].first - page.core.span[one].first,
  byOld: (one, other) =>
    (page.core.span[one].first || Infinity) - (page.core.span[other].first || Infinity) || 0,
  bySources: (one, other) => page.core.span[other].sources.size - page.core.span[one].sources.size,
};

// Numbers of the clusters that fit, in order; they come largest first.
export const chosen = (found) => {
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
