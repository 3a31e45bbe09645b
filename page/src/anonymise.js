// Sources without their names, for a page that is shown to others. The texts themselves stay as they are.
import { page, say, number } from "./words/format.js";

/** @type {any} */
let named = null;

export const anonymous = () => named !== null;

export const anonymise = (wanted) => {
  const { core } = page;
  if (wanted === anonymous()) return;
  if (!wanted) {
    core.sources = named.sources;
    Object.assign(core.documents, named.documents);
    core.clusters.credits = named.credits;
    core.source_figures = named.figures;
    named = null;
  } else {
    const { url, address, path, id } = core.documents;
    named = { sources: core.sources, documents: { url, address, path, id }, credits: core.clusters.credits, figures: core.source_figures };
    const ranked = new Map(core.source_figures.map(([source], rank) => [source, rank + 1]));
    core.sources = core.sources.map((name, source) => name && say("sourceNumber", number(ranked.get(source) ?? source + 1)));
    for (const column of ["url", "address", "path"]) core.documents[column] = core.documents[column].map(() => "");
    core.documents.id = id.map((_, document) => `#${document + 1}`);
    const alias = new Map();
    for (const [source, ...rest] of core.source_figures) for (const name of rest[10]) alias.set(name, core.sources[source]);
    const hide = (name) => alias.get(name) ?? say("anotherSource");
    core.clusters.credits = Object.fromEntries(
      Object.entries(core.clusters.credits).map(([at, names]) => [at, [...new Set(names.map(hide))]]),
    );
    core.source_figures = core.source_figures.map((row) => [
      ...row.slice(0, 10),
      row[10].map(([name, count]) => [hide(name), count]),
      row[11].map(hide),
    ]);
  }
  core.haystack = null;
};
