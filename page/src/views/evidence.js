// Two documents side by side: what was changed, in a line; then both texts in rows, what is equal folded.
import { badge, changes, choice, facts, foreign, heading, link, make, scores, shortened, titleOf, where } from "../elements.js";
import { copyAddress } from "../save.js";
import { detailsOf, membersOf, pairAt, textOf } from "../store.js";
import { align } from "../text/align.js";
import { foldsOf, rowsOf, wordsOf } from "../text/rows.js";
import { number, page, percentOf, say, share, span } from "../words/format.js";
import { reasonText } from "../words/reasons.js";
import { LISTS } from "./pairs.js";
import { savePair } from "./pair_page.js";
import { cellOf } from "./side_by_side.js";

/** @param {any} shown */
const evidenceView = ({ left, right, members, back, measured, reasons, changed, later }) => {
  const body = make("div", {}, make("p", { class: "note" }, say("loading")));
  fillEvidence(body, { left, right, measured, reasons, changed, later });
  return make(
    "div",
    { class: "evidence" },
    make("p", { class: "crumbs" }, back),
    heading(1, `${say("evidence")}: ${titleOf(left)} – ${titleOf(right)}`, { tabindex: "-1", class: "unseen" }),
    members ? chooser(members, left, right) : null,
    body,
  );
};

// Maximum number of members in the lists of both sides.
const OFFERED = 1000;

const chooser = ({ cluster, list }, left, right) => {
  const go = (one, other) => {
    location.hash = `evidence-${cluster + 1}-${one}-${other}`;
  };
  const offered = list.filter(({ document, rank }) => rank < OFFERED || document === left || document === right);
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
      { type: "button", class: "button swap", "aria-label": say("swap"), title: say("swap"), on: { click: () => go(right, left) } },
      "⇄",
    ),
    choice(say("right"), options, right, (document) => go(left, document), { id: "right" }),
  );
};

const headOf = (document) =>
  make(
    "div",
    { class: "named side-head" },
    heading(2, foreign(titleOf(document))),
    facts(document),
    where(document),
    page.core.cutSet.has(document) ? make("span", { class: "note" }, say("cutText")) : null,
  );

const fillEvidence = async (body, { left, right, measured, reasons, changed = [], later }) => {
  const [ours, theirs, why, score] = await Promise.all([textOf(left), textOf(right), reasons(), measured()]);
  const heads = make("div", { class: "heads" }, [left, right].map(headOf));
  const verdict = score
    ? make(
        "div",
        { class: "score" },
        badge(score.verdict),
        later > 0 ? make("span", {}, say("laterBy", span(later))) : null,
        scores(score, make("ul", { class: "reasons note" }, why.map((reason) => make("li", {}, foreign(reasonText(reason)))))),
      )
    : make("p", { class: "note" }, say(left === right ? "sameDocument" : "noVerdict"));
  if (ours === null || theirs === null) {
    body.replaceChildren(heads, verdict, make("p", { class: "note" }, say("noText")));
    return;
  }
  const { core } = page;
  const alignment = align(ours, theirs, {
    fold: core.fold,
    furniture: core.known,
    numerals: core.numeralSet,
    dates: core.dateSet,
  });
  const rows = comparison(alignment);
  body.replaceChildren(
    ...[
      verdict,
      changed.length ? changes(changed) : null,
      summaryOf(alignment),
      controls(alignment, rows, () => savePair({ left, right, verdict: score?.verdict, changed, rows })),
      heads,
      rows,
    ].filter(Boolean),
  );
};

// The percentage of a side's words that are in passages of one kind.
const shareOf = ({ words, state }, { passages }, kept) =>
  percentOf(state.filter(({ passage }) => passage >= 0 && passages[passage].kept === kept).length, words.length);

const summaryOf = (alignment) => {
  const { left, right, moved } = alignment;
  const shares = (kept) => [left, right].map((side) => share(shareOf(side, alignment, kept)));
  return make(
    "div",
    { class: "summary" },
    make(
      "p",
      {},
      say("keptWords", ...shares(true)),
      moved.length ? [" ", say("movedWords", ...shares(false))] : null,
    ),
    wordsThatDiffer(alignment, "number", say("numbersDiffer")),
    wordsThatDiffer(alignment, "name", say("namesDiffer")),
  );
};

const MOST = 12;

const wordsThatDiffer = ({ left, right }, type, label) => {
  const [ours, theirs] = [left, right].map((side) => [
    ...new Set(
      side.words.filter((_, place) => side.state[place].type === type).map((word) => side.text.slice(word.begin, word.stop)),
    ),
  ]);
  if (!ours.length && !theirs.length) return null;
  const terms = (words) =>
    words.length
      ? make(
          "span",
          { class: "term-list" },
          words.slice(0, MOST).map((word) => make("span", { class: `term ${type}` }, foreign(word))),
          words.length > MOST ? `+${number(words.length - MOST)}` : null,
        )
      : make("span", { class: "soft" }, "–");
  return make(
    "div",
    { class: "changed" },
    make("span", { class: "soft" }, label),
    make(
      "span",
      { class: "change" },
      terms(ours),
      make("span", { class: "soft arrow", "aria-hidden": "true" }, "↔"),
      terms(theirs),
    ),
  );
};

// Shows the rows of both texts, equal ones folded.
const comparison = (alignment) => {
  const body = make("div", { class: "rows", "data-emphasis": "markBoth" });
  const jump = (passage, name) => {
    const found = body.querySelectorAll(`.cell[data-side="${name}"] [data-passage="${passage}"]`);
    if (!found.length) return;
    bringUp(found[0]);
    flash(found);
  };
  const rowOf = (row) =>
    make(
      "div",
      { class: `row${row.equal ? " equal" : ""}` },
      cellOf(alignment.left, alignment, row, jump),
      cellOf(alignment.right, alignment, row, jump),
    );
  for (const { rows, folded } of foldsOf(rowsOf(alignment))) {
    body.append(
      ...(folded
        ? [make("details", { class: "fold" }, make("summary", {}, equalWords(wordsOf(alignment.left, rows))), rows.map(rowOf))]
        : rows.map(rowOf)),
    );
  }
  body.addEventListener("click", (event) => {
    const mark = /** @type {any} */ (event.target).closest?.("mark[data-passage]");
    if (mark?.classList.contains("moved") && !getSelection().toString()) {
      const passage = alignment.passages[mark.dataset.passage];
      jump(passage.to, mark.closest(".cell").dataset.side === "left" ? "right" : "left");
    }
  });
  return body;
};

const equalWords = (count) => (count === null ? say("equalPassage") : say("equalWords", number(count)));

// Scrolls to an element and opens the folds around it.
const bringUp = (element) => {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  element.scrollIntoView({ block: "center" });
};

const flash = (elements) => {
  for (const element of elements) {
    element.classList.add("flash");
    setTimeout(() => element.classList.remove("flash"), 1200);
  }
};

const controls = ({ differences }, rows, keepPage) => {
  const place = make(
    "span",
    { class: "place", "aria-live": "polite" },
    differences.length ? say("differences", number(differences.length)) : say("noDifference"),
  );
  let current = -1;
  const go = (step) => {
    current =
      current < 0 && step < 0 ? differences.length - 1 : (current + step + differences.length) % differences.length;
    place.textContent = say("difference", number(current + 1), number(differences.length));
    rows.querySelectorAll(".current").forEach((element) => element.classList.remove("current"));
    const found = rows.querySelectorAll(`[data-difference="${current}"]`);
    found.forEach((element) => element.classList.add("current"));
    if (found.length) bringUp(found[0]);
  };
  page.step = differences.length ? go : null;
  const step = (label, by, arrow, key) =>
    make(
      "button",
      {
        type: "button",
        class: "button",
        disabled: !differences.length,
        "aria-label": label,
        "aria-keyshortcuts": key,
        title: label,
        on: { click: () => go(by) },
      },
      arrow,
      make("kbd", { "aria-hidden": "true" }, key),
    );
  const fold = (open) => rows.querySelectorAll("details").forEach((each) => {
    each.open = open;
  });
  const button = (label, action, id = undefined) =>
    make("button", { type: "button", class: "button small", id, on: { click: action } }, label);
  const copy = button(say("copyLink"), () => copyAddress(copy, say("copiedLink"), say("copyLink")));
  return make(
    "div",
    { class: "controls" },
    make("div", { class: "steps" }, step(say("previousDifference"), -1, "↑", "p"), place, step(say("nextDifference"), 1, "↓", "n")),
    choice(
      say("emphasis"),
      ["markBoth", "markDifferences", "markShared"].map((key) => [key, say(key)]),
      "markBoth",
      (key) => {
        rows.dataset.emphasis = key;
      },
      { id: "emphasis" },
    ),
    make("div", { class: "leave" }, button(say("unfold"), () => fold(true)), button(say("foldAll"), () => fold(false)), copy, button(say("savePair"), keepPage, "save-pair")),
    legend(),
  );
};

const mark = (name) =>
  make("mark", { class: ["number", "name", "spelling"].includes(name) ? `only ${name}` : name }, say(name));

export const legend = () =>
  make(
    "div",
    { class: "legend", role: "group", "aria-label": say("legend") },
    ["same", "moved", "only", "spelling", "number", "name", "furniture"].map(mark),
  );

// The measures of two members: of one with the representative, or of a pair that was measured as well.
export const memberEvidence = (cluster, left, right) => {
  const list = membersOf(cluster);
  const [one, other] = [left, right].map((document) => list.find((member) => member.document === document));
  if (!one || !other) return null;
  const details = () => detailsOf("cluster", cluster, page.core.together[0]);
  const member = one.rank === 0 ? other : other.rank === 0 ? one : null;
  const between = async () =>
    (await details()).between.find(([a, b]) => (a === left && b === right) || (a === right && b === left));
  const scored = async () => {
    const found = await between();
    return found
      ? { verdict: found[2], jaccard: found[3], containment: found[4], tfidf: found[5], confidence: found[6] }
      : null;
  };
  return evidenceView({
    left,
    right,
    members: { cluster, list },
    back: link(`cluster-${cluster + 1}`, {}, say("backToCluster", number(cluster + 1))),
    measured: async () => (left === right ? null : (member ?? scored())),
    reasons: async () =>
      member && member.rank ? ((await details()).reasons[member.rank] ?? []) : ((await between())?.[7] ?? []),
    changed: member?.changed.map(([was, now, where]) => (one.rank === 0 ? [was, now, where] : [now, was, where])),
    later: one.delay >= 0 && other.delay >= 0 ? Math.abs(other.delay - one.delay) : -1,
  });
};

export const pairEvidence = (place) => {
  const pair = pairAt(place);
  const name = page.core.verdicts[pair.verdict];
  const { moment } = page.core.documents;
  return evidenceView({
    left: pair.left,
    right: pair.right,
    back: link(LISTS.includes(name) ? `pairs-${name}` : "roundups", {}, say("backToList")),
    measured: async () => pair,
    reasons: () => detailsOf("pair", place, page.core.together[1]),
    later: moment[pair.left] && moment[pair.right] ? Math.abs(moment[pair.left] - moment[pair.right]) : -1,
  });
};
