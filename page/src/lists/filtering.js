// Filters of a list: what each lets through, and what is said of it. Every list of documents has the first ones.
import { list, page, say, share, verdictName } from "../words/format.js";
import { boundOf } from "./bounds.js";
import { fitsWords, wordsSought } from "./search.js";

/**
 * A filter reads its value; it gives what the chip says and what fits, or null for a value that it cannot read.
 * @typedef {{label: string, test: (item: any) => boolean}} Filter
 */

const dates = (name, documentsOf, test) => (value) => {
  const bound = boundOf(value, name === "to");
  if (Number.isNaN(bound)) return null;
  const { moment } = page.core.documents;
  return {
    label: `${say(name)} ${value}`,
    test: (item) => documentsOf(item).some((document) => moment[document] && test(moment[document], bound)),
  };
};

/** @returns {Record<string, (value: string, found?: Set<number>) => Filter | null>} */
export const commonFilters = (documentsOf) => ({
  words: (value, found) => {
    const sought = wordsSought(value);
    return {
      label: `“${value}”`,
      test: (item) => fitsWords(documentsOf(item), sought) || documentsOf(item).some((document) => found?.has(document)),
    };
  },
  source: (value) => {
    const source = page.core.sources.indexOf(value);
    if (source < 0) return null;
    return {
      label: `${say("source")}: ${value}`,
      test: (item) => documentsOf(item).some((document) => page.core.documents.source[document] === source),
    };
  },
  from: dates("from", documentsOf, (moment, bound) => moment >= bound),
  to: dates("to", documentsOf, (moment, bound) => moment < bound),
});

export const verdictFilter = (verdictsOf) => (value) => {
  const verdict = page.core.verdicts.indexOf(value);
  return verdict < 0 ? null : { label: verdictName(verdict), test: (item) => verdictsOf(item).includes(verdict) };
};

// A filter of whole percents: `0-70`.
export const percentFilter = (label, valueOf) => (value) => {
  const found = value.match(/^(\d{1,3})-(\d{1,3})$/);
  if (!found) return null;
  const [least, most] = found.slice(1).map(Number);
  return {
    label: `${label} ${share(least)}–${share(most)}`,
    test: (item) => valueOf(item) >= least && valueOf(item) <= most,
  };
};

/** @param {Record<string, any>} filters @param {Record<string, string>} params @param {Set<number>} [found] */
export const active = (filters, params, found) => {
  /** @type {(Filter & {name: string})[]} */
  const chosen = [];
  const unreadable = [];
  for (const [name, make] of Object.entries(filters)) {
    if (!params[name]) continue;
    const filter = make(params[name], found);
    if (filter) chosen.push({ name, ...filter });
    else unreadable.push({ value: params[name], isDate: name === "from" || name === "to" });
  }
  return { chosen, unreadable };
};

export const namesOf = (chosen) => list(chosen.map(({ label }) => label));
