// Fields of the toolbars over lists.
import { choice, make } from "../elements.js";
import { page, say } from "../words/format.js";

// Calls back when typing has paused.
const soon = (action) => {
  let waiting;
  return (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => action(event.target.value), 150);
  };
};

export const searchField = (value, change) =>
  make(
    "label",
    { class: "field search" },
    make("span", {}, say("search")),
    make("input", {
      type: "search",
      id: "search",
      dir: "auto",
      placeholder: say("searchHint"),
      value,
      on: { input: soon((words) => change({ words }, true)) },
    }),
  );

export const checkField = (label, checked, change, id) =>
  make(
    "label",
    { class: "check" },
    make("input", { type: "checkbox", id, checked, on: { change: (event) => change(event.target.checked) } }),
    label,
  );

// A choice among the sources of some documents; null where there is only one.
export const sourceChoice = (documents, value, change) => {
  const { core } = page;
  const numbers = new Set(documents.map((document) => core.documents.source[document]));
  const names = [...numbers].map((source) => core.sources[source]).filter(Boolean).sort();
  return numbers.size > 1
    ? choice(say("source"), [["", say("any")], ...names.map((name) => [name, name])], value, (source) => change({ source }), {
        id: "source",
      })
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
        id: key,
        inputmode: "numeric",
        dir: "ltr",
        placeholder: say("dateHint"),
        value: values[key] ?? "",
        on: { input: soon((value) => change({ [key]: value }, true)) },
      }),
    ),
  );
