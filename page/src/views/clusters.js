// All clusters: search, filters, order, a page at a time.
import { badge, foreign, heading, link, make, titleOf } from "../elements.js";
import { verdictFilter } from "../lists/filtering.js";
import { listing } from "../lists/listing.js";
import { membersOf, sourceOf, sourcesOf } from "../store.js";
import { dateOf, list, locale, number, page, say, share, span, verdictName } from "../words/format.js";
import { choice } from "../elements.js";

const documentsOf = (cluster) => {
  const { clusters, starts } = page.core;
  return clusters.members.slice(starts[cluster], starts[cluster + 1]);
};

const verdictsOf = (cluster) => {
  const { clusters, starts } = page.core;
  return clusters.verdict.slice(starts[cluster], starts[cluster + 1]);
};

const openerOf = (cluster) => sourceOf(page.core.span[cluster].opener);

// Whether another source published the story later.
const isFollowed = (cluster) =>
  membersOf(cluster).some(({ document, later }) => later && sourceOf(document) !== openerOf(cluster));

const filters = () => ({
  verdict: verdictFilter(verdictsOf),
  opener: (value) =>
    page.core.sources.includes(value)
      ? {
          label: `${say("firstIs")}: ${value}`,
          test: (cluster) => openerOf(cluster) === value && isFollowed(cluster),
        }
      : null,
  size: (value) => {
    const found = value.match(/^(\d+)-(\d*)$/);
    if (!found) return null;
    const [least, most] = [Number(found[1]), found[2] ? Number(found[2]) : Infinity];
    const shown = least === most ? number(least) : most === Infinity ? `${number(least)}+` : `${number(least)}–${number(most)}`;
    return {
      label: `${say("documentsShort")}: ${shown}`,
      test: (cluster) => page.core.clusters.sizes[cluster] >= least && page.core.clusters.sizes[cluster] <= most,
    };
  },
});

const columns = () => {
  const { core } = page;
  return [
    { key: "headline", label: say("document"), value: (cluster) => titleOf(core.span[cluster].opener) },
    { key: "size", label: say("documentsShort"), value: (cluster) => core.clusters.sizes[cluster] },
    { key: "sources", label: say("sources"), value: (cluster) => sourcesOf(cluster).size },
    { key: "date", label: say("date"), value: (cluster) => core.span[cluster].begins || -1, csv: (cluster) => core.documents.published[core.span[cluster].opener] },
    { key: "alike", label: say("alike"), value: (cluster) => core.clusters.cohesion[cluster] },
    { key: "first", label: say("firstIs"), value: openerOf },
    { key: "lasted", label: say("lasted"), unit: say("inMinutes"), value: (cluster) => lasted(cluster) },
    { key: "id", label: "id", value: (cluster) => core.documents.id[core.span[cluster].opener] },
  ];
};

const lasted = (cluster) => {
  const { clusters, starts } = page.core;
  return Math.max(...clusters.delay.slice(starts[cluster], starts[cluster + 1]));
};

export const clustersView = (params) => {
  const used = new Set(page.core.copies.map((at) => page.core.clusters.verdict[at]).filter((verdict) => verdict >= 0));
  return make(
    "div",
    {},
    heading(1, say("clusters"), { tabindex: "-1" }),
    listing({
      view: "clusters",
      params,
      items: [...page.core.clusters.sizes.keys()],
      documentsOf,
      filters: filters(),
      columns: columns(),
      card: clusterCard,
      each: 20,
      counted: "clusters",
      fields: (change) => [
        choice(
          say("verdict"),
          [["", say("any")], ...[...used].sort().map((verdict) => [page.core.verdicts[verdict], verdictName(verdict)])],
          params.verdict ?? "",
          (verdict) => change({ verdict }),
          { id: "verdict" },
        ),
      ],
    }),
  );
};

const clusterCard = (cluster) => {
  const { core } = page;
  const { opener } = core.span[cluster];
  const sources = sourcesOf(cluster);
  const named = [...sources].filter((source) => core.sources[source]);
  const date = core.documents.published[opener] ? dateOf(opener) : "";
  const late = lasted(cluster);
  return make(
    "li",
    { class: "card cluster" },
    make(
      "div",
      {},
      heading(2, link(`cluster-${cluster + 1}`, {}, foreign(titleOf(opener)))),
      make(
        "p",
        { class: "note" },
        say("size", number(core.clusters.sizes[cluster])),
        date ? [" · ", foreign(date)] : null,
        late > 0 ? [" · ", say("within", span(late))] : null,
        " · ",
        say("cohesion", share(core.clusters.cohesion[cluster])),
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
    sources.slice(0, 4).flatMap((source, place) => [place ? locale().comma : "", foreign(page.core.sources[source])]),
    sources.length > 4 ? ` +${number(sources.length - 4)}` : "",
  );

// Shows how many members of a cluster have each verdict.
const verdictStrip = (cluster) => {
  const counted = new Map();
  let changed = 0;
  for (const { verdict, changed: facts } of membersOf(cluster)) {
    if (verdict >= 0) counted.set(verdict, (counted.get(verdict) ?? 0) + 1);
    changed += facts.length ? 1 : 0;
  }
  return make(
    "p",
    { class: "strip" },
    [...counted]
      .sort((one, other) => one[0] - other[0])
      .map(([verdict, count]) =>
        make("span", { class: "strip-part" }, badge(verdict), count > 1 ? ` ${number(count)}` : ""),
      ),
    changed ? make("span", { class: "strip-part changed-mark" }, list([say("changedCopies", number(changed))])) : null,
  );
};
