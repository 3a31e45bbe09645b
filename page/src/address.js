// The current view and its filters are the fragment of the address: `#copies?source=wire&page=2`.

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
};

/** @returns {{view: string, params: Record<string, string>}} */
export const addressOf = (hash) => {
  const [view, query = ""] = hash.replace(/^#/, "").split("?");
  const params = {};
  for (const [name, value] of new URLSearchParams(query)) if (value) params[name] = value;
  return { view: decoded(view), params };
};

/** @param {string} view @param {Record<string, any>} [params] */
export const hashOf = (view, params = {}) => {
  const given = Object.entries(params).filter(([, value]) => value !== "" && value !== undefined && value !== null);
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `#${view}${query ? `?${query}` : ""}`;
};

export const here = () => addressOf(location.hash);

// Browsers refuse history entries that come too fast; the view is drawn all the same.
const enter = (how, hash = location.hash) => {
  try {
    history[how]({ scroll: scrollY }, "", hash || "#overview");
  } catch {
    /* the next one will be taken */
  }
};

// Stores the scroll position in the history entry.
export const keepScroll = () => enter("replaceState");

// Writes a view into the address without drawing it, as a new history entry or in place of the current one.
export const writeAddress = (view, params, { replace = false } = {}) => {
  const hash = hashOf(view, params);
  if (replace) enter("replaceState", hash);
  else if (hash !== location.hash) {
    keepScroll();
    enter("pushState", hash);
  }
};
