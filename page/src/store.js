// Pieces of the page: base64, deflated, unpacked when they are asked for.
import { page } from "./words/format.js";

const decoded = (text) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const result = new Uint8Array(binary.length);
  for (let place = 0; place < binary.length; place += 1) result[place] = binary.charCodeAt(place);
  return result;
};

const parsed = new Promise((done) => {
  if (document.readyState !== "loading") done(null);
  else document.addEventListener("DOMContentLoaded", done, { once: true });
});

// The program starts before the last pieces have been read from the file.
const piece = async (name) => document.getElementById(name) ?? (await parsed, document.getElementById(name));

export const unpack = async (name) => {
  const holder = await piece(name);
  if (!holder) return null;
  const stream = new Blob([decoded(holder.textContent)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
};

// Unpacked pieces held at once: about 12 MB.
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

// The text of a document, null where the page does not hold it.
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

// Columns become clusters: where each begins, when, whose.
export const openCore = (core) => {
  const { clusters, documents } = core;
  const starts = new Int32Array(clusters.sizes.length + 1);
  clusters.sizes.forEach((size, place) => {
    starts[place + 1] = starts[place] + size;
  });
  core.starts = starts;
  core.manySources = core.sources.length > 1;
  core.manyPaths = new Set(documents.path).size > 1;
  core.home = new Map();
  core.span = clusters.sizes.map((_, place) =>
    spanOf(clusters.members, documents, starts[place], starts[place + 1]),
  );
  clusters.members.forEach((document) => core.home.set(document, (core.home.get(document) ?? 0) + 1));
  return core;
};

const spanOf = (members, documents, start, end) => {
  let first = 0,
    last = 0,
    opener = members[start];
  const sources = new Set();
  for (let at = start; at < end; at += 1) {
    const when = documents.moment[members[at]];
    sources.add(documents.source[members[at]]);
    if (when && (!first || when < first)) {
      first = when;
      opener = members[at];
    }
    if (when > last) last = when;
  }
  return { first, last, opener, sources };
};

export const membersOf = (cluster) => {
  const { clusters, starts } = page.core;
  const members = [];
  for (let at = starts[cluster]; at < starts[cluster + 1]; at += 1) {
    members.push({
      rank: at - starts[cluster],
      document: clusters.members[at],
      verdict: clusters.verdict[at],
      jaccard: clusters.jaccard[at],
      containment: clusters.containment[at],
      tfidf: clusters.tfidf[at],
    });
  }
  return members;
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
  };
};
