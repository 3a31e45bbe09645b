// A reason, the place of its kind and its values, as a sentence: the twin of model/reason.py, which has the phrases.
// A word of a document is isolated: a Persian one would turn the order of the numbers around it.
import { page } from "./format.js";

const FIELD = /\{(\d)(?::([^+}]+))?(?:\+(\d))?\}/g;

export const reasonText = ([kind, ...values]) => {
  const phrases = page.core.phrases[page.language];
  const inDigits = (text) => text.replace(/[0-9]/g, (digit) => phrases.digits[digit]);
  const filled = (value, form, more) => {
    if (typeof value === "number") return withNoun(value, form, phrases);
    if (form === "side") return phrases.sides[value] ?? value;
    if (typeof value === "string") return (form === "written" && phrases.details[value]) || isolate(value);
    const words = value.map((item) => [item].flat().map(isolate).join(phrases.arrow));
    const left = more ? values[more] : 0;
    return (
      (words.join(phrases.separator) || phrases.none) +
      (left ? phrases.more.replace("{0}", withNoun(left, undefined, phrases)) : "")
    );
  };
  const fill = (_, place, form, more) => {
    const text = filled(values[place], form, more);
    return form === "written" ? text : inDigits(text);
  };
  return phrases.reasons[kind].replace(FIELD, fill);
};

const isolate = (word) => `\u2068${word}\u2069`;

// A number, with its noun where the phrase names one.
const withNoun = (value, form, { thousands }) => {
  const grouped = String(value).replace(/\B(?=(\d{3})+$)/g, thousands);
  if (form === undefined) return grouped;
  const [one, many = one] = form.split("|");
  return `${grouped} ${value === 1 ? one : many}`;
};
