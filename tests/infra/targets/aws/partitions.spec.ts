// Outside the commercial partition everything that carries a name of AWS has another one: ARNs, principals, endpoints, hosts.
// The fullest plan is built in a region of each, and what it says is compared with data that AWS's own tools are made from.
import { RegionInfo } from "@aws-cdk/region-info";
import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import { derivedOnAws } from "../../support/aws";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { ALL_REGIONS, partitionOf, registryHost } from "../../../../components/kit/partitions";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { fullestSettings, fullestSystem, LONGEST } from "../../../support/fullest";

/** Of the services that plans have endpoints for, those with the partition's prefix: aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts at 000a9eb. */
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  "cn-north-1": [
    "cn.com.amazonaws.cn-north-1.ecr.api",
    "cn.com.amazonaws.cn-north-1.ecr.dkr",
    "cn.com.amazonaws.cn-north-1.sqs",
    "com.amazonaws.cn-north-1.dynamodb",
    "com.amazonaws.cn-north-1.logs",
    "com.amazonaws.cn-north-1.s3",
    "com.amazonaws.cn-north-1.secretsmanager",
    "com.amazonaws.cn-north-1.sns",
  ],
  "eusc-de-east-1": [
    "com.amazonaws.eusc-de-east-1.dynamodb",
    "com.amazonaws.eusc-de-east-1.logs",
    "com.amazonaws.eusc-de-east-1.s3",
    "com.amazonaws.eusc-de-east-1.secretsmanager",
    "com.amazonaws.eusc-de-east-1.sns",
    "com.amazonaws.eusc-de-east-1.sqs",
    "eu.amazonaws.eusc-de-east-1.ecr.api",
    "eu.amazonaws.eusc-de-east-1.ecr.dkr",
  ],
};
for (const region of ["eu-central-1", "us-gov-west-1"])
  Object.assign(ENDPOINTS, {
    [region]: ["dynamodb", "ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager", "sns", "sqs"].map(
      (service) => `com.amazonaws.${region}.${service}`,
    ),
  });

/**
 * CloudWatch Logs is named by region, in China with the suffix of China:
 * https://docs.amazonaws.cn/en_us/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
const LOGS: Readonly<Record<string, string>> = {
  "eu-central-1": "logs.eu-central-1.amazonaws.com",
  "cn-north-1": "logs.cn-north-1.amazonaws.com.cn",
  "us-gov-west-1": "logs.us-gov-west-1.amazonaws.com",
  "eusc-de-east-1": "logs.amazonaws.com",
};

const published = (region: string) => {
  const { partition, domainSuffix, elbv2Account } = RegionInfo.get(region);
  return { partition: partition ?? "", suffix: domainSuffix ?? "", elbv2Account };
};

/** Every text in a value; texts that hold JSON are read. */
function texts(value: unknown): readonly string[] {
  if (typeof value === "string") {
    if (!/^[[{]/.test(value)) return [value];
    try {
      return texts(JSON.parse(value));
    } catch {
      return [value];
    }
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** Every value of a key, at any depth. */
function valuesOf(key: string, value: unknown): readonly unknown[] {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return valuesOf(key, JSON.parse(value));
    } catch {
      return [];
    }
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(key, inner),
  ]);
}

/** Services that a resource's policies name; tags are called "Service" too. */
const principalsOf = (inputs: unknown): readonly string[] =>
  valuesOf("Service", inputs)
    .flatMap(texts)
    .filter((text) => text.includes(".amazonaws."));

const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort();

async function built(region: string): Promise<readonly Registered[]> {
  const system = fullestSystem(LONGEST);
  const settings = fullestSettings(system, "prod");
  const image = (name: string) => `${registryHost("111122223333", region)}/${name}:1.0.0`;
  const plan = derivedOnAws(system, environments.prod, {
    ...settings,
    region,
    zones: ["a", "b", "c"].map((zone) => `${region}${zone}`),
    images: Object.fromEntries(Object.keys(system.services).map((name) => [name, image(name)])),
  });
  return (await deploy(() => buildOnEcs(plan), { region })).resources;
}

describe("partitions", () => {
  it("know each region's partition and suffix as AWS's tools do", () => {
    expect(ALL_REGIONS).to.include.members(["cn-northwest-1", "us-gov-east-1", "eusc-de-east-1"]);
    for (const region of ALL_REGIONS) {
      const { partition, suffix } = published(region);
      expect(partitionOf(region), region).to.equal(partition);
      expect(registryHost("1", region), region).to.equal(`1.dkr.ecr.${region}.${suffix}`);
    }
  });

  for (const region of ["eu-central-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"]) {
    describe(region, () => {
      const { partition, suffix, elbv2Account } = published(region);
      let inputs: readonly Registered["inputs"][];
      let resources: readonly Registered[];
      before(async function () {
        this.timeout(60_000);
        resources = await built(region);
        inputs = resources.map((resource) => resource.inputs);
      });

      it("has no ARN of another partition", () => {
        const arns = inputs.flatMap(texts).filter((text) => text.startsWith("arn:"));
        expect(arns.length).to.be.greaterThan(100);
        expect(sorted(arns.map((arn) => arn.split(":")[1] ?? ""))).to.deep.equal([partition]);
      });

      it("names every service as the principal that IAM takes there", () => {
        const principals = sorted(inputs.flatMap(principalsOf));
        const expected = ["cloudwatch", "ecs-tasks", "events", "lambda", "monitoring.rds", "sns", "vpc-flow-logs"];
        const delivery = elbv2Account === undefined || partition === "aws" ? ["logdelivery.elasticloadbalancing"] : [];
        expect(principals).to.deep.equal(
          sorted([...[...expected, ...delivery].map((name) => `${name}.amazonaws.com`), LOGS[region] ?? ""]),
        );
      });

      it("lets the account that writes access logs there write them", () => {
        const policies = resources.filter(({ name }) => name === "cluster-access-logs").map((one) => one.inputs.policy);
        const writers = policies.flatMap((policy) => valuesOf("Principal", policy)).filter((one) => one !== "*");
        expect(writers).to.deep.equal([
          elbv2Account === undefined || partition === "aws"
            ? { Service: "logdelivery.elasticloadbalancing.amazonaws.com" }
            : { AWS: `arn:${partition}:iam::${elbv2Account}:root` },
        ]);
      });

      it("uses keys through the hosts of the partition", () => {
        const via = sorted(inputs.flatMap((one) => valuesOf("kms:ViaService", one)).flatMap(texts));
        const services = ["s3", "secretsmanager", "sns", "sqs"];
        const hosts = services.map((service) => `${service}.${region}.${suffix}`);
        const either = partition === "aws-eusc" ? services.map((service) => `${service}.${region}.amazonaws.com`) : [];
        expect(via).to.deep.equal(sorted([...hosts, ...either]));
      });

      it("names endpoints as EC2 lists them", () => {
        const names = resources
          .filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint")
          .map((one) => String(one.inputs.serviceName));
        expect(sorted(names)).to.deep.equal(ENDPOINTS[region]);
      });

      it("says no other host of AWS", () => {
        const named = inputs.flatMap((one) => [
          ...principalsOf(one),
          ...valuesOf("kms:ViaService", one).flatMap(texts),
        ]);
        const hosts = inputs
          .flatMap(texts)
          .filter((text) => !named.includes(text))
          .flatMap((text) => text.match(/[a-z0-9-]+\.amazonaws\.[a-z]+(\.[a-z]+)?/g) ?? [])
          .filter((host) => !/^(com|eu)\.amazonaws\./.test(host));
        expect(hosts.length).to.be.greaterThan(3);
        expect(sorted(hosts.map((host) => host.slice(host.indexOf(".") + 1)))).to.deep.equal([suffix]);
      });

      it("keeps the contracts in a registry where there is one", () => {
        const registries = resources.filter(({ type }) => type === "aws:schemas/registry:Registry");
        expect(registries).to.have.lengthOf(partition === "aws-eusc" ? 0 : 1);
      });
    });
  }
});
