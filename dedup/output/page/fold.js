// The report's own fold, a character at a time: the page carries what each of its characters becomes.
const UNSPACED =
  /[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3005-\u3007\u3041-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\ua4cf\ua9e0-\ua9ff\uaa60-\uaadf\uf900-\ufaff\ud840-\ud88d]/;

const folder = ({ changed, same }) => {
  const table = new Map(Object.entries(changed));
  for (const letter of same) table.set(letter, letter);
  // A letter that no document holds, in a search: what the fold does to most.
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
const spellingsOf = ({ changed, same }) => {
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
const foldLine = (text, fold) => {
  let line = "";
  for (const letter of text) line += fold(letter);
  return line.replace(/ +/g, " ").trim();
};

// Letters without spaces, the bounds of each in the text, and where words start among them.
const foldText = (text, fold) => {
  const letters = [],
    begins = [],
    ends = [],
    starts = [];
  let at = 0,
    parted = true;
  for (const letter of text) {
    const next = at + letter.length;
    for (const unit of fold(letter).split("")) {
      if (unit === " ") {
        parted = true;
        continue;
      }
      if (parted || UNSPACED.test(unit)) starts.push(letters.length);
      letters.push(unit);
      begins.push(at);
      ends.push(next);
      parted = false;
    }
    at = next;
  }
  return { text, letters: letters.join(""), begins, ends, starts };
};

// Words by their folded letters, with their bounds among the letters and in the text.
const wordsOf = ({ letters, begins, ends, starts }) =>
  starts.map((first, place) => {
    const end = starts[place + 1] ?? letters.length;
    return { key: letters.slice(first, end), first, end, begin: begins[first], stop: ends[end - 1] };
  });
