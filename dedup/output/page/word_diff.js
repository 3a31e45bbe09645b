// Two lists of words, compared: runs that agree and runs that differ.
// Cells of the table of a comparison: 8 MB; larger gaps are one difference.
const CELLS = 4_000_000;
// Letters up to which agreeing words are lone, and words around them from which they say nothing.
const LONE_LETTERS = 8;
const RAGGED = 6;

// Longest common subsequence of two lists of words, as pairs of places.
const commonWords = (ours, theirs) => {
  let head = 0,
    tail = 0;
  while (head < ours.length && head < theirs.length && ours[head] === theirs[head]) head += 1;
  while (
    tail < ours.length - head &&
    tail < theirs.length - head &&
    ours.at(-1 - tail) === theirs.at(-1 - tail)
  )
    tail += 1;
  const pairs = Array.from({ length: head }, (_, place) => [place, place]);
  const rows = ours.length - head - tail,
    columns = theirs.length - head - tail;
  if (rows * columns <= CELLS) {
    const width = columns + 1;
    const size = new Uint16Array((rows + 1) * width);
    for (let row = rows - 1; row >= 0; row -= 1) {
      for (let column = columns - 1; column >= 0; column -= 1) {
        size[row * width + column] =
          ours[head + row] === theirs[head + column]
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
  let row = 0,
    column = 0;
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
    const before = result.at(-1),
      after = runs[place + 1];
    const letters = ours.slice(...run.left).join("").length;
    const lone =
      run.equal &&
      before &&
      !before.equal &&
      after &&
      letters < LONE_LETTERS &&
      size(before) + size(after) > RAGGED;
    if (before && !before.equal && (lone || !run.equal)) {
      before.left[1] = run.left[1];
      before.right[1] = run.right[1];
    } else result.push({ equal: run.equal, left: [...run.left], right: [...run.right] });
  });
  return result;
};
