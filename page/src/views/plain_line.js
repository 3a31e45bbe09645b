// What a copy cut, added or altered, in one line for people: read from the reasons of its verdict.
import { list, page, say, share } from "../words/format.js";

// Percentage of words from which a change is mentioned.
const SOME = 3;

const valuesOf = (reasons, kind) => {
  const place = page.core.kinds.indexOf(kind);
  return reasons.find(([code]) => code === place)?.slice(1) ?? null;
};

export const plainLine = (member, reasons) => {
  if (member.verdict < 0) return say("plain.represents");
  if (valuesOf(reasons, "equal")) return say("plain.equal");
  const parts = [];
  const fresh = valuesOf(reasons, "new_words");
  if (fresh) {
    const [, gone, , come] = fresh;
    if (gone >= SOME) parts.push(say("plain.cuts", share(gone)));
    if (come >= SOME) parts.push(say("plain.adds", share(come)));
  }
  if (valuesOf(reasons, "opening") || valuesOf(reasons, "openings")) parts.push(say("plain.lead"));
  const moved = valuesOf(reasons, "moved");
  if (moved) parts.push(say("plain.moves"));
  if (member.changed.length) parts.push(say("plain.changes"));
  return parts.length ? `${list(parts)}.` : say("plain.same");
};
