// What leaves the page: a file that is made here, or an address on the clipboard.
import { make } from "./elements.js";

/** @param {string} name @param {string} text @param {string} kind */
export const save = (name, text, kind) => {
  const address = URL.createObjectURL(new Blob([text], { type: `${kind};charset=utf-8` }));
  const anchor = make("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};

// Copies the address of this view; a page that may not use the clipboard shows it to be copied by hand.
export const copyAddress = async (button, done, copyThis) => {
  const address = location.href;
  try {
    await navigator.clipboard.writeText(address);
    button.textContent = done;
  } catch {
    const field = make("input", { type: "text", readonly: true, value: address, "aria-label": copyThis });
    button.replaceWith(field);
    field.focus();
    field.select();
  }
};
