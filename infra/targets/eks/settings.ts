// The keys of a stack (`archipelago:*` in Pulumi.<stack>.yaml) on EKS: those of AWS, and those of the cluster.
import type * as v from "valibot";
import { parseRange } from "../../../components/kit/subnets";
import { list, matching, object, optional, record, text } from "../../model/schema/words";
import { textThat } from "../../model/settings";
import { awsEntries } from "../aws/settings";

const PrincipalName = matching(
  /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
  "a name for the principal: lower-case letters, digits and dashes, at most 40",
  "rename it: access entries are named after it",
  40,
);
const Principal = matching(
  /^arn:[a-z-]+:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]{1,512}$/,
  "the ARN of a role or user of IAM",
  "copy it from the IAM console",
  600,
);

/** Keys of a stack on EKS. */
export interface EksSettings extends v.InferOutput<typeof EksSettings> {}
export const EksSettings = object({
  ...awsEntries,
  /** Version of Kubernetes (`"1.34"`, in quotes). It is raised by one minor version at a time, and never lowered. @default "1.34" */
  kubernetesVersion: optional(matching(/^1\.\d{2}$/, 'a version such as "1.34", in quotes', "write it in quotes", 4)),
  /**
   * IPv4 ranges outside of the VPC from which the API of Kubernetes is reached. Without them, `pulumi up` runs in the VPC: in a runner there, or
   * through a VPN.
   * @default none: the endpoint is private
   */
  apiCidrs: optional(
    list(
      textThat(
        (given) => (parseRange(given)?.prefix ?? 0) >= 8,
        "an IPv4 range of /8 or smaller, never the whole internet",
        "name the range of your office or pipeline",
      ),
      { most: 40 },
    ),
  ),
  /** Principals of IAM that administrate the cluster beside the one that creates it, by a name for each. @default none */
  administrators: optional(record(PrincipalName, Principal)),
  /** Principals of IAM that see everything in the cluster but Secrets, by a name for each. @default none */
  viewers: optional(record(PrincipalName, Principal)),
  /** File of a kubeconfig that leads to the cluster, for a tunnel to its private endpoint. @default made: `aws eks get-token` logs in */
  kubeconfig: optional(text(500)),
  /** Context of `kubeconfig`; set exactly when that is. @default none */
  context: optional(text(253)),
});
