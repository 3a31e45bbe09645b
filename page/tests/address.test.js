import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, hashOf } from "../src/address.js";

test("an address says which view and which filters, whatever the script", () => {
  const hash = hashOf("copies", { by: "پیک بامداد", first: "a&b=c", page: 2, words: "" });

  assert.deepEqual(addressOf(hash), { view: "copies", params: { by: "پیک بامداد", first: "a&b=c", page: "2" } });
});

test("half an escape means nothing and breaks nothing", () => {
  assert.deepEqual(addressOf("#%E0%A4"), { view: "", params: {} });
});
