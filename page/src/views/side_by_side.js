// One side of a comparison: the whole text, its shared passages and its differences marked.
import { make } from "../elements.js";
import { number, say } from "../words/format.js";


// Words from which a difference is a passage of its own, and marked more quietly.
const LONG = 12;

// What a run of words is shown as.
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
const markedRuns = (side, alignment) => {
  const runs = [];
  side.words.forEach((word, place) => {
    const mark = markOf(side, place, alignment);
    const last = runs.at(-1);
    const begin = Math.max(word.begin, last?.stop ?? 0);
    if (last && last.mark.key === mark.key && !side.anchors.has(place)) last.stop = word.stop;
    else runs.push({ mark, begin, stop: word.stop, place });
  });
  return runs;
};

const paragraphs = (pane) => {
  let line = make("p", { dir: "auto" });
  pane.append(line);
  return (text, wrap) =>
    text.split("\n").forEach((part, place) => {
      if (place && line.childNodes.length) {
        line = make("p", { dir: "auto" });
        pane.append(line);
      }
      if (part) line.append(wrap ? wrap(part) : part);
    });
};

export const paneOf = (name, side, alignment, jump) => {
  const pane = make("div", {
    class: "pane",
    tabindex: "0",
    role: "region",
    "aria-label": say(name),
    "data-side": name,
  });
  const write = paragraphs(pane);
  const gone = (difference) =>
    write(" ", () => make("span", { class: "gone", "data-difference": String(difference) }));
  const shown = new Set();
  let at = 0;
  for (const { mark, begin, stop, place } of markedRuns(side, alignment)) {
    write(side.text.slice(at, begin));
    if (side.anchors.has(place)) gone(side.anchors.get(place));
    if (mark.moved && !shown.has(mark.passage)) {
      shown.add(mark.passage);
      write(" ", () => movedButton(alignment.passages[mark.passage], name, jump));
    }
    write(side.text.slice(begin, stop), (part) =>
      make(
        "mark",
        {
          class: mark.class,
          "data-difference": mark.difference === undefined ? undefined : String(mark.difference),
          "data-passage": mark.passage === undefined ? undefined : String(mark.passage),
        },
        part,
      ),
    );
    at = stop;
  }
  write(side.text.slice(at));
  if (side.anchors.has(side.words.length)) gone(side.anchors.get(side.words.length));
  return pane;
};

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

// Brings a place of a pane into its middle, without moving the page.
export const bringUp = (pane, element) => {
  const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollBy({ top: top - pane.clientHeight / 3 });
};
