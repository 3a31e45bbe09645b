// Two texts, word by word, by the rules that the report's reasons are read from: the twin of core/alignment.py, except
// that nothing is left out first, because a page shows whole texts.
// The page computes them itself because a reader may lay any two documents of a cluster side by side;
// tests/output/page/test_page_align.py holds both to the same results.
import { cleanText } from "./clean_text.js";
import { foldText, wordAt, wordsOf } from "./fold.js";
import { segmentsOf } from "./word_diff.js";
import { furnitureOf, isDecimal, isName, isNumber } from "./word_types.js";


// Words in a row from which a passage that stands elsewhere in the other text was moved or repeated.
const MOVED = 4;
// Maximum number of words of a passage that fills a slot, and of one in which a fact was exchanged.
const SLOT = 3;
const SLOT_OF_FACTS = 6;
// Minimum share of common letters of two spellings of one word, and their minimum length in letters.
const ALIKE = 0.75;
const SPELT = 4;
const SPELT_TO = 1000;
// Maximum number of words of a change in which other spellings are searched for.
const RESPELT_WITHIN = 8;

const openSide = (name, text, { fold }) => {
  const folded = foldText(cleanText(text, fold), fold);
  return { name, folded, text, words: wordsOf(folded) };
};

// Splits words that the other text writes as two: a lost space is not a new word.
const partedAs = ({ folded, words }, other) => {
  const known = new Set(other.words.map(({ key }) => key));
  const glued = new Map();
  other.words.slice(1).forEach(({ key }, at) => {
    const before = other.words[at].key;
    glued.set(before + key, before.length);
  });
  return words.flatMap((word) => {
    if (known.has(word.key) || !glued.has(word.key)) return [word];
    const middle = word.first + glued.get(word.key);
    return [
      wordAt(folded, word.first, middle, word.key),
      wordAt(folded, middle, word.end, word.key),
    ];
  });
};

// One side of a comparison: its words, and after the comparison the state of each.
const prepareSide = (side, words, { fold, furniture }) => {
  const keys = words.map(({ key }) => key);
  const runs = new Map();
  for (let at = 0; at + MOVED <= keys.length; at += 1) {
    const run = keys.slice(at, at + MOVED).join(" ");
    if (!runs.has(run)) runs.set(run, at);
  }
  return {
    ...side,
    words,
    keys,
    runs,
    vocabulary: new Set(keys),
    written: new Set(side.words.map(({ key }) => key)),
    furniture: furnitureOf(foldText(side.text, fold), words, furniture),
    anchors: new Map(),
    state: words.map(() => ({ passage: -1, difference: -1, type: "", fresh: false })),
  };
};

// The text with fewer words comes first, as in the report: the same result whichever side is the left one.
const inReportOrder = (left, right) => {
  const fewer = right.keys.length - left.keys.length;
  if (fewer) return fewer < 0 ? [right, left] : [left, right];
  const at = left.keys.findIndex((key, place) => key !== right.keys[place]);
  return at >= 0 && right.keys[at] < left.keys[at] ? [right, left] : [left, right];
};

// The state of each word: its passage, its difference and its kind.
/** @param {string} leftText @param {string} rightText @param {any} given */
export const align = (leftText, rightText, given) => {
  const opened = [openSide("left", leftText, given), openSide("right", rightText, given)];
  const [left, right] = opened.map((side, at) => prepareSide(side, partedAs(side, opened[1 - at]), given));
  const found = { left, right, passages: [], moved: [], differences: [], segments: [], slots: 0, exchanged: [] };
  const [first, second] = inReportOrder(left, right);
  for (const segment of segmentsOf(first.keys, second.keys)) {
    const sides = [placed(first, segment.left), placed(second, segment.right)];
    const ranges = { [first.name]: segment.left, [second.name]: segment.right };
    found.segments.push({ kept: segment.kept, left: ranges.left, right: ranges.right });
    if (segment.kept || joined(first, sides[0].places) === joined(second, sides[1].places)) keep(found, sides);
    else change(found, sides, given);
  }
  joinMoved(found);
  nameNumbers(left, right, given);
  nameNumbers(right, left, given);
  return found;
};

// The words of a side from one place to another.
const placed = (side, [from, end]) => ({
  side,
  end,
  places: Array.from({ length: end - from }, (_, at) => from + at),
});

const joined = ({ keys }, places) => places.map((at) => keys[at]).join("");

const keep = (found, sides) => {
  for (const { side, places } of sides) {
    for (const at of places) side.state[at].passage = found.passages.length;
  }
  found.passages.push({ kept: true });
};

const isFact = (key, { numerals, dates }) => isNumber(key, numerals) || dates.has(key);

// Corresponding changed passages of both texts.
/** @param {any} found @param {any[]} sides @param {any} given */
const change = (found, [one, two], given) => {
  const [first, second] = [one.side, two.side];
  const was = leftOver(found, first, one.places, second),
    now = leftOver(found, second, two.places, first);
  const gone = was.filter((at) => isFact(first.keys[at], given)),
    come = now.filter((at) => isFact(second.keys[at], given));
  const before = found.exchanged.length;
  exchange(found, [first, gone], [second, come], given);
  const most = found.exchanged.length > before ? SLOT_OF_FACTS : SLOT;
  const slot = was.length > 0 && now.length > 0 && Math.max(was.length, now.length) <= most;
  const respelt = slot && !gone.length && !come.length && alike(joined(first, was), joined(second, now));
  if (slot && !respelt) found.slots += 1;
  nameWords([first, was], [second, now], respelt, given);
  nameWords([second, now], [first, was], respelt, given);
  addDifference(found, [
    { ...one, places: was },
    { ...two, places: now },
  ]);
};

// Removes runs of words that are elsewhere in the other text.
const leftOver = (found, side, places, other) => {
  const elsewhere = new Map();
  for (let from = 0; from + MOVED <= places.length; from += 1) {
    const target = other.runs.get(side.keys.slice(places[from], places[from] + MOVED).join(" "));
    if (target === undefined) continue;
    for (let at = 0; at < MOVED; at += 1) {
      if (!elsewhere.has(places[from] + at)) elsewhere.set(places[from] + at, target + at);
    }
  }
  let last = -2;
  for (const [at, target] of elsewhere) {
    if (at !== last + 1) {
      found.moved.push(found.passages.length);
      found.passages.push({ kept: false, side, other, target });
    }
    side.state[at].passage = found.passages.length - 1;
    last = at;
  }
  return places.filter((at) => !elsewhere.has(at));
};

// Numbers and dates that stand in each other's place, like for like.
const exchange = (found, [first, gone], [second, come], { numerals, dates }) => {
  const here = new Set(gone.map((at) => first.keys[at])),
    there = new Set(come.map((at) => second.keys[at]));
  const kinds = [isDecimal, (key) => numerals.has(key), (key) => dates.has(key)];
  for (const kind of kinds) {
    const left = gone.filter((at) => !there.has(first.keys[at]) && kind(first.keys[at]));
    const right = come.filter((at) => !here.has(second.keys[at]) && kind(second.keys[at]));
    left.slice(0, right.length).forEach((at, place) => {
      first.state[at].type = "number";
      second.state[right[place]].type = "number";
      found.exchanged.push([first.keys[at], second.keys[right[place]]]);
    });
  }
};

// Classifies the words that only one text has.
const nameWords = ([side, places], [other, facing], respelt, given) => {
  const near = places.length <= RESPELT_WITHIN && facing.length <= RESPELT_WITHIN ? facing : [];
  for (const at of places) {
    const state = side.state[at],
      key = side.keys[at];
    const spelling =
      respelt ||
      (!other.vocabulary.has(key) && !isFact(key, given) && near.some((place) => alike(key, other.keys[place])));
    state.fresh = !spelling && !other.vocabulary.has(key);
    state.new = !respelt;
    state.type ||= spelling ? "spelling" : state.fresh && isName(side, at) ? "name" : "word";
  }
};

// A difference that the reader can step to. Boilerplate that only one side has is none, unless it replaces something.
const addDifference = (found, sides) => {
  const number = found.differences.length;
  const replaced = sides.every(({ places }) => places.length > 0);
  const difference = {};
  for (const { side, places } of sides) {
    difference[side.name] = places.filter((at) => replaced || !side.furniture[at]);
  }
  if (!difference.left.length && !difference.right.length) return;
  for (const { side, end } of sides) {
    for (const at of difference[side.name]) side.state[at].difference = number;
    if (!difference[side.name].length) side.anchors.set(end, number);
  }
  found.differences.push(difference);
};

// Numbers that the other text lacks always count, because the reasons name them.
const nameNumbers = (side, other, { numerals }) => {
  side.words.forEach(({ whole }, at) => {
    if (isNumber(whole, numerals) && !other.written.has(whole)) side.state[at].type = "number";
  });
};

// Which passage of the other side a moved or repeated one is found in; what moved has one number on both sides.
const joinMoved = ({ passages, moved }) => {
  let last = 0;
  for (const place of moved) {
    const passage = passages[place];
    passage.to = passage.other.state[passage.target].passage;
    passage.number = passages[passage.to]?.number ?? (last += 1);
  }
};

// Whether two words are spellings of one.
const alike = (one, other) => {
  if (one === other) return true;
  const [shorter, longer] = [[...one], [...other]].sort((a, b) => a.length - b.length);
  if (shorter.length < Math.max(SPELT, ALIKE * longer.length) || longer.length > SPELT_TO) return false;
  return editDistance(shorter, longer) <= (1 - ALIKE) * longer.length;
};

// Levenshtein distance.
const editDistance = (one, other) => {
  let before = other.map((_, at) => at + 1);
  one.forEach((letter, row) => {
    let [corner, left] = [row, row + 1];
    before = before.map((above, at) => {
      left = Math.min(above + 1, left + 1, corner + (letter === other[at] ? 0 : 1));
      corner = above;
      return left;
    });
  });
  return before.at(-1) ?? one.length;
};
