// Rules of ESLint itself: no plug-ins to keep up with.
const BROWSER = [
  ...["document", "window", "location", "history", "localStorage", "performance", "navigator", "Node"],
  ...["addEventListener", "setTimeout", "clearTimeout", "scrollTo", "scrollY", "getSelection", "atob"],
  ...["Blob", "Response", "DecompressionStream", "URL", "URLSearchParams", "requestAnimationFrame", "CSS"],
  ...["Event"],
];
const globals = (names) => Object.fromEntries(names.map((name) => [name, "readonly"]));

export default [
  {
    files: ["src/**/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals(BROWSER) },
    rules: {
      "no-undef": "error",
      "no-unused-vars": "error",
      "no-shadow": "off",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({
          property,
          message: "What a document says only ever becomes a text node.",
        })),
      ],
      "max-lines": ["error", 350],
    },
  },
];
