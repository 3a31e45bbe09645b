// Two texts, aligned: passages in order are the frame, words between them are compared, the rest is moved.
const SENTENCES = /[\n.!?؟]+/g;
const CUES = /^(انتهایپیام|بیشتربخوانید|بیشتربدانید|همچنینبخوانید|کدخبر|کلیدواژه|برچسبها|اخبارمرتبط|اقراایضا|readmore|readalso|relatedstories|alsoread|followuson)/;
const NAME_CUES = new Set(["اقای", "خانم", "دکتر", "مهندس", "وزیر", "سردار", "شهید", "حجتالاسلام", "ایتالله", "استاندار", "سرلشکر", "سرتیپ", "پروفسور", "استاد", "الدکتور", "السید", "mr", "mrs", "ms", "dr"]);
const NAME_ENDS = /(زاده|پور|نژاد|نیا|وندی|اللهی)$/;
const SHORTEST_NAME = 5;
const CELLS = 4_000_000;
const LONE_LETTERS = 8;
const RAGGED = 6;
const EXCHANGED = 6;

// The heaviest run of passages that keeps the order of both texts.
const inOrder = (passages) => {
  const weight = [], before = [];
  let best = -1;
  passages.forEach((passage, place) => {
    weight[place] = passage.left[1] - passage.left[0];
    before[place] = -1;
    for (let other = 0; other < place; other += 1) {
      const total = weight[other] + passage.left[1] - passage.left[0];
      if (passages[other].right[1] <= passage.right[0] && total > weight[place]) {
        weight[place] = total;
        before[place] = other;
      }
    }
    if (best < 0 || weight[place] > weight[best]) best = place;
  });
  const chain = [];
  for (let place = best; place >= 0; place = before[place]) chain.unshift(place);
  return chain;
};

// Cut to whole words of both texts: half of `Sunday` is no copy of `day`.
const inWholeWords = (passages, left, right) => {
  const bounds = (side) => ({ starts: new Set(side.words.map((word) => word.first)), ends: new Set(side.words.map((word) => word.end)) });
  const ours = bounds(left), theirs = bounds(right);
  return passages.flatMap((passage) => {
    let [first, end] = passage.left;
    const shift = passage.right[0] - first;
    while (first < end && !(ours.starts.has(first) && theirs.starts.has(first + shift))) first += 1;
    while (first < end && !(ours.ends.has(end) && theirs.ends.has(end + shift))) end -= 1;
    return first < end ? [{ left: [first, end], right: [first + shift, end + shift] }] : [];
  });
};

// Gives each word the number of the passage it stands in.
const claim = (words, passages, side) => {
  const owner = new Int32Array(words.length).fill(-1);
  const firsts = words.map((word) => word.first);
  passages.forEach((passage, place) => {
    const [first, end] = passage[side];
    for (let at = firstAtLeast(firsts, first); at < words.length && words[at].end <= end; at += 1) {
      if (owner[at] < 0) owner[at] = place;
    }
  });
  return owner;
};

// Longest common subsequence of two lists of words, as pairs of places.
const commonWords = (ours, theirs) => {
  let head = 0, tail = 0;
  while (head < ours.length && head < theirs.length && ours[head] === theirs[head]) head += 1;
  while (tail < ours.length - head && tail < theirs.length - head && ours.at(-1 - tail) === theirs.at(-1 - tail)) tail += 1;
  const pairs = Array.from({ length: head }, (_, place) => [place, place]);
  const rows = ours.length - head - tail, columns = theirs.length - head - tail;
  if (rows * columns <= CELLS) {
    const width = columns + 1;
    const size = new Uint16Array((rows + 1) * width);
    for (let row = rows - 1; row >= 0; row -= 1) {
      for (let column = columns - 1; column >= 0; column -= 1) {
        size[row * width + column] = ours[head + row] === theirs[head + column]
          ? size[(row + 1) * width + column + 1] + 1
          : Math.max(size[(row + 1) * width + column], size[row * width + column + 1]);
      }
    }
    for (let row = 0, column = 0; row < rows && column < columns;) {
      if (ours[head + row] === theirs[head + column]) pairs.push([head + row++, head + column++]);
      else if (size[(row + 1) * width + column] >= size[row * width + column + 1]) row += 1;
      else column += 1;
    }
  }
  for (let place = tail; place > 0; place -= 1) pairs.push([ours.length - place, theirs.length - place]);
  return pairs;
};

// Runs of words that agree and that differ, in turn.
const runsOf = (ours, theirs) => {
  const runs = [];
  let row = 0, column = 0;
  const differing = (toRow, toColumn) => {
    if (toRow > row || toColumn > column) {
      const equal = ours.slice(row, toRow).join("") === theirs.slice(column, toColumn).join("");
      runs.push({ equal, left: [row, toRow], right: [column, toColumn] });
    }
  };
  for (const [at, other] of commonWords(ours, theirs)) {
    differing(at, other);
    const last = runs.at(-1);
    if (last?.equal && last.left[1] === at && last.right[1] === other) {
      last.left[1] += 1;
      last.right[1] += 1;
    } else runs.push({ equal: true, left: [at, at + 1], right: [other, other + 1] });
    [row, column] = [at + 1, other + 1];
  }
  differing(ours.length, theirs.length);
  return runs;
};

// A lone common word between two large differences says nothing: one difference, not two.
const smoothed = (runs, ours) => {
  const size = (run) => run.left[1] - run.left[0] + run.right[1] - run.right[0];
  const result = [];
  runs.forEach((run, place) => {
    const before = result.at(-1), after = runs[place + 1];
    const letters = ours.slice(...run.left).join("").length;
    const lone = run.equal && before && !before.equal && after && letters < LONE_LETTERS && size(before) + size(after) > RAGGED;
    if (before && !before.equal && (lone || !run.equal)) {
      before.left[1] = run.left[1];
      before.right[1] = run.right[1];
    } else result.push({ equal: run.equal, left: [...run.left], right: [...run.right] });
  });
  return result;
};

const sentencesOf = (text) => {
  const bounds = [];
  let begin = 0;
  for (const found of text.matchAll(SENTENCES)) {
    bounds.push([begin, found.index]);
    begin = found.index + found[0].length;
  }
  bounds.push([begin, text.length]);
  return bounds;
};

// Which words belong to the furniture of a site: sentences that stand in many stories.
const furnitureOf = ({ text, letters, begins }, words, known) => {
  const marked = new Uint8Array(words.length);
  const firsts = words.map((word) => word.begin);
  for (const [begin, end] of sentencesOf(text)) {
    const key = letters.slice(firstAtLeast(begins, begin), firstAtLeast(begins, end));
    if (!key || !(known.has(key) || CUES.test(key))) continue;
    for (let at = firstAtLeast(firsts, begin); at < words.length && words[at].begin < end; at += 1) marked[at] = 1;
  }
  return marked;
};

const isNumber = (word, numerals) => /\d/.test(word.key) || numerals.has(word.key);

// A guess, and called one on the page: a title before it, an ending of surnames, a capital inside a sentence.
const isName = (side, place) => {
  const word = side.words[place], before = side.words[place - 1];
  const written = side.text.slice(word.begin, word.stop);
  if (/^\p{Lu}/u.test(written)) return Boolean(before) && !/[.!?\n]/.test(side.text.slice(before.stop, word.begin));
  if (before && NAME_CUES.has(before.key)) return true;
  return word.key.length >= SHORTEST_NAME && NAME_ENDS.test(word.key);
};

// A number in the place of another counts, be it one that the other text has somewhere else.
const typeOf = (side, place, { elsewhere, numerals, exchanged }) => {
  const word = side.words[place];
  if (elsewhere.has(word.key)) return exchanged && isNumber(word, numerals) ? "number" : "word";
  if (isNumber(word, numerals)) return "number";
  return isName(side, place) ? "name" : "word";
};

const openSide = (text, { fold, furniture }) => {
  const folded = foldText(text, fold);
  const words = wordsOf(folded);
  return { ...folded, words, furniture: furnitureOf(folded, words, furniture) };
};

// Words of a side between two places of the frame that no passage holds.
const freeBetween = ({ owner, echo: repeated }, from, to) => {
  const free = [];
  for (let at = from; at < to; at += 1) if (owner[at] < 0 && repeated[at] < 0) free.push(at);
  return free;
};

// A passage that one text holds once more than the other: the words point to what they repeat.
const echo = (side, words, passages, [ours, theirs], other) => {
  const firsts = side.words.map((word) => word.first), others = words.map((word) => word.first);
  for (const passage of passages) {
    const origin = other[firstAtLeast(others, passage[theirs][0])] ?? -1;
    for (let at = firstAtLeast(firsts, passage[ours][0]); origin >= 0 && at < firsts.length && side.words[at].end <= passage[ours][1]; at += 1) {
      if (side.owner[at] < 0) side.echo[at] = origin;
    }
  }
};

const boundsOf = (owner, place) => [owner.indexOf(place), owner.lastIndexOf(place) + 1];

// Gaps of the frame: free words of both sides that stand between the same two passages.
const gapsOf = (chain, left, right) => {
  const gaps = [];
  let row = 0, column = 0;
  for (const place of [...chain, null]) {
    const [toRow, afterRow] = place === null ? [left.words.length, 0] : boundsOf(left.owner, place);
    const [toColumn, afterColumn] = place === null ? [right.words.length, 0] : boundsOf(right.owner, place);
    gaps.push({ left: freeBetween(left, row, toRow), right: freeBetween(right, column, toColumn), at: [toRow, toColumn] });
    [row, column] = [afterRow, afterColumn];
  }
  return gaps;
};

// What a side shows of each word: the passage it is in, the difference it is part of, what kind it is.
const align = (leftText, rightText, { width, fold, furniture, numerals }) => {
  const left = openSide(leftText, { fold, furniture }), right = openSide(rightText, { fold, furniture });
  const passages = inWholeWords(sharedPassages(left, right, width), left, right);
  for (const [side, name] of [[left, "left"], [right, "right"]]) {
    side.name = name;
    side.owner = claim(side.words, passages, name);
    side.echo = new Int32Array(side.words.length).fill(-1);
    side.anchors = new Map();
  }
  const here = new Set(left.owner), there = new Set(right.owner);
  const held = (place) => here.has(place) && there.has(place);
  left.owner.forEach((place, at) => { if (place >= 0 && !held(place)) left.owner[at] = -1; });
  echo(left, right.words, passages, ["left", "right"], right.owner);
  echo(right, left.words, inWholeWords(sharedPassages(right, left, width), right, left), ["left", "right"], left.owner);
  for (const side of [left, right]) {
    side.state = side.words.map((_, place) => ({ passage: side.owner[place] < 0 ? side.echo[place] : side.owner[place], difference: -1, type: "" }));
  }
  const frame = inOrder(passages).filter(held);
  const differences = [];
  for (const gap of gapsOf(frame, left, right)) compareGap(gap, left, right, differences);
  const keys = [new Set(left.words.map((word) => word.key)), new Set(right.words.map((word) => word.key))];
  for (const [side, elsewhere] of [[left, keys[1]], [right, keys[0]]]) {
    side.state.forEach((state, place) => {
      if (state.difference < 0) return;
      const { left: ours, right: theirs } = differences[state.difference];
      const exchanged = ours.length > 0 && theirs.length > 0 && ours.length + theirs.length <= EXCHANGED;
      state.type = typeOf(side, place, { elsewhere, numerals, exchanged });
    });
  }
  const inFrame = new Set(frame);
  const moved = passages.map((_, place) => place).filter((place) => !inFrame.has(place) && held(place));
  return { left, right, passages, moved, differences };
};

const compareGap = (gap, left, right, differences) => {
  const ours = gap.left.map((at) => left.words[at].key), theirs = gap.right.map((at) => right.words[at].key);
  for (const run of smoothed(runsOf(ours, theirs), ours)) {
    const rows = gap.left.slice(...run.left), columns = gap.right.slice(...run.right);
    if (run.equal) continue;
    const plain = rows.every((at) => left.furniture[at]) && columns.every((at) => right.furniture[at]);
    if (plain) continue;
    for (const at of rows) left.state[at].difference = differences.length;
    for (const at of columns) right.state[at].difference = differences.length;
    if (!rows.length) left.anchors.set(gap.left[run.left[0]] ?? gap.at[0], differences.length);
    if (!columns.length) right.anchors.set(gap.right[run.right[0]] ?? gap.at[1], differences.length);
    differences.push({ left: rows, right: columns });
  }
};
