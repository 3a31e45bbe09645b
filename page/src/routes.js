// Which view an address means.
import { heading, link, make } from "./elements.js";
import { aboutView, problemsView } from "./views/about.js";
import { clusterView } from "./views/cluster.js";
import { clustersView } from "./views/clusters.js";
import { changedView, copiesView, unsureView } from "./views/copies.js";
import { memberEvidence, pairEvidence } from "./views/evidence.js";
import { overview } from "./views/overview.js";
import { LISTS, pairsView } from "./views/pairs.js";
import { roundupsView } from "./views/roundups.js";
import { seriesListView, seriesView } from "./views/series.js";
import { page, say } from "./words/format.js";

const among = (value, list) => Number.isInteger(value) && value >= 0 && value < list.length;

// What stands behind each address: the view, or null where there is no such thing in this report.
/** @type {[RegExp, (params: any, ...parts: any[]) => Element | null][]} */
const ROUTES = [
  [/^(?:overview)?$/, (params) => overview(params)],
  [/^clusters$/, (params) => clustersView(params)],
  [/^copies$/, (params) => copiesView(params)],
  [/^changed$/, (params) => changedView(params)],
  [/^unsure$/, (params) => unsureView(params)],
  [
    /^cluster-(\d+)$/,
    (_, cluster) => (among(cluster - 1, page.core.clusters.sizes) ? clusterView(cluster - 1) : null),
  ],
  [
    /^evidence-(\d+)-(\d+)-(\d+)$/,
    (_, cluster, left, right) =>
      among(cluster - 1, page.core.clusters.sizes) ? memberEvidence(cluster - 1, left, right) : null,
  ],
  [/^series$/, () => seriesListView()],
  [/^series-(\d+)$/, (_, series) => (among(series - 1, page.core.series.sizes) ? seriesView(series - 1) : null)],
  [/^pairs-(template|partial)$/, (params, name) => pairsView(name, params)],
  [/^pair-(\d+)$/, (_, place) => (among(place, page.core.pairs.left) ? pairEvidence(place) : null)],
  [/^roundups$/, (params) => roundupsView(params)],
  [/^problems$/, (params) => problemsView(params)],
  [/^about$/, () => aboutView()],
];

const numeric = (part) => (/^\d+$/.test(part) ? Number(part) : part);

export const viewOf = ({ view, params }) => {
  for (const [pattern, make] of ROUTES) {
    const found = view.match(pattern);
    const shown = found && make(params, ...found.slice(1).map(numeric));
    if (shown) return shown;
  }
  return unknown(view);
};

// A link that means nothing here: from another report, or mistyped.
const unknown = (view) =>
  make(
    "div",
    { class: "unknown" },
    heading(1, say("unknownLink"), { tabindex: "-1" }),
    make("p", {}, say("unknownLinkNote", `\u2068${view}\u2069`)),
    make("p", {}, link("overview", { class: "button" }, say("overview"))),
  );

const SECTION_OF = { "": "overview", cluster: "clusters", evidence: "clusters", series: "series" };

export const sectionOf = (view) => {
  const place = view.match(/^pair-(\d+)$/)?.[1];
  if (place !== undefined) {
    const name = page.core.verdicts[page.core.pairs.verdict[Number(place)]];
    return LISTS.includes(name) ? `pairs-${name}` : "roundups";
  }
  return SECTION_OF[view.split("-")[0]] ?? view;
};

// Each section: its address, its name, how much it holds.
/** @returns {[string, string, number | null][]} */
export const sections = () => {
  const { core } = page;
  const problems = Object.values(core.counts.problems).reduce((sum, count) => sum + count, 0);
  const series = core.series.sizes.length + core.series.more;
  /** @type {[string, string, number | null][]} */
  const all = [
    ["overview", say("overview"), null],
    ["clusters", say("clusters"), core.counts.clusters],
    ["copies?dropped=1", say("copies"), core.counts.spared],
    ["changed", say("changed"), Object.keys(core.clusters.changed).length],
    ...LISTS.map(
      (name) => /** @type {[string, string, number]} */ ([`pairs-${name}`, say(`lists.${name}`), core.counts.listed[name] ?? 0]),
    ),
    ["series", say("series"), series],
    ["roundups", say("roundups"), null],
    ["unsure", say("unsure"), null],
    ["problems", say("problems"), problems],
    ["about", say("about"), null],
  ];
  return all.filter(([view, , count]) => count !== 0 || !["series", "problems"].includes(view));
};
