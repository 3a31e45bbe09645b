// Elements -> the text of a page without any program. All text is escaped here; nothing is parsed.
const VOID = new Set(["br", "hr", "img", "input", "link", "meta"]);
const KEPT = new Set(["class", "dir", "lang", "id", "open", "style", "title"]);

const escaped = (text) =>
  text.replace(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign]);

const written = (node) => {
  if (node.nodeType === 3) return escaped(node.nodeValue);
  if (node.nodeType !== 1) return "";
  const tag = node.tagName.toLowerCase();
  const attributes = node
    .getAttributeNames()
    .filter((name) => KEPT.has(name))
    .map((name) => ` ${name}="${escaped(node.getAttribute(name))}"`)
    .join("");
  const inside = [...node.childNodes].map(written).join("");
  return VOID.has(tag) ? `<${tag}${attributes}>` : `<${tag}${attributes}>${inside}</${tag}>`;
};

/** @param {any} body @param {{title: string, language: string, direction: string, sheet: string}} page */
export const markupOf = (body, { title, language, direction, sheet }) =>
  `<!DOCTYPE html>
<html lang="${escaped(language)}" dir="${escaped(direction)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${sheet.replaceAll("</", "<\\/")}</style>
</head>
<body>
${written(body)}
</body>
</html>
`;
