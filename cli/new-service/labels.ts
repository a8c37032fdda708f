// ARNs, identifiers and addresses that the cloud makes up, as the logical names of what they belong to.
import type { Registered } from "../../offline/providers/mocks";

/** A text with everything that a resource is called by written as its logical name. */
export type Labels = (text: string) => string;

/** Outputs that identify a resource, with the form of their labels. */
const NAMING: Readonly<Record<string, string>> = {
  arn: "",
  id: "",
  name: "",
  resourceId: "",
  clusterResourceId: "",
  prefixListId: "prefix list of ",
  url: "URL of ",
  address: "address of ",
  endpoint: "endpoint of ",
  primaryEndpointAddress: "address of ",
  dnsName: "address of ",
};

/** Labels for the values of a stack's cloud resources; several resources with the same name have the label of the first. */
export function labelsOf(resources: readonly Registered[]): Labels {
  const labels = new Map<string, string>();
  const accounts = new Set<string>();
  const add = (value: unknown, label: string): void => {
    // A short value could be a part of any text.
    if (typeof value === "string" && value.length >= 8 && !labels.has(value)) labels.set(value, label);
  };
  for (const { name, outputs } of resources.filter(isCloud)) {
    for (const [property, prefix] of Object.entries(NAMING)) add(outputs[property], `${prefix}${name}`);
    for (const secret of asList(outputs.masterUserSecrets)) add(secretArn(secret), `master secret of ${name}`);
    if (typeof outputs.arn === "string") accounts.add(outputs.arn.split(":")[4] ?? "");
  }
  const longestFirst = [...labels].sort(([a], [b]) => b.length - a.length);
  return (text) => {
    const named = longestFirst.reduce((shown, [value, label]) => replaced(shown, value, label), text);
    const [, account, rest] = /^arn:[\w-]+:[\w-]+:[\w-]*:(\d+):(.*)$/.exec(named) ?? [];
    // The service stands in the action, and the account is the stack's own unless it is said.
    return account !== undefined && rest !== undefined && accounts.has(account) ? rest : named;
  };
}

/** Neither a component nor a provider's settings. */
export function isCloud({ type }: Registered): boolean {
  return !/^(?:pulumi|archipelago|awsx):/.test(type);
}

/** Whole words only: the name `review` is no part of `review-db`. */
function replaced(text: string, value: string, label: string): string {
  if (!text.includes(value)) return text;
  const quoted = value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\w-])${quoted}(?![\\w-])`, "g"), label);
}

function secretArn(secret: unknown): unknown {
  return typeof secret === "object" && secret !== null && "secretArn" in secret ? secret.secretArn : undefined;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
