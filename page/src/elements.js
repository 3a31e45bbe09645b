// Elements are made, never parsed: what a document says only ever becomes a text node.
import { hashOf } from "./address.js";
import { SAME_TIME, sourceOf } from "./store.js";
import { directionOf } from "./text/direction.js";
import { dateOf, digits, locale, number, page, say, share, verdictName } from "./words/format.js";

// Minutes.
const DAY = 1440;

export const make = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name === "on")
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "style")
      for (const [rule, setting] of Object.entries(value)) element.style.setProperty(rule, setting);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""),
  );
  return element;
};

// Document text: in its own direction, isolated from what stands around it.
export const foreign = (text) => make("bdi", { dir: directionOf(text) }, text);

export const linkTo = (view, params, properties, ...children) =>
  make("a", { href: hashOf(view, params), ...properties }, ...children);

export const link = (target, properties, ...children) =>
  make("a", { href: `#${target}`, ...properties }, ...children);

export const titleOf = (number) => {
  const { title, id } = page.core.documents;
  return title[number] || id[number];
};

// A sentence whose places are filled with elements.
export const sentence = (key, values) =>
  say
    .table(key)
    .split(/(\{\d\})/)
    .map((part) => (/^\{\d\}$/.test(part) ? values[Number(part[1])] : part));

// The source of a document.
export const sourceName = (document) =>
  sourceOf(document) ? foreign(sourceOf(document)) : make("span", { class: "soft" }, say("noSource"));

export const badge = (verdict) =>
  make(
    "span",
    { class: `verdict ${verdict < 0 ? "represents" : page.core.verdicts[verdict]}` },
    verdictName(verdict),
  );

const bar = (value, label) =>
  make(
    "div",
    { class: "measure" },
    make("span", { class: "measure-name" }, label),
    make("span", { class: "measure-value" }, value < 0 ? "–" : share(value)),
    make(
      "span",
      { class: "bar", "aria-hidden": "true" },
      make("span", { class: "fill", style: { "inline-size": `${Math.max(value, 0)}%` } }),
    ),
  );

export const measures = ({ jaccard, containment, tfidf, confidence }) =>
  make(
    "div",
    { class: "measures" },
    bar(confidence, say("confidence")),
    bar(containment, say("containment")),
    bar(jaccard, say("jaccard")),
    bar(tfidf, say("tfidf")),
  );

// Scores are folded: the verdict in words comes first.
export const scores = (measured, ...more) =>
  make("details", { class: "scores" }, make("summary", {}, say("details")), measures(measured), more);

// A number in groups of three, in the digits of the page; any other fact as it is.
const figure = (fact) => (/^[0-9]{5,15}$/.test(fact) ? number(Number(fact)) : digits(fact));

// Facts that were changed, each as the original has it and as the copy does.
export const changes = (changed) =>
  make(
    "ul",
    { class: "changes" },
    changed.map(([was, now]) =>
      make(
        "li",
        {},
        make("del", {}, foreign(figure(was))),
        make("span", { class: "unseen" }, ` ${say("became")} `),
        make("span", { class: "arrow", "aria-hidden": "true" }, locale().rtl ? " ← " : " → "),
        make("ins", {}, foreign(figure(now))),
      ),
    ),
  );

// Why a copy has no delay: it has no date, or that of the first, to the minute or to the day.
export const delayInWords = ({ delay, document, from }) => {
  if (delay !== SAME_TIME) return say("noDate");
  return [document, from].some((one) => page.core.documents.moment[one] % DAY === 0) ? say("sameDay") : say("atOnce");
};

// Source, date and length on one line.
export const facts = (document) => {
  const { published, words } = page.core.documents;
  const parts = [];
  if (page.core.manySources && sourceOf(document)) parts.push(foreign(sourceOf(document)));
  if (published[document]) parts.push(foreign(dateOf(document)));
  if (words[document]) parts.push(make("span", {}, lengthOf(words[document])));
  return make(
    "span",
    { class: "facts" },
    parts.flatMap((part, place) => (place ? [" · ", part] : [part])),
  );
};

export const lengthOf = (words) =>
  words < 0 ? say("characters", number(-words)) : say("words", number(words));

export const where = (number) => {
  const { id, path, url, address, title } = page.core.documents;
  const lines = [];
  if (title[number] !== id[number]) lines.push(make("span", { class: "id" }, foreign(id[number])));
  if (path[number] && page.core.manyPaths) lines.push(make("span", { class: "id" }, foreign(path[number])));
  if (url[number])
    lines.push(
      make(
        "a",
        { class: "id", href: url[number], rel: "noreferrer noopener", target: "_blank" },
        make("bdi", { dir: "ltr" }, shortened(url[number], 70)),
      ),
    );
  if (address[number])
    lines.push(make("span", { class: "id" }, make("bdi", { dir: "ltr" }, address[number])));
  return lines;
};

export const shortened = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

// Number of pages from which the pager has a field for the page number.
const WALKED = 3;

// Digits of any script, as people type them.
const typed = (text) => Number(text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15)));

// A row of choices: pages of a long list. Of a very long one a page is reached by its number.
export const pager = (total, each, current, go) => {
  const last = Math.max(Math.ceil(total / each), 1);
  if (last === 1) return null;
  const button = (label, target) =>
    make(
      "button",
      { type: "button", disabled: target < 0 || target >= last, on: { click: () => go(target) } },
      label,
    );
  const field = make("input", {
    type: "text",
    inputmode: "numeric",
    value: number(current + 1),
    "aria-label": say("page", number(current + 1), number(last)),
    on: { change: (event) => go(Math.min(Math.max(typed(event.target.value) || 1, 1), last) - 1) },
  });
  return make(
    "nav",
    { class: "pager", "aria-label": say("pages") },
    button(say("previous"), current - 1),
    make("label", {}, sentence("page", [last > WALKED ? field : number(current + 1), number(last)])),
    button(say("next"), current + 1),
  );
};

export const heading = (level, text, properties = {}) => make(`h${level}`, properties, text);

export const choice = (label, options, value, change, properties = {}) =>
  make(
    "label",
    { class: "field" },
    make("span", {}, label),
    make(
      "select",
      { ...properties, on: { change: (event) => change(event.target.value) } },
      options.map(([key, name]) =>
        make("option", { value: key, selected: String(key) === String(value) }, name),
      ),
    ),
  );
