// When the documents of clusters were published: firsts and copies, by day, month or year.
import { linkTo, make } from "../elements.js";
import { dayOf } from "../lists/bounds.js";
import { panel } from "./panel.js";
import { dayName, digits, locale, monthOf, number, page, say } from "../words/format.js";

const MOST_COLUMNS = 62;

// The number of the day, month or year of a moment, and its name; months and years are those of the page.
const UNITS = {
  day: [(moment) => Math.floor(moment / 1440), (day) => dayName(day * 1440)],
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

const published = () => {
  const { clusters, clusterOf, documents, span } = page.core;
  return [...clusters.members.entries()]
    .filter(([, document]) => documents.moment[document])
    .map(([at, document]) => [documents.moment[document], at === span[clusterOf[at]].first]);
};

// Days, months and years without documents are included.
const columnsOf = (found) => {
  const moments = found.map(([moment]) => moment);
  const first = moments.reduce((one, other) => Math.min(one, other)),
    last = moments.reduce((one, other) => Math.max(one, other));
  const unit = Object.keys(UNITS).find((name) => place(name, last) - place(name, first) < MOST_COLUMNS) ?? "year";
  const columns = new Map();
  for (let at = place(unit, first); at <= place(unit, last); at += 1)
    columns.set(at, { name: UNITS[unit][1](at), firsts: 0, later: 0, from: Infinity, to: 0 });
  const days = new Map(); // the calendar is asked once a day
  for (const [moment, opens] of found) {
    const day = Math.floor(moment / 1440);
    if (!days.has(day)) days.set(day, columns.get(place(unit, moment)));
    const column = days.get(day);
    column[opens ? "firsts" : "later"] += 1;
    column.from = Math.min(column.from, moment);
    column.to = Math.max(column.to, moment);
  }
  return { unit, columns: [...columns.values()] };
};

const place = (unit, moment) => UNITS[unit][0](moment);

export const whenPanel = () => {
  const found = published();
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
