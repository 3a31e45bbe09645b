// An alignment -> rows that stand beside each other: sentences of both sides, cut where both end one. Rows without
// any difference are folded.

// The end of a sentence, between two words.
const END = /[.!?؟。！？…\n]/;

// Minimum number of words that are folded.
const FOLDED = 12;

const endsBefore = (side, at) =>
  at >= side.words.length || (at > 0 && END.test(side.text.slice(side.words[at - 1].stop, side.words[at].begin)));

// Places at which a row may end: where both texts end a sentence in a passage that they share.
const cutsOf = ({ left, right, segments }) => {
  const cuts = [];
  for (const { kept, left: [from, end], right: [other, otherEnd] } of segments) {
    if (!kept || end - from !== otherEnd - other) continue;
    for (let step = 0; step <= end - from; step += 1) {
      if (endsBefore(left, from + step) && endsBefore(right, other + step)) cuts.push([from + step, other + step]);
    }
  }
  return cuts;
};

/** @param {any} side @param {number} from @param {number} end */
const numberedIn = (side, from, end) => side.state.slice(from, end).some(({ type }) => type === "number");

// Numbers of the differences that have words in a row; each has some on one side at least.
const differencesIn = (sides) =>
  new Set(
    sides
      .flatMap(([side, from, end]) => side.state.slice(from, end).map(({ difference }) => difference))
      .filter((difference) => difference >= 0),
  );

/** @param {any} alignment @param {any} side @param {number} from @param {number} end */
const movedIn = ({ passages }, side, from, end) =>
  side.state.slice(from, end).some(({ passage }) => passage >= 0 && !passages[passage].kept);

/** @returns {{left: number[], right: number[], equal: boolean, differences: Set<number>}[]} */
export const rowsOf = (alignment) => {
  const { left, right } = alignment;
  const rows = [];
  let [from, other] = [0, 0];
  for (const [end, otherEnd] of [...cutsOf(alignment), [left.words.length, right.words.length]]) {
    if (end <= from && otherEnd <= other) continue;
    if (end < from || otherEnd < other) continue;
    /** @type {[any, number, number][]} */
    const sides = [[left, from, end], [right, other, otherEnd]];
    const differences = differencesIn(sides);
    const differs = sides.some((range) => numberedIn(...range) || movedIn(alignment, ...range));
    const equal = differences.size === 0 && !differs && end > from;
    rows.push({ left: [from, end], right: [other, otherEnd], equal, differences });
    [from, other] = [end, otherEnd];
  }
  return rows;
};

// Letters of scripts without spaces: only a dictionary tells their words apart, and the page has none.
const UNSPACED = /[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u312f\u3400-\u9fff\uf900-\ufaff]/;

// Words of some rows on one side, counted as those of a document are: between spaces; null without spaces.
export const wordsOf = ({ text, words }, rows) => {
  const passage = text.slice(words[rows[0].left[0]].begin, words[rows.at(-1).left[1] - 1].stop);
  return UNSPACED.test(passage) ? null : passage.split(/\s+/).length;
};

// Rows in groups: each row that differs alone, and equal ones that follow each other together.
export const foldsOf = (rows) => {
  const groups = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (row.equal && last?.equal) {
      last.rows.push(row);
      last.words += row.left[1] - row.left[0];
    } else groups.push({ equal: row.equal, rows: [row], words: row.left[1] - row.left[0] });
  }
  return groups.map((group) => ({ ...group, folded: group.equal && group.words >= FOLDED }));
};
