// When the documents of clusters were published: firsts and copies, by day, month or year.
const MOST_COLUMNS = 62;

const UNITS = [
  ["day", (moment) => Math.floor(moment / 1440), 1],
  ["month", (moment) => Math.floor(moment / 1440 / 31), 31],
  ["year", (moment) => Math.floor(moment / 1440 / 31 / 12), 372],
];

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

// Days without documents keep their place, but not the 31sts that no month has.
const columnsOf = (found) => {
  const moments = found.map(([moment]) => moment);
  const first = moments.reduce((one, other) => Math.min(one, other)),
    last = moments.reduce((one, other) => Math.max(one, other));
  const [unit, place, days] = UNITS.find(([, of]) => of(last) - of(first) < MOST_COLUMNS) ?? UNITS[2];
  const columns = new Map();
  for (let at = place(first); at <= place(last); at += 1) {
    if (unit !== "day" || exists(fieldsOf(at * 1440)))
      columns.set(at, { start: at * days * 1440, firsts: 0, later: 0 });
  }
  for (const [moment, opens] of found) {
    const column = columns.get(place(moment));
    if (column) column[opens ? "firsts" : "later"] += 1;
  }
  return { unit, columns: [...columns.values()] };
};

const exists = ({ year, month, day }) =>
  !isWestern(year) || new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;

const columnName = (unit, start) => {
  const fields = fieldsOf(start);
  if (unit === "day") return dayName(fields);
  // Months of an archive are those of its own calendar: half a Persian month is no column.
  return digits(unit === "year" ? fields.year : `${fields.year}/${String(fields.month).padStart(2, "0")}`);
};

const whenPanel = () => {
  const found = published();
  if (!found.length) return null;
  const { unit, columns } = columnsOf(found);
  if (columns.length === 1) return null;
  const most = Math.max(...columns.map(({ firsts, later }) => firsts + later));
  const name = ({ start, firsts, later }) =>
    `${columnName(unit, start)}: ${say("firsts")} ${number(firsts)}${inPersian() ? "، " : ", "}${say("later")} ${number(later)}`;
  const height = (count) => ({ "block-size": `${(100 * count) / most}%` });
  const bars = columns.map((column) =>
    make(
      "li",
      { title: name(column) },
      make("span", { class: "unseen" }, name(column)),
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
      make("span", {}, columnName(unit, columns[0].start)),
      make("span", {}, columnName(unit, columns.at(-1).start)),
    ),
  );
  return when;
};
