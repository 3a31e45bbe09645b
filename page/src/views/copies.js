// Copies, one by one: whose, of whom, how late, what was changed, whom they credit. Most figures lead to this list.
import { badge, changes, choice, delayInWords, foreign, heading, link, linkTo, make, scores, sourceName, titleOf } from "../elements.js";
import { percentFilter, verdictFilter } from "../lists/filtering.js";
import { listing } from "../lists/listing.js";
import { memberAt, sourceOf } from "../store.js";
import { dateOf, list, number, page, say, share, span, verdictName } from "../words/format.js";

// Confidence in percent below which a verdict is listed as unsure.
export const UNSURE = 70;

const sourceIs = (label, documentOf) => (value) =>
  page.core.sources.includes(value)
    ? {
        label: `${label}: ${value}`,
        test: (at) => [documentOf(memberAt(at))].some((document) => document !== null && sourceOf(document) === value),
      }
    : null;

// Whether the first of a cluster is of the same source as one of its copies, or of another.
const follows = (at, own) => {
  const { first, document, from } = memberAt(at);
  return !first && (sourceOf(document) === sourceOf(from)) === own;
};

const yes = (label, test) => (value) => (value === "1" ? { label, test } : null);

const filters = () => ({
  by: sourceIs(say("by"), ({ document }) => document),
  first: sourceIs(say("firstIs"), ({ first, from }) => (first ? null : from)),
  verdict: verdictFilter((at) => [page.core.clusters.verdict[at]]),
  again: (value) => {
    if (value === "no") return { label: say("fromOthers"), test: (at) => follows(at, false) && memberAt(at).later };
    return value === "yes" ? { label: say("again"), test: (at) => follows(at, true) } : null;
  },
  opener: sourceIs(say("represents"), ({ first, from }) => (first ? null : from)),
  order: (value) =>
    value === "unknown" ? { label: say("unordered"), test: (at) => follows(at, false) && !memberAt(at).later } : null,
  credit: (value) =>
    value === "none"
      ? {
          label: say("creditsNobody"),
          test: (at) => !memberAt(at).credits.length && follows(at, false),
        }
      : {
          label: `${say("credits")}: ${value}`,
          test: (at) => memberAt(at).credits.includes(value),
        },
  changed: yes(say("changed"), (at) => at in page.core.clusters.changed),
  dropped: yes(say("spared"), (at) => page.core.clusters.dropped[at] === 1),
  sure: percentFilter(say("confidence"), (at) => page.core.clusters.confidence[at]),
});

// Changed figures are those that differ from the representative, which may not be the first.
const representativeOf = ({ cluster }) => page.core.clusters.members[page.core.starts[cluster]];

const target = ({ cluster, from, document }) => `evidence-${cluster + 1}-${from}-${document}`;

// The names that a copy credits; a check mark means that it is the source that was first.
const credit = ({ credits, from, document, first }) => {
  if (!credits.length && (first || sourceOf(from) === sourceOf(document))) return make("span", { class: "soft" }, "–");
  if (!credits.length) return make("span", { class: "soft" }, say("nobody"));
  const own = page.core.source_figures.find(([source]) => page.core.sources[source] === sourceOf(from))?.[11] ?? [];
  return make(
    "span",
    {},
    credits.flatMap((name, place) => [
      place ? list(["", ""]) : "",
      foreign(name),
      own.includes(name) ? make("span", { class: "agrees", title: say("creditsFirst") }, " ✓") : "",
    ]),
  );
};

const columns = () => [
  {
    key: "headline",
    label: say("document"),
    value: (at) => titleOf(memberAt(at).document),
    show: (at) => {
      const member = memberAt(at);
      return [
        link(member.document === member.from ? `cluster-${member.cluster + 1}` : target(member), { class: "headline" }, foreign(titleOf(member.document))),
        make(
          "span",
          { class: "facts" },
          sourceName(member.document),
          page.core.documents.published[member.document] ? [" · ", foreign(dateOf(member.document))] : "",
        ),
      ];
    },
  },
  { key: "source", label: say("by"), value: (at) => sourceOf(memberAt(at).document) },
  { key: "date", label: say("date"), value: (at) => page.core.documents.moment[memberAt(at).document] || -1, csv: (at) => page.core.documents.published[memberAt(at).document] },
  {
    key: "first",
    label: say("firstIs"),
    value: (at) => sourceOf(memberAt(at).from),
    show: (at) => {
      const { from, cluster } = memberAt(at);
      const questioned = follows(at, false) && !memberAt(at).later;
      return [sourceName(from), questioned ? make("span", { class: "soft", title: say("unordered") }, say("questioned", " ")) : "", make("span", { class: "facts" }, link(`cluster-${cluster + 1}`, {}, say("cluster", number(cluster + 1))))];
    },
  },
  {
    key: "delay",
    label: say("later"),
    unit: say("inMinutes"),
    count: true,
    value: (at) => Math.max(memberAt(at).delay, -1),
    show: (at) => (memberAt(at).later ? span(memberAt(at).delay) : delayInWords(memberAt(at))),
  },
  {
    key: "verdict",
    label: say("verdict"),
    value: (at) => memberAt(at).verdict,
    csv: (at) => verdictName(memberAt(at).verdict),
    show: (at) => [badge(memberAt(at).verdict), sure(memberAt(at).confidence)],
  },
  {
    key: "changed",
    label: say("changed"),
    value: (at) => memberAt(at).changed.length || -1,
    csv: (at) => memberAt(at).changed.map(([was, now]) => `${was} -> ${now}`).join("; "),
    show: (at) => (memberAt(at).changed.length ? changes(memberAt(at).changed) : make("span", { class: "soft" }, "–")),
  },
  {
    key: "credits",
    label: say("credits"),
    value: (at) => memberAt(at).credits.join("; "),
    show: (at) => credit(memberAt(at)),
  },
  { key: "containment", label: say("containment"), value: (at) => memberAt(at).containment },
  { key: "jaccard", label: say("jaccard"), value: (at) => memberAt(at).jaccard },
  { key: "sure", label: say("confidence"), value: (at) => memberAt(at).confidence },
  { key: "id", label: "id", value: (at) => page.core.documents.id[memberAt(at).document] },
  { key: "of", label: say("firstId"), value: (at) => page.core.documents.id[memberAt(at).from] },
];

const sure = (confidence) =>
  confidence >= 0 && confidence < UNSURE
    ? make("span", { class: "facts unsure" }, say("unsureShare", share(confidence)))
    : null;

// Whom copies credit, the name that most of them give first; or nobody.
const creditChoice = (value, change) => {
  const times = new Map();
  for (const at of page.core.copies) for (const name of memberAt(at).credits) times.set(name, (times.get(name) ?? 0) + 1);
  const names = [...times.keys()].sort((one, other) => times.get(other) - times.get(one) || (one < other ? -1 : 1));
  if (value && value !== "none" && !times.has(value)) names.push(value);
  return choice(
    say("credits"),
    [["", say("any")], ["none", say("creditsNobody")], ...names.map((name) => [name, name])],
    value,
    (credit) => change({ credit }),
    { id: "credit" },
  );
};

export const copiesView = (params) =>
  make(
    "div",
    {},
    heading(1, say("copies"), { tabindex: "-1" }),
    make("p", { class: "note" }, say("copiesNote", number(page.core.counts.spared), number(new Set(page.core.copies.map((at) => memberAt(at).document)).size))),
    listing({
      view: "copies",
      params,
      items: (given) => (given.credit && given.credit !== "none" ? [...page.core.clusters.members.keys()] : page.core.copies),
      documentsOf: (at) => [memberAt(at).document],
      filters: filters(),
      fields: (change) => [creditChoice(params.credit ?? "", change)],
      columns: columns(),
      counted: "copies",
    }),
  );

// Copies whose verdict is unsure; unsure pairs are in the lists of pairs.
export const unsureView = (params) => {
  const items = page.core.copies.filter((at) => page.core.clusters.confidence[at] < UNSURE);
  items.sort((one, other) => page.core.clusters.confidence[one] - page.core.clusters.confidence[other] || one - other);
  const others = ["partial", "template"].map((name) =>
    linkTo(`pairs-${name}`, { sure: `0-${UNSURE - 1}` }, {}, say(`lists.${name}`)),
  );
  return make(
    "div",
    {},
    heading(1, say("unsure"), { tabindex: "-1" }),
    make("p", { class: "note" }, say("unsureNote", share(UNSURE)), " ", others.flatMap((other, place) => [place ? list(["", ""]) : "", other])),
    listing({
      view: "unsure",
      params,
      items,
      documentsOf: (at) => [memberAt(at).document],
      filters: filters(),
      columns: columns(),
      counted: "copies",
    }),
  );
};

// Copies that say another number, date or name than the text they copy.
export const changedView = (params) => {
  const items = Object.keys(page.core.clusters.changed).map(Number);
  return make(
    "div",
    {},
    heading(1, say("changed"), { tabindex: "-1" }),
    make("p", { class: "note" }, say("changedNote")),
    listing({
      view: "changed",
      params,
      items,
      documentsOf: (at) => [memberAt(at).document],
      filters: filters(),
      columns: columns(),
      card: changedCard,
      counted: "copies",
    }),
  );
};

const changedCard = (at) => {
  const member = memberAt(at);
  const from = representativeOf(member);
  return make(
    "li",
    { class: "card changed-card" },
    changes(member.changed),
    make(
      "div",
      { class: "named" },
      heading(2, link(target({ ...member, from }), {}, foreign(titleOf(member.document)))),
      make(
        "p",
        { class: "note" },
        say(member.later ? "copyOf" : "copyWith", `\u2068${sourceOf(member.document) || say("noSource")}\u2069`, `\u2068${sourceOf(from) || say("noSource")}\u2069`),
        member.later ? [" · ", say("laterBy", span(member.delay))] : "",
        page.core.documents.published[member.document] ? [" · ", foreign(dateOf(member.document))] : "",
        member.changed.some(([, , where]) => where === "lead") ? [" · ", make("strong", {}, say("inLead"))] : "",
      ),
      scores(member),
    ),
  );
};
