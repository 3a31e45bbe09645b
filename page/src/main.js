// The page around the views: sections, language, colours, keys, and which view an address means.
import { choice, link, make } from "./elements.js";
import { openCore, unpack } from "./store.js";
import { folder, spellingsOf } from "./text/fold.js";
import { aboutView, problemsView } from "./views/about.js";
import { clusterView } from "./views/cluster.js";
import { clustersView } from "./views/clusters.js";
import { memberEvidence, pairEvidence } from "./views/evidence.js";
import { overview } from "./views/overview.js";
import { pairsView, roundupsView } from "./views/pairs.js";
import { seriesListView, seriesView } from "./views/series.js";
import { WORDS, inPersian, number, page, say } from "./words/format.js";

const remembered = (key) => {
  try {
    return localStorage.getItem(`dedup-${key}`);
  } catch {
    return null;
  }
};

const remember = (key, value) => {
  try {
    localStorage.setItem(`dedup-${key}`, value);
  } catch {
    /* a page without storage forgets */
  }
};

const exists_ = (value, list) => Number.isInteger(value) && value >= 0 && value < list.length;

/** @type {[RegExp, (...parts: any[]) => any][]} */
const ROUTES = [
  [/^clusters$/, () => clustersView()],
  [
    /^cluster-(\d+)$/,
    (number) => (exists_(number - 1, page.core.clusters.sizes) ? clusterView(number - 1) : null),
  ],
  [
    /^evidence-(\d+)-(\d+)-(\d+)$/,
    (number, left, right) =>
      exists_(number - 1, page.core.clusters.sizes) ? memberEvidence(number - 1, left, right) : null,
  ],
  [/^series$/, () => seriesListView()],
  [
    /^series-(\d+)$/,
    (number) => (exists_(number - 1, page.core.series.sizes) ? seriesView(number - 1) : null),
  ],
  [/^pairs-(template|partial)$/, (name) => pairsView(name)],
  [/^pair-(\d+)$/, (place) => (exists_(place, page.core.pairs.left) ? pairEvidence(place) : null)],
  [/^roundups$/, () => roundupsView()],
  [/^problems$/, () => problemsView()],
  [/^about$/, () => aboutView()],
];

const viewOf = (address) => {
  for (const [pattern, view] of ROUTES) {
    const found = address.match(pattern);
    const shown = found && view(...found.slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part)));
    if (shown) return shown;
  }
  return overview();
};

const SECTION_OF = { cluster: "clusters", evidence: "clusters", series: "series" };

const sectionsOf = (core) => [
  ["overview", say("overview"), null],
  ["clusters", say("clusters"), core.counts.clusters],
  ...Object.keys(WORDS.en.lists).map((name) => [
    `pairs-${name}`,
    say(`lists.${name}`),
    core.counts.listed[name] ?? 0,
  ]),
  ...(core.series.sizes.length ? [["series", say("series"), core.series.sizes.length + core.series.more]] : []),
  ["roundups", say("roundups"), null],
  ["problems", say("problems"), Object.values(core.counts.problems).reduce((sum, count) => sum + count, 0)],
  ["about", say("about"), null],
];

const frame = () => {
  const current = address();
  const section =
    SECTION_OF[current.split("-")[0]] ??
    (current.startsWith("pair-") ? sectionOfPair(Number(current.slice(5))) : current || "overview");
  document.getElementById("skip").textContent = say("skip");
  document.getElementById("top").replaceChildren(
    make("a", { class: "brand", href: "#overview" }, say("title")),
    make(
      "nav",
      { "aria-label": say("sections") },
      make(
        "ul",
        {},
        sectionsOf(page.core).map(([target, name, count]) =>
          make(
            "li",
            {},
            link(
              target,
              { "aria-current": target === section ? "page" : undefined },
              name,
              count ? make("span", { class: "count-badge" }, number(count)) : null,
            ),
          ),
        ),
      ),
    ),
    make(
      "div",
      { class: "settings-bar" },
      choice(
        say("theme"),
        [
          ["auto", say("themeAuto")],
          ["light", say("themeLight")],
          ["dark", say("themeDark")],
        ],
        remembered("theme") ?? "auto",
        colour,
        { id: "theme" },
      ),
      make(
        "button",
        {
          type: "button",
          class: "button",
          id: "language",
          lang: inPersian() ? "en" : "fa",
          on: { click: () => speak(inPersian() ? "en" : "fa") },
        },
        say("otherLanguage"),
      ),
    ),
  );
  document.getElementById("foot").replaceChildren(make("p", {}, say("scope")));
};

const sectionOfPair = (place) => {
  const name = page.core.verdicts[page.core.pairs.verdict[place]];
  return WORDS.en.lists[name] ? `pairs-${name}` : "roundups";
};

const address = () => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
};

const colour = (theme) => {
  remember("theme", theme);
  document.documentElement.dataset.theme = theme;
};

const speak = (language) => {
  remember("language", language);
  page.language = language;
  render();
  document.getElementById("language").focus();
};

const render = () => {
  const root = document.documentElement;
  root.lang = page.language;
  root.dir = inPersian() ? "rtl" : "ltr";
  page.step = null;
  frame();
  const view = viewOf(address());
  document.getElementById("main").replaceChildren(view);
  document.title = `${view.querySelector("h1").textContent} · ${say("title")}`;
};

const arrive = () => {
  render();
  scrollTo(0, 0);
  /** @type {HTMLElement} */ (document.querySelector("main h1")).focus({ preventScroll: true });
};

const pressed = (event) => {
  if (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)
  )
    return;
  const search = /** @type {HTMLElement} */ (document.querySelector("main input[type=search]"));
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
  }
  if (event.key === "n") page.step?.(1);
  if (event.key === "p") page.step?.(-1);
};

const begin = async () => {
  document.documentElement.dataset.theme = remembered("theme") ?? "auto";
  page.core = openCore(await unpack("core"));
  page.core.fold = folder(page.core.alphabet);
  page.core.spellings = spellingsOf(page.core.alphabet);
  page.core.known = { sentences: new Set(page.core.furniture), passages: page.core.boilerplate };
  page.core.numeralSet = new Set(page.core.numerals);
  page.core.dateSet = new Set(page.core.dates);
  const wished = remembered("language");
  page.language = wished === "fa" || wished === "en" ? wished : document.documentElement.lang;
  render();
  addEventListener("hashchange", arrive);
  addEventListener("keydown", pressed);
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  performance.mark("interactive");
  document.documentElement.dataset.ready = "yes";
};

begin();
