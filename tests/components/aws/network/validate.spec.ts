import { expect } from "chai";
import type { NetworkArgs } from "../../../../components/aws/network";
import { validateNetwork } from "../../../../components/aws/network/validate";

const VALID: NetworkArgs = {
  placement: { partition: "aws", region: "eu-central-1", accountId: "123456789012" },
  cidr: "10.0.0.0/19",
  zones: ["eu-central-1a", "eu-central-1b"],
};
const paths = (change: Partial<NetworkArgs>, name = "network") =>
  validateNetwork(name, { ...VALID, ...change }).map(({ path }) => path);

describe("validateNetwork", () => {
  it("finds nothing wrong with the smallest network, nor with every argument used", () => {
    expect(validateNetwork("network", VALID)).to.deep.equal([]);
    expect(
      paths({
        masks: { public: 26, private: 24, isolated: 28 },
        nat: { count: 2 },
        endpoints: ["sqs", "ecr.api"],
        endpointZones: 1,
        flowLogRetentionInDays: 365,
      }),
    ).to.deep.equal([]);
  });

  it("says what would hold the tiers when the range is too small", () => {
    expect(validateNetwork("network", { ...VALID, cidr: "10.0.18.0/24" })).to.deep.equal([
      {
        path: "cidr",
        value: "10.0.18.0/24",
        allowed:
          "/19 or larger: room for 6 zones of /24 public, /24 private, /24 isolated, so that a new zone moves nothing",
        remedy: 'write "10.0.0.0/19", or make the subnets smaller with `masks`',
      },
    ]);
  });

  const cases: readonly (readonly [what: string, change: Partial<NetworkArgs>, expected: readonly string[]])[] = [
    ["a range that is none", { cidr: "10.0.0.1/16" }, ["cidr"]],
    ["a range larger than a VPC", { cidr: "10.0.0.0/8" }, ["cidr"]],
    ["masks that AWS has no subnets of", { masks: { public: 15, isolated: 29 } }, ["masks.public", "masks.isolated"]],
    ["masks that no VPC holds", { cidr: "10.0.0.0/16", masks: { private: 17 } }, ["masks"]],
    ["a single zone", { zones: ["eu-central-1a"] }, ["zones"]],
    [
      "seven zones",
      { zones: ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `eu-central-1${letter}`) },
      ["zones", "zones[6]"],
    ],
    ["a zone whose letter has no blocks", { zones: ["eu-central-1a", "eu-central-1g"] }, ["zones[1]"]],
    ["a zone twice", { zones: ["eu-central-1a", "eu-central-1a"] }, ["zones[1]"]],
    ["a zone of another region", { zones: ["eu-central-1a", "eu-west-1b"] }, ["zones[1]"]],
    ["a zone of a region that begins alike", { zones: ["eu-central-1a", "eu-central-12b"] }, ["zones[1]"]],
    ["more gateways than zones", { nat: { count: 3 } }, ["nat.count"]],
    ["no gateways by number", { nat: { count: 0 } }, ["nat.count"]],
    ["half a gateway", { nat: { count: 1.5 } }, ["nat.count"]],
    ["an instance type that is none", { nat: { instanceType: "small" } }, ["nat.instanceType"]],
    ["an interface endpoint beside a gateway's", { endpoints: ["sqs", "s3"] }, ["endpoints[1]"]],
    ["an endpoint twice", { endpoints: ["sqs", "sqs"] }, ["endpoints[1]"]],
    ["an endpoint by its whole name", { endpoints: ["com.amazonaws.eu-central-1/sqs"] }, ["endpoints[0]"]],
    ["endpoints in more zones than there are", { endpointZones: 3 }, ["endpointZones"]],
    ["endpoints in no zone", { endpointZones: 0 }, ["endpointZones"]],
    ["a retention that CloudWatch has not", { flowLogRetentionInDays: 45 }, ["flowLogRetentionInDays"]],
  ];
  for (const [what, change, expected] of cases) {
    it(`refuses ${what}`, () => {
      expect(paths(change)).to.deep.equal(expected);
    });
  }

  it("refuses a name that IAM has no room for", () => {
    expect(paths({}, "n".repeat(50))).to.deep.equal(["name"]);
  });

  it("reports everything at once", () => {
    expect(
      paths({
        cidr: "10.0.0.0/28",
        zones: ["eu-west-1a"],
        nat: { count: 9 },
        endpointZones: 9,
        flowLogRetentionInDays: 2,
      }),
    ).to.deep.equal(["cidr", "zones", "zones[0]", "nat.count", "endpointZones", "flowLogRetentionInDays"]);
  });
});
