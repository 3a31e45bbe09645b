import assert from "node:assert/strict";
import { test } from "node:test";
import { csvOf } from "../src/lists/csv.js";

test("rows are one line each, quoted where they must be", () => {
  assert.equal(csvOf([["a", 'b "c", d', 7], ["two\nlines", "", -1]]), '\ufeffa,"b ""c"", d",7\r\ntwo lines,,-1\r\n');
});

test("a spreadsheet runs nothing", () => {
  assert.equal(csvOf([["=1+1", "@x", "\u200c+2", "-3"]]), "\ufeff'=1+1,'@x,'\u200c+2,'-3\r\n");
});
