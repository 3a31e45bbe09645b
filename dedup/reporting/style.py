"""The page's style sheet and the policy that lets nothing else in.

Bars are classes, not style attributes: a policy that allows the sheet by its hash refuses attributes.
"""

import base64
import hashlib

_FONTS = '"Vazirmatn", "Vazir", system-ui, "Segoe UI", Roboto, "Noto Sans Arabic", Tahoma, sans-serif'

_COLOURS = """
:root {
  color-scheme: light dark;
  --ground: #f5f4f0; --card: #fffefb; --ink: #22282c; --soft: #59646c; --line: #dfdcd3; --rule: #ece9e1;
  --accent: #0d6464; --track: #e3e6e2; --chip: #eaf1ef;
  --identical: #1c6b3c; --near-duplicate: #0d6464; --contained: #24589c;
  --template: #8a5a00; --partial: #82407f; --represents: #4d565d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #13171a; --card: #1b2125; --ink: #e5e8e6; --soft: #a2adb3; --line: #30383e; --rule: #272e33;
    --accent: #74c9c2; --track: #323b41; --chip: #243237;
    --identical: #7fd09b; --near-duplicate: #74c9c2; --contained: #8fb8f2;
    --template: #e3b65f; --partial: #d9a0d6; --represents: #b3bdc3;
  }
}
"""

_TEXT = """
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.6 FONTS; }
header, main, footer { max-inline-size: 86rem; margin-inline: auto;
  padding-inline: clamp(1rem, 4vw, 2.5rem); }
header { padding-block: 2.75rem 0.5rem; }
footer { padding-block: 1rem 3rem; color: var(--soft); font-size: 0.9rem; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.25; letter-spacing: -0.01em; }
h2 { margin-block: 3rem 0.25rem; font-size: 1.35rem; }
h3 { margin: 0; font-size: 1.1rem; line-height: 1.5; overflow-wrap: anywhere; }
p { margin-block: 0.35rem; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
bdi { unicode-bidi: isolate; overflow-wrap: break-word; }
th bdi, h3 bdi { overflow-wrap: anywhere; }
.lead, .note, .small { color: var(--soft); }
.small { display: block; font-size: 0.85rem; }
.skip { position: absolute; inset-inline-start: -100rem; }
.skip:focus { inset-inline-start: 1rem; inset-block-start: 0.75rem; }
.figures { display: flex; flex-wrap: wrap; gap: 0.75rem; margin-block: 1.5rem 0.75rem; padding: 0; }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end;
  min-inline-size: 7.5rem; padding: 0.7rem 1rem;
  background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; }
.figures dt { color: var(--soft); font-size: 0.85rem; }
.figures dd { margin: 0; font-size: 1.5rem; line-height: 1.3; font-weight: 650;
  font-variant-numeric: tabular-nums; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
""".replace("FONTS", _FONTS)

_TABLES = """
.card { overflow-x: auto; margin-block: 1.25rem; padding: 1.25rem clamp(0.9rem, 2.5vw, 1.6rem);
  background: var(--card); border: 1px solid var(--line); border-radius: 1rem; }
.shared { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.6rem; margin-block: 0.35rem; }
.terms { display: flex; flex-wrap: wrap; gap: 0.3rem; margin: 0; padding: 0; list-style: none; }
.terms li { padding: 0.05rem 0.55rem; background: var(--chip); border-radius: 1rem; font-size: 0.85rem; }
table { inline-size: 100%; margin-block-start: 0.9rem; border-collapse: collapse; font-size: 0.95rem; }
caption { padding-block-end: 0.4rem; color: var(--soft); font-size: 0.85rem; text-align: start; }
th, td { padding: 0.6rem 0.55rem; text-align: start; vertical-align: top;
  border-block-start: 1px solid var(--rule); }
thead th { color: var(--soft); font-size: 0.8rem; font-weight: 600; white-space: nowrap; }
tbody th { min-inline-size: 11.5rem; font-weight: 500; }
th:first-child, td:first-child { padding-inline-start: 0; }
th:last-child, td:last-child { padding-inline-end: 0; }
.other { margin-block-start: 0.5rem; }
.share { white-space: nowrap; font-variant-numeric: tabular-nums; }
.bar { display: block; inline-size: 3.5rem; block-size: 0.35rem; margin-block-start: 0.3rem; overflow: hidden;
  background: var(--track); border-radius: 1rem; }
.fill { display: block; block-size: 100%; background: var(--accent); print-color-adjust: exact; }
.verdict { display: inline-block; padding: 0 0.55rem; border: 1px solid currentcolor; border-radius: 1rem;
  font-size: 0.82rem; font-weight: 600; line-height: 1.55; white-space: nowrap; color: var(--represents); }
details { margin-block-start: 3rem; }
summary { cursor: pointer; color: var(--accent); font-weight: 600; }
.settings { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 0.2rem 2rem; }
.settings div { display: flex; justify-content: space-between; gap: 1rem;
  border-block-end: 1px solid var(--rule); }
.settings dd { margin: 0; font-variant-numeric: tabular-nums; }
"""

_NARROW_AND_PRINT = """
@media screen and (max-width: 64rem) {
  table, tbody, tr, th, td, caption { display: block; }
  thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding-block: 0.8rem; border-block-start: 1px solid var(--rule); }
  th, td { padding: 0.15rem 0; border: 0; }
  tbody th { min-inline-size: 0; padding-block-end: 0.4rem; }
  td[data-label] { display: grid; grid-template-columns: 7rem 1fr; gap: 0.75rem; }
  td[data-label]:empty { display: none; }
  td[data-label]::before { content: attr(data-label); color: var(--soft); font-size: 0.85rem; }
  .figures div { flex: 1 1 7rem; min-inline-size: 0; }
}
@media print {
  :root { --ground: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --rule: #ddd;
    --accent: #0d6464; --track: #ddd; --chip: #eee; --identical: #1c6b3c; --near-duplicate: #0d6464;
    --contained: #24589c; --template: #8a5a00; --partial: #82407f; --represents: #4d565d; }
  body { font-size: 10pt; }
  nav, .skip { display: none; }
  .card { overflow: visible; padding: 0; border: 0; }
  .figures div { padding: 0.3rem 0.6rem; min-inline-size: 0; }
  table { font-size: 7.5pt; }
  table .small, .terms li, .verdict, thead th, caption { font-size: 7pt; }
  th, td { padding: 0.3rem 0.35rem; }
  td bdi { overflow-wrap: anywhere; }
  .bar { inline-size: 2.2rem; }
  .verdict { padding: 0; border: 0; }
  tr, h3 { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  tbody th { min-inline-size: 8rem; }
}
"""

_VERDICTS = "".join(
    f".{name} {{ color: var(--{name}); }}\n"
    for name in ("identical", "near-duplicate", "contained", "template", "partial")
)
_BARS = "".join(f".w{share} {{ inline-size: {share}%; }}\n" for share in range(101))

STYLE = _COLOURS + _TEXT + _TABLES + _VERDICTS + _BARS + _NARROW_AND_PRINT

_HASH = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")

POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
"""Content-Security-Policy: no script, no image, no request; this one sheet."""
