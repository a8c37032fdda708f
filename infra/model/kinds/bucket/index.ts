// Buckets of a service.
import { constantCase } from "../../../../components/kit/names";
import type { Thing } from "../../edges";
import { sorted } from "../../order";
import { checkNames, type Kind, once, variablesWith } from "../kind";
import { type Bucket, owns } from "./description";

const describes = { owns };

/** A bucket. */
export interface BucketNode extends Thing {
  readonly kind: "bucket";
  readonly owner: string;
  readonly settings: Omit<Bucket, "access">;
}

export const bucket: Kind<typeof describes, BucketNode> = {
  describes,
  variables: (_, { owns: { buckets = {} } = {} }) =>
    Object.keys(buckets).flatMap((name) => variablesWith(`${constantCase(name)}_`, ["BUCKET"], `owns.buckets.${name}`)),

  uses: {
    check({ uses, service }, path, findings) {
      const known = Object.keys(service.owns?.buckets ?? {});
      checkNames(uses.buckets, known, "bucket of its own service", `${path}.buckets`, findings);
    },
    edges: ({ workload: from, owner, uses }) =>
      once(uses.buckets).map((name) => {
        return { name: `bucket-${name}`, from, verb: "owns", to: { kind: "bucket", name, owner }, policy: {} };
      }),
  },

  words: ({ name, owner }) => ({
    thing: `bucket:${owner}/${name}`,
    icon: "bucket",
    card: `bucket ${name}`,
    legend: "own bucket",
    flowchart: { suffix: name, label: `${name} bucket` },
    sentence: `${owner} alone owns the bucket ${name}`,
    panel: { head: name, note: "bucket, its own" },
    catalogue: [`owns the bucket \`${name}\``],
  }),

  derive({ system }) {
    const all = sorted(system.services).flatMap(([owner, { owns: { buckets = {} } = {} }]) =>
      sorted(buckets).map(([name, { access, ...settings }]) => {
        const node: BucketNode = { kind: "bucket", name, owner, settings };
        const verb = access === "reads" ? ("reads" as const) : ("owns" as const);
        return { node, edge: { name: `bucket-${name}`, from: owner, verb, to: node, policy: {} } };
      }),
    );
    return { nodes: all.map(({ node }) => node), edges: all.map(({ edge }) => edge) };
  },
};
