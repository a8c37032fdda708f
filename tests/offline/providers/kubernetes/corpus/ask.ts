// Asks a real API server with an empty store what it thinks of the corpus, and writes the answers. It is named by KUBE_API and
// KUBE_TOKEN; it needs no nodes and no controllers. See docs/decisions/0008-strict-cloud.md.
import { dump } from "js-yaml";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Values } from "../../../../../offline/providers/core/values";
import { type Answer, type Case, casesOf, FILES } from "./corpus";

const { KUBE_API = "", KUBE_TOKEN = "" } = process.env;
const PLURAL: Readonly<Record<string, string>> = {
  Ingress: "ingresses",
  IngressClass: "ingressclasses",
  NetworkPolicy: "networkpolicies",
  StorageClass: "storageclasses",
  PriorityClass: "priorityclasses",
};
/** Spec's own settings: the namespace that the corpus uses, and accounts that a controller would make. */
const GIVEN: readonly (readonly [string, Values])[] = [
  ["core/v1:Namespace", { metadata: { name: "shop" } }],
  ["core/v1:ServiceAccount", { metadata: { name: "default", namespace: "shop" } }],
];

interface Status {
  readonly details?: { readonly causes?: readonly { readonly field?: string }[] };
}

function url(type: string, { metadata }: Values, query: string): string {
  const [version = "", kind = ""] = type.split(":");
  const { name, namespace } = metadata as { readonly name: string; readonly namespace?: string };
  const group = version.startsWith("core/") ? version.replace("core/", "api/") : `apis/${version}`;
  const place = namespace === undefined ? "" : `/namespaces/${namespace}`;
  const plural = PLURAL[kind] ?? `${kind.toLowerCase()}s`;
  return `${KUBE_API}/${group}${place}/${plural}/${encodeURIComponent(name)}?${query}`;
}

async function call(method: string, type: string, object: Values, query = ""): Promise<Answer> {
  const [version = "", kind = ""] = type.split(":");
  const response = await fetch(url(type, object, query), {
    method: method === "MERGE" ? "PATCH" : method,
    headers: {
      Authorization: `Bearer ${KUBE_TOKEN}`,
      "Content-Type": `application/${method === "MERGE" ? "merge-patch+json" : "apply-patch+yaml"}`,
    },
    ...(method !== "DELETE" && {
      body: JSON.stringify({ ...object, apiVersion: version.replace("core/", ""), kind }),
    }),
  });
  if (response.ok) return "accepted";
  // A property that is unknown or of another type is refused with a sentence, and no field of the answer names it.
  const { details } = (await response.json()) as Status;
  return [...new Set((details?.causes ?? []).flatMap(({ field }) => field ?? []))];
}

/** As the provider applies: by the server, as one manager, taking over what others hold. */
const apply = (type: string, object: Values, more = ""): Promise<Answer> =>
  call("PATCH", type, object, `fieldManager=pulumi&force=true&fieldValidation=Strict${more}`);

async function answerTo({ type, base, object }: Case, change: boolean): Promise<Answer> {
  const made = await apply(type, change ? base : object);
  if (change && made !== "accepted") throw new Error(`${type} was not made: ${made.join(", ")}`);
  // A dry run allocates no ports and addresses, so only what is made for good is judged whole.
  const answer = change ? await apply(type, object, "&dryRun=All") : made;
  const there = change ? base : object;
  await call("DELETE", type, there, "gracePeriodSeconds=0&propagationPolicy=Background");
  // What a controller would do, of which there is none.
  await call("MERGE", type, { ...there, metadata: { ...(there.metadata as Values), finalizers: null } });
  return answer;
}

async function main(): Promise<void> {
  for (const [type, object] of GIVEN) await apply(type, object);
  for (const file of FILES) {
    const answered: Record<string, Answer> = {};
    for (const each of casesOf(file)) answered[each.title] = await answerTo(each, file === "changes");
    writeFileSync(
      join(__dirname, "answers", `${file}.yaml`),
      dump(answered, { flowLevel: 1, lineWidth: -1, quotingType: '"' }),
    );
  }
}

void main();
