// A list as a table. Every column head sorts it; on a phone each row is a card.
import { make } from "../elements.js";
import { say } from "../words/format.js";

/** @param {any} spec @param {any[]} items @param {string} sort @param {(sort: string) => void} order */
export const tableOf = ({ columns, row }, items, sort = "", order) =>
  make(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": `${say("table")}: ${columns[0].label}` },
    make(
      "table",
      { class: "listing" },
      make("thead", {}, make("tr", {}, columns.filter(({ show }) => show).map((column) => head(column, sort, order)))),
      make(
        "tbody",
        {},
        items.map((item) =>
          make(
            "tr",
            row?.(item) ?? {},
            columns
              .filter(({ show }) => show)
              .map(({ show, label, count }, place) =>
                make(
                  place ? "td" : "th",
                  { class: count ? "count" : "", "data-label": label, scope: place ? undefined : "row" },
                  show(item),
                ),
              ),
          ),
        ),
      ),
    ),
  );

const head = ({ key, label, count, title }, sort, order) => {
  const current = sort.replace(/^-/, "") === key;
  const down = sort.startsWith("-");
  const first = count ? `-${key}` : key;
  const next = !current ? first : sort === first ? (down ? key : `-${key}`) : "";
  return make(
    "th",
    {
      scope: "col",
      class: count ? "count" : "",
      title,
      "aria-sort": current ? (down ? "descending" : "ascending") : undefined,
    },
    make(
      "button",
      { type: "button", class: "order", on: { click: () => order(next) } },
      label,
      make("span", { class: "arrows", "aria-hidden": "true" }, current ? (down ? "\u00a0↓" : "\u00a0↑") : "\u00a0↕"),
    ),
  );
};
