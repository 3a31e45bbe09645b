// Where a reader is: a view and its filters, in the part of the address behind `#`. `copies?source=wire&page=2`.

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

// Browsers refuse entries of the history that come too fast; the view stands all the same.
const enter = (how, hash = location.hash) => {
  try {
    history[how]({ scroll: scrollY }, "", hash || "#overview");
  } catch {
    /* the next one will be taken */
  }
};

// Where the page was scrolled to is kept with its entry of the history.
export const keepScroll = () => enter("replaceState");

// Puts a view into the address without drawing it: as a new entry of the history, or in place of this one.
export const writeAddress = (view, params, { replace = false } = {}) => {
  const hash = hashOf(view, params);
  if (replace) enter("replaceState", hash);
  else if (hash !== location.hash) {
    keepScroll();
    enter("pushState", hash);
  }
};
