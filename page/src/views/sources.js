// Who copies whom, and who is first: clusters counted by the sources of their documents.
import { link, make, sourceName } from "../elements.js";
import { filterBy } from "../lists/filters.js";
import { panel } from "./overview.js";
import { number, page, say } from "../words/format.js";


// Who opens a cluster, and whose documents follow in it.
const followers = () => {
  const { clusters, documents, span, starts } = page.core;
  const follows = new Map(),
    totals = new Map();
  const total = (source) =>
    totals.get(source) ?? totals.set(source, { all: 0, first: 0, followed: 0, again: 0 }).get(source);
  span.forEach(({ opener }, cluster) => {
    const first = documents.source[opener];
    total(first).first += 1;
    for (let at = starts[cluster]; at < starts[cluster + 1]; at += 1) {
      const document = clusters.members[at],
        source = documents.source[document];
      total(source).all += 1;
      if (document === opener) continue;
      total(source)[source === first ? "again" : "followed"] += 1;
      const key = `${first} ${source}`;
      follows.set(key, (follows.get(key) ?? 0) + 1);
    }
  });
  return { follows, totals };
};

const MATRIX = 8;

export const whosePanel = () => {
  const { follows, totals } = followers();
  const ranked = [...totals].sort((one, other) => other[1].all - one[1].all || one[0] - other[0]);
  if (ranked.length < 2) return null;
  const whose = panel(
    say("whose"),
    say("whoseNote"),
    make(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": say("whose") },
      matrix(
        follows,
        ranked.slice(0, MATRIX).map(([source]) => source),
      ),
    ),
    sourceTable(ranked),
  );
  whose.classList.add("broad");
  return whose;
};

const matrix = (follows, sources) => {
  const value = (first, source) => follows.get(`${first} ${source}`) ?? 0;
  const most = Math.max(1, ...sources.flatMap((first) => sources.map((source) => value(first, source))));
  const cell = (first, source) =>
    make(
      "td",
      { class: "heat", style: { "--heat": `${Math.round((60 * value(first, source)) / most)}%` } },
      value(first, source) ? number(value(first, source)) : make("span", { class: "soft" }, "·"),
    );
  return make(
    "table",
    { class: "matrix" },
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        make("td", {}, `${say("first")} ↓`),
        sources.map((source) => make("th", { scope: "col" }, sourceName(source))),
      ),
    ),
    make(
      "tbody",
      {},
      sources.map((first) =>
        make(
          "tr",
          {},
          make("th", { scope: "row" }, sourceName(first)),
          sources.map((source) => cell(first, source)),
        ),
      ),
    ),
  );
};

const SOURCES = 12;

const sourceTable = (ranked) =>
  make(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": say("source") },
    make(
      "table",
      { class: "plain" },
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          ["source", "inClustersShort", "first", "followed", "again"].map((key) =>
            make("th", { scope: "col" }, say(key)),
          ),
        ),
      ),
      make(
        "tbody",
        {},
        ranked.slice(0, SOURCES).map(([source, { all, first, followed, again }]) =>
          make(
            "tr",
            {},
            make(
              "th",
              { scope: "row" },
              link(
                "clusters",
                { on: { click: () => filterBy({ source: String(source) }) } },
                sourceName(source),
              ),
            ),
            [all, first, followed, again].map((count) => make("td", { class: "count" }, number(count))),
          ),
        ),
        ranked.length > SOURCES
          ? make(
              "tr",
              {},
              make(
                "td",
                { colspan: "5", class: "soft" },
                say("otherSources", number(ranked.length - SOURCES)),
              ),
            )
          : null,
      ),
    ),
  );
