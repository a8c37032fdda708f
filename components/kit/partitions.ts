// What AWS calls its services in each partition. Data first: a new region or partition is a line here, and
// tests/infra/targets/ecs/partitions.spec.ts holds every name against published data (docs/decisions/0016-partitions.md). Pure.
import type { Problem } from "./problems";

/**
 * Account and region of a stack's resources. Components get them as arguments and never ask the cloud, so that a preview needs no
 * credentials.
 */
export interface Placement {
  /** The partition that `region` lies in: `aws`, `aws-cn`, `aws-us-gov` or `aws-eusc`. */
  readonly partition: string;
  /** `eu-central-1`. */
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}

/** Something that not every partition has. */
export type Feature = "schema-registry";

interface Partition {
  readonly regions: readonly string[];
  /** What the host names of its endpoints end in: `sqs.eu-central-1.amazonaws.com`. */
  readonly dnsSuffix: string;
  /** Another suffix that KMS may write into `kms:ViaService`: see {@link viaService}. */
  readonly unprovenSuffix?: string;
  /** Interface endpoints whose service names begin with another prefix than `com.amazonaws`, as `describe-vpc-endpoint-services` lists them. */
  readonly endpointNames: { readonly prefix: string; readonly services: readonly string[] };
  /** Principals of services that are not `<service>.amazonaws.com`; `<region>` stands for the region. */
  readonly principals: Readonly<Record<string, string>>;
  /** Account of Elastic Load Balancing by region, where access logs are written by an account and not by a service. */
  readonly accessLogAccounts: Readonly<Record<string, string>>;
  readonly lacks: readonly Feature[];
}

/** Elastic Load Balancing's principal for access logs. */
const ACCESS_LOGS = "logdelivery.elasticloadbalancing";

const PARTITIONS: Readonly<Record<string, Partition>> = {
  aws: {
    // https://docs.aws.amazon.com/general/latest/gr/rande.html
    regions: [
      "af-south-1",
      "ap-east-1",
      "ap-east-2",
      "ap-northeast-1",
      "ap-northeast-2",
      "ap-northeast-3",
      "ap-south-1",
      "ap-south-2",
      "ap-southeast-1",
      "ap-southeast-2",
      "ap-southeast-3",
      "ap-southeast-4",
      "ap-southeast-5",
      "ap-southeast-6",
      "ap-southeast-7",
      "ca-central-1",
      "ca-west-1",
      "eu-central-1",
      "eu-central-2",
      "eu-north-1",
      "eu-south-1",
      "eu-south-2",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
      "il-central-1",
      "me-central-1",
      "me-south-1",
      "mx-central-1",
      "sa-east-1",
      "us-east-1",
      "us-east-2",
      "us-west-1",
      "us-west-2",
    ],
    dnsSuffix: "amazonaws.com",
    endpointNames: { prefix: "com.amazonaws", services: [] },
    principals: { logs: "logs.<region>.amazonaws.com" },
    accessLogAccounts: {},
    lacks: [],
  },
  "aws-cn": {
    regions: ["cn-north-1", "cn-northwest-1"],
    dnsSuffix: "amazonaws.com.cn",
    endpointNames: {
      prefix: "cn.com.amazonaws",
      services: [
        "ec2",
        "ecr.api",
        "ecr.dkr",
        "elasticache",
        "lambda",
        "monitoring",
        "rds",
        "s3",
        "sqs",
        "states",
        "sts",
        "xray",
      ],
    },
    principals: { logs: "logs.<region>.amazonaws.com.cn" },
    accessLogAccounts: { "cn-north-1": "638102146993", "cn-northwest-1": "037604701340" },
    lacks: [],
  },
  "aws-us-gov": {
    regions: ["us-gov-east-1", "us-gov-west-1"],
    dnsSuffix: "amazonaws.com",
    endpointNames: { prefix: "com.amazonaws", services: [] },
    principals: { logs: "logs.<region>.amazonaws.com" },
    accessLogAccounts: { "us-gov-east-1": "190560391635", "us-gov-west-1": "048591011584" },
    lacks: [],
  },
  "aws-eusc": {
    regions: ["eusc-de-east-1"],
    dnsSuffix: "amazonaws.eu",
    unprovenSuffix: "amazonaws.com",
    endpointNames: { prefix: "eu.amazonaws", services: ["ecr.api", "ecr.dkr"] },
    principals: {},
    accessLogAccounts: {},
    lacks: ["schema-registry"],
  },
};

/** Every region that stacks can be in. */
export const ALL_REGIONS: readonly string[] = Object.values(PARTITIONS).flatMap(({ regions }) => regions);

/** The partition of a region; undefined when the region is not known. */
export function partitionOf(region: string): string | undefined {
  return Object.keys(PARTITIONS).find((name) => PARTITIONS[name]?.regions.includes(region));
}

/** Whether a region's partition has a feature. */
export function offers(region: string, feature: Feature): boolean {
  return !at(region).lacks.includes(feature);
}

/** A problem when a placement's partition is not the one that its region lies in: every ARN would be wrong. */
export function placementProblems({ partition, region }: Placement): Problem[] {
  const known = partitionOf(region);
  if (known === partition) return [];
  if (known !== undefined) {
    const allowed = `"${known}", in which ${region} lies`;
    return [{ path: "placement.partition", value: partition, allowed, remedy: "correct the partition or the region" }];
  }
  return [{ path: "placement.region", value: region, allowed: "a region of AWS", remedy: "correct the region" }];
}

/** The principal of an AWS service in policies: `servicePrincipal("ecs-tasks", placement)`. */
export function servicePrincipal(service: string, { region }: Placement): string {
  return at(region).principals[service]?.replace("<region>", region) ?? `${service}.amazonaws.com`;
}

/** Who writes access logs of load balancers: a service, or in older partitions an account of AWS. */
export function accessLogPrincipal(placement: Placement): { readonly Service: string } | { readonly AWS: string } {
  const { partition, region } = placement;
  const account = at(region).accessLogAccounts[region];
  return account === undefined
    ? { Service: servicePrincipal(ACCESS_LOGS, placement) }
    : { AWS: `arn:${partition}:iam::${account}:root` };
}

/** Service name of an endpoint: `com.amazonaws.eu-central-1.ecr.api`. Gateway endpoints have one prefix everywhere. */
export function endpointServiceName(service: string, type: "Gateway" | "Interface", { region }: Placement): string {
  const { prefix, services } = at(region).endpointNames;
  const begins = type === "Interface" && services.includes(service) ? prefix : "com.amazonaws";
  return `${begins}.${region}.${service}`;
}

/**
 * Values of `kms:ViaService` for a service: the host name of its endpoint. For the European Sovereign Cloud nothing that AWS
 * publishes says whether KMS writes the partition's own suffix, so both are accepted there; no other service has either name.
 */
export function viaService(service: string, { region }: Placement): string | string[] {
  const { dnsSuffix, unprovenSuffix } = at(region);
  const own = `${service}.${region}.${dnsSuffix}`;
  return unprovenSuffix === undefined ? own : [own, `${service}.${region}.${unprovenSuffix}`];
}

/** Host name of a private ECR registry: `111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn`. */
export function registryHost(accountId: string, region: string): string {
  return `${accountId}.dkr.ecr.${region}.${at(region).dnsSuffix}`;
}

function at(region: string): Partition {
  const partition = PARTITIONS[partitionOf(region) ?? ""];
  // Components and settings have refused such a region before.
  if (partition === undefined) throw new Error(`"${region}" is no known region of AWS`);
  return partition;
}
