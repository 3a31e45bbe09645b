// Two texts, aligned: passages in order are the frame, words between them are compared, the rest is moved.
// Words of both sides together up to which a number stands in the place of another.
const EXCHANGED = 6;
// Words of both sides together up to which two moved passages are neighbours.
const NEIGHBOURS = 24;

// The heaviest run of passages that keeps the order of both texts.
const inOrder = (passages) => {
  const weight = [],
    before = [];
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
  const bounds = (side) => ({
    starts: new Set(side.words.map((word) => word.first)),
    ends: new Set(side.words.map((word) => word.end)),
  });
  const ours = bounds(left),
    theirs = bounds(right);
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

const openSide = (name, text, { fold, furniture }) => {
  const folded = foldText(text, fold);
  const words = wordsOf(folded);
  return { name, ...folded, words, furniture: furnitureOf(folded, words, furniture), anchors: new Map() };
};

// Words of a side from one place to another that no passage holds and no gap has taken.
const freeBetween = ({ owner, echo: repeated, taken }, from, to) => {
  const free = [];
  for (let at = from; at < to; at += 1) if (owner[at] < 0 && repeated[at] < 0 && !taken[at]) free.push(at);
  return free;
};

// A passage that one text holds once more than the other: the words point to what they repeat.
const echo = (side, words, passages, [ours, theirs], other) => {
  const firsts = side.words.map((word) => word.first),
    others = words.map((word) => word.first);
  for (const passage of passages) {
    const origin = other[firstAtLeast(others, passage[theirs][0])] ?? -1;
    for (
      let at = firstAtLeast(firsts, passage[ours][0]);
      origin >= 0 && at < firsts.length && side.words[at].end <= passage[ours][1];
      at += 1
    ) {
      if (side.owner[at] < 0) side.echo[at] = origin;
    }
  }
};

const boundsOf = (owner, place) => [owner.indexOf(place), owner.lastIndexOf(place) + 1];

// Gaps of the frame: free words of both sides that stand between the same two passages.
const gapsOf = (chain, left, right) => {
  const gaps = [];
  let row = 0,
    column = 0;
  for (const place of [...chain, null]) {
    const [toRow, afterRow] = place === null ? [left.words.length, 0] : boundsOf(left.owner, place);
    const [toColumn, afterColumn] = place === null ? [right.words.length, 0] : boundsOf(right.owner, place);
    gaps.push({
      left: freeBetween(left, row, toRow),
      right: freeBetween(right, column, toColumn),
      at: [toRow, toColumn],
    });
    [row, column] = [afterRow, afterColumn];
  }
  return gaps;
};

// Gaps inside a block that was moved as a whole: between two moved passages that stay neighbours.
const gapsInside = (moved, left, right) => {
  const gaps = [];
  moved.forEach((place, at) => {
    if (moved[at + 1] !== place + 1) return;
    const [[, row], [, column]] = [left, right].map(({ owner }) => boundsOf(owner, place));
    const [[toRow], [toColumn]] = [left, right].map(({ owner }) => boundsOf(owner, place + 1));
    const between = { left: freeBetween(left, row, toRow), right: freeBetween(right, column, toColumn) };
    const whole = between.left.length === toRow - row && between.right.length === toColumn - column;
    if (!whole || between.left.length + between.right.length > NEIGHBOURS) return;
    for (const one of between.left) left.taken[one] = 1;
    for (const one of between.right) right.taken[one] = 1;
    gaps.push({ ...between, at: [toRow, toColumn] });
  });
  return gaps;
};

// Says of each word which passage it stands in, or repeats; gives the test whether both sides hold a passage.
const settle = (left, right, passages, width) => {
  for (const side of [left, right]) {
    side.owner = claim(side.words, passages, side.name);
    side.echo = new Int32Array(side.words.length).fill(-1);
    side.taken = new Uint8Array(side.words.length);
  }
  const [here, there] = [new Set(left.owner), new Set(right.owner)];
  const held = (place) => here.has(place) && there.has(place);
  left.owner.forEach((place, at) => {
    if (place >= 0 && !held(place)) left.owner[at] = -1;
  });
  const back = inWholeWords(sharedPassages(right, left, width), right, left);
  echo(left, right.words, passages, ["left", "right"], right.owner);
  echo(right, left.words, back, ["left", "right"], left.owner);
  for (const side of [left, right]) {
    const passageOf = (at) => (side.owner[at] < 0 ? side.echo[at] : side.owner[at]);
    side.state = side.words.map((_, at) => ({ passage: passageOf(at), difference: -1, type: "" }));
  }
  return held;
};

const nameTypes = (side, other, differences, numerals) => {
  const elsewhere = new Set(other.words.map((word) => word.key));
  side.state.forEach((state, place) => {
    if (state.difference < 0) return;
    const { left: ours, right: theirs } = differences[state.difference];
    const exchanged = ours.length > 0 && theirs.length > 0 && ours.length + theirs.length <= EXCHANGED;
    state.type = typeOf(side, place, { elsewhere, numerals, exchanged });
  });
};

// What a side shows of each word: the passage it is in, the difference it is part of, what kind it is.
const align = (leftText, rightText, { width, fold, furniture, numerals }) => {
  const left = openSide("left", leftText, { fold, furniture });
  const right = openSide("right", rightText, { fold, furniture });
  const passages = inWholeWords(sharedPassages(left, right, width), left, right);
  const held = settle(left, right, passages, width);
  const frame = inOrder(passages).filter(held);
  const inFrame = new Set(frame);
  const moved = passages.map((_, place) => place).filter((place) => !inFrame.has(place) && held(place));
  const gaps = [...gapsInside(moved, left, right), ...gapsOf(frame, left, right)];
  const place = (gap) => gap.left[0] ?? gap.at[0];
  const differences = [];
  gaps.sort((one, other) => place(one) - place(other));
  for (const gap of gaps) compareGap(gap, left, right, differences);
  nameTypes(left, right, differences, numerals);
  nameTypes(right, left, differences, numerals);
  return { left, right, passages, moved, differences };
};

const compareGap = (gap, left, right, differences) => {
  const ours = gap.left.map((at) => left.words[at].key),
    theirs = gap.right.map((at) => right.words[at].key);
  for (const run of smoothed(runsOf(ours, theirs), ours)) {
    if (run.equal) continue;
    const exchanged = run.left[1] > run.left[0] && run.right[1] > run.right[0];
    const counts = (side) => (at) => exchanged || !side.furniture[at]; // what replaces something always counts
    const rows = gap.left.slice(...run.left).filter(counts(left));
    const columns = gap.right.slice(...run.right).filter(counts(right));
    if (!rows.length && !columns.length) continue;
    for (const at of rows) left.state[at].difference = differences.length;
    for (const at of columns) right.state[at].difference = differences.length;
    if (!rows.length) left.anchors.set(gap.left[run.left[0]] ?? gap.at[0], differences.length);
    if (!columns.length) right.anchors.set(gap.right[run.right[0]] ?? gap.at[1], differences.length);
    differences.push({ left: rows, right: columns });
  }
};
