// Problems of the input, and how the report was made.
import { anonymise, anonymous } from "../anonymise.js";
import { decided, decisionsButton } from "../decisions.js";
import { badge, foreign, heading, make } from "../elements.js";
import { checkField } from "../lists/fields.js";
import { listing } from "../lists/listing.js";
import { load } from "../store.js";
import { list, number, page, say } from "../words/format.js";
import { reasonText } from "../words/reasons.js";
import { moreNote } from "./pairs.js";

const laterView = (title, name, fill) => {
  const body = make("div", {}, make("p", { class: "note" }, say("loading")));
  load(name).then((content) => body.replaceChildren(...fill(content).flat().filter(Boolean)));
  return make("div", {}, heading(1, title, { tabindex: "-1" }), body);
};

const known = (table, name) => (name in table ? table[name] : name.replaceAll("_", " "));

export const problemsView = (params) =>
  laterView(say("problems"), "about", ({ problems, more_problems: more }) => [
    make("p", { class: "note" }, say("problemsNote")),
    listing({
      view: "problems",
      params,
      plain: true,
      items: problems,
      documentsOf: () => [],
      columns: problemColumns(),
      each: 50,
      counted: "problems",
    }),
    moreNote(more),
  ]);

const problemColumns = () => {
  const kinds = say.table("problemKinds");
  return [
    { key: "file", label: say("file"), value: ([path]) => path, show: ([path]) => foreign(path) },
    {
      key: "line",
      label: say("line"),
      count: true,
      value: ([, line]) => line ?? -1,
      show: ([, line]) => (line === null ? "" : number(line)),
    },
    { key: "kind", label: say("kind"), value: ([, , kind]) => known(kinds, kind), show: ([, , kind]) => known(kinds, kind) },
    {
      key: "reason",
      label: say("reason"),
      value: ([, , , told, reason]) => (reason ? [told, reasonText(reason)].filter(Boolean).join(": ") : told),
      show: ([, , , told, reason]) =>
        reason ? [told ? [foreign(told), ": "] : "", reasonText(reason)] : make("span", { lang: "en", dir: "ltr" }, told),
    },
  ];
};

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
        make("li", {}, foreign(text), " ", make("span", { class: "note" }, say("inDocuments", number(documents)))),
      ),
    ),
  ),
];

// Shows the value of a setting.
const shown = (value) => {
  if (typeof value === "number") return number(value);
  const known = { True: "yes", False: "no", None: "none", "()": "none", "": "none" };
  return value in known ? say(known[value]) : String(value);
};

const settings = (table, values, direction) =>
  make(
    "dl",
    { class: "settings" },
    Object.entries(values).map(([name, value]) =>
      make(
        "div",
        {},
        make("dt", {}, foreign(known(table, name))),
        make("dd", {}, make("bdi", { dir: direction }, shown(value))),
      ),
    ),
  );

const ofThisPage = () => {
  const { head } = page.core;
  const written = new Date(document.lastModified);
  return [
    make("p", {}, [head.name ? [make("bdi", {}, head.name), " · "] : "", `dedup ${head.version}`]),
    head.command ? make("p", {}, make("code", { dir: "ltr" }, head.command)) : null,
    Number.isNaN(written.getTime()) || written.getTime() < 1e12
      ? null
      : make("p", { class: "note" }, say("written", written.toLocaleDateString(document.documentElement.lang === "fa" ? "fa-IR-u-ca-persian" : document.documentElement.lang))),
    checkField(say("anonymous"), anonymous(), (on) => {
      anonymise(on);
      document.dispatchEvent(new Event("anonymised"));
    }, "anonymous"),
    make("p", { class: "note" }, say("anonymousNote")),
    make("p", {}, decisionsButton(), " ", make("span", { class: "note" }, say("decidedNote", number(decided())))),
  ];
};

export const aboutView = () =>
  laterView(say("about"), "about", (content) => [
    make("p", {}, say("scope")),
    ofThisPage(),
    heading(2, say("terms"), { class: "section" }),
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
      ["confidence", "containment", "jaccard", "tfidf"].map((key) =>
        make("div", {}, make("dt", {}, say(key)), make("dd", { class: "note" }, say(`measureMeanings.${key}`))),
      ),
    ),
    ["recipe", "counts", "encodings", "tokenisers", "date_orders"]
      .filter((key) => Object.keys(content[key]).length)
      .flatMap((key) => [
        heading(2, say(key), { class: "section" }),
        settings(key === "recipe" || key === "counts" ? say.table(`${key}Names`) : {}, content[key], "ltr"),
      ]),
    content.boilerplate.length ? boilerplateList(content.boilerplate) : null,
    make("p", { class: "note" }, list([say("font")])),
  ]);
