// The report's own fold, a character at a time: the page carries what each of its characters becomes.
export const UNSPACED =
  /[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3005-\u3007\u3041-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\ua4cf\ua9e0-\ua9ff\uaa60-\uaadf\uf900-\ufaff\ud840-\ud88d]/;

export const folder = ({ changed, same }) => {
  const table = new Map(Object.entries(changed));
  for (const letter of same) table.set(letter, letter);
  // Folds a letter of a search that no document has, as most letters are folded.
  const guessed = (letter) =>
    /[\p{P}\p{S}\p{Z}\p{C}]/u.test(letter)
      ? " "
      : letter.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (letter) => {
    if (!table.has(letter)) table.set(letter, guessed(letter));
    return table.get(letter);
  };
};

// Letters by what they fold to.
export const spellingsOf = ({ changed, same }) => {
  const spellings = new Map();
  for (const [letter, folded] of [
    ...Object.entries(changed),
    ...[...same].map((letter) => [letter, letter]),
  ]) {
    spellings.set(folded, (spellings.get(folded) ?? "") + letter);
  }
  return spellings;
};

// Folded words with one space between them.
export const foldLine = (text, fold) => {
  let line = "";
  for (const letter of text) line += fold(letter);
  return line.replace(/ +/g, " ").trim();
};

// The letters of a text without its spaces, their bounds in the text, and whether each follows a space.
export const foldText = (text, fold) => {
  const letters = [],
    begins = [],
    ends = [],
    spaced = [];
  let at = 0,
    parted = true;
  for (const letter of text) {
    const next = at + letter.length;
    for (const unit of fold(letter).split("")) {
      if (unit === " ") {
        parted = true;
        continue;
      }
      if (parted) spaced.push(letters.length);
      letters.push(unit);
      begins.push(at);
      ends.push(next);
      parted = false;
    }
    at = next;
  }
  return { text, letters: letters.join(""), begins, ends, spaced };
};

// Whether a mark belongs to the letter before it.
const isMark = (letter) => UNSPACED.test(letter) && /\p{M}/u.test(letter);

const LATIN = /^[a-z\u00c0-\u024f]/;

// The words that the report aligns: a number glued to a word is a number and a word, and a letter of a script
// without spaces, with its marks, is one; digits behind a Latin letter, and one zero before it, belong to its word.
// Each with its bounds among the letters and in the text.
export const wordsOf = (folded) => {
  const { letters } = folded;
  const spaced = new Set(folded.spaced);
  const firsts = [];
  let before = "",
    number = false; // whether the word that `before` belongs to is a number
  for (let at = 0; at < letters.length; at += before.length) {
    const letter = String.fromCodePoint(letters.codePointAt(at));
    const parted =
      spaced.has(at) || (!isMark(letter) && (UNSPACED.test(before) || UNSPACED.test(letter)));
    if (parted || !goesOn(before, letter, number && letters.slice(firsts.at(-1), at))) {
      firsts.push(at);
      number = isDigit(letter);
    } else if (!isDigit(letter)) number = false;
    before = letter;
  }
  return firsts.map((first, place) => wordAt(folded, first, firsts[place + 1] ?? letters.length));
};

const isDigit = (letter) => /^[0-9]$/.test(letter);

// Whether a letter belongs to the word of the one before it, which may be a number so far.
const goesOn = (before, letter, number) => {
  if (isDigit(letter)) return isDigit(before) || LATIN.test(before);
  if (isDigit(before)) return LATIN.test(letter) && (!number || number === "0");
  return true;
};

// A word with its bounds; `whole` is the word that it was written as, where it is a part of one.
export const wordAt = ({ letters, begins, ends }, first, end, whole) => {
  const key = letters.slice(first, end);
  return { key, whole: whole ?? key, first, end, begin: begins[first], stop: ends[end - 1] };
};

// Returns the index of a value in an ascending list, or where it would be.
export const firstAtLeast = (sorted, value) => {
  let low = 0,
    high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
