// A list that can be filtered, ordered by any of its columns, paged, saved and printed whole. Its address holds all.
import { writeAddress } from "../address.js";
import { choice, make, pager } from "../elements.js";
import { copyAddress, save } from "../save.js";
import { number, page, say } from "../words/format.js";
import { csvOf } from "./csv.js";
import { checkField, dateFields, searchField, sourceChoice } from "./fields.js";
import { active, commonFilters, namesOf } from "./filtering.js";
import { inTexts, wordsSought } from "./search.js";
import { tableOf } from "./table.js";

// Maximum number of rows that are printed.
const PRINTED = 3000;

/**
 * @typedef {object} Listing
 * @property {string} view Its name in the address.
 * @property {Record<string, string>} params What the address says.
 * @property {any[] | ((params: Record<string, string>) => any[])} items In their usual order; of a function, by the filters.
 * @property {(item: any) => number[]} documentsOf The documents that a search and filters look at.
 * @property {Record<string, any>} [filters] Those of its own.
 * @property {any[]} columns `key`, `label`, `value` for order and CSV (-1: unknown), `show` for a table, `csv` where
 *   it differs, `unit` for its head.
 * @property {(item: any) => Element} [card] How an item is shown; without it the list is a table.
 * @property {(item: any) => Record<string, any>} [row] Properties of a row of the table.
 * @property {number} [each] Items of a page.
 * @property {(change: any) => any[]} [fields] Fields of its own.
 * @property {boolean} [plain] Whether the list has no fields.
 * @property {string} counted What its items are called: a key of the words.
 */

/** @param {Listing} spec */
export const listing = (spec) => {
  const { each = 25 } = spec;
  const filters = { ...commonFilters(spec.documentsOf), ...spec.filters };
  const results = make("div", { class: "results" });
  const chips = make("div", { class: "chips" });
  const status = make("p", { class: "note", "aria-live": "polite" });
  let params = { ...spec.params };
  let found, asked = 0;

  const all = () => (typeof spec.items === "function" ? spec.items(params) : spec.items);
  const fitting = () => {
    const { chosen, unreadable } = active(filters, params, found);
    const items = all().filter((item) => chosen.every(({ test }) => test(item)));
    return { items: ordered(items, spec.columns, params.sort), chosen, unreadable };
  };
  const show = ({ whole = false } = {}) => {
    const { items, chosen, unreadable } = fitting();
    const current = Math.min(Number(params.page) || 1, Math.max(Math.ceil(items.length / each), 1)) - 1;
    const shown = whole ? items.slice(0, PRINTED) : items.slice(current * each, (current + 1) * each);
    status.textContent = say(`found.${spec.counted}`, number(howMany(spec, items)), number(howMany(spec, all())));
    chips.replaceChildren(...chipsOf(chosen, unreadable, change));
    const go = (target) => {
      change({ page: target ? target + 1 : "" });
      results.scrollIntoView({ block: "start" });
      /** @type {HTMLElement} */ (results.querySelector("a, button"))?.focus({ preventScroll: true });
    };
    results.replaceChildren(
      ...[
        items.length
          ? spec.card
            ? make("ol", { class: "cards" }, shown.map(spec.card))
            : tableOf(spec, shown, params.sort, (sort) => change({ sort }))
          : make("p", {}, all().length ? say("nothing") : say("none")),
        pager(items.length, each, current, go),
        whole && items.length > PRINTED ? make("p", { class: "note" }, say("printedFirst", number(PRINTED))) : null,
      ].filter(Boolean),
    );
  };
  const search = async () => {
    const mine = (asked += 1);
    found = undefined;
    const words = wordsSought(params.words ?? "");
    if (params.texts && words.length) {
      const tell = (done, of) => {
        status.textContent = say("searching", number(done), number(of));
      };
      found = await inTexts(words, tell, () => asked === mine);
      if (asked !== mine) return;
    }
    show();
  };
  const change = (wanted, typed = false) => {
    params = { ...params, page: "", ...wanted };
    writeAddress(spec.view, params, { replace: typed });
    if ("words" in wanted || "texts" in wanted) search();
    else show();
  };
  page.printing = { all: () => show({ whole: true }), back: () => show() };
  search();
  return [
    spec.plain ? null : toolbar(spec, params, change, all()),
    chips,
    make("div", { class: "listing-head" }, status, leave(spec, () => params, fitting)),
    results,
  ];
};

// A sort is the key of a column, with a minus for the other way round.
const ordered = (items, columns, sort) => {
  if (!sort) return items;
  const column = columns.find(({ key }) => key === sort.replace(/^-/, ""));
  if (!column) return items;
  const keyed = items.map((item) => [column.value(item), item]);
  const turn = sort.startsWith("-") ? -1 : 1;
  const missing = (value) => value === "" || value === -1 || value === undefined;
  keyed.sort(([one], [other]) => {
    if (missing(one) || missing(other)) return Number(missing(one)) - Number(missing(other));
    return turn * (typeof one === "number" ? one - other : one.localeCompare(other, page.language));
  });
  return keyed.map(([, item]) => item);
};

// A copy that stands in two clusters has a row in each, and is one copy.
const howMany = ({ counted, documentsOf }, items) =>
  counted === "copies" ? new Set(items.flatMap(documentsOf)).size : items.length;

const toolbar = (spec, params, change, items) => {
  const documents = items.flatMap(spec.documentsOf);
  const dated = documents.some((document) => page.core.documents.moment[document]);
  return make(
    "form",
    { class: "toolbar", role: "search", on: { submit: (event) => event.preventDefault() } },
    searchField(params.words ?? "", change),
    checkField(say("inTexts"), Boolean(params.texts), (texts) => change({ texts: texts ? 1 : "" }), "texts"),
    spec.fields?.(change),
    sourceChoice(documents, params.source ?? "", change),
    dated ? dateFields(params, change) : null,
    spec.card ? orderChoice(spec.columns, params.sort ?? "", change) : null,
  );
};

const orderChoice = (columns, value, change) =>
  choice(
    say("sort"),
    [
      ["", say("usualOrder")],
      ...columns.flatMap(({ key, label }) => [
        [key, `${label} ↑`],
        [`-${key}`, `${label} ↓`],
      ]),
    ],
    value,
    (sort) => change({ sort }),
    { id: "sort" },
  );

const chipsOf = (chosen, unreadable, change) => [
  ...chosen.map(({ name, label }) =>
    make(
      "button",
      {
        type: "button",
        class: "chip",
        "aria-label": say("removeFilter", label),
        on: { click: () => change({ [name]: "" }) },
      },
      make("bdi", {}, label),
      make("span", { "aria-hidden": "true" }, " ×"),
    ),
  ),
  ...(chosen.length > 1
    ? [
        make(
          "button",
          {
            type: "button",
            class: "chip all",
            on: { click: () => change(Object.fromEntries(chosen.map(({ name }) => [name, ""]))) },
          },
          say("removeAll"),
        ),
      ]
    : []),
  ...unreadable.map(({ value, isDate }) =>
    make(
      "p",
      { class: "unreadable", role: "alert" },
      say("unreadable", `\u2068${value}\u2069`),
      isDate ? [" ", say("datesWritten")] : null,
    ),
  ),
];

// Buttons to save, link and print what the filter selects.
const leave = (spec, params, fitting) => {
  const copy = make(
    "button",
    { type: "button", class: "button small", on: { click: () => copyAddress(copy, say("copiedLink"), say("copyLink")) } },
    say("copyLink"),
  );
  const csv = () => {
    const { items, chosen } = fitting();
    const rows = items.map((item) =>
      spec.columns.map(({ value, csv: written }) => (written ?? value)(item)).map((cell) => (cell === -1 ? "" : cell)),
    );
    const name = `${spec.view} ${namesOf(chosen)}`.replace(/[^\p{L}\p{N}]+/gu, " ").trim().replaceAll(" ", "-");
    const heads = spec.columns.map(({ label, unit }) => (unit ? `${label} (${unit})` : label));
    save(`${name.slice(0, 80)}.csv`, csvOf([heads, ...rows]), "text/csv");
  };
  return make(
    "div",
    { class: "leave" },
    make("button", { type: "button", class: "button small", id: "csv", on: { click: csv } }, "CSV"),
    copy,
    make("button", { type: "button", class: "button small", on: { click: () => window.print() } }, say("print")),
  );
};
