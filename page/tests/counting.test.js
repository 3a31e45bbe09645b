import assert from "node:assert";
import { test } from "node:test";
import { countDocuments } from "../src/store.js";

test("a document of two clusters is counted once under a key", () => {
  const counted = countDocuments([1, 2]);
  for (const [key, document] of [["a", 0], ["a", 1], ["a", 1], ["b", 1]]) counted.add(key, document);

  assert.deepEqual([counted.get("a"), counted.get("b"), counted.get("c")], [2, 1, 0]);
});
