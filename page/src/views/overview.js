// The first view: what was found, in figures and four pictures.
import { badge, foreign, heading, link, make, titleOf } from "../elements.js";
import { filterBy } from "../lists/filters.js";
import { whosePanel } from "./sources.js";
import { whenPanel } from "./timeline.js";
import { WORDS, bytes, number, page, percentOf, say, share } from "../words/format.js";

const leadLine = () => {
  const { documents, copies, clusters } = page.core.counts;
  if (!documents) return say("leadEmpty");
  if (!clusters) return say("leadNone", number(documents));
  return say("lead", number(copies), number(documents), number(clusters));
};

const tile = (value, label, target) =>
  make(
    "div",
    { class: "tile" },
    make("dt", {}, target ? link(target, {}, label) : label),
    make("dd", {}, number(value)),
  );

export const overview = () => {
  const { counts } = page.core;
  const listed = Object.values(counts.listed).reduce((sum, count) => sum + count, 0);
  const problems = Object.values(counts.problems).reduce((sum, count) => sum + count, 0);
  const saved = counts.spared
    ? make(
        "p",
        { class: "lead" },
        say(
          "spare",
          number(counts.spared),
          share(percentOf(counts.spared, counts.documents)),
          bytes(counts.spared_bytes),
        ),
      )
    : null;
  return make(
    "div",
    { class: "overview" },
    heading(1, say("title"), { class: "page-title", tabindex: "-1" }),
    make("p", { class: "lead" }, leadLine()),
    saved,
    warnings(),
    make(
      "dl",
      { class: "tiles" },
      tile(counts.documents, say("documents")),
      tile(counts.copies, say("inClusters", number(counts.clusters)), "clusters"),
      tile(counts.spared, say("spared")),
      tile(
        listed,
        say("listedPairs"),
        counts.listed.template ? "pairs-template" : counts.listed.partial ? "pairs-partial" : "roundups",
      ),
      problems ? tile(problems, say("problems"), "problems") : null,
    ),
    make("div", { class: "panels" }, kindsPanel(), largestPanel(), sizesPanel(), whenPanel(), whosePanel()),
    caveats(counts),
  );
};

export const panel = (title, note, ...content) => {
  const id = `panel-${title.replace(/\s+/g, "-")}`;
  return make(
    "section",
    { class: "panel", "aria-labelledby": id },
    heading(2, title, { id }),
    note ? make("p", { class: "note" }, note) : null,
    content,
  );
};

const kindsPanel = () => {
  const { core } = page;
  const joined = core.verdicts.map(() => 0);
  for (const verdict of core.clusters.verdict) if (verdict >= 0) joined[verdict] += 1;
  const count = (value, target, chosen) =>
    make(
      "td",
      { class: "count" },
      value
        ? make("a", { href: `#${target}`, on: { click: chosen } }, number(value))
        : make("span", { class: "soft" }, "–"),
    );
  const rows = core.verdicts.flatMap((name, verdict) =>
    joined[verdict] || core.counts.listed[name]
      ? [
          make(
            "tr",
            {},
            make(
              "th",
              { scope: "row" },
              badge(verdict),
              make("span", { class: "note meaning" }, say(`meanings.${name}`)),
            ),
            count(joined[verdict], "clusters", () => filterBy({ verdict: String(verdict) })),
            count(
              core.counts.listed[name] ?? 0,
              WORDS.en.lists[name] ? `pairs-${name}` : "roundups",
              () => {},
            ),
          ),
        ]
      : [],
  );
  return panel(
    say("kinds"),
    "",
    rows.length
      ? make(
          "table",
          { class: "plain" },
          make(
            "thead",
            {},
            make(
              "tr",
              {},
              ["verdict", "joinedAs", "listedAs"].map((key) => make("th", { scope: "col" }, say(key))),
            ),
          ),
          make("tbody", {}, rows),
        )
      : make("p", {}, say("none")),
    rows.length ? make("p", { class: "note" }, say("kindsNote")) : null,
  );
};

const SIZES = [
  [2, 2],
  [3, 3],
  [4, 4],
  [5, 9],
  [10, 19],
  [20, 49],
  [50, 99],
  [100, Infinity],
];

const sizesPanel = () => {
  const { sizes } = page.core.clusters;
  const counted = SIZES.map(([from, to]) =>
    sizes.reduce((sum, size) => sum + (size >= from && size <= to), 0),
  );
  const used = counted.findLastIndex((count) => count > 0);
  const most = Math.max(...counted, 1);
  const label = (/** @type {number[]} */ [from, to]) =>
    to === from ? number(from) : to === Infinity ? `${number(from)}+` : `${number(from)}–${number(to)}`;
  const rows = SIZES.slice(0, used + 1).map((range, place) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, label(range)),
      make("td", { class: "count" }, number(counted[place])),
      make(
        "td",
        { class: "grow", "aria-hidden": "true" },
        make(
          "span",
          { class: "bar wide" },
          make("span", { class: "fill", style: { "inline-size": `${(100 * counted[place]) / most}%` } }),
        ),
      ),
    ),
  );
  return used < 0
    ? null
    : panel(
        say("sizes"),
        "",
        rows.length
          ? make(
              "table",
              { class: "bars" },
              make(
                "thead",
                {},
                make(
                  "tr",
                  {},
                  make("th", { scope: "col" }, say("sizesColumn")),
                  make("th", { scope: "col" }, say("clusters")),
                  make("td", {}),
                ),
              ),
              make("tbody", {}, rows),
            )
          : make("p", {}, say("none")),
      );
};

const largestPanel = () => {
  const rows = page.core.clusters.sizes
    .slice(0, 6)
    .map((size, cluster) =>
      make(
        "li",
        {},
        link(
          `cluster-${cluster + 1}`,
          {},
          foreign(titleOf(page.core.clusters.members[page.core.starts[cluster]])),
        ),
        make(
          "span",
          { class: "note" },
          say("size", number(size)),
          " · ",
          say("cohesion", share(page.core.clusters.cohesion[cluster])),
        ),
      ),
    );
  return panel(
    say("largest"),
    "",
    rows.length ? make("ol", { class: "plain-list" }, rows) : make("p", {}, say("none")),
  );
};

// What to look at before the copies are thrown away.
const warnings = () =>
  page.core.warnings.length
    ? make(
        "ul",
        { class: "warnings", "aria-label": say("warnings") },
        page.core.warnings.map(([kind, name, documents, of]) =>
          make("li", {}, say(`warningsOf.${kind}`, name, number(documents), number(of))),
        ),
      )
    : null;

// What the pictures above cannot show, and what the report left out.
const caveats = (counts) => {
  const notes = [];
  const { members } = page.core.clusters;
  const sources = new Set(members.map((document) => page.core.documents.source[document]));
  if (members.length && !members.some((document) => page.core.documents.moment[document]))
    notes.push(say("undated"));
  if (sources.size === 1) notes.push(say("oneSource", page.core.sources[[...sources][0]] || say("noSource")));
  if (counts.unclustered) notes.push(say("unclustered", number(counts.unclustered)));
  if (counts.boilerplate) notes.push(say("boilerplateCount", number(counts.boilerplate)));
  if (counts.cut_pairs) notes.push(say("cutPairs", number(counts.cut_pairs)));
  if (counts.without_text) notes.push(say("withoutText", number(counts.without_text)));
  return notes.length
    ? make(
        "ul",
        { class: "caveats note" },
        notes.map((text) => make("li", {}, text)),
      )
    : null;
};
