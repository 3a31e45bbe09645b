// The data of the page, in pieces: compressed, in base64, and unpacked on demand.
import { page } from "./words/format.js";

const decoded = (text) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const result = new Uint8Array(binary.length);
  for (let place = 0; place < binary.length; place += 1) result[place] = binary.charCodeAt(place);
  return result;
};

const TICK = 10;
const tick = () => new Promise((done) => {
  setTimeout(done, TICK);
});

// The program starts before the last pieces have been read from the file. An element that nothing follows yet may
// still lack the end of its text.
const piece = async (name) => {
  let holder = document.getElementById(name);
  while (document.readyState === "loading" && !holder?.nextSibling) {
    await tick();
    holder = document.getElementById(name);
  }
  return holder;
};

export const unpack = async (name) => {
  const holder = await piece(name);
  if (!holder) return null;
  const stream = new Blob([decoded(holder.textContent)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
};

// Number of unpacked pieces that are cached: about 12 MB.
const KEPT = 24;
const kept = new Map();

export const load = (name) => {
  const found = kept.get(name) ?? unpack(name);
  kept.delete(name);
  kept.set(name, found);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  return found;
};

const chunkOf = (document) => {
  const { chunk_starts: starts } = page.core;
  let low = 0,
    high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= document) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

// Returns the text of a document, or null if it is not part of the page.
export const textOf = async (document) => {
  const chunk = chunkOf(document);
  if (chunk < 0) return null;
  const texts = await load(`text-${chunk}`);
  return texts?.[document - page.core.chunk_starts[chunk]] ?? null;
};

export const detailsOf = async (kind, number, together) => {
  const found = await load(`${kind}-${Math.floor(number / together)}`);
  return found[number % together];
};

// How many different documents there are by key; only one of several clusters can come twice under a key.
export const countDocuments = (home) => {
  const [times, again] = [new Map(), new Set()];
  return {
    add: (key, document) => {
      if (home[document] > 1) {
        const both = `${key} ${document}`;
        if (again.has(both)) return;
        again.add(both);
      }
      times.set(key, (times.get(key) ?? 0) + 1);
    },
    get: (key) => times.get(key) ?? 0,
  };
};

// Adds to the columns what views need of each cluster: its bounds, its first document, its dates and sources.
export const openCore = (core) => {
  const { clusters } = core;
  const starts = new Int32Array(clusters.sizes.length + 1);
  const clusterOf = new Int32Array(clusters.members.length);
  clusters.sizes.forEach((size, cluster) => {
    starts[cluster + 1] = starts[cluster] + size;
    clusterOf.fill(cluster, starts[cluster], starts[cluster + 1]);
  });
  core.starts = starts;
  core.clusterOf = clusterOf;
  core.manySources = core.sources.length > 1;
  core.home = new Int32Array(core.documents.source.length);
  core.span = clusters.sizes.map((_, cluster) => spanOf(core, starts[cluster], starts[cluster + 1]));
  // The first document of a cluster can be a copy too: the representative has no date then.
  core.copies = [];
  clusters.members.forEach((document, at) => {
    core.home[document] += 1;
    if (at !== core.span[clusterOf[at]].first || clusters.dropped[at]) core.copies.push(at);
  });
  core.cutSet = new Set(core.cut);
  return core;
};

// Unpacks the columns that only lists show, headlines above all. It is the largest piece; the overview does not wait for it.
export const openDocuments = async (core) => {
  const { words, ...columns } = await unpack("documents");
  for (const [name, lines] of Object.entries(columns)) whenAsked(core.documents, name, () => linesOf(lines));
  core.documents.words = words;
  const one = columns.path.slice(0, columns.path.indexOf("\n") + 1);
  core.manyPaths = columns.path !== one.repeat(core.documents.source.length);
};

const linesOf = (text) => {
  const lines = text.split("\n");
  lines.pop(); // each ends with a line break
  return lines;
};

// A property that is made when it is first read.
const whenAsked = (target, name, make) => {
  const set = (value) => Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: true });
  const get = () => {
    set(make());
    return target[name];
  };
  Object.defineProperty(target, name, { get, set, configurable: true, enumerable: true });
};

// The place of the first member of a cluster: the earliest, without dates the representative.
const spanOf = ({ clusters, documents }, start, end) => {
  let first = -1,
    last = 0;
  for (let at = start; at < end; at += 1) {
    const document = clusters.members[at];
    if (first < 0 && clusters.delay[at] === 0) first = at;
    last = Math.max(last, documents.moment[document]);
  }
  if (first < 0) first = start;
  return { first, last, opener: clusters.members[first], begins: documents.moment[clusters.members[first]] };
};

// The numbers of the sources of a cluster.
export const sourcesOf = (cluster) => {
  const { clusters, documents, starts } = page.core;
  const members = clusters.members.slice(starts[cluster], starts[cluster + 1]);
  return new Set(members.map((document) => documents.source[document]));
};

// Delays of members without a date, and of those whose date does not say that they came after the first.
export const NO_DATE = -1;
export const SAME_TIME = -2;

export const sourceOf = (document) => page.core.sources[page.core.documents.source[document]];

// Returns a member of a cluster by its index among all members. `later`: whether its date is after that of the first.
export const memberAt = (at) => {
  const { clusters, clusterOf, starts, span } = page.core;
  const cluster = clusterOf[at];
  const first = at === span[cluster].first;
  return {
    at,
    cluster,
    rank: at - starts[cluster],
    first,
    document: clusters.members[at],
    from: first ? clusters.members[starts[cluster]] : span[cluster].opener,
    verdict: clusters.verdict[at],
    jaccard: clusters.jaccard[at],
    containment: clusters.containment[at],
    tfidf: clusters.tfidf[at],
    confidence: clusters.confidence[at],
    delay: clusters.delay[at],
    later: clusters.delay[at] > 0,
    dropped: clusters.dropped[at],
    changed: clusters.changed[at] ?? [],
    credits: clusters.credits[at] ?? [],
  };
};

export const membersOf = (cluster) => {
  const { starts } = page.core;
  return Array.from({ length: starts[cluster + 1] - starts[cluster] }, (_, rank) => memberAt(starts[cluster] + rank));
};

export const pairAt = (place) => {
  const { pairs } = page.core;
  return {
    place,
    left: pairs.left[place],
    right: pairs.right[place],
    verdict: pairs.verdict[place],
    jaccard: pairs.jaccard[place],
    containment: pairs.containment[place],
    tfidf: pairs.tfidf[place],
    confidence: pairs.confidence[place],
  };
};
