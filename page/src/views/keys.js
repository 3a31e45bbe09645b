// A dialog with the keys of the page, opened by "?".
import { heading, make } from "../elements.js";
import { say } from "../words/format.js";

const KEYS = ["?", "/", "n", "p", "o", "c", "Esc"];

export const keysBox = () => {
  const box = /** @type {HTMLDialogElement} */ (
    make(
      "dialog",
      { id: "keys", "aria-labelledby": "keys-title" },
      heading(2, say("keys"), { id: "keys-title" }),
      make(
        "dl",
        { class: "keys" },
        KEYS.map((key) =>
          make("div", {}, make("dt", {}, make("kbd", { dir: "ltr" }, key)), make("dd", {}, say(`keysOf.${key === "?" ? "help" : key === "/" ? "search" : key}`))),
        ),
      ),
      make("button", { type: "button", class: "button", on: { click: () => box.close() } }, say("close")),
    )
  );
  return box;
};
