// A pair as a small page of its own: one file, no program in it, made to be printed and passed on.
import { changes, make, titleOf } from "../elements.js";
import { save } from "../save.js";
import { sourceOf } from "../store.js";
import { markupOf } from "../text/markup.js";
import { dateOf, dayName, locale, page, say, verdictName } from "../words/format.js";
import { legend } from "./evidence.js";

// The style sheet of the page without its font, which is larger than most pairs.
const sheet = () => document.querySelector("style").textContent.replace(/@font-face \{.*?\}/s, "");

const line = (label, value) => (value ? make("p", { class: "note" }, `${label}: `, make("bdi", {}, value)) : null);

const sideOf = (number) => {
  const { url, address, id } = page.core.documents;
  return make(
    "div",
    { class: "side-head" },
    make("h2", {}, make("bdi", {}, titleOf(number))),
    line(say("source"), sourceOf(number)),
    line(say("date"), page.core.documents.published[number] ? dateOf(number) : ""),
    line(say("address"), url[number] || address[number]),
    line("id", id[number]),
  );
};

export const savePair = ({ left, right, verdict, changed, rows }) => {
  const copy = rows.cloneNode(true);
  copy.querySelectorAll("details").forEach((fold) => {
    fold.open = true;
  });
  copy.querySelectorAll("button").forEach((button) => button.remove());
  const { head } = page.core;
  const body = make(
    "main",
    { class: "evidence saved" },
    make("h1", {}, say("evidence")),
    line(say("archive"), head.name),
    line(say("saved"), dayName(Date.now() / 60000 - Date.UTC(1600, 0, 1) / 60000)),
    line(say("program"), `dedup ${head.version}`),
    verdict === undefined ? null : line(say("verdict"), verdictName(verdict)),
    changed.length ? changes(changed) : null,
    legend(),
    make("div", { class: "heads" }, [left, right].map(sideOf)),
    copy,
  );
  const title = `${titleOf(left)} – ${titleOf(right)}`;
  const text = markupOf(body, { title, language: page.language, direction: locale().rtl ? "rtl" : "ltr", sheet: sheet() });
  save("pair.html", text, "text/html");
};
