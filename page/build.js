// Bundles src/ into the one file that the page carries: `npm run build` in this folder.
// Its first line holds the digest of the sources, by which tests/output/test_to_html.py sees that it is up to date.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { build } from "esbuild";

const sources = readdirSync("src", { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".js"))
  .sort();
const digest = createHash("sha256");
for (const name of sources) digest.update(readFileSync(`src/${name}`));

await build({
  entryPoints: ["src/main.js"],
  outfile: "../dedup/output/page/page.js",
  banner: { js: `// page/src ${digest.digest("hex")}` },
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: "chrome123",
});
