// When the documents of clusters were published: firsts and copies, by day, month or year.
import { make } from "../elements.js";
import { panel } from "./overview.js";
import { dayName, digits, inPersian, monthOf, number, page, say } from "../words/format.js";

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
  const { clusters, documents, span, starts } = page.core;
  const found = [];
  span.forEach(({ opener }, cluster) => {
    for (let at = starts[cluster]; at < starts[cluster + 1]; at += 1) {
      const document = clusters.members[at];
      if (documents.moment[document]) found.push([documents.moment[document], document === opener]);
    }
  });
  return found;
};

// Days, months and years without documents keep their place.
const columnsOf = (found) => {
  const moments = found.map(([moment]) => moment);
  const first = moments.reduce((one, other) => Math.min(one, other)),
    last = moments.reduce((one, other) => Math.max(one, other));
  const unit = Object.keys(UNITS).find((name) => place(name, last) - place(name, first) < MOST_COLUMNS) ?? "year";
  const columns = new Map();
  for (let at = place(unit, first); at <= place(unit, last); at += 1)
    columns.set(at, { name: UNITS[unit][1](at), firsts: 0, later: 0 });
  const days = new Map(); // the calendar is asked once a day
  for (const [moment, opens] of found) {
    const day = Math.floor(moment / 1440);
    if (!days.has(day)) days.set(day, columns.get(place(unit, moment)));
    days.get(day)[opens ? "firsts" : "later"] += 1;
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
    `${name}: ${say("firsts")} ${number(firsts)}${inPersian() ? "، " : ", "}${say("later")} ${number(later)}`;
  const height = (count) => ({ "block-size": `${(100 * count) / most}%` });
  const bars = columns.map((column) =>
    make(
      "li",
      { title: described(column) },
      make("span", { class: "unseen" }, described(column)),
      make("span", { class: "later", style: height(column.later) }),
      make("span", { class: "firsts", style: height(column.firsts) }),
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
      say("later"),
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
