// Buckets of a service.
import { constantCase } from "../../../../components/kit/names";
import type { Thing } from "../../edges";
import { type Kind, variablesWith } from "../kind";
import { type Bucket, owns } from "./description";

const describes = { owns };

/** A bucket. */
export interface BucketNode extends Thing {
  readonly kind: "bucket";
  readonly owner: string;
  readonly settings: Bucket;
}

export const bucket: Kind<typeof describes, BucketNode> = {
  describes,
  variables: (_, { owns: { buckets = {} } = {} }) =>
    Object.keys(buckets).flatMap((name) => variablesWith(`${constantCase(name)}_`, ["BUCKET"], `owns.buckets.${name}`)),

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

  derive({ services }) {
    const nodes = services.flatMap(({ name: owner, buckets }) =>
      buckets.map(({ name, ...settings }): BucketNode => ({ kind: "bucket", name, owner, settings })),
    );
    return {
      nodes,
      edges: nodes.map((to) => ({ name: `bucket-${to.name}`, from: to.owner, verb: "owns", to, policy: {} })),
    };
  },
};
