// Rows as a file for a spreadsheet: UTF-8 with a byte order mark; what a spreadsheet would run gets an apostrophe.
// Source: RFC 4180; OWASP, "CSV Injection".
const FORMULA = /^(?=[\s"\u200c-\u200f\u061c]*[=+\-@\uff1d\uff0b\uff0d\uff20])/;

const cellOf = (value) => {
  if (typeof value === "number") return String(value);
  const text = String(value).replace(/\s+/g, " ").replace(FORMULA, "'");
  return /[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** @param {(string | number)[][]} rows */
export const csvOf = (rows) => `\ufeff${rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("")}`;
