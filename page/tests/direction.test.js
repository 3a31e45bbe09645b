import assert from "node:assert/strict";
import { test } from "node:test";
import { directionOf } from "../src/text/direction.js";

test("most letters say which way a line runs", () => {
  assert.equal(directionOf("COVID-19 در شهر سپیدکوه فروکش کرد"), "rtl");
  assert.equal(directionOf("The mayor said «سلام» to all of them"), "ltr");
  assert.equal(directionOf("2024 – 17"), "auto");
  assert.equal(directionOf("大桥开通"), "ltr");
});
