// When the documents of clusters were published: firsts and copies, by day, month or year.
import { linkTo, make } from "../elements.js";
import { dayOf } from "../lists/bounds.js";
import { panel } from "./panel.js";
import { dayName, digits, locale, monthOf, number, page, say } from "../words/format.js";

const MOST_COLUMNS = 62;
// Minutes.
const DAY = 1440;

// The number of the day, month or year of a moment, and its name; months and years are those of the page.
const UNITS = {
  day: [(moment) => Math.floor(moment / DAY), (day) => dayName(day * DAY)],
  month: [
    (moment) => monthNumber(moment),
    (month) => digits(`${Math.floor(month / 12)}/${String((month % 12) + 1).padStart(2, "0")}`),
  ],
  year: [(moment) => Math.floor(monthNumber(moment) / 12), (year) => digits(year)],
};

const monthNumber = (moment) => {
  const { year, month } = monthOf(moment);
  return year * 12 + month - 1;
};

// Firsts and copies by day, each with its first and last moment: the calendar is asked once a day.
const days = () => {
  const { clusters, clusterOf, documents, span } = page.core;
  const found = new Map();
  clusters.members.forEach((document, at) => {
    const moment = documents.moment[document];
    if (!moment) return;
    const day = Math.floor(moment / DAY);
    let counts = found.get(day);
    if (!counts) found.set(day, (counts = { firsts: 0, later: 0, from: moment, to: moment }));
    counts[at === span[clusterOf[at]].first ? "firsts" : "later"] += 1;
    counts.from = Math.min(counts.from, moment);
    counts.to = Math.max(counts.to, moment);
  });
  return [...found.values()];
};

// Days, months and years without documents are included.
const columnsOf = (found) => {
  const first = found.reduce((least, { from }) => Math.min(least, from), Infinity),
    last = found.reduce((most, { to }) => Math.max(most, to), 0);
  const unit = Object.keys(UNITS).find((name) => place(name, last) - place(name, first) < MOST_COLUMNS) ?? "year";
  const columns = new Map();
  for (let at = place(unit, first); at <= place(unit, last); at += 1)
    columns.set(at, { name: UNITS[unit][1](at), firsts: 0, later: 0, from: Infinity, to: 0 });
  for (const { firsts, later, from, to } of found) {
    const column = columns.get(place(unit, from));
    column.firsts += firsts;
    column.later += later;
    column.from = Math.min(column.from, from);
    column.to = Math.max(column.to, to);
  }
  return { unit, columns: [...columns.values()] };
};

const place = (unit, moment) => UNITS[unit][0](moment);

export const whenPanel = () => {
  const found = days();
  if (!found.length) return null;
  const { unit, columns } = columnsOf(found);
  if (columns.length === 1) return null;
  const most = Math.max(...columns.map(({ firsts, later }) => firsts + later));
  const described = ({ name, firsts, later }) =>
    `${name}: ${say("firsts")} ${number(firsts)}${locale().comma}${say("copies")} ${number(later)}`;
  const height = (count) => ({ "block-size": `${(100 * count) / most}%` });
  const bars = columns.map((column) =>
    make(
      "li",
      { title: described(column) },
      column.to
        ? linkTo(
            "clusters",
            { from: dayOf(column.from), to: dayOf(column.to) },
            { "aria-label": described(column) },
            make("span", { class: "later", style: height(column.later) }),
            make("span", { class: "firsts", style: height(column.firsts) }),
          )
        : null,
    ),
  );
  const when = panel(
    say("when"),
    say("whenNote", say(unit)),
    make(
      "div",
      { class: "key", "aria-hidden": "true" },
      make("span", { class: "firsts" }),
      say("firsts"),
      make("span", { class: "later" }),
      say("copies"),
      make("em", { class: "soft" }, say("most", number(most))),
    ),
    make("ol", { class: "timeline" }, bars),
    make(
      "div",
      { class: "ends", "aria-hidden": "true" },
      make("span", {}, columns[0].name),
      make("span", {}, columns.at(-1).name),
    ),
  );
  return when;
};
