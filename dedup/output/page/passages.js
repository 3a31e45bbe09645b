// Passages that stand in both texts: the report's own search (stages/evidence.py), bounds in letters.
// Places of one window that are tried, as there.
const PLACES = 8;

const firstAtLeast = (sorted, value) => {
  let low = 0,
    high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

const windowsOf = ({ letters, starts }, width) => {
  if (letters.length < width) return letters.length ? [[0, letters]] : [];
  const last = letters.length - width;
  return starts.filter((start) => start <= last).map((start) => [start, letters.slice(start, start + width)]);
};

const placesOf = (text, width) => {
  const places = new Map();
  for (const [start, window] of windowsOf(text, width)) {
    const held = places.get(window);
    if (!held) places.set(window, [start]);
    else if (held.length < PLACES) held.push(start);
  }
  return places;
};

const agreeing = (one, at, other, place) => {
  let size = 0;
  while (at + size < one.length && place + size < other.length && one[at + size] === other[place + size])
    size += 1;
  return size;
};

const agreeingBack = (one, at, least, other, place) => {
  let size = 0;
  while (at - size > least && place - size > 0 && one[at - size - 1] === other[place - size - 1]) size += 1;
  return size;
};

const sharedPassages = (left, right, width) => {
  const places = placesOf(right, width);
  const wordEnds = [...left.starts.slice(1), left.letters.length];
  const least = Math.min(width, left.letters.length);
  const passages = [];
  let done = 0;
  for (const [start, window] of windowsOf(left, width)) {
    if (start < done || !places.has(window)) continue;
    let ahead = -1,
      other = 0;
    for (const place of places.get(window)) {
      const size = agreeing(left.letters, start, right.letters, place);
      if (size > ahead) [ahead, other] = [size, place];
    }
    const back = agreeingBack(left.letters, start, done, right.letters, other);
    const first = left.starts[firstAtLeast(left.starts, start - back)];
    const ended = firstAtLeast(wordEnds, start + ahead + 1);
    const end = ended ? wordEnds[ended - 1] : 0;
    if (end - first >= least) {
      done = end;
      passages.push({ left: [first, end], right: [first + other - start, end + other - start] });
    }
  }
  return passages;
};
