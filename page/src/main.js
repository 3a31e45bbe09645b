// The page around the views: sections, language, colours, keys, history and printing.
import { here, keepScroll } from "./address.js";
import { decided, decisionsButton, openDecisions } from "./decisions.js";
import { choice, foreign, link, make } from "./elements.js";
import { sectionOf, sections, viewOf } from "./routes.js";
import { openCore, openDocuments, unpack } from "./store.js";
import { folder, spellingsOf } from "./text/fold.js";
import { keysBox } from "./views/keys.js";
import { LANGUAGES } from "./words/languages.js";
import { locale, number, page, say } from "./words/format.js";

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

const byId = (id) => document.getElementById(id);

const navigation = (section) =>
  make(
    "nav",
    { "aria-label": say("sections") },
    make(
      "ul",
      {},
      sections().map(([target, name, count]) =>
        make(
          "li",
          {},
          link(
            target,
            { "aria-current": target.split("?")[0] === section ? "page" : undefined },
            name,
            count ? make("span", { class: "count-badge" }, number(count)) : null,
          ),
        ),
      ),
    ),
  );

const settingsBar = () =>
  make(
    "div",
    { class: "settings-bar" },
    decided() ? decisionsButton() : null,
    choice(
      say("theme"),
      ["auto", "light", "dark"].map((theme) => [theme, say(`themes.${theme}`)]),
      remembered("theme") ?? "auto",
      colour,
      { id: "theme" },
    ),
    choice(
      say("language"),
      Object.entries(LANGUAGES).map(([code, { name }]) => [code, name]),
      page.language,
      speak,
      { id: "language" },
    ),
    make(
      "button",
      { type: "button", class: "button", id: "help", "aria-label": say("keys"), on: { click: showKeys } },
      "?",
    ),
  );

const frame = () => {
  const section = sectionOf(here().view);
  byId("skip").textContent = say("skip");
  byId("top").replaceChildren(
    make(
      "div",
      { class: "name" },
      make("a", { class: "brand", href: "#overview" }, say("title")),
      section === "overview" ? null : make("span", { class: "note" }, foreign(page.core.head.name)),
    ),
    settingsBar(),
    navigation(section),
  );
  byId("foot").replaceChildren(make("p", {}, say("scope")));
};

const showKeys = () => {
  byId("keys")?.remove();
  const box = keysBox();
  document.body.append(box);
  box.showModal();
};

const colour = (theme) => {
  remember("theme", theme);
  document.documentElement.dataset.theme = theme;
};

const speak = async (language) => {
  remember("language", language);
  page.language = language;
  await drawn();
  byId("language").focus();
};

const render = () => {
  const root = document.documentElement;
  root.lang = page.language;
  root.dir = locale().rtl ? "rtl" : "ltr";
  page.step = null;
  page.printing = null;
  frame();
  const view = viewOf(here());
  byId("main").replaceChildren(view);
  document.title = [view.querySelector("h1").textContent, page.core.head.name, say("title")].filter(Boolean).join(" · ");
};

// Every view but the first names documents, and waits for their headlines.
const drawn = async () => {
  if (sectionOf(here().view) !== "overview") await page.documents;
  render();
};

// Pieces are unpacked after a view stands: where it was scrolled to may not be there yet.
const RESTORING = 40;

const restore = (top, tries = RESTORING) => {
  scrollTo(0, top);
  if (tries && Math.abs(scrollY - top) > 1) requestAnimationFrame(() => restore(top, tries - 1));
};

const arrive = async ({ state } = /** @type {any} */ ({})) => {
  await drawn();
  restore(state?.scroll ?? 0);
  /** @type {HTMLElement} */ (document.querySelector("main h1")).focus({ preventScroll: true });
};

const inField = ({ target }) => /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

const pressed = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event)) return;
  const search = /** @type {HTMLElement} */ (document.querySelector("main input[type=search]"));
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
  }
  if (event.key === "?") showKeys();
  if (event.key === "n") page.step?.(1);
  if (event.key === "p") page.step?.(-1);
  if (event.key === "o") location.hash = "overview";
  if (event.key === "c") location.hash = "clusters";
};

const printWhole = () => {
  page.printing?.all();
  document.querySelectorAll("main details.fold, main details.rest").forEach((fold) => fold.setAttribute("open", ""));
};

const listen = () => {
  history.scrollRestoration = "manual";
  let waiting;
  addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keepScroll, 150);
  });
  addEventListener("popstate", arrive);
  addEventListener("keydown", pressed);
  addEventListener("beforeprint", printWhole);
  addEventListener("afterprint", () => page.printing?.back());
  document.addEventListener("decided", frame);
  document.addEventListener("anonymised", render);
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
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
  page.language = wished in LANGUAGES ? wished : document.documentElement.lang;
  openDecisions();
  listen();
  page.documents = openDocuments(page.core);
  await drawn();
  restore(history.state?.scroll ?? 0);
  performance.mark("answered");
  await page.documents;
  performance.mark("listed");
  document.documentElement.dataset.ready = "yes";
};

begin();
