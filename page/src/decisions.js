// What a reader decides: which document of a cluster is kept, and what is no copy. It leaves the page as a file that
// `dedup report --decisions` obeys.
import { checkField } from "./lists/fields.js";
import { save } from "./save.js";
import { make } from "./elements.js";
import { page, say } from "./words/format.js";

const KEY = "dedup-decisions";

// Kept with the page, by the name of its archive; a page without storage forgets them when it is closed.
const storage = () => `${KEY}-${page.core.head.name}-${page.core.counts.documents}`;

export const openDecisions = () => {
  const empty = { keep: {}, not_copies: {} };
  try {
    page.decisions = { ...empty, ...JSON.parse(localStorage.getItem(storage())) };
  } catch {
    page.decisions = empty;
  }
};

const keepThem = () => {
  try {
    localStorage.setItem(storage(), JSON.stringify(page.decisions));
  } catch {
    // no storage here
  }
  document.dispatchEvent(new Event("decided"));
};

const idOf = (document) => page.core.documents.id[document];
const representativeOf = (cluster) => idOf(page.core.clusters.members[page.core.starts[cluster]]);

export const decided = () => Object.keys(page.decisions.keep).length + Object.keys(page.decisions.not_copies).length;

const tick = (list, key, value, label, member) =>
  checkField(
    label,
    page.decisions[list][key] === value,
    (on) => {
      if (on) page.decisions[list][key] = value;
      else delete page.decisions[list][key];
      keepThem();
    },
    `${list}-${member.at}`,
  );

// "Keep this one instead": one document of a cluster.
export const keepTick = (cluster, member) =>
  tick("keep", representativeOf(cluster), idOf(member.document), say("keepInstead"), member);

export const notCopyTick = (cluster, member) =>
  tick("not_copies", idOf(member.document), representativeOf(cluster), say("notCopy"), member);

// The file: ids of documents to keep, and pairs that are no copies.
export const decisionsFile = () => ({
  schema: "dedup-decisions/1",
  keep: Object.values(page.decisions.keep).sort(),
  not_copies: Object.entries(page.decisions.not_copies)
    .map(([copy, representative]) => [representative, copy])
    .sort(),
});

export const decisionsButton = () =>
  make(
    "button",
    {
      type: "button",
      class: "button",
      id: "decisions",
      title: say("decisionsMeaning"),
      on: { click: () => save("decisions.json", `${JSON.stringify(decisionsFile(), null, 1)}\n`, "application/json") },
    },
    say("decisions"),
  );
