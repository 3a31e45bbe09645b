// One side of a comparison: the whole text, its shared passages and its differences marked.
import { make } from "../elements.js";
import { directionOf } from "../text/direction.js";
import { number, say } from "../words/format.js";

// Words from which a difference is a passage of its own, and marked more quietly.
const LONG = 12;

// Returns the CSS class of a run of words.
const markOf = (side, place, { differences, passages }) => {
  const { passage, difference, type } = side.state[place];
  const furniture = side.furniture[place] ? " furniture" : "";
  if (difference >= 0) {
    const long = differences[difference][side.name].length > LONG ? " long" : "";
    return { key: `d${difference} ${type}`, class: `only ${type}${long}`, difference };
  }
  if (type === "number") return { key: `n${passage}`, class: "only number" };
  if (passage < 0) return { key: `s${furniture}`, class: `same${furniture}` };
  const moved = passages[passage].kept ? "" : "moved";
  return { key: `p${passage}${furniture}`, class: `${moved || "same"}${furniture}`, passage, moved };
};

// Runs of words that are marked alike, and the bounds of each in the text.
const markedRuns = (side, alignment, from, end) => {
  const runs = [];
  side.words.slice(from, end).forEach((word, step) => {
    const place = from + step;
    const mark = markOf(side, place, alignment);
    const last = runs.at(-1);
    const begin = Math.max(word.begin, last?.stop ?? 0);
    if (last && last.mark.key === mark.key && !side.anchors.has(place)) last.stop = word.stop;
    else runs.push({ mark, begin, stop: word.stop, place });
  });
  return runs;
};

const paragraphs = (cell) => {
  const start = () => {
    const line = make("p", {});
    cell.append(line);
    return line;
  };
  let line = start();
  return (text, wrap) =>
    text.split("\n").forEach((part, place) => {
      if (place && line.childNodes.length) line = start();
      if (part) line.append(wrap ? wrap(part) : part);
    });
};

// The words of one side from one place to another, with what stands around them, marked.
export const cellOf = (side, alignment, row, jump) => {
  const [from, end] = row[side.name];
  const cell = make("div", { class: "cell", "data-side": side.name });
  const write = paragraphs(cell);
  const gone = (place) => {
    const difference = side.anchors.get(place);
    if (row.differences.has(difference))
      write(" ", () => make("span", { class: "gone", "data-difference": String(difference) }));
  };
  const stop = end < side.words.length ? side.words[end].begin : side.text.length;
  let at = from === 0 ? 0 : from < side.words.length ? side.words[from].begin : side.text.length;
  for (const run of markedRuns(side, alignment, from, end)) {
    write(side.text.slice(at, run.begin));
    gone(run.place);
    if (run.mark.moved && startsPassage(side, run.place))
      write(" ", () => movedButton(alignment.passages[run.mark.passage], side.name, jump));
    write(side.text.slice(run.begin, run.stop), (part) =>
      make(
        "mark",
        {
          class: run.mark.class,
          "data-difference": run.mark.difference === undefined ? undefined : String(run.mark.difference),
          "data-passage": run.mark.passage === undefined ? undefined : String(run.mark.passage),
        },
        part,
      ),
    );
    at = run.stop;
  }
  write(side.text.slice(at, stop));
  gone(end);
  for (const line of cell.querySelectorAll("p")) {
    if (line.textContent.trim() || line.querySelector(".gone")) line.dir = directionOf(line.textContent);
    else line.remove();
  }
  return cell;
};

const startsPassage = ({ state }, place) => place === 0 || state[place - 1].passage !== state[place].passage;

const movedButton = ({ number: shown, to }, name, jump) =>
  make(
    "button",
    {
      type: "button",
      class: "moved-link",
      "aria-label": say("movedTo", number(shown)),
      on: { click: () => jump(to, name === "left" ? "right" : "left") },
    },
    `⇅ ${number(shown)}`,
  );
