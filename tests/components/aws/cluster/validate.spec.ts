import { expect } from "chai";
import type { ClusterArgs } from "../../../../components/aws/cluster";
import { strategyOf } from "../../../../components/aws/cluster/resolve";
import { validateCluster } from "../../../../components/aws/cluster/validate";

const NETWORK = { vpcId: "vpc-1", cidr: "10.0.0.0/16", privateSubnetIds: ["subnet-a", "subnet-b"] };
const VALID: ClusterArgs = {
  placement: { partition: "aws", region: "eu-central-1", accountId: "123456789012" },
  network: NETWORK,
};
const HTTPS = { certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/1" };
const paths = (change: Partial<ClusterArgs>, name = "cluster") =>
  validateCluster(name, { ...VALID, ...change }).map(({ path }) => path);

describe("validateCluster", () => {
  it("finds nothing wrong with the least, nor with every argument used", () => {
    expect(paths({})).to.deep.equal([]);
    expect(
      paths({
        network: { ...NETWORK, publicSubnetIds: ["subnet-c", "subnet-d"] },
        namespace: "shop.internal",
        capacity: { base: 2, onDemandWeight: 1, spotWeight: 3 },
        containerInsights: "enhanced",
        logRetentionInDays: 365,
        accessLogRetentionInDays: 1,
        internetFacing: true,
        https: { domainName: "api.example.com", hostedZoneId: "Z1" },
        protectData: false,
      }),
    ).to.deep.equal([]);
  });

  const cases: readonly (readonly [what: string, change: Partial<ClusterArgs>, expected: readonly string[]])[] = [
    ["half a task", { capacity: { base: 0.5, onDemandWeight: 1, spotWeight: 0 } }, ["capacity.base"]],
    [
      "weights out of range",
      { capacity: { base: 0, onDemandWeight: 1001, spotWeight: -1 } },
      ["capacity.onDemandWeight", "capacity.spotWeight"],
    ],
    ["no weight at all", { capacity: { base: 3, onDemandWeight: 0, spotWeight: 0 } }, ["capacity"]],
    ["a namespace of one label", { namespace: "local" }, ["namespace"]],
    ["a namespace in capitals", { namespace: "Shop.local" }, ["namespace"]],
    ["a retention that CloudWatch has not", { logRetentionInDays: 45 }, ["logRetentionInDays"]],
    ["access logs that are not kept", { accessLogRetentionInDays: 0 }, ["accessLogRetentionInDays"]],
    ["plain HTTP from the internet", { internetFacing: true }, ["https", "network.publicSubnetIds"]],
    ["the internet without public subnets", { internetFacing: true, https: HTTPS }, ["network.publicSubnetIds"]],
    ["a domain that is none", { https: { domainName: "example", hostedZoneId: "Z1" } }, ["https.domainName"]],
    ["a wildcard", { https: { domainName: "*.example.com", hostedZoneId: "Z1" } }, ["https.domainName"]],
    [
      "a certificate of another region",
      { https: { certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1" } },
      ["https.certificateArn"],
    ],
  ];
  for (const [what, change, expected] of cases) {
    it(`refuses ${what}`, () => {
      expect(paths(change)).to.deep.equal(expected);
    });
  }

  it("refuses names that a load balancer can't have", () => {
    expect(paths({}, "c".repeat(21))).to.deep.equal(["name"]);
    expect(paths({}, "c".repeat(20))).to.deep.equal([]);
    expect(paths({}, "Cluster")).to.deep.equal(["name"]);
    expect(paths({}, "internal-shop")).to.deep.equal(["name"]);
  });
});

describe("strategyOf", () => {
  it("names only what is used", () => {
    expect(strategyOf({ base: 0, onDemandWeight: 0, spotWeight: 1 })).to.deep.equal([
      { capacityProvider: "FARGATE_SPOT", weight: 1 },
    ]);
    expect(strategyOf({ base: 2, onDemandWeight: 0, spotWeight: 1 })).to.deep.equal([
      { capacityProvider: "FARGATE", base: 2, weight: 0 },
      { capacityProvider: "FARGATE_SPOT", weight: 1 },
    ]);
    expect(strategyOf({ base: 1, onDemandWeight: 1, spotWeight: 0 })).to.deep.equal([
      { capacityProvider: "FARGATE", base: 1, weight: 1 },
    ]);
  });
});
