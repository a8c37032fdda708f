// Type-aware lint without warnings, and the one rule of the house that a compiler can't hold: imports go downhill.
import tseslint from "typescript-eslint";

/** A pattern of imports, relative or by the package's name, that lead up into one of these folders. */
const upInto = (folders, message) => ({ regex: `^((\\.\\./)+|archipelago/)(${folders})(/|$)`, message });

/** What the files under a folder may not import; the last match of a file counts, so a folder's list repeats its parent's. */
const closed = (folder, ...patterns) => ({
  files: [`${folder}/**/*.ts`],
  rules: { "no-restricted-imports": ["error", { patterns }] },
});

const components = upInto("infra|policy|offline|cli|tests", "components know nothing above them");
const infra = upInto("policy|offline|cli|tests", "the program knows neither policy nor emulation");

export default tseslint.config(
  { ignores: ["node_modules/", ".archipelago/", "coverage/", "dist/"] },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // The types of descriptions come from their schema (infra/model/schema); an interface gives such a type its name.
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      // `const { a, ...rest } = all` is how a property is left out.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "TSNonNullExpression", message: "decide what happens when it is missing" },
      ],
    },
  },
  closed("components", components),
  closed("components/kit", components, { regex: "^\\.\\./(?!kit/)", message: "kit is the bottom" }),
  closed("infra", infra),
  closed("infra/model", infra, upInto("targets|environments|systems", "the model is pure"), {
    group: ["@pulumi/*"],
    message: "the model is pure",
  }),
  closed("infra/views/pictures", infra, { group: ["@pulumi/*"], message: "pictures need no engine" }),
  closed("policy", upInto("infra|components|offline|cli|tests", "policy judges; it knows no program")),
  closed("offline", upInto("infra|policy|cli|tests|\\.\\./components", "emulation knows no program")),
  {
    files: ["tests/**/*.ts"],
    rules: {
      // chai's assertions are expressions (`expect(x).to.be.true`), and fixtures are literal data.
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-non-null-assertion": "error",
    },
  },
);
