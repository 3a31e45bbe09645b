// Two documents side by side: what they share, what differs, why the verdict.
import { badge, choice, facts, foreign, heading, link, make, measures, shortened, titleOf, where } from "../elements.js";
import { detailsOf, membersOf, pairAt, textOf } from "../store.js";
import { align } from "../text/align.js";
import { bringUp, paneOf } from "./side_by_side.js";
import { WORDS, number, page, percentOf, say, share } from "../words/format.js";
import { reasonText } from "../words/reasons.js";

/** @param {any} shown */
const evidenceView = ({ left, right, members, back, measured, reasons }) => {
  const body = make("div", {}, make("p", { class: "note" }, say("loading")));
  fillEvidence(body, { left, right, measured, reasons });
  return make(
    "div",
    { class: "evidence" },
    make("p", { class: "crumbs" }, back),
    heading(1, `${say("evidence")}: ${titleOf(left)} – ${titleOf(right)}`, {
      tabindex: "-1",
      class: "unseen",
    }),
    members ? chooser(members, left, right) : null,
    body,
  );
};

// Members offered for either side: more than that nobody reads through.
const OFFERED = 1000;

const chooser = ({ cluster, list }, left, right) => {
  const go = (one, other) => {
    location.hash = `evidence-${cluster + 1}-${one}-${other}`;
  };
  const offered = list.filter(
    ({ document, rank }) => rank < OFFERED || document === left || document === right,
  );
  const options = offered.map(({ document, rank }) => [
    document,
    `${number(rank + 1)}. ${shortened(titleOf(document), 80)}`,
  ]);
  return make(
    "div",
    { class: "toolbar" },
    choice(say("left"), options, left, (document) => go(document, right), { id: "left" }),
    make(
      "button",
      {
        type: "button",
        class: "button swap",
        "aria-label": say("swap"),
        title: say("swap"),
        on: { click: () => go(right, left) },
      },
      "⇄",
    ),
    choice(say("right"), options, right, (document) => go(left, document), { id: "right" }),
  );
};

const fillEvidence = async (body, { left, right, measured, reasons }) => {
  const [ours, theirs, why] = await Promise.all([textOf(left), textOf(right), reasons()]);
  const heads = [left, right].map((document) =>
    make(
      "div",
      { class: "named" },
      heading(2, foreign(titleOf(document))),
      facts(document),
      where(document),
      page.core.cut.includes(document) ? make("span", { class: "note" }, say("cutText")) : null,
    ),
  );
  const score = await measured();
  const verdict = score
    ? make("div", { class: "score" }, badge(score.verdict), measures(score), why.length ? whyOf(why) : null)
    : make("p", { class: "note" }, say(left === right ? "sameDocument" : "noVerdict"));
  if (ours === null || theirs === null) {
    body.replaceChildren(
      verdict,
      make(
        "div",
        { class: "sides" },
        heads.map((head, side) =>
          make(
            "div",
            { class: "side" },
            head,
            make("p", { class: "note" }, [ours, theirs][side] === null ? say("noText") : ""),
          ),
        ),
      ),
    );
    return;
  }
  const { core } = page;
  const alignment = align(ours, theirs, {
    fold: core.fold,
    furniture: core.known,
    numerals: core.numeralSet,
    dates: core.dateSet,
  });
  body.replaceChildren(verdict, summaryOf(alignment), ...comparison(alignment, heads));
};

const whyOf = (reasons) =>
  make(
    "details",
    { class: "why" },
    make("summary", {}, say("whyHeading")),
    make(
      "ul",
      {},
      reasons.map((reason) => make("li", {}, foreign(reasonText(reason)))),
    ),
  );

// Whole percents of the words of a side that are in passages of one sort.
const shareOf = ({ words, state }, { passages }, kept) =>
  percentOf(state.filter(({ passage }) => passage >= 0 && passages[passage].kept === kept).length, words.length);

const summaryOf = (alignment) => {
  const { left, right, moved } = alignment;
  const shares = (kept) => [left, right].map((side) => share(shareOf(side, alignment, kept)));
  const row = (type, label) => {
    const [ours, theirs] = [left, right].map((side) => [
      ...new Set(
        side.words
          .filter((_, place) => side.state[place].type === type)
          .map((word) => side.text.slice(word.begin, word.stop)),
      ),
    ]);
    if (!ours.length && !theirs.length) return null;
    const list = (words) =>
      words.length
        ? make(
            "span",
            { class: "term-list" },
            words.slice(0, 12).map((word) => make("span", { class: `term ${type}` }, foreign(word))),
            words.length > 12 ? `+${number(words.length - 12)}` : null,
          )
        : make("span", { class: "soft" }, "–");
    return make(
      "div",
      { class: "changed" },
      make("span", { class: "soft" }, label),
      make(
        "span",
        { class: "change" },
        list(ours),
        make("span", { class: "soft arrow", "aria-hidden": "true" }, "↔"),
        list(theirs),
      ),
    );
  };
  return make(
    "div",
    { class: "summary" },
    make(
      "p",
      {},
      say("keptWords", ...shares(true)),
      moved.length ? [" ", say("movedWords", ...shares(false))] : null,
    ),
    row("number", say("numbersDiffer")),
    row("name", say("namesDiffer")),
  );
};

const comparison = (alignment, heads) => {
  const jump = (passage, name) => {
    const pane = panes.find((one) => one.dataset.side === name);
    const found = pane.querySelectorAll(`[data-passage="${passage}"]`);
    if (!found.length) return;
    bringUp(pane, found[0]);
    flash(found);
    pane.focus({ preventScroll: true });
  };
  const panes = ["left", "right"].map((name) => paneOf(name, alignment[name], alignment, jump));
  for (const pane of panes) {
    pane.addEventListener("click", (event) => {
      const passage = event.target.closest("mark[data-passage]")?.dataset.passage;
      if (passage !== undefined && !getSelection().toString())
        jump(passage, pane.dataset.side === "left" ? "right" : "left");
    });
  }
  const sides = make(
    "div",
    { class: "sides" },
    panes.map((pane, side) => make("div", { class: "side" }, heads[side], pane)),
  );
  return [controls(alignment, panes, sides), sides];
};

const flash = (elements) => {
  for (const element of elements) {
    element.classList.add("flash");
    setTimeout(() => element.classList.remove("flash"), 1200);
  }
};

const controls = ({ differences }, panes, sides) => {
  const place = make(
    "span",
    { class: "place", "aria-live": "polite" },
    differences.length ? say("differences", number(differences.length)) : say("noDifference"),
  );
  let current = -1;
  const go = (step) => {
    current =
      current < 0 && step < 0
        ? differences.length - 1
        : (current + step + differences.length) % differences.length;
    place.textContent = say("difference", number(current + 1), number(differences.length));
    for (const pane of panes) {
      pane.querySelectorAll(".current").forEach((element) => element.classList.remove("current"));
      const found = pane.querySelectorAll(`[data-difference="${current}"]`);
      found.forEach((element) => element.classList.add("current"));
      if (found.length) bringUp(pane, found[0]);
    }
  };
  page.step = differences.length ? go : null;
  const button = (label, step, arrow, key) =>
    make(
      "button",
      {
        type: "button",
        class: "button",
        disabled: !differences.length,
        "aria-label": label,
        "aria-keyshortcuts": key,
        title: label,
        on: { click: () => go(step) },
      },
      arrow,
      make("kbd", { "aria-hidden": "true" }, key),
    );
  const mark = (name) =>
    make("mark", { class: ["number", "name", "spelling"].includes(name) ? `only ${name}` : name }, say(name));
  return make(
    "div",
    { class: "controls" },
    make(
      "div",
      { class: "steps" },
      button(say("previousDifference"), -1, "↑", "p"),
      place,
      button(say("nextDifference"), 1, "↓", "n"),
    ),
    choice(
      say("emphasis"),
      ["markBoth", "markDifferences", "markShared"].map((key) => [key, say(key)]),
      "markBoth",
      (key) => {
        sides.dataset.emphasis = key;
      },
      { id: "emphasis" },
    ),
    make(
      "div",
      { class: "legend", role: "group", "aria-label": say("legend") },
      ["same", "moved", "only", "spelling", "number", "name", "furniture"].map(mark),
    ),
  );
};

// The measures of two members: against the representative, or from a pair that was measured besides.
export const memberEvidence = (cluster, left, right) => {
  const list = membersOf(cluster);
  const [one, other] = [left, right].map((document) => list.find((member) => member.document === document));
  if (!one || !other) return null;
  const details = () => detailsOf("cluster", cluster, page.core.together[0]);
  const member = one.rank === 0 ? other : other.rank === 0 ? one : null;
  const between = async () => {
    const found = (await details()).between.find(
      ([a, b]) => (a === left && b === right) || (a === right && b === left),
    );
    return found ? { verdict: found[2], jaccard: found[3], containment: found[4], tfidf: found[5] } : null;
  };
  return evidenceView({
    left,
    right,
    members: { cluster, list },
    back: link(`cluster-${cluster + 1}`, {}, say("backToCluster", number(cluster + 1))),
    measured: async () => (left === right ? null : (member ?? between())),
    reasons: async () => (member && member.rank ? ((await details()).reasons[member.rank] ?? []) : []),
  });
};

export const pairEvidence = (place) => {
  const pair = pairAt(place);
  const name = page.core.verdicts[pair.verdict];
  return evidenceView({
    left: pair.left,
    right: pair.right,
    back: link(WORDS.en.lists[name] ? `pairs-${name}` : "roundups", {}, say("backToList")),
    measured: async () => pair,
    reasons: () => detailsOf("pair", place, page.core.together[1]),
  });
};
