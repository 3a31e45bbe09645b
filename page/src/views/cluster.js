// One cluster: the representative and why, then its members by overlap.
import { badge, facts, foreign, heading, link, make, measures, pager, titleOf, where } from "../elements.js";
import { detailsOf, membersOf } from "../store.js";
import { number, page, say, share } from "../words/format.js";
import { reasonText } from "../words/reasons.js";

const MEMBERS = 50;

export const clusterView = (cluster) => {
  const { core } = page;
  const members = membersOf(cluster);
  const first = members[0].document;
  const rows = make("div", {});
  const show = async (current) => {
    const details = await detailsOf("cluster", cluster, core.together[0]);
    const some = members.slice(current * MEMBERS, (current + 1) * MEMBERS);
    rows.replaceChildren(
      ...[
        details.terms.length
          ? make(
              "p",
              { class: "terms" },
              make("span", { class: "soft" }, say("shared"), ": "),
              termList(details.terms),
            )
          : null,
        details.versions.length ? versionList(cluster, details.versions) : null,
        memberTable(cluster, some, details),
        pager(members.length, MEMBERS, current, show),
      ].filter(Boolean),
    );
  };
  show(0);
  return make(
    "div",
    {},
    make("p", { class: "crumbs" }, link("clusters", {}, say("back"))),
    make("p", { class: "note" }, say("cluster", number(cluster + 1))),
    heading(1, foreign(titleOf(first)), { tabindex: "-1" }),
    make(
      "p",
      { class: "note" },
      say("size", number(members.length)),
      " · ",
      say("cohesion", share(core.clusters.cohesion[cluster])),
    ),
    rows,
    neighbours(cluster),
  );
};

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
  make(
    "span",
    { class: "term-list" },
    terms.map((term) => make("span", { class: "term" }, foreign(term))),
  );

const neighbours = (cluster) =>
  make(
    "nav",
    { class: "pager", "aria-label": say("clusters") },
    cluster > 0 ? link(`cluster-${cluster}`, {}, say("previousCluster")) : null,
    cluster + 1 < page.core.clusters.sizes.length
      ? link(`cluster-${cluster + 2}`, {}, say("nextCluster"))
      : null,
  );

const memberTable = (cluster, members, details) =>
  make(
    "table",
    { class: "members" },
    make("caption", { class: "unseen" }, say("members", number(cluster + 1))),
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        ["document", "verdict", "measures", "own"].map((key) => make("th", { scope: "col" }, say(key))),
        make("td", {}),
      ),
    ),
    make(
      "tbody",
      {},
      members.map((member) => memberRow(cluster, member, details)),
    ),
  );

const memberRow = (cluster, member, details) => {
  const { core } = page;
  const { document, rank } = member;
  const first = core.clusters.members[core.starts[cluster]];
  const own = details.own[rank] ?? [];
  const target = `evidence-${cluster + 1}-${first}-${document}`;
  return make(
    "tr",
    { class: rank ? "" : "leading" },
    make(
      "th",
      { scope: "row" },
      make(
        "div",
        { class: "who" },
        make("span", { class: "rank" }, number(rank + 1)),
        make(
          "div",
          { class: "named" },
          make("span", { class: "headline" }, foreign(titleOf(document))),
          facts(document),
          where(document),
          core.home.get(document) > 1 ? link("roundups", { class: "id" }, say("roundups")) : null,
        ),
      ),
    ),
    make(
      "td",
      { "data-label": say("verdict") },
      badge(member.verdict),
      rank ? null : make("span", { class: "note why" }, say("because", reasonText(core.clusters.reason[cluster]))),
    ),
    make("td", { "data-label": say("measures"), class: rank ? "" : "empty" }, rank ? measures(member) : null),
    make(
      "td",
      { "data-label": say("own"), class: own.length ? "" : "empty" },
      own.length ? termList(own) : null,
    ),
    make(
      "td",
      { class: "act" },
      rank
        ? link(
            target,
            { class: "button", "aria-label": say("compareWith", titleOf(document)) },
            say("compare"),
          )
        : null,
    ),
  );
};
