// The first view: the answer in a sentence, the table of all sources, then pictures.
import { badge, foreign, heading, link, linkTo, make, sentence, titleOf } from "../elements.js";
import { sourcesPanel, whosePanel } from "./sources.js";
import { whenPanel } from "./timeline.js";
import { countDocuments } from "../store.js";
import { panel } from "./panel.js";
import { bytes, dayName, list, number, page, percentOf, say, share, span } from "../words/format.js";

export const overview = (params = {}) => {
  const { counts } = page.core;
  return make(
    "div",
    { class: "overview" },
    heading(1, page.core.head.name ? foreign(page.core.head.name) : say("title"), { class: "page-title", tabindex: "-1" }),
    make("p", { class: "note" }, ofWhat()),
    answerText(answer()),
    warnings(),
    counts.documents ? sourcesPanel(params) : null,
    make("div", { class: "panels" }, whosePanel(), whenPanel(), kindsPanel(), largestPanel(), sizesPanel()),
    caveats(counts),
  );
};

// Describes the archive: documents, sources, first and last date.
export const ofWhat = () => {
  const { counts, head, source_figures: sources } = page.core;
  const parts = [say("documentsOf", number(counts.documents))];
  const named = sources.filter(([source]) => page.core.sources[source]).length;
  if (named) parts.push(say("sourcesOf", number(named)));
  if (head.span) {
    const [first, last] = head.span.map(dayName);
    parts.push(first === last ? first : say("fromTo", first, last));
  }
  return list(parts);
};

// What can be spared stands out; what is said of sources and copies follows as one paragraph.
const answerText = (sentences) => {
  const others = sentences.slice(1);
  return make(
    "div",
    { class: "answer" },
    make("p", {}, sentences[0]),
    others.length ? make("p", {}, others.flatMap((said, place) => (place ? [" ", said] : [said]))) : null,
  );
};

// The answer: how much is copied, who was first, who followed how late, what was changed.
const answer = () => {
  const { counts } = page.core;
  if (!counts.documents) return [say("leadEmpty")];
  if (!counts.clusters) return [say("leadNone", number(counts.documents))];
  const sum = (...places) => page.core.source_figures.reduce((all, row) => places.reduce((one, at) => one + row[at], all), 0);
  const [shared, unordered, uncredited] = [sum(4, 5), sum(5), sum(9)];
  const changed = Object.keys(page.core.clusters.changed).length;
  return [
    sentence("lead", [
      linkTo("copies", { dropped: 1 }, {}, number(counts.spared)),
      number(counts.documents),
      share(percentOf(counts.spared, counts.documents)),
      link("clusters", {}, say("clustersOf", number(counts.clusters))),
      bytes(counts.spared_bytes),
    ]),
    ...firsts(),
    unordered
      ? sentence("unorderedLead", [linkTo("copies", { order: "unknown" }, {}, say("copiesOf", number(unordered)))])
      : "",
    changed
      ? sentence("changedLead", [linkTo("changed", {}, {}, say("copiesOf", number(changed)))])
      : say("changedNone"),
    shared
      ? sentence("creditLead", [
          number(shared),
          linkTo("copies", { credit: "none" }, {}, say("copiesOf", number(uncredited))),
        ])
      : "",
  ].filter((said) => said !== "");
};

// Who was first most often, and who followed most; each named where it stands alone.
const firsts = () => {
  const named = page.core.source_figures.filter(([source]) => page.core.sources[source]);
  if (named.length < 2) return [];
  const best = (place) => named.reduce((one, other) => (other[place] > one[place] ? other : one));
  const [first, follower] = [best(3), best(4)];
  if (!follower[4]) return [];
  const name = (view, row, key, more = {}) => {
    const source = page.core.sources[row[0]];
    return linkTo(view, { [key]: source, ...more }, {}, foreign(source));
  };
  return [
    sentence("firstLead", [name("clusters", first, "opener"), say("times", number(first[3]))]),
    sentence("followedLead", [
      name("copies", follower, "by", { again: "no" }),
      say("times", number(follower[4])),
      span(follower[7]),
    ]),
  ];
};

const kindsPanel = () => {
  const { core } = page;
  const counted = countDocuments(core.home);
  for (const at of core.copies) counted.add(core.clusters.verdict[at], core.clusters.members[at]);
  const joined = core.verdicts.map((_, verdict) => counted.get(verdict));
  const count = (value, view, params) =>
    make(
      "td",
      { class: "count" },
      value ? linkTo(view, params, {}, number(value)) : make("span", { class: "soft" }, "–"),
    );
  const rows = core.verdicts.flatMap((name, verdict) =>
    joined[verdict] || core.counts.listed[name]
      ? [
          make(
            "tr",
            {},
            make("th", { scope: "row" }, badge(verdict), make("span", { class: "note meaning" }, say(`meanings.${name}`))),
            count(joined[verdict], "copies", { verdict: name }),
            count(core.counts.listed[name] ?? 0, ["template", "partial"].includes(name) ? `pairs-${name}` : "roundups", {}),
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
            make("tr", {}, ["verdict", "joinedAs", "listedAs"].map((key) => make("th", { scope: "col" }, say(key)))),
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
  const counted = SIZES.map(([from, to]) => sizes.reduce((sum, size) => sum + Number(size >= from && size <= to), 0));
  const used = counted.findLastIndex((count) => count > 0);
  if (used < 0) return null;
  const most = Math.max(...counted, 1);
  const label = (/** @type {number[]} */ [from, to]) =>
    to === from ? number(from) : to === Infinity ? `${number(from)}+` : `${number(from)}–${number(to)}`;
  const rows = SIZES.slice(0, used + 1).map(([from, to], place) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, label([from, to])),
      make(
        "td",
        { class: "count" },
        counted[place]
          ? linkTo("clusters", { size: `${from}-${to === Infinity ? "" : to}` }, {}, number(counted[place]))
          : number(0),
      ),
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
  return panel(
    say("sizes"),
    "",
    make(
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
    ),
  );
};

const largestPanel = () => {
  const { core } = page;
  const rows = core.clusters.sizes
    .slice(0, 6)
    .map((size, cluster) =>
      make(
        "li",
        {},
        headlineLater(cluster),
        make("span", { class: "note" }, say("size", number(size)), " · ", say("cohesion", share(core.clusters.cohesion[cluster]))),
      ),
    );
  return rows.length ? panel(say("largest"), "", make("ol", { class: "plain-list" }, rows)) : null;
};

// Headlines are unpacked after this view is drawn; an empty line keeps the space.
const headlineLater = (cluster) => {
  const target = link(`cluster-${cluster + 1}`, {}, "\u00a0");
  page.documents.then(() => target.replaceChildren(foreign(titleOf(page.core.span[cluster].opener))));
  return target;
};

// Warnings to check before copies are deleted.
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

// Notes on what the panels do not show, and on what the report left out.
const caveats = (counts) => {
  const notes = [];
  const { members } = page.core.clusters;
  if (members.length && !members.some((document) => page.core.documents.moment[document])) notes.push(say("undated"));
  if (counts.unclustered) notes.push(say("unclustered", number(counts.unclustered)));
  if (counts.boilerplate) notes.push(say("boilerplateCount", number(counts.boilerplate)));
  if (counts.cut_pairs) notes.push(say("cutPairs", number(counts.cut_pairs)));
  if (counts.unlisted_pairs) notes.push(say("unlistedPairs", number(counts.unlisted_pairs)));
  if (counts.without_text) notes.push(say("withoutText", number(counts.without_text)));
  return notes.length ? make("ul", { class: "caveats note" }, notes.map((text) => make("li", {}, text))) : null;
};
