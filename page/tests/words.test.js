// The sentences of the page: every language says everything, with the same places to fill in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES } from "../src/words/languages.js";

const sentences = (words, path = "") =>
  Object.entries(words).flatMap(([key, said]) =>
    typeof said === "string"
      ? [[path + key, [...new Set(said.match(/\{\d/g))].sort().join(" ")]]
      : sentences(said, `${path}${key}.`),
  );

for (const [language, { words }] of Object.entries(LANGUAGES)) {
  test(`${language} says all that English says`, () => {
    assert.deepEqual(Object.fromEntries(sentences(words)), Object.fromEntries(sentences(LANGUAGES.en.words)));
  });
}
