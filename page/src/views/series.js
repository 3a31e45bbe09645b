// Series: texts that fill one template. Their fixed wording with numbered slots, and what fills these over time.
import { foreign, heading, link, make, pager } from "../elements.js";
import { csvOf } from "../lists/csv.js";
import { save } from "../save.js";
import { detailsOf } from "../store.js";
import { moreNote } from "./pairs.js";
import { dateText, digits, number, page, say } from "../words/format.js";

const SERIES = 25;
const SERIES_MEMBERS = 50;

// The fixed passages, with a numbered slot between each two.
const skeletonOf = (wording) =>
  make(
    "p",
    { class: "skeleton", dir: "auto" },
    wording.flatMap((passage, place) => [
      place ? make("span", { class: "slot" }, number(place)) : "",
      place ? ` ${passage} ` : `${passage} `,
    ]),
  );

const seriesCard = (place) => {
  const { sizes, wording } = page.core.series;
  return make(
    "li",
    { class: "card" },
    heading(2, link(`series-${place + 1}`, {}, say("oneSeries", number(place + 1)))),
    make("p", { class: "note" }, say("size", number(sizes[place]))),
    skeletonOf(wording[place]),
  );
};

export const seriesListView = () => {
  const { sizes, more } = page.core.series;
  const list = make("div", {});
  const show = (current) => {
    const places = sizes.map((_, place) => place).slice(current * SERIES, (current + 1) * SERIES);
    list.replaceChildren(
      ...[
        places.length ? make("ol", { class: "cards" }, places.map(seriesCard)) : make("p", {}, say("none")),
        pager(sizes.length, SERIES, current, show),
      ].filter(Boolean),
    );
  };
  show(0);
  return make(
    "div",
    {},
    heading(1, say("series"), { tabindex: "-1" }),
    make("p", { class: "note" }, say("seriesNote")),
    list,
    moreNote(more),
  );
};

const seriesTable = ({ slots, members, dated }) => {
  const head = make(
    "tr",
    {},
    [say("document"), ...(dated ? [say("date")] : [])].map((name) => make("th", { scope: "col" }, name)),
    slots.map((_, place) => make("th", { scope: "col" }, make("span", { class: "slot" }, number(place + 1)))),
  );
  const row = ([title, source, published, moment, values]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, foreign(title), source ? make("span", { class: "facts" }, foreign(source)) : null),
      dated ? make("td", {}, published ? foreign(dateText(published, moment)) : "") : null,
      slots.map((_, place) => make("td", { class: "count" }, values[place] ? foreign(digits(values[place])) : "–")),
    );
  return make(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": say(dated ? "seriesMembers" : "documentsShort") },
    make("table", { class: "plain" }, make("thead", {}, head), make("tbody", {}, members.map(row))),
  );
};

const slotList = (slots) =>
  make(
    "ol",
    { class: "slots" },
    slots.map(([distinct, least, most], place) =>
      make(
        "li",
        {},
        make("span", { class: "slot" }, number(place + 1)),
        " ",
        distinct === 1
          ? foreign(digits(least || "–"))
          : [
              say("distinctValues", number(distinct)),
              ": ",
              foreign(digits(least || "–")),
              " … ",
              foreign(digits(most || "–")),
            ],
      ),
    ),
  );

// Saves the values of the slots as CSV: a row for each member, a column for each slot.
const saveSeries = (place, { slots, members }) => {
  const heads = [say("document"), say("source"), say("date"), ...slots.map((_, slot) => String(slot + 1))];
  const rows = members.map(([title, source, published, , values]) => [
    title,
    source,
    published,
    ...slots.map((_, slot) => values[slot] ?? ""),
  ]);
  save(`series-${place + 1}.csv`, csvOf([heads, ...rows]), "text/csv");
};

export const seriesView = (place) => {
  const body = make("div", {}, make("p", { class: "note" }, say("loading")));
  detailsOf("series", place, page.core.series.together).then((series) => {
    const rows = make("div", {});
    const dated = series.members.some(([, , published]) => published);
    const show = (current) =>
      rows.replaceChildren(
        ...[
          seriesTable({
            ...series,
            dated,
            members: series.members.slice(current * SERIES_MEMBERS, (current + 1) * SERIES_MEMBERS),
          }),
          pager(series.members.length, SERIES_MEMBERS, current, show),
        ].filter(Boolean),
      );
    show(0);
    body.replaceChildren(
      ...[
        make("div", { class: "card" }, skeletonOf(series.wording)),
        slotList(series.slots),
        moreNote(series.more_slots),
        make(
          "div",
          { class: "listing-head" },
          heading(2, say(dated ? "seriesMembers" : "documentsShort"), { class: "section" }),
          make("button", { type: "button", class: "button small", id: "csv", on: { click: () => saveSeries(place, series) } }, "CSV"),
        ),
        rows,
        moreNote(series.more),
      ].filter(Boolean),
    );
  });
  return make(
    "div",
    {},
    make("p", { class: "crumbs" }, link("series", {}, say("backToList"))),
    heading(1, say("oneSeries", number(place + 1)), { tabindex: "-1" }),
    make("p", { class: "note" }, say("size", number(page.core.series.sizes[place]))),
    body,
  );
};
