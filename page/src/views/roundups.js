// Documents that hold several stories, and joining pairs that share no cluster.
import { facts, foreign, heading, link, make, pager, titleOf } from "../elements.js";
import { pairAt } from "../store.js";
import { firstAtLeast } from "../text/fold.js";
import { number, page, say, share } from "../words/format.js";
import { LISTS, moreNote, pairListing, pairsOf } from "./pairs.js";

const EACH = 25;
// Stories of one roundup that are listed.
const PARTS = 30;

// Documents in several clusters, and documents with several copies in none of their clusters.
const roundups = () => {
  const { core } = page;
  const parts = new Map();
  const add = (document, part) => {
    if (!parts.has(document)) parts.set(document, []);
    parts.get(document).push(part);
  };
  core.clusters.members.forEach((document, at) => {
    if (core.home[document] > 1) add(document, { cluster: firstAtLeast(core.starts, at + 1) - 1 });
  });
  for (const place of pairsOf((verdict) => verdict === "contained")) {
    const { left, right } = pairAt(place);
    const [ours, theirs] = [left, right].map((document) => Math.abs(core.documents.words[document]));
    const longer = ours >= theirs ? left : right;
    add(longer, { place, document: longer === left ? right : left });
  }
  return [...parts]
    .filter(([, listed]) => listed.length > 1)
    .sort((one, other) => other[1].length - one[1].length || one[0] - other[0]);
};

const partOf = (part) =>
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
      );

const roundupCard = ([document, parts]) =>
  make(
    "li",
    { class: "card" },
    heading(2, foreign(titleOf(document))),
    make("p", { class: "note" }, say("roundupParts", number(parts.length)), " · ", facts(document)),
    make("ul", { class: "parts" }, parts.slice(0, PARTS).map((part) => make("li", {}, partOf(part)))),
  );

export const roundupsView = (params) => {
  const found = roundups();
  const joined = pairsOf((verdict) => !LISTS.includes(verdict));
  const more = Object.entries(page.core.more)
    .filter(([verdict]) => !LISTS.includes(verdict))
    .reduce((sum, [, count]) => sum + Math.max(count, 0), 0);
  const list = make("div", {});
  const show = (current) =>
    list.replaceChildren(
      ...[
        found.length
          ? make("ol", { class: "cards" }, found.slice(current * EACH, (current + 1) * EACH).map(roundupCard))
          : make("p", {}, say("none")),
        pager(found.length, EACH, current, show),
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
          pairListing("roundups", joined, params),
          moreNote(more),
        ]
      : null,
  );
};
