// Type-aware lint without warnings, and the one rule of the house that a compiler can't hold: imports go downhill.
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** What the files under a folder may not import. */
const closed = (target, from, message) => ({ target: `./${target}`, from: from.map((f) => `./${f}`), message });

export default tseslint.config(
  { ignores: ["node_modules/", ".archipelago/", "coverage/"] },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "import-x/no-cycle": "off",
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: [
            closed("components", ["infra", "policy", "offline", "tests"], "components know nothing above them"),
            closed("components/base", ["components/!(base)/**/*"], "base is the bottom"),
            closed("infra", ["policy", "offline", "tests"], "the program knows neither policy nor emulation"),
            closed("infra/model", ["infra/platform", "infra/environments", "infra/systems"], "the model is pure"),
            closed("policy", ["infra", "components", "offline", "tests"], "policy judges; it knows no program"),
            closed("offline", ["infra", "components", "policy", "tests"], "emulation knows no program"),
          ],
        },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "TSNonNullExpression", message: "decide what happens when it is missing" },
      ],
    },
  },
  {
    files: ["infra/model/**/*.ts"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ group: ["@pulumi/*"], message: "the model is pure" }] }],
    },
  },
  {
    files: ["tests/**/*.ts"],
    rules: {
      // chai's assertions are expressions (`expect(x).to.be.true`), and fixtures are literal data.
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-non-null-assertion": "error",
    },
  },
);
