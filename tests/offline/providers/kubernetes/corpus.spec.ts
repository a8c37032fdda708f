// What kube-apiserver 1.34.1 answered to the corpus (server-side apply, as Pulumi's provider does it), against what the emulation says.
import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import { isObject, UNKNOWN, type Value, type Values } from "../../../../offline/providers/core/values";
import { provider, subject } from "../support";
import { answersOf, type Case, casesOf, FILES } from "./corpus/corpus";

/** Where the two differ, and why that is right. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "Service: an address outside the range": "the range is the cluster's own, and nobody here knows it",
  "NetworkPolicy: no pod selector": "the SDK declares it as required",
  "PriorityClass: no value": "the SDK declares it as required",
  "PersistentVolumeClaim: more, before it is bound":
    "a claim that was made here counts as bound, and its class as one that grows",
};

/** What Pulumi's provider replaces, whatever the API server says: its list of properties that force a new object. */
const REPLACED: ReadonlySet<string> = new Set([
  "Deployment: another selector",
  "DaemonSet: another selector",
  ...["another service", "another selector", "parallel pods", "more of a claim", "less history"].map((what) => `StatefulSet: ${what}`),
  ...["another image", "more completions", "more at once"].map((what) => `Job: ${what}`),
  ...["another address", "headless"].map((what) => `Service: ${what}`),
  ...["another class", "another mode", "another volume"].map((what) => `PersistentVolumeClaim: ${what}`),
  ...["another provisioner", "another parameter"].map((what) => `StorageClass: ${what}`),
  ...["another value", "binary data"].map((what) => `ConfigMap: ${what}`),
  ...["another value", "another type"].map((what) => `Secret: ${what}`),
  "RoleBinding: another role",
  "ResourceQuota: another scope",
  ...["another image", "a longer goodbye"].map((what) => `Pod: ${what}`),
]); // prettier-ignore

type Verdict = "accepted" | "refused" | "replaced";

function cluster(): Emulation {
  const made = provider("kubernetes", undefined, {});
  made.create(subject("kubernetes:core/v1:Namespace", "shop"), { metadata: { name: "shop" } });
  return made;
}

/** The emulation's own answer to an object that is to be made. */
function made({ type, object }: Pick<Case, "type" | "object">): Verdict {
  const [own, it] = [cluster(), subject(`kubernetes:${type}`)];
  const { inputs, failures } = own.check(it, object);
  if (failures.length > 0) return "refused";
  try {
    own.preview(it, inputs);
    own.create(it, inputs);
  } catch {
    return "refused";
  }
  // The admission of a pod looks for what others look for when the program has ended.
  return type === "core/v1:Pod" && own.unfulfilled().length > 0 ? "refused" : "accepted";
}

/** And to a change. */
function changed({ type, base, object }: Case): Verdict {
  const [own, it] = [cluster(), subject(`kubernetes:${type}`)];
  const before = own.check(it, base);
  expect(before.failures).to.deep.equal([]);
  const { id, outputs } = own.create(it, before.inputs);
  const { inputs, failures } = own.check(it, object, before.inputs);
  if (failures.length > 0) return "refused";
  if (own.diff(it, before.inputs, inputs).changes.some(({ replaces }) => replaces)) return "replaced";
  const refuses = (act: () => unknown): boolean => {
    try {
      act();
      return false;
    } catch {
      return true;
    }
  };
  const atPreview = refuses(() => own.previewUpdate(it, outputs, inputs, before.inputs));
  expect(refuses(() => own.update(it, id, outputs, inputs))).to.equal(atPreview);
  return atPreview ? "refused" : "accepted";
}

/** The object with each of its parts unknown, one at a time, and the part's path. */
function* veiled(value: Value, at = ""): Iterable<readonly [string, Value]> {
  if (Array.isArray(value)) {
    const list = value as readonly Value[];
    for (const [index, item] of list.entries())
      for (const [path, veil] of veiled(item, `${at}[${index}]`)) yield [path, list.map((each, i) => (i === index ? veil : each))];
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value))
      for (const [path, veil] of veiled(item, `${at}.${name}`)) yield [path, { ...value, [name]: veil }];
  }
  if (at !== "") yield [at, UNKNOWN];
} // prettier-ignore

describe("offline kubernetes: as kube-apiserver 1.34.1 answered", () => {
  for (const file of FILES) {
    it(`judges ${file}, case by case`, () => {
      const answers = answersOf(file);
      const cases = casesOf(file);
      expect(Object.keys(answers).sort()).to.deep.equal(cases.map(({ title }) => title).sort());
      const differing = cases.flatMap((each) => {
        const real = answers[each.title] === "accepted" ? "accepted" : "refused";
        const due = file === "changes" && REPLACED.has(each.title) ? "replaced" : real;
        const own = file === "changes" ? changed(each) : made(each);
        return own === due ? [] : [each.title];
      });
      const known = cases.map(({ title }) => title).filter((title) => title in EXCEPTIONS);
      expect(differing).to.deep.equal(known);
    });
  }

  it("has nothing to say of a part that is unknown", () => {
    for (const file of FILES.filter((name) => name !== "changes"))
      for (const { title, type, object } of casesOf(file))
        for (const [path, veil] of answersOf(file)[title] === "accepted" && !(title in EXCEPTIONS) ? veiled(object) : [])
          expect(cluster().check(subject(`kubernetes:${type}`), veil as Values).failures, `${title}, ${path}`).to.deep.equal([]);
  }); // prettier-ignore

  it("changes data in place where the provider is told to, unless somebody has fixed it", () => {
    const it = subject("kubernetes:core/v1:ConfigMap");
    const map = (value: string, more: Values = {}): Values => ({
      metadata: { name: "m" },
      data: { a: value },
      ...more,
    });
    const replaces = (config: Values, news: Values): boolean =>
      provider("kubernetes", undefined, config)
        .diff(it, map("1"), news)
        .changes.some((change) => change.replaces);
    expect(replaces({}, map("2"))).to.equal(true);
    expect(replaces({ enableSecretMutable: true }, map("2"))).to.equal(true);
    expect(replaces({ enableConfigMapMutable: "true" }, map("2"))).to.equal(false);
    expect(replaces({ enableConfigMapMutable: true }, map("2", { immutable: true }))).to.equal(true);
  });
});
