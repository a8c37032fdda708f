// What the API server answers to the corpus, object by object: the cases were wrong inputs once, or are the right ones beside them. They show that
// nothing between a program and the server lets such an input through, and which fields a new version of the server judges otherwise.
import { expect } from "chai";
import type { Api, KubernetesObject } from "../../../offline/kubernetes/api";
import type { Values } from "../../../offline/providers/core/values";
import { useCluster } from "../support/cluster";
import { type Answer, answersOf, type Case, casesOf, FILES } from "./corpus/corpus";

interface Status {
  readonly details?: { readonly causes?: readonly { readonly field?: string }[] };
}

function objectOf(type: string, values: Values): KubernetesObject {
  const [version = "", kind = ""] = type.split(":");
  return { ...values, apiVersion: version.replace("core/", ""), kind } as unknown as KubernetesObject;
}

/** "accepted", or the fields that are refused. An unknown property is refused with a sentence that names no field. */
async function applied(api: Api, object: KubernetesObject, query = ""): Promise<Answer> {
  const { status, body } = await api.apply(object, query);
  if (status < 300) return "accepted";
  const { details } = body as Status;
  return [...new Set((details?.causes ?? []).flatMap(({ field }) => field ?? []))];
}

async function answerTo(api: Api, { type, base, object }: Case, change: boolean): Promise<Answer> {
  const [there, wanted] = [objectOf(type, change ? base : object), objectOf(type, object)];
  const made = await applied(api, there);
  if (change && made !== "accepted") throw new Error(`${type} was not made: ${made.join(", ")}`);
  // A dry run allocates no ports and addresses, so an object that is to be made is made for good.
  const answer = change ? await applied(api, wanted, "dryRun=All") : made;
  if (made !== "accepted") return answer;
  const path = await api.path(there);
  await api.call("DELETE", `${path}?gracePeriodSeconds=0&propagationPolicy=Background`);
  await api.call("PATCH", path, { metadata: { finalizers: null } }, "application/merge-patch+json");
  return answer;
}

describe("kubernetes: the corpus of objects, by the real API server", function () {
  this.timeout(300_000);
  const cluster = useCluster();
  before(async () => {
    await cluster().api.apply(objectOf("core/v1:Namespace", { metadata: { name: "shop" } }));
  });

  for (const file of FILES) {
    it(`answers to ${file} as it did`, async () => {
      const { api } = cluster();
      const answers: Record<string, Answer> = {};
      for (const each of casesOf(file)) answers[each.title] = await answerTo(api, each, file === "changes");
      expect(answers).to.deep.equal(answersOf(file));
    });
  }
});
