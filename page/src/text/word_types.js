// Classifies words: boilerplate of a site, numbers, likely names.
import { firstAtLeast } from "./fold.js";

const SENTENCES = /[\n.!?؟]+/g;
const CUES =
  /^(انتهایپیام|بیشتربخوانید|بیشتربدانید|همچنینبخوانید|کدخبر|کلیدواژه|برچسبها|اخبارمرتبط|اقراایضا|readmore|readalso|relatedstories|alsoread|followuson)/;
const NAME_CUES = new Set([
  "اقای",
  "خانم",
  "دکتر",
  "مهندس",
  "سردار",
  "شهید",
  "حجتالاسلام",
  "ایتالله",
  "سرلشکر",
  "سرتیپ",
  "پروفسور",
  "الدکتور",
  "السید",
  "mr",
  "mrs",
  "ms",
  "dr",
]);
const NAME_ENDS = /(زاده|پور|نژاد|نیا|وندی|اللهی)$/;
const SHORTEST_NAME = 5;

const sentencesOf = (text) => {
  const bounds = [];
  let begin = 0;
  for (const found of text.matchAll(SENTENCES)) {
    bounds.push([begin, found.index]);
    begin = found.index + found[0].length;
  }
  bounds.push([begin, text.length]);
  return bounds;
};

// Which words belong to the furniture of a site: sentences that stand in many stories, and the passages that
// the report left out of the match. The text is folded as it was written: both may hold addresses.
export const furnitureOf = ({ text, letters, begins, ends }, words, { sentences, passages }) => {
  const marked = new Uint8Array(words.length);
  const places = words.map(({ begin }) => begin);
  const mark = (first, end) => {
    if (first === end) return;
    const stop = ends[end - 1];
    for (let at = firstAtLeast(places, begins[first]); at < words.length && words[at].stop <= stop; at += 1)
      marked[at] = 1;
  };
  for (const [begin, stop] of sentencesOf(text)) {
    const [first, end] = [firstAtLeast(begins, begin), firstAtLeast(begins, stop)];
    const key = letters.slice(first, end);
    if (sentences.has(key) || CUES.test(key)) mark(first, end);
  }
  for (const passage of passages) {
    for (let at = letters.indexOf(passage); at >= 0; at = letters.indexOf(passage, at + passage.length)) {
      mark(at, at + passage.length);
    }
  }
  return marked;
};

export const isDecimal = (key) => /^\p{Nd}+$/u.test(key);

export const isNumber = (key, numerals) => isDecimal(key) || numerals.has(key);

// A guess, and labelled as one: a title before the word, the ending of a surname, or a capital inside a sentence.
export const isName = (side, place) => {
  const word = side.words[place],
    before = side.words[place - 1];
  const written = side.text.slice(word.begin, word.stop);
  if (/^\p{Lu}/u.test(written))
    return Boolean(before) && !/[.!?\n]/.test(side.text.slice(before.stop, word.begin));
  if (before && NAME_CUES.has(before.key)) return true;
  return word.key.length >= SHORTEST_NAME && NAME_ENDS.test(word.key);
};
