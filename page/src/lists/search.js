// Words that somebody looks for, in headlines, sources and ids, and in texts when asked.
import { sourceOf, unpack } from "../store.js";
import { foldLine } from "../text/fold.js";
import { page } from "../words/format.js";

// What a search looks at: headline, source, id and file of each document.
const haystack = () => {
  const { core } = page;
  core.haystack ??= core.documents.id.map(
    (id, document) =>
      `${core.documents.title[document]} ${sourceOf(document)} ${id} ${core.documents.path[document]}`,
  );
  return core.haystack;
};

// Each word of a search as a pattern of all spellings that fold to it: texts need not be folded for it.
export const wordsSought = (text) => foldLine(text, page.core.fold).split(" ").filter(Boolean).map(patternOf);

const patternOf = (word) => {
  const { spellings } = page.core;
  const anyOf = (letters) =>
    `[${[...letters].map((letter) => `\\u{${letter.codePointAt(0).toString(16)}}`).join("")}]`;
  const letters = [...word].map((letter) => (spellings.has(letter) ? anyOf(spellings.get(letter)) : "(?!)"));
  return new RegExp(letters.join(spellings.has("") ? `${anyOf(spellings.get(""))}*` : ""), "u");
};

export const holds = (line, patterns) => patterns.every((pattern) => pattern.test(line));

// Whether any of some documents fits all words.
export const fitsWords = (documents, patterns) =>
  documents.some((document) => holds(haystack()[document], patterns));

// Numbers of the documents whose texts hold all words; tells how far it is.
export const inTexts = async (words, progress, wanted) => {
  const found = new Set();
  const { chunk_starts: starts } = page.core;
  for (let chunk = 0; chunk < starts.length; chunk += 1) {
    if (!wanted()) return null;
    progress(chunk, starts.length);
    const texts = await unpack(`text-${chunk}`);
    texts.forEach((text, place) => {
      if (text && holds(text, words)) found.add(starts[chunk] + place);
    });
  }
  return found;
};
