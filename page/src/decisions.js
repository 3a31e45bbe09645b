// What a reader decides: which document of a cluster is kept, and what is no copy. `dedup report --decisions` applies
// the file that the page saves.
import { checkField } from "./lists/fields.js";
import { save } from "./save.js";
import { make } from "./elements.js";
import { page, say } from "./words/format.js";

const KEY = "dedup-decisions-1";

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
    // no storage is available
  }
  document.dispatchEvent(new Event("decided"));
};

const idOf = (document) => page.core.documents.id[document];
const representativeOf = (cluster) => idOf(page.core.clusters.members[page.core.starts[cluster]]);

export const decided = () =>
  Object.keys(page.decisions.keep).length + Object.values(page.decisions.not_copies).flat().length;

// How each tick on the page stands: a decision can undo another one.
const ticks = new Map();

const tick = (id, label, isOn, change) => {
  ticks.set(id, isOn);
  return checkField(
    label,
    isOn(),
    (on) => {
      change(on);
      keepThem();
      for (const [name, stands] of ticks) {
        const box = /** @type {HTMLInputElement | null} */ (document.getElementById(name));
        if (box) box.checked = stands();
      }
    },
    id,
  );
};

const isKept = (representative, id) => page.decisions.keep[representative] === id;
const partedFrom = (id) => page.decisions.not_copies[id] ?? [];

const keep = (representative, id, on) => {
  if (on) page.decisions.keep[representative] = id;
  else if (isKept(representative, id)) delete page.decisions.keep[representative];
};

const part = (representative, id, on) => {
  const others = partedFrom(id).filter((other) => other !== representative);
  page.decisions.not_copies[id] = on ? [...others, representative] : others;
};

// "Keep this one instead": one document of a cluster, and a copy of the others.
export const keepTick = (cluster, member) => {
  const [representative, id] = [representativeOf(cluster), idOf(member.document)];
  return tick(`keep-${member.at}`, say("keepInstead"), () => isKept(representative, id), (on) => {
    keep(representative, id, on);
    if (on) part(representative, id, false);
  });
};

// "Not a copy": of the cluster, whichever document represents it.
export const notCopyTick = (cluster, member) => {
  const [representative, id] = [representativeOf(cluster), idOf(member.document)];
  return tick(`not_copies-${member.at}`, say("notCopy"), () => partedFrom(id).includes(representative), (on) => {
    part(representative, id, on);
    if (on) keep(representative, id, false);
  });
};

// The file: ids of documents to keep, and pairs that are no copies. A document that is no copy in a cluster is none
// of the representative, nor of the document that is to be kept instead.
export const decisionsFile = () => ({
  schema: "dedup-decisions/1",
  keep: Object.values(page.decisions.keep).sort(),
  not_copies: Object.entries(page.decisions.not_copies)
    .flatMap(([copy, representatives]) => representatives.flatMap((one) => [one, page.decisions.keep[one] ?? one].map((other) => [other, copy])))
    .filter((pair, place, all) => all.findIndex((other) => String(other) === String(pair)) === place)
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
