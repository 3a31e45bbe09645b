// Fields of the toolbars over lists.
import { choice, make } from "../elements.js";
import { page, say } from "../words/format.js";


// Waits until somebody has stopped typing in a field.
const soon = (action) => {
  let waiting = 0;
  return (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => action(event.target.value), 150);
  };
};

export const searchField = (id, value, change) =>
  make(
    "label",
    { class: "field search" },
    make("span", {}, say("search")),
    make("input", {
      type: "search",
      id,
      dir: "auto",
      placeholder: say("searchHint"),
      value,
      on: { input: soon(change) },
    }),
  );

// A choice among the sources of some documents; null where there is only one.
export const sourceChoice = (documents, value, change) => {
  const { core } = page;
  const sources = [...new Set(documents.map((document) => core.documents.source[document]))].sort(
    (one, other) => core.sources[one].localeCompare(core.sources[other]),
  );
  const named = sources.map((source) => [source, core.sources[source] || say("noSource")]);
  return sources.length > 1
    ? choice(say("source"), [["", say("any")], ...named], value, change, { id: "source" })
    : null;
};

export const dateFields = (values, change) =>
  ["from", "to"].map((key) =>
    make(
      "label",
      { class: "field short" },
      make("span", {}, say(key)),
      make("input", {
        type: "text",
        inputmode: "numeric",
        dir: "ltr",
        placeholder: say("dateHint"),
        value: values[key],
        on: { input: soon((value) => change({ [key]: value })) },
      }),
    ),
  );
