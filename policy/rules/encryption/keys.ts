// Functions of the encryption rules for KMS keys.
import type { Finding, Resource } from "../rule";
import { at, isMissing, UNKNOWN, type Value } from "../value";

const AWS_MANAGED = /(^|:)alias\/aws\//;

/** Reports a property that names no key, or one that AWS manages, where a key of the account's own is required. */
export function requireOwnKey(resource: Resource, path: string, report: (finding: Finding) => void): void {
  const found = at(resource.props, path);
  if (!isOwnKey(found)) report({ path, found, required: "the key of the account's own (customer managed)" });
}

/** Whether a value may be a customer managed key: unknown values may. */
export function isOwnKey(key: Value): boolean {
  if (key === UNKNOWN) return true;
  return !isMissing(key) && !(typeof key === "string" && AWS_MANAGED.test(key));
}

/** Reports a switch that is not on. */
export function requireOn(resource: Resource, path: string, report: (finding: Finding) => void): void {
  const found = at(resource.props, path);
  if (!isOn(found)) report({ path, found, required: "true" });
}

/** Whether a switch is on, or may be. Some provider properties take the words instead of booleans. */
export function isOn(found: Value): boolean {
  return found === true || found === "true" || found === UNKNOWN;
}
