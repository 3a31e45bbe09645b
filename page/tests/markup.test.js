import assert from "node:assert/strict";
import { test } from "node:test";
import { markupOf } from "../src/text/markup.js";

const text = (nodeValue) => ({ nodeType: 3, nodeValue });
const element = (tagName, attributes, ...childNodes) => ({
  nodeType: 1,
  tagName,
  childNodes,
  getAttributeNames: () => Object.keys(attributes),
  getAttribute: (name) => attributes[name],
});
const page = { title: "<b>", language: "fa", direction: "rtl", sheet: "a{}</style><script>" };

test("what a document says is escaped, and nothing that acts is kept", () => {
  const hostile = element("P", { class: "x", onclick: "alert(1)", title: '"><i>' }, text("<script>alert(1)</script>"));

  const written = markupOf(element("MAIN", {}, hostile), page);

  assert.ok(written.includes('<p class="x" title="&quot;&gt;&lt;i&gt;">&lt;script&gt;alert(1)&lt;/script&gt;</p>'));
  assert.ok(written.includes("<title>&lt;b&gt;</title>"));
  assert.ok(!/onclick|<\/style><script/.test(written));
  assert.equal(written.match(/<script/g).length, 1, "the one in the sheet, which it does not end");
});
