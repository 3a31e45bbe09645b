import assert from "node:assert/strict";
import { test } from "node:test";
import { boundOf, dayOf } from "../src/lists/bounds.js";
import { momentOf } from "../src/words/format.js";

const cases = [
  ["2024-03-03", [2024, 3, 3], [2024, 3, 4]],
  ["۱۴۰۲/۱۲/۱۳", [2024, 3, 3], [2024, 3, 4]],
  ["١٤٠٢/١٢/١٣", [2024, 3, 3], [2024, 3, 4]],
  ["1402-12", [2024, 2, 20], [2024, 3, 20]],
  ["1403", [2024, 3, 20], [2025, 3, 21]],
  ["2023.12", [2023, 12, 1], [2024, 1, 1]],
];

for (const [written, first, after] of cases) {
  test(`${written} is from its first minute to the one after it`, () => {
    assert.deepEqual([boundOf(written, false), boundOf(written, true)], [momentOf(...first), momentOf(...after)]);
  });
}

test("what is no date is no bound", () => {
  for (const written of ["", "yesterday", "2024-13", "2024-00-01", "12"]) assert.equal(boundOf(written, false), NaN);
});

test("a day is written as its bound is read", () => {
  assert.equal(dayOf(momentOf(2024, 3, 3) + 700), "2024-03-03");
});
