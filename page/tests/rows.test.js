import assert from "node:assert/strict";
import { test } from "node:test";
import { align } from "../src/text/align.js";
import { foldsOf, rowsOf, wordsOf } from "../src/text/rows.js";

const fold = (letter) => (/[\p{P}\p{S}\p{Z}\p{C}]/u.test(letter) ? " " : letter.toLowerCase());
const given = { fold, furniture: { sentences: new Set(), passages: [] }, numerals: new Set(), dates: new Set() };
const rows = (left, right) => {
  const alignment = align(left, right, given);
  const text = (side, [from, end]) => alignment[side].keys.slice(from, end).join(" ");
  return rowsOf(alignment).map((row) => [text("left", row.left), text("right", row.right), row.equal]);
};

test("rows end where both texts end a sentence", () => {
  assert.deepEqual(
    rows("The dam is full. It holds 215 tons. People are glad.", "The dam is full. It holds 251 tons. People are glad."),
    [
      ["the dam is full", "the dam is full", true],
      ["it holds 215 tons", "it holds 251 tons", false],
      ["people are glad", "people are glad", true],
    ],
  );
});

test("a sentence that one text lacks has an empty cell beside it", () => {
  assert.deepEqual(rows("One is here. Two came late today. Three is gone.", "One is here. Three is gone."), [
    ["one is here", "one is here", true],
    ["two came late today", "", false],
    ["three is gone", "three is gone", true],
  ]);
});

test("a passage that moved is no equal row", () => {
  const found = rows(
    "Alpha beta gamma delta epsilon. One two three four five six.",
    "One two three four five six. Alpha beta gamma delta epsilon.",
  );

  assert.ok(found.some(([, , equal]) => !equal));
  assert.equal(found.map(([left]) => left).filter(Boolean).join(" ").split(" ").length, 11);
});

test("texts that are equal fold into one, short ones stay open", () => {
  const long = "word by word it says the same as the other one does. ".repeat(3);

  assert.deepEqual(foldsOf(rowsOf(align(long, long, given))).map(({ folded, words }) => [folded, words]), [[true, 36]]);
  assert.equal(foldsOf(rowsOf(align("Two words.", "Two words.", given)))[0].folded, false);
});

test("an empty text beside another is one row", () => {
  assert.deepEqual(rows("", "some words"), [["", "some words", false]]);
});

test("words of rows are counted as those of a document are", () => {
  const alignment = align("20جولائی 2014 کو, it rained (a lot).", "20جولائی 2014 کو, it rained (a lot).", given);

  assert.equal(wordsOf(alignment.left, rowsOf(alignment)), 7);
});

test("words are not counted in a script without spaces", () => {
  const alignment = align("今日记者从会议获悉。", "今日记者从会议获悉。", given);

  assert.equal(wordsOf(alignment.left, rowsOf(alignment)), null);
});
