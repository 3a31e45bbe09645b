// Pairs that no cluster shows: templates, partial reuse, and what roundups hold.
import { badge, choice, facts, foreign, heading, link, make, measures, pager, titleOf, where } from "../elements.js";
import { dateFields, searchField, sourceChoice } from "../lists/fields.js";
import { boundOf, haystack, holds, wordsSought } from "../lists/filters.js";
import { pairAt } from "../store.js";
import { firstAtLeast } from "../text/fold.js";
import { WORDS, number, page, say, share } from "../words/format.js";

const PAIRS = 25;

const pairsOf = (wanted) => {
  const found = [];
  page.core.pairs.verdict.forEach((verdict, place) => {
    if (wanted(page.core.verdicts[verdict])) found.push(place);
  });
  return found;
};

export const pairsView = (name) => {
  const all = pairsOf((verdict) => verdict === name);
  return make(
    "div",
    {},
    heading(1, say(`lists.${name}`), { tabindex: "-1" }),
    make("p", { class: "note" }, say(`meanings.${name}`)),
    pairList(all, name),
    moreNote(page.core.more[name]),
  );
};

export const moreNote = (count) => (count > 0 ? make("p", { class: "note" }, say("moreJson", number(count))) : null);

// The later of the dates of a pair, 0 without any.
const newestOf = (place) => {
  const { pairs, documents } = page.core;
  return Math.max(documents.moment[pairs.left[place]], documents.moment[pairs.right[place]]);
};
const PAIR_ORDERS = {
  strongest: () => 0,
  byNew: (one, other) => newestOf(other) - newestOf(one),
  byOld: (one, other) => (newestOf(one) || Infinity) - (newestOf(other) || Infinity) || 0,
};

const pairList = (all, key) => {
  if (!all.length) return make("p", {}, say("none"));
  const { pairs, documents } = page.core;
  const status = make("p", { class: "note", "aria-live": "polite" });
  const rows = make("div", { class: "results" });
  let wanted = { words: "", source: "", from: "", to: "", sort: "strongest", page: 0 };
  const show = () => {
    const fitting = fittingPairs(all, wanted);
    status.textContent = say("foundPairs", number(fitting.length), number(all.length));
    const shown = fitting.slice(wanted.page * PAIRS, (wanted.page + 1) * PAIRS);
    const go = (target) => {
      wanted.page = target;
      show();
      rows.scrollIntoView({ block: "start" });
      rows.querySelector("a")?.focus({ preventScroll: true });
    };
    rows.replaceChildren(
      ...[
        fitting.length ? make("ol", { class: "cards" }, shown.map(pairCard)) : make("p", {}, say("nothing")),
        pager(fitting.length, PAIRS, wanted.page, go),
      ].filter(Boolean),
    );
  };
  const change = (some) => {
    wanted = { ...wanted, ...some, page: 0 };
    show();
  };
  show();
  const both = all.flatMap((place) => [pairs.left[place], pairs.right[place]]);
  const dated = both.some((document) => documents.moment[document]);
  const toolbar = make(
    "form",
    { class: "toolbar", role: "search", on: { submit: (event) => event.preventDefault() } },
    searchField(`search-${key}`, "", (words) => change({ words })),
    sourceChoice(both, "", (source) => change({ source })),
    dated ? dateFields(wanted, change) : null,
    dated
      ? choice(
          say("sort"),
          Object.keys(PAIR_ORDERS).map((order) => [order, say(order)]),
          wanted.sort,
          (sort) => change({ sort }),
          { id: `sort-${key}` },
        )
      : make("p", { class: "note" }, say("strongest")),
  );
  return [toolbar, status, rows];
};

// Places of the pairs of which one document fits, in order; they come strongest first.
const fittingPairs = (all, { words, source, from, to, sort }) => {
  const { pairs, documents } = page.core;
  const sought = wordsSought(words);
  const [first, last] = [boundOf(from, false), boundOf(to, true)];
  const within = (document) => {
    const when = documents.moment[document];
    return (first === null || (when && when >= first)) && (last === null || (when && when < last));
  };
  const either = (place, test) => test(pairs.left[place]) || test(pairs.right[place]);
  return all
    .filter(
      (place) =>
        (source === "" || either(place, (document) => documents.source[document] === Number(source))) &&
        ((first === null && last === null) || either(place, within)) &&
        holds(`${haystack()[pairs.left[place]]} ${haystack()[pairs.right[place]]}`, sought),
    )
    .sort((one, other) => PAIR_ORDERS[sort](one, other) || one - other);
};

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
      measures(pair),
      link(
        `pair-${place}`,
        { class: "button", "aria-label": `${say("comparePair")}: ${titleOf(pair.left)}` },
        say("compare"),
      ),
    ),
  );
};

// Documents that stand in several clusters, or that several others are copies of without sharing a cluster.
const roundups = () => {
  const { core } = page;
  const parts = new Map();
  const add = (document, part) => parts.set(document, [...(parts.get(document) ?? []), part]);
  core.clusters.members.forEach((document, at) => {
    if (core.home.get(document) > 1) add(document, { cluster: firstAtLeast(core.starts, at + 1) - 1 });
  });
  for (const place of pairsOf((verdict) => verdict === "contained")) {
    const { left, right } = pairAt(place);
    const longer = core.documents.words[left] >= core.documents.words[right] ? left : right;
    add(longer, { place, document: longer === left ? right : left });
  }
  return [...parts]
    .filter(([, listed]) => listed.length > 1)
    .sort((one, other) => other[1].length - one[1].length || one[0] - other[0]);
};

const PARTS = 30;

const roundupCard = ([document, parts]) =>
  make(
    "li",
    { class: "card" },
    heading(2, foreign(titleOf(document))),
    make("p", { class: "note" }, say("roundupParts", number(parts.length)), " · ", facts(document)),
    make(
      "ul",
      { class: "parts" },
      parts
        .slice(0, PARTS)
        .map((part) =>
          make(
            "li",
            {},
            part.cluster === undefined
              ? [
                  link(`pair-${part.place}`, {}, foreign(titleOf(part.document))),
                  " ",
                  make("span", { class: "soft" }, share(page.core.pairs.containment[part.place])),
                ]
              : link(
                  `cluster-${part.cluster + 1}`,
                  {},
                  say("cluster", number(part.cluster + 1)),
                  ": ",
                  foreign(titleOf(page.core.clusters.members[page.core.starts[part.cluster]])),
                ),
          ),
        ),
    ),
  );

export const roundupsView = () => {
  const found = roundups();
  const joined = pairsOf((verdict) => !WORDS.en.lists[verdict]);
  const more = Object.entries(page.core.more)
    .filter(([verdict]) => !WORDS.en.lists[verdict])
    .reduce((sum, [, count]) => sum + Math.max(count, 0), 0);
  const list = make("div", {});
  const show = (current) =>
    list.replaceChildren(
      ...[
        found.length
          ? make(
              "ol",
              { class: "cards" },
              found.slice(current * PAIRS, (current + 1) * PAIRS).map(roundupCard),
            )
          : make("p", {}, say("none")),
        pager(found.length, PAIRS, current, show),
      ].filter(Boolean),
    );
  show(0);
  return make(
    "div",
    {},
    heading(1, say("roundups"), { tabindex: "-1" }),
    make("p", { class: "note" }, say("roundupsNote")),
    list,
    joined.length
      ? [
          heading(2, say("joinedPairs"), { class: "section" }),
          make("p", { class: "note" }, say("joinedPairsNote")),
          pairList(joined, "joined"),
          moreNote(more),
        ]
      : null,
  );
};
