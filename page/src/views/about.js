// Problems of the input, and how the report was made.
import { badge, foreign, heading, make, pager } from "../elements.js";
import { load } from "../store.js";
import { moreNote } from "./pairs.js";
import { number, page, say } from "../words/format.js";

const PROBLEMS = 50;

const laterView = (title, name, fill) => {
  const body = make("div", {}, make("p", { class: "note" }, say("loading")));
  load(name).then((content) => body.replaceChildren(...fill(content).flat().filter(Boolean)));
  return make("div", {}, heading(1, title, { tabindex: "-1" }), body);
};

export const problemsView = () =>
  laterView(say("problems"), "about", ({ problems, more_problems }) => {
    const list = make("div", {});
    const row = ([path, line, kind, reason]) =>
      make(
        "tr",
        {},
        make("th", { scope: "row" }, foreign(path)),
        make("td", { "data-label": say("line") }, line === null ? "" : number(line)),
        make(
          "td",
          { "data-label": say("kind") },
          make("span", { lang: "en", dir: "ltr" }, kind.replaceAll("_", " ")),
        ),
        make("td", { "data-label": say("reason") }, make("span", { lang: "en" }, foreign(reason))),
      );
    const show = (current) =>
      list.replaceChildren(
        ...[
          problems.length
            ? make(
                "table",
                { class: "plain problems" },
                make(
                  "thead",
                  {},
                  make(
                    "tr",
                    {},
                    ["file", "line", "kind", "reason"].map((key) => make("th", { scope: "col" }, say(key))),
                  ),
                ),
                make("tbody", {}, problems.slice(current * PROBLEMS, (current + 1) * PROBLEMS).map(row)),
              )
            : make("p", {}, say("none")),
          pager(problems.length, PROBLEMS, current, show),
        ].filter(Boolean),
      );
    show(0);
    return [make("p", { class: "note" }, say("problemsNote")), list, moreNote(more_problems)];
  });

const boilerplateList = (boilerplate) => [
  heading(2, say("boilerplate"), { class: "section" }),
  make(
    "details",
    { class: "why" },
    make("summary", {}, say("boilerplateNote")),
    make(
      "ul",
      {},
      boilerplate.map(([text, documents]) =>
        make(
          "li",
          {},
          foreign(text),
          " ",
          make("span", { class: "note" }, say("inDocuments", number(documents))),
        ),
      ),
    ),
  ),
];

export const aboutView = () =>
  laterView(say("about"), "about", (content) => [
    make("p", {}, say("scope")),
    make(
      "ul",
      { class: "kinds" },
      page.core.verdicts.map((name, verdict) =>
        make("li", {}, badge(verdict), " ", make("span", { class: "note" }, say(`meanings.${name}`))),
      ),
    ),
    make(
      "dl",
      { class: "meanings" },
      ["jaccard", "containment", "tfidf"].map((key) =>
        make(
          "div",
          {},
          make("dt", {}, say(key)),
          make("dd", { class: "note" }, say(`measureMeanings.${key}`)),
        ),
      ),
    ),
    ["recipe", "counts", "encodings", "tokenisers", "date_orders"]
      .filter((key) => Object.keys(content[key]).length)
      .flatMap((key) => [
        heading(2, say(key), { class: "section" }),
        make(
          "dl",
          { class: "settings", lang: "en", dir: "ltr" },
          Object.entries(content[key]).map(([name, value]) =>
            make("div", {}, make("dt", {}, foreign(name)), make("dd", {}, String(value))),
          ),
        ),
      ]),
    content.boilerplate.length ? boilerplateList(content.boilerplate) : null,
    make("p", { class: "note" }, say("font")),
  ]);
