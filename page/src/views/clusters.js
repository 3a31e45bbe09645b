// All clusters: search, filters, order, a page at a time.
import { badge, choice, foreign, heading, link, make, pager, titleOf } from "../elements.js";
import { dateFields, searchField, sourceChoice } from "../lists/fields.js";
import { ORDERS, chosen, filter, refine, inTexts, wordsSought } from "../lists/filters.js";
import { membersOf } from "../store.js";
import { dateOf, inPersian, number, page, say, share, verdictName } from "../words/format.js";

const EACH = 20;

export const clustersView = () => {
  const results = make("div", { class: "results" });
  const status = make("p", { class: "note", "aria-live": "polite" });
  let found = null,
    asked = 0;
  const show = () => showClusters(results, status, chosen(found), show);
  const search = async () => {
    const mine = (asked += 1);
    found = null;
    const words = wordsSought(filter.words);
    if (filter.texts && words.length) {
      const tell = (done, all) => {
        status.textContent = say("searching", number(done), number(all));
      };
      found = await inTexts(words, tell, () => asked === mine);
      if (asked !== mine) return;
    }
    show();
  };
  const change = (wanted) => {
    refine({ ...wanted, page: 0 });
    search();
  };
  search();
  return make("div", {}, heading(1, say("clusters"), { tabindex: "-1" }), toolbar(change), status, results);
};

const toolbar = (change) => {
  const { core } = page;
  const used = new Set(core.clusters.verdict.filter((verdict) => verdict >= 0));
  return make(
    "form",
    { class: "toolbar", role: "search", on: { submit: (event) => event.preventDefault() } },
    searchField("search", filter.words, (words) => change({ words })),
    make(
      "label",
      { class: "check" },
      make("input", {
        type: "checkbox",
        checked: filter.texts,
        on: { change: (event) => change({ texts: event.target.checked }) },
      }),
      say("inTexts"),
    ),
    choice(
      say("verdict"),
      [["", say("any")], ...[...used].sort().map((verdict) => [verdict, verdictName(verdict)])],
      filter.verdict,
      (verdict) => change({ verdict }),
      { id: "verdict" },
    ),
    sourceChoice(core.clusters.members, filter.source, (source) => change({ source })),
    core.span.some(({ last }) => last) ? dateFields(filter, change) : null,
    choice(
      say("sort"),
      Object.keys(ORDERS).map((key) => [key, say(key)]),
      filter.sort,
      (sort) => change({ sort }),
      { id: "sort" },
    ),
  );
};

const showClusters = (results, status, clusters, show) => {
  status.textContent = say("found", number(clusters.length), number(page.core.clusters.sizes.length));
  const go = (target) => {
    refine({ page: target });
    show();
    results.scrollIntoView({ block: "start" });
    results.querySelector("a")?.focus({ preventScroll: true });
  };
  const shown = clusters.slice(filter.page * EACH, (filter.page + 1) * EACH);
  results.replaceChildren(
    ...[
      clusters.length
        ? make("ol", { class: "cards" }, shown.map(clusterCard))
        : make("p", {}, page.core.clusters.sizes.length ? say("nothing") : say("none")),
      pager(clusters.length, EACH, filter.page, go),
    ].filter(Boolean),
  );
};

const clusterCard = (cluster) => {
  const { core } = page;
  const first = core.clusters.members[core.starts[cluster]];
  const { sources, opener, last } = core.span[cluster];
  const named = [...sources].filter((source) => core.sources[source]);
  const date = core.documents.published[opener] && last ? dateOf(opener) : "";
  return make(
    "li",
    { class: "card cluster" },
    make(
      "div",
      {},
      heading(2, link(`cluster-${cluster + 1}`, {}, foreign(titleOf(first)))),
      make(
        "p",
        { class: "note" },
        say("size", number(core.clusters.sizes[cluster])),
        " · ",
        say("cohesion", share(core.clusters.cohesion[cluster])),
        date ? [" · ", foreign(date)] : null,
        core.manySources && named.length ? [" · ", sourceLine(named)] : null,
      ),
    ),
    verdictStrip(cluster),
  );
};

const sourceLine = (sources) =>
  make(
    "span",
    {},
    sources
      .slice(0, 4)
      .flatMap((source, place) => [
        place ? (inPersian() ? "، " : ", ") : "",
        foreign(page.core.sources[source]),
      ]),
    sources.length > 4 ? ` +${number(sources.length - 4)}` : "",
  );

// A cluster's members by verdict: small badges with counts.
const verdictStrip = (cluster) => {
  const counted = new Map();
  for (const { verdict } of membersOf(cluster))
    if (verdict >= 0) counted.set(verdict, (counted.get(verdict) ?? 0) + 1);
  return make(
    "p",
    { class: "strip" },
    [...counted]
      .sort((one, other) => one[0] - other[0])
      .map(([verdict, count]) =>
        make("span", { class: "strip-part" }, badge(verdict), count > 1 ? ` ${number(count)}` : ""),
      ),
  );
};
