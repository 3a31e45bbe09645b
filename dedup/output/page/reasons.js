// A reason, the place of its kind and its values, as a sentence: the twin of model/reason.py, which has the phrases.
const FIELD = /\{(\d)(?::([^+}]+))?(?:\+(\d))?\}/g;

const reasonText = ([kind, ...values]) => {
  const phrases = page.core.phrases[page.language];
  const fill = (_, place, form, more) => {
    const value = values[place];
    if (typeof value === "number") return withNoun(value, form, phrases);
    if (typeof value === "string") return form === "side" ? (phrases.sides[value] ?? value) : value;
    const words = value.map((item) => (Array.isArray(item) ? item.join(phrases.arrow) : item));
    const left = more ? values[more] : 0;
    return (
      (words.join(phrases.separator) || phrases.none) +
      (left ? phrases.more.replace("{0}", withNoun(left, undefined, phrases)) : "")
    );
  };
  return phrases.reasons[kind].replace(FIELD, fill).replace(/[0-9]/g, (digit) => phrases.digits[digit]);
};

// A number, with its noun where the phrase names one.
const withNoun = (value, form, { thousands }) => {
  const grouped = String(value).replace(/\B(?=(\d{3})+$)/g, thousands);
  if (form === undefined) return grouped;
  const [one, many = one] = form.split("|");
  return `${grouped} ${value === 1 ? one : many}`;
};
