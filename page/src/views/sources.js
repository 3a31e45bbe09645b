// All sources in a table, and who copies whom: clusters counted by the sources of their documents.
import { foreign, linkTo, make } from "../elements.js";
import { listing } from "../lists/listing.js";
import { countDocuments } from "../store.js";
import { number, page, percentOf, say, share, span } from "../words/format.js";
import { panel } from "./panel.js";

// Maximum number of credited names shown for each source.
const CREDITS = 3;

const nameOf = ([source]) => page.core.sources[source];

const shown = (value, row, view, params) =>
  value && nameOf(row) ? linkTo(view, params, {}, number(value)) : number(value);

const columns = () => [
  {
    key: "name",
    label: say("source"),
    value: nameOf,
    show: (row) =>
      nameOf(row)
        ? linkTo("clusters", { source: nameOf(row) }, {}, foreign(nameOf(row)))
        : make("span", { class: "soft" }, say("noSource")),
  },
  { key: "stories", label: say("stories"), count: true, value: (row) => row[1], show: (row) => number(row[1]) },
  {
    key: "copied",
    label: say("copied"),
    title: say("copiedMeaning"),
    count: true,
    value: (row) => row[2] / Math.max(row[1], 1),
    csv: (row) => percentOf(row[2], row[1]),
    show: (row) =>
      row[2] && nameOf(row)
        ? linkTo("copies", { by: nameOf(row), dropped: 1 }, {}, share(percentOf(row[2], row[1])))
        : share(percentOf(row[2], row[1])),
  },
  {
    key: "first",
    label: say("first"),
    title: say("firstMeaning"),
    count: true,
    value: (row) => row[3],
    show: (row) => shown(row[3], row, "clusters", { opener: nameOf(row) }),
  },
  {
    key: "followed",
    label: say("followed"),
    title: say("followedMeaning"),
    count: true,
    value: (row) => row[4],
    show: (row) => shown(row[4], row, "copies", { by: nameOf(row), again: "no" }),
  },
  ...(page.core.source_figures.some((row) => row[5])
    ? [
        {
          key: "unordered",
          label: say("unordered"),
          title: say("unorderedMeaning"),
          count: true,
          value: (row) => row[5],
          show: (row) => shown(row[5], row, "copies", { by: nameOf(row), order: "unknown" }),
        },
      ]
    : []),
  {
    key: "delay",
    label: say("delay"),
    unit: say("inMinutes"),
    title: say("delayMeaning"),
    count: true,
    value: (row) => row[7],
    show: (row) => (row[7] < 0 ? "–" : span(row[7])),
  },
  {
    key: "changed",
    label: say("changedShort"),
    title: say("changedMeaning"),
    count: true,
    value: (row) => row[8],
    show: (row) => shown(row[8], row, "changed", { by: nameOf(row) }),
  },
  {
    key: "uncredited",
    label: say("uncredited"),
    title: say("uncreditedMeaning"),
    count: true,
    value: (row) => row[9],
    show: (row) => shown(row[9], row, "copies", { by: nameOf(row), credit: "none" }),
  },
  {
    key: "credits",
    label: say("credits"),
    title: say("creditsMeaning"),
    value: (row) => row[10].reduce((sum, [, count]) => sum + count, 0),
    csv: (row) => row[10].map(([name, count]) => `${name} (${count})`).join("; "),
    show: (row) =>
      row[10].length
        ? make(
            "ul",
            { class: "names" },
            row[10]
              .slice(0, CREDITS)
              .map(([name, count]) =>
                make(
                  "li",
                  {},
                  nameOf(row)
                    ? linkTo("copies", { by: nameOf(row), credit: name }, {}, foreign(name))
                    : foreign(name),
                  " ",
                  make("span", { class: "soft" }, number(count)),
                ),
              ),
          )
        : make("span", { class: "soft" }, "–"),
  },
];

export const sourcesPanel = (params = {}) => {
  const table = panel(
    say("allSources"),
    say("allSourcesNote"),
    listing({
      view: "overview",
      params,
      plain: true,
      items: page.core.source_figures,
      documentsOf: () => [],
      columns: columns(),
      counted: "sources",
      each: 20,
    }),
  );
  table.classList.add("broad");
  return table;
};

// Who opens a cluster, and whose documents follow in it, each once; apart from those, documents of another source
// whose dates do not say that they followed.
const followers = () => {
  const { clusters, copies, clusterOf, documents, home, sources, span: spans } = page.core;
  const [follows, unordered] = [countDocuments(home), countDocuments(home)];
  for (const at of copies) {
    if (at === spans[clusterOf[at]].first) continue;
    const [first, source] = [spans[clusterOf[at]].opener, clusters.members[at]].map((one) => documents.source[one]);
    const table = first === source || clusters.delay[at] > 0 ? follows : unordered;
    table.add(first * sources.length + source, clusters.members[at]);
  }
  return { follows, unordered };
};

const MATRIX = 10;
// Percent of colour in the darkest cell: with more, its figure has too little contrast.
const HEAT = 40;

export const whosePanel = () => {
  const counted = followers();
  const shares = (row) => row[3] + row[4] + row[5];
  const ranked = page.core.source_figures.filter((row) => shares(row) + row[6] > 0);
  ranked.sort((one, other) => shares(other) - shares(one) || one[0] - other[0]);
  if (ranked.length < 2) return null;
  const whose = panel(
    say("whose"),
    say("whoseNote", number(Math.min(ranked.length, MATRIX))),
    make(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": `${say("table")}: ${say("whose")}` },
      matrix(counted, ranked.slice(0, MATRIX).map(([source]) => source)),
    ),
  );
  whose.classList.add("broad");
  return whose;
};

const matrix = ({ follows, unordered }, sources) => {
  const names = page.core.sources;
  const value = (first, source) => follows.get(first * names.length + source);
  const unknown = (first, source) => unordered.get(first * names.length + source);
  const most = Math.max(1, ...sources.flatMap((first) => sources.map((source) => value(first, source))));
  const cell = (first, source) =>
    make(
      "td",
      { class: "heat", style: { "--heat": `${Math.round((HEAT * value(first, source)) / most)}%` } },
      value(first, source)
        ? linkTo(
            "copies",
            { first: names[first], by: names[source], again: first === source ? "yes" : "no" },
            { "aria-label": say("matrixCell", names[first], names[source], number(value(first, source))) },
            number(value(first, source)),
          )
        : unknown(first, source) ? null : make("span", { class: "soft" }, "·"),
      unknown(first, source)
        ? linkTo(
            "copies",
            { opener: names[first], by: names[source], order: "unknown" },
            { class: "unordered", "aria-label": say("matrixUnordered", names[first], names[source], number(unknown(first, source))) },
            say("questioned", number(unknown(first, source))),
          )
        : null,
    );
  const head = (source) =>
    names[source] ? make("bdi", { dir: "auto" }, names[source].split(/(?<=[.\-_/])/).flatMap((part) => [part, make("wbr")])) : make("span", { class: "soft" }, say("noSource"));
  return make(
    "table",
    { class: "matrix" },
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        make("td", {}, `${say("first")} ↓ ${say("followed")} →`.replace("→", document.documentElement.dir === "rtl" ? "←" : "→")),
        sources.map((source) => make("th", { scope: "col" }, head(source))),
      ),
    ),
    make(
      "tbody",
      {},
      sources.map((first) =>
        make("tr", {}, make("th", { scope: "row" }, head(first)), sources.map((source) => cell(first, source))),
      ),
    ),
  );
};

