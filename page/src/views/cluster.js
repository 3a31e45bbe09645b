// One cluster as a time line: the original, readable in full, then each copy at its delay, with what it changed.
import { badge, changes, delayInWords, facts, foreign, heading, lengthOf, link, linkTo, make, pager, scores, titleOf, where } from "../elements.js";
import { detailsOf, membersOf, NO_DATE, sourceOf, textOf } from "../store.js";
import { copyAddress } from "../save.js";
import { directionOf } from "../text/direction.js";
import { list, number, page, say, span } from "../words/format.js";
import { reasonText } from "../words/reasons.js";
import { anonymous } from "../anonymise.js";
import { keepTick, notCopyTick } from "../decisions.js";
import { plainLine } from "./plain_line.js";

const MEMBERS = 50;
// Characters of the original that are shown at first.
const SHOWN = 1200;

// In chronological order; members without a date come last.
const inTime = (members) =>
  [...members].sort(
    (one, other) =>
      Number(other.first) - Number(one.first) ||
      Number(one.delay === NO_DATE) - Number(other.delay === NO_DATE) ||
      Math.max(one.delay, 0) - Math.max(other.delay, 0) ||
      one.rank - other.rank,
  );

export const clusterView = (cluster) => {
  const { core } = page;
  const members = inTime(membersOf(cluster));
  const [first, ...copies] = members;
  const rows = make("div", {});
  const show = async (current) => {
    const details = await detailsOf("cluster", cluster, core.together[0]);
    const some = copies.slice(current * MEMBERS, (current + 1) * MEMBERS);
    rows.replaceChildren(
      ...[
        current ? null : original(first, details, { cluster, proven: copies.every(({ later }) => later) }),
        details.terms.length
          ? make("p", { class: "terms" }, make("span", { class: "soft" }, say("shared"), ": "), termList(details.terms))
          : null,
        details.versions.length ? versionList(cluster, details.versions) : null,
        make("ol", { class: "line" }, some.map((member) => copyOf(cluster, member, first, details))),
        pager(copies.length, MEMBERS, current, show),
      ].filter(Boolean),
    );
  };
  show(0);
  const copyButton = make(
    "button",
    {
      type: "button",
      class: "button small",
      on: { click: () => copyAddress(copyButton, say("copiedLink"), say("copyLink")) },
    },
    say("copyLink"),
  );
  const late = Math.max(...members.map(({ delay }) => delay));
  return make(
    "div",
    {},
    make("p", { class: "crumbs" }, link("clusters", {}, say("back"))),
    make("p", { class: "note" }, say("cluster", number(cluster + 1))),
    heading(1, foreign(titleOf(first.document)), { tabindex: "-1" }),
    make(
      "div",
      { class: "listing-head" },
      make(
        "p",
        { class: "note" },
        list([say("size", number(members.length)), ...(late > 0 ? [say("within", span(late))] : [])]),
      ),
      make("div", { class: "leave" }, copyButton),
    ),
    rows,
    neighbours(cluster),
  );
};

// The original: whole, not only its headline. It is called the first where all dates say so.
const original = (member, details, { cluster, proven }) => {
  const body = make("div", { class: "original-text" }, make("p", { class: "note" }, say("loading")));
  textOf(member.document).then((text) => fillText(body, text));
  return make(
    "article",
    { class: "original", "aria-label": say("original") },
    make(
      "p",
      { class: "note" },
      make("strong", {}, say(member.rank || proven ? "original" : "representsHere")),
      " · ",
      facts(member.document),
      member.credits.length ? [" · ", say("credits"), ": ", namesOf(member.credits)] : "",
    ),
    where(member.document),
    body,
    member.rank
      ? make("p", { class: "note" }, badge(member.verdict), " ", link(evidence(cluster, member, 0), {}, say("compare")))
      : make("p", { class: "note" }, say("because", reasonText(page.core.clusters.reason[cluster]))),
    ownTerms(member, details),
    member.rank && !anonymous() ? [keepTick(cluster, member), notCopyTick(cluster, member)] : null,
  );
};

// Cuts between two lines if possible, else between two words.
const placeToCut = (text) => {
  const line = text.lastIndexOf("\n", SHOWN);
  return line > SHOWN / 2 ? line : text.lastIndexOf(" ", SHOWN);
};

const fillText = (body, text) => {
  if (text === null) {
    body.replaceChildren(make("p", { class: "note" }, say("noText")));
    return;
  }
  const cut = text.length > SHOWN + 300 ? placeToCut(text) : text.length;
  const paragraphs = (part) =>
    part.split("\n").filter((line) => line.trim()).map((line) => make("p", { dir: directionOf(line) }, line));
  body.replaceChildren(
    ...paragraphs(text.slice(0, cut)),
    ...(cut < text.length
      ? [make("details", { class: "rest" }, make("summary", {}, say("readOn")), paragraphs(text.slice(cut)))]
      : []),
  );
};

const namesOf = (names) => names.flatMap((name, place) => [place ? list(["", ""]) : "", foreign(name)]);

const evidence = (cluster, member, rank) => {
  const { core } = page;
  return `evidence-${cluster + 1}-${core.clusters.members[core.starts[cluster] + rank]}-${member.document}`;
};

const copyOf = (cluster, member, first, details) => {
  const represents = member.rank === 0;
  const target = represents ? `evidence-${cluster + 1}-${first.document}-${member.document}` : evidence(cluster, member, 0);
  const credit = sourceOf(member.document) === sourceOf(first.document) ? null : creditOf(member);
  return make(
    "li",
    { class: "copy" },
    make("p", { class: "when" }, member.later ? `+ ${span(member.delay)}` : delayInWords(member)),
    make(
      "div",
      { class: "named" },
      make("a", { class: "headline", href: `#${target}` }, foreign(titleOf(member.document))),
      facts(member.document),
      make("p", { class: "plain-line" }, plainLine(member, details.reasons[member.rank] ?? [])),
      member.changed.length ? changes(member.changed) : null,
      credit,
      page.core.home[member.document] > 1 ? linkTo("roundups", {}, { class: "id" }, say("roundups")) : null,
      make(
        "div",
        { class: "acts" },
        link(target, { class: "button small", "aria-label": say("compareWith", titleOf(member.document)) }, say("compare")),
        badge(member.verdict),
        member.dropped ? make("span", { class: "note" }, say("spared")) : null,
      ),
      scores(
        member,
        make("p", { class: "note" }, lengthOf(page.core.documents.words[member.document]), where(member.document)),
        ownTerms(member, details),
        make("ul", { class: "reasons note" }, (details.reasons[member.rank] ?? []).map((why) => make("li", {}, foreign(reasonText(why))))),
        ...(anonymous() || represents ? [] : [keepTick(cluster, member), notCopyTick(cluster, member)]),
      ),
    ),
  );
};

const creditOf = ({ credits }) =>
  make(
    "p",
    { class: "note" },
    credits.length ? [say("credits"), ": ", namesOf(credits)] : say("creditsNobody"),
  );

// A story that grew: each version beside what it added to the one before.
const versionList = (cluster, versions) =>
  make(
    "section",
    { class: "versions", "aria-label": say("versions", number(versions.length)) },
    make("p", { class: "soft" }, say("versions", number(versions.length))),
    make(
      "ol",
      {},
      versions.map((document, place) =>
        make(
          "li",
          {},
          make("span", { class: "headline" }, foreign(titleOf(document))),
          " ",
          facts(document),
          " ",
          place
            ? link(
                `evidence-${cluster + 1}-${versions[place - 1]}-${document}`,
                { "aria-label": say("addedTo", titleOf(document)) },
                say("added"),
              )
            : null,
        ),
      ),
    ),
  );

const termList = (terms) =>
  make("span", { class: "term-list" }, terms.map((term) => make("span", { class: "term" }, foreign(term))));

// Terms of this member only; those of an equal text would be the terms of all members.
const ownTerms = ({ rank }, { own, terms }) => {
  const alone = (own[rank] ?? []).filter((term) => !terms.includes(term));
  return alone.length ? make("p", { class: "note" }, say("own"), ": ", termList(alone)) : null;
};

const neighbours = (cluster) =>
  make(
    "nav",
    { class: "pager", "aria-label": say("clusters") },
    cluster > 0 ? link(`cluster-${cluster}`, {}, say("previousCluster")) : null,
    cluster + 1 < page.core.clusters.sizes.length ? link(`cluster-${cluster + 2}`, {}, say("nextCluster")) : null,
  );

