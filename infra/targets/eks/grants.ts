// Grants of components on AWS as a pod holds them: IAM statements become a Pod Identity role, security groups become NetworkPolicy egress to the
// subnets behind them.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Grant as AwsGrant, Reach as AwsReach, Statement } from "../../../components/kit";
import type { Grant, Reach } from "../../../components/kubernetes/kit";
import type { AnyGrant } from "../rights";
import type { Foundation } from "./foundation";

/** Address at which each node gives pods the credentials of their role (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html). */
const POD_IDENTITY = { to: "pod-identity", port: 80, cidr: "169.254.170.23/32" } as const;

/** Actions of services that have no interface endpoint here, or of which only the signature is checked elsewhere. */
const WITHOUT_ENDPOINT = new Set(["s3", "dynamodb", "rds-db", "elasticache", "kms"]);

/** Gives a workload what its grants say; returns them as its pods hold them. */
export function onPods(
  foundation: Foundation,
  workload: string,
  given: Readonly<Record<string, AwsGrant>>,
): Record<string, Grant> {
  const { cluster, plan, network } = foundation;
  const statements = Object.values(given).flatMap((grant) => grant.statements ?? []);
  const grants = Object.entries(given).map(([name, grant]) => [name, onPod(foundation, grant)] as const);
  if (statements.length === 0) return Object.fromEntries(grants);
  const { association } = cluster.identify(workload, {
    namespace: plan.namespace,
    serviceAccount: workload,
    grants: given,
  });
  const actions = new Set(statements.flatMap(servicesOf));
  const identity: Grant = {
    environment: { AWS_REGION: plan.region },
    reaches: [
      POD_IDENTITY,
      ...([...actions].some((service) => !WITHOUT_ENDPOINT.has(service))
        ? [{ to: "endpoints", port: 443, cidrs: [...plan.ranges.private] }]
        : []),
      ...(actions.has("s3") ? [{ to: "s3", port: 443, cidrs: rangesOf(foundation, network.s3PrefixListId) }] : []),
    ],
    // A pod gets its role when it is created.
    startsAfter: [association],
  };
  return { ...Object.fromEntries(grants), identity };
}

/** Grants of pods, each with the statements of its Pod Identity role. */
export function withStatements(
  grants: Readonly<Record<string, Grant>>,
  given: Readonly<Record<string, AwsGrant>>,
): Record<string, AnyGrant> {
  return Object.fromEntries(
    Object.entries(grants).map(([name, grant]) => {
      const { statements } = given[name] ?? {};
      return [name, { ...grant, ...(statements && { statements }) }];
    }),
  );
}

/** The services of AWS that a statement is about. */
function servicesOf({ Action: action }: Statement): string[] {
  return [action].flat().map((one) => one.split(":")[0] ?? "");
}

function onPod(foundation: Foundation, { environment, reaches = [], startsAfter = [], secrets }: AwsGrant): Grant {
  if (secrets && Object.keys(secrets).length > 0) throw new Error("pods read no secret from Secrets Manager");
  const rules = reaches.flatMap((reach) => ruleOf(foundation, reach));
  return {
    ...(environment && { environment }),
    reaches: reaches.map((reach) => reachOf(foundation, reach)),
    startsAfter: [...startsAfter, ...rules],
  };
}

/** A store lets the pods' group in, once for all workloads: NetworkPolicies decide which of them reach it. */
function ruleOf({ cluster, reached }: Foundation, reach: AwsReach): pulumi.Resource[] {
  if (!("securityGroupId" in reach) || reach.isOpen === true) return [];
  const key = `${reach.to} ${reach.port}`;
  const rule = reached.get(key) ?? cluster.letIn(reach.to, reach);
  reached.set(key, rule);
  return [rule];
}

function reachOf(foundation: Foundation, reach: AwsReach): Reach {
  const { ranges } = foundation.plan;
  const { port } = reach;
  if ("cidr" in reach) return { to: reach.cidr === "0.0.0.0/0" ? "internet" : reach.cidr, port, cidr: reach.cidr };
  if ("prefixListId" in reach) return { to: reach.to, port, cidrs: rangesOf(foundation, reach.prefixListId) };
  return { to: reach.to, port, cidrs: [...(reach.isOpen === true ? ranges.private : ranges.isolated)] };
}

/** Ranges of a service behind a gateway endpoint. Each run reads them anew: AWS adds some from time to time. */
function rangesOf({ opts }: Foundation, id: pulumi.Input<string>): pulumi.Output<string[]> {
  const [provider] = Array.isArray(opts.providers) ? opts.providers : [];
  return aws.ec2
    .getManagedPrefixListOutput({ id }, { ...(provider && { provider }) })
    .entries.apply((entries) => entries.map(({ cidr }) => cidr).sort());
}
