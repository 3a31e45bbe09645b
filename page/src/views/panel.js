// A panel of the overview: heading, note, content.
import { heading, make } from "../elements.js";

export const panel = (title, note, ...content) => {
  const id = `panel-${title.replace(/\s+/g, "-")}`;
  return make(
    "section",
    { class: "panel", "aria-labelledby": id },
    heading(2, title, { id }),
    note ? make("p", { class: "note" }, note) : null,
    content,
  );
};
