// The direction of a line is that of most of its letters, not of the first: a Persian headline may begin with COVID-19.
const RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g;
const LEFT = /\p{L}/gu;

/** @returns {"rtl" | "ltr" | "auto"} */
export const directionOf = (text) => {
  const some = text.slice(0, 400);
  const right = some.match(RIGHT)?.length ?? 0;
  const all = some.match(LEFT)?.length ?? 0;
  return all === 0 ? "auto" : 2 * right > all ? "rtl" : "ltr";
};
