// Pairs that no cluster shows: templates, partial reuse, and joining pairs whose documents share no cluster.
import { badge, facts, foreign, heading, link, make, scores, titleOf, where } from "../elements.js";
import { percentFilter } from "../lists/filtering.js";
import { listing } from "../lists/listing.js";
import { pairAt, sourceOf } from "../store.js";
import { number, page, say } from "../words/format.js";

export const LISTS = ["partial", "template"];

export const pairsOf = (wanted) => {
  const found = [];
  page.core.pairs.verdict.forEach((verdict, place) => {
    if (wanted(page.core.verdicts[verdict])) found.push(place);
  });
  return found;
};

export const pairsView = (name, params) =>
  make(
    "div",
    {},
    heading(1, say(`lists.${name}`), { tabindex: "-1" }),
    make("p", { class: "note" }, say(`meanings.${name}`)),
    pairListing(`pairs-${name}`, pairsOf((verdict) => verdict === name), params),
    moreNote(page.core.more[name]),
  );

export const moreNote = (count) =>
  count > 0 ? make("p", { class: "note" }, say("moreJson", number(count))) : null;

const columns = () => {
  const { pairs, documents } = page.core;
  const side = (key, name) => [
    { key: `${key}Headline`, label: say(key), value: (place) => titleOf(pairs[name][place]) },
    { key: `${key}Source`, label: `${say("source")} (${say(key)})`, value: (place) => sourceOf(pairs[name][place]) },
    { key: `${key}Id`, label: `id (${say(key)})`, value: (place) => documents.id[pairs[name][place]] },
  ];
  const newest = (place) => Math.max(documents.moment[pairs.left[place]], documents.moment[pairs.right[place]]);
  return [
    ...side("left", "left"),
    ...side("right", "right"),
    { key: "date", label: say("date"), value: (place) => newest(place) || -1, csv: (place) => documents.published[pairs.right[place]] },
    { key: "containment", label: say("containment"), value: (place) => pairs.containment[place] },
    { key: "jaccard", label: say("jaccard"), value: (place) => pairs.jaccard[place] },
    { key: "sure", label: say("confidence"), value: (place) => pairs.confidence[place] },
  ];
};

export const pairListing = (view, items, params) =>
  listing({
    view,
    params,
    items,
    documentsOf: (place) => [page.core.pairs.left[place], page.core.pairs.right[place]],
    filters: { sure: percentFilter(say("confidence"), (place) => page.core.pairs.confidence[place]) },
    columns: columns(),
    card: pairCard,
    counted: "pairs",
  });

const pairCard = (place) => {
  const pair = pairAt(place);
  return make(
    "li",
    { class: "card pair" },
    make(
      "div",
      { class: "both" },
      [pair.left, pair.right].map((document) =>
        make(
          "div",
          { class: "named" },
          make("span", { class: "headline" }, foreign(titleOf(document))),
          facts(document),
          where(document),
        ),
      ),
    ),
    make(
      "div",
      { class: "pair-side" },
      badge(pair.verdict),
      link(
        `pair-${place}`,
        { class: "button", "aria-label": `${say("comparePair")}: ${titleOf(pair.left)}` },
        say("compare"),
      ),
      scores(pair),
    ),
  );
};
