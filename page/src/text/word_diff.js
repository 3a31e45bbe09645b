// Two lists of words, compared with fewest insertions and deletions: the twin of core/kept_passages.py.
// Source: Hyyrö, "Bit-parallel LCS-length computation revisited", 2004, as rapidfuzz walks back through it. Long lists
// are cut first at runs of words that stand once in each.

// Words of two lists that are compared in one piece.
const MOST = 20_000;
// Words in a row, standing once in each of two long lists, at which both are cut.
const ANCHOR = 12;

// Words from which a passage that is kept between two larger changes is kept on purpose.
const CHANCE = 3;

// A row of bits for each word of `theirs`: 0 where the longest common subsequence grows at a word of `ours`.
const growthOf = (ours, theirs) => {
  const width = Math.ceil(ours.length / 32);
  const places = new Map();
  ours.forEach((word, at) => {
    if (!places.has(word)) places.set(word, []);
    places.get(word).push(at);
  });
  const rows = new Uint32Array(theirs.length * width);
  const matches = new Uint32Array(width);
  let before = new Uint32Array(width).fill(0xffffffff);
  theirs.forEach((word, row) => {
    const found = places.get(word) ?? [];
    for (const at of found) matches[at >>> 5] |= 1 << (at & 31);
    const now = rows.subarray(row * width, (row + 1) * width);
    let carry = 0;
    for (let block = 0; block < width; block += 1) {
      const both = (before[block] & matches[block]) >>> 0;
      const sum = before[block] + both + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      now[block] = sum | (before[block] & ~both);
    }
    for (const at of found) matches[at >>> 5] = 0;
    before = now;
  });
  return (row, column) => !((rows[row * width + (column >>> 5)] >>> (column & 31)) & 1);
};

// How many words two lists have in common at their beginning and at their end.
const commonEnds = (ours, theirs) => {
  let head = 0,
    tail = 0;
  const shorter = Math.min(ours.length, theirs.length);
  while (head < shorter && ours[head] === theirs[head]) head += 1;
  while (tail < shorter - head && ours.at(-1 - tail) === theirs.at(-1 - tail)) tail += 1;
  return [head, tail];
};

// Words that two lists have in common, as pairs of places, from the last to the first.
const commonInPiece = (ours, theirs) => {
  const [head, tail] = commonEnds(ours, theirs);
  const [left, right] = [ours, theirs].map((words) => words.slice(head, words.length - tail));
  const grows = growthOf(left, right);
  const pairs = [];
  for (let place = 1; place <= tail; place += 1) pairs.push([ours.length - place, theirs.length - place]);
  let column = left.length,
    row = right.length;
  while (row && column) {
    if (!grows(row - 1, column - 1)) column -= 1;
    else {
      row -= 1;
      if (row && grows(row - 1, column - 1)) continue;
      column -= 1;
      pairs.push([head + column, head + row]);
    }
  }
  for (let place = head - 1; place >= 0; place -= 1) pairs.push([place, place]);
  return pairs;
};

// Runs of words that stand once in a list, with their places.
const singleRuns = (words, from, to) => {
  const runs = new Map();
  for (let at = from; at + ANCHOR <= to; at += 1) {
    const run = words.slice(at, at + ANCHOR).join(" ");
    runs.set(run, runs.has(run) ? -1 : at);
  }
  return runs;
};

// Of places that ascend in one list, the longest series that ascends in the other.
const longestAscent = (places) => {
  const ends = [],
    before = [];
  places.forEach(([, other], row) => {
    let low = 0,
      high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[ends[middle]][1] < other) low = middle + 1;
      else high = middle;
    }
    before.push(ends[low - 1]);
    ends[low] = row;
  });
  const series = [];
  for (let row = ends.at(-1); row !== undefined; row = before[row]) series.push(places[row]);
  return series.reverse();
};

// Passages between some places that both lists have once, as many as stand in one order: [place, other place, size].
const anchorsOf = (ours, theirs, head, tail) => {
  const shared = singleRuns(theirs, head, theirs.length - tail);
  const places = [];
  for (const [run, at] of singleRuns(ours, head, ours.length - tail)) {
    const other = shared.get(run) ?? -1;
    if (at >= 0 && other >= 0) places.push([at, other]);
  }
  const anchors = [];
  let [end, otherEnd] = [head, head];
  for (const [at, other] of longestAscent(places)) {
    const seen = Math.max(end - at, otherEnd - other, 0);
    if (seen >= ANCHOR) continue;
    [end, otherEnd] = [at + ANCHOR, other + ANCHOR];
    anchors.push([at + seen, other + seen, ANCHOR - seen]);
  }
  return anchors;
};

// Words that both lists keep, in their order, as pairs of places.
const commonWords = (ours, theirs) => {
  const [head, tail] = commonEnds(ours, theirs);
  const fits = (left, right) => left * right <= MOST * MOST;
  const ends = [ours.length - tail, theirs.length - tail];
  if (fits(ends[0] - head, ends[1] - head)) return commonInPiece(ours, theirs).reverse();
  const pairs = Array.from({ length: head }, (_, at) => [at, at]);
  let [start, otherStart] = [head, head];
  for (const [at, other, size] of [...anchorsOf(ours, theirs, head, tail), [...ends, tail]]) {
    if (fits(at - start, other - otherStart)) {
      const piece = commonInPiece(ours.slice(start, at), theirs.slice(otherStart, other)).reverse();
      for (const [left, right] of piece) pairs.push([start + left, otherStart + right]);
    }
    for (let place = 0; place < size; place += 1) pairs.push([at + place, other + place]);
    [start, otherStart] = [at + size, other + size];
  }
  return pairs;
};

// Runs of common words as [place, other place, size]; an empty one ends the list.
const matchingBlocks = (ours, theirs) => {
  const blocks = [];
  for (const [at, other] of commonWords(ours, theirs)) {
    const last = blocks.at(-1);
    if (last && last[0] + last[2] === at && last[1] + last[2] === other) last[2] += 1;
    else blocks.push([at, other, 1]);
  }
  return [...blocks, [ours.length, theirs.length, 0]];
};

// Passages by turns changed and kept, as bounds; what chance keeps between two changes is changed.
export const segmentsOf = (ours, theirs) => {
  const blocks = matchingBlocks(ours, theirs);
  const segments = [];
  let start = 0,
    otherStart = 0;
  blocks.forEach(([at, other, size], place) => {
    if (size > 0 && size < CHANCE) {
      const [following, otherFollowing] = blocks[place + 1];
      const before = Math.max(at - start, other - otherStart);
      const after = Math.max(following - at, otherFollowing - other) - size;
      if (Math.min(before, after) > size) return;
    }
    if (at > start || other > otherStart) segments.push({ kept: false, left: [start, at], right: [otherStart, other] });
    [start, otherStart] = [at + size, other + size];
    if (size) segments.push({ kept: true, left: [at, start], right: [other, otherStart] });
  });
  return segments;
};
