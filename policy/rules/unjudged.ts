// Values that a rule could not check during the preview, because they are unknown until the deployment.
import type { StackValidationPolicy } from "@pulumi/policy";
import type { Resource } from "./rule";
import { isList, isObject, type Properties, UNKNOWN, type Value } from "./value";

/** The name of the policy that lists what was not judged; its messages are no violations. */
export const UNJUDGED = "list-unjudged-values";

/** A resource with a value that is not known yet, and the rules that looked at it. */
interface Place {
  readonly urn: string;
  /** `kmsKeyId of orders (aws:sqs/queue:Queue)` */
  readonly words: string;
  readonly rules: Set<string>;
}

/** The values that rules looked at in a run and that were not known. */
export class Unjudged {
  private readonly places = new Map<string, Place>();

  /** The resource as a rule reads it: a value that is not known is noted when the rule reads it. */
  watched(rule: string, resource: Resource): Resource {
    if (!holdsUnknown(resource.props)) return resource;
    const note = (path: string): void => {
      const key = `${resource.urn} ${path}`;
      const words = `${path} of ${resource.name} (${resource.type})`;
      const place = this.places.get(key) ?? { urn: resource.urn, words, rules: new Set() };
      place.rules.add(rule);
      this.places.set(key, place);
    };
    return { ...resource, props: watch(resource.props, "", note) as Properties };
  }

  /** Each value once, with the rules that judge it during the update; always in the same order. */
  lines(): readonly { readonly urn: string; readonly text: string }[] {
    return [...this.places.values()]
      .map(({ urn, words, rules }) => ({ urn, text: `${words} is not known yet: ${[...rules].sort().join(", ")}` }))
      .sort((one, other) => one.text.localeCompare(other.text, "en"));
  }
}

/** The policy that lists them, at the end of a run. */
export function unjudgedPolicy(unjudged: Unjudged): StackValidationPolicy {
  return {
    name: UNJUDGED,
    displayName: "Values that are not judged yet",
    description:
      "Lists the values that are not known before the deployment, with the rules that judge them when they are. The CLI turns it on.",
    enforcementLevel: "disabled",
    severity: "low",
    validateStack: (_, report) => {
      for (const { urn, text } of unjudged.lines()) report(text, urn);
    },
  };
}

/** Whether a value of a resource is unknown; asked once a resource, because every rule reads the same properties. */
const asked = new WeakMap<Properties, boolean>();

function holdsUnknown(props: Properties): boolean {
  const before = asked.get(props);
  if (before !== undefined) return before;
  const found = Object.values(props).some(contains);
  asked.set(props, found);
  return found;
}

function contains(value: Value): boolean {
  if (isList(value)) return value.some(contains);
  return isObject(value) ? Object.values(value).some(contains) : value === UNKNOWN;
}

/** A list or an object that says which of its values were read and are unknown. */
function watch(target: Properties | readonly Value[], path: string, note: (path: string) => void): object {
  return new Proxy<object>(target, {
    get(holder, key) {
      const value = Reflect.get(holder, key) as Value;
      if (typeof key !== "string") return value;
      const place = isList(target) ? `${path}[${key}]` : `${path}${path === "" ? "" : "."}${key}`;
      if (value === UNKNOWN) note(place);
      return isList(value) || isObject(value) ? watch(value, place, note) : value;
    },
  });
}
