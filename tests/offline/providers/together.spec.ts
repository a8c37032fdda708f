import { expect } from "chai";
import { UNKNOWN, type Values } from "../../../offline/providers/core/values";
import { documentedConflicts } from "../../../offline/providers/schema/documented-conflicts";
import { provider, subject } from "./support";

const aws = provider();
const failures = (type: string, inputs: Values): string[] =>
  aws.check(subject(type), inputs).failures.map(({ property, reason }) => `${property}: ${reason}`);

const route = (inputs: Values): string[] => failures("aws:ec2/route:Route", { routeTableId: "rtb-1", ...inputs });
const DESTINATIONS = "destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId";
const TARGETS =
  "carrierGatewayId, coreNetworkArn, egressOnlyGatewayId, gatewayId, localGatewayId, natGatewayId, networkInterfaceId, odbNetworkArn, transitGatewayId, vpcEndpointId, vpcPeeringConnectionId";

describe("offline providers: properties that go together", () => {
  it("are exactly one where the provider wants exactly one", () => {
    expect(route({ destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" })).to.deep.equal([]);
    expect(route({ gatewayId: "igw-1" })).to.deep.equal([
      `destinationCidrBlock: exactly one of ${DESTINATIONS} is needed: none is given`,
    ]);
    expect(
      route({
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: "igw-1",
        natGatewayId: "nat-1",
        transitGatewayId: "tgw-1",
      }),
    ).to.deep.equal([
      `natGatewayId: exactly one of ${TARGETS} is needed: gatewayId and natGatewayId and transitGatewayId are given`,
    ]);
  });

  it("are the one source of a security group's rule", () => {
    const rule = (inputs: Values): string[] =>
      failures("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
        ...{ securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443 },
        ...inputs,
      });
    const sources = "cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId";
    expect(rule({ cidrIpv4: "10.0.0.0/8" })).to.deep.equal([]);
    expect(rule({})).to.deep.equal([`cidrIpv4: exactly one of ${sources} is needed: none is given`]);
    expect(rule({ cidrIpv4: "10.0.0.0/8", cidrIpv6: "::/0" })).to.deep.equal([
      `cidrIpv6: exactly one of ${sources} is needed: cidrIpv4 and cidrIpv6 are given`,
    ]);
  });

  it("may be what is not known yet", () => {
    expect(route({ destinationCidrBlock: UNKNOWN, gatewayId: UNKNOWN })).to.deep.equal([]);
    expect(route({ destinationCidrBlock: UNKNOWN, egressOnlyGatewayId: UNKNOWN, natGatewayId: "" })).to.deep.equal([]);
  });

  it("do not count where they stand for nothing", () => {
    expect(route({ destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1", natGatewayId: "" })).to.deep.equal([]);
    const ipv6 = { cidrBlock: "10.0.0.0/16", ipv6IpamPoolId: "ipam-pool-1", assignGeneratedIpv6CidrBlock: false };
    expect(failures("aws:ec2/vpc:Vpc", ipv6)).to.deep.equal([]);
    const groups = { targetNetworkCidr: "10.0.0.0/16", clientVpnEndpointId: "cvpn-1", authorizeAllGroups: false };
    expect(failures("aws:ec2clientvpn/authorizationRule:AuthorizationRule", groups)).to.deep.equal([]);
  });

  it("exclude each other, which is said once", () => {
    expect(route({ destinationCidrBlock: "0.0.0.0/0", egressOnlyGatewayId: "eigw-1" })).to.deep.equal([
      'egressOnlyGatewayId: conflicts with "destinationCidrBlock", which is given too: leave one of the two out',
    ]);
    const named = { name: "shop", namePrefix: "shop-", subnets: [UNKNOWN] };
    expect(failures("aws:lb/loadBalancer:LoadBalancer", named)).to.deep.equal([
      'name: conflicts with "namePrefix", which is given too: leave one of the two out',
    ]);
  });

  it("are at least one where the documentation wants one", () => {
    const [rule, pattern] = ["aws:cloudwatch/eventRule:EventRule", '{"source":["shop"]}'];
    expect(failures(rule, { eventPattern: pattern, scheduleExpression: "rate(1 day)" })).to.deep.equal([]);
    expect(failures(rule, { description: "never" })).to.deep.equal([
      "scheduleExpression: at least one of scheduleExpression, eventPattern is needed: none is given",
    ]);
  });

  it("need each other, at any depth", () => {
    const broker = "aws:secretsmanager/secretVersion:SecretVersion";
    expect(failures(broker, { secretId: "shop", secretStringWo: "s", secretStringWoVersion: 1 })).to.deep.equal([]);
    expect(failures(broker, { secretId: "shop", secretStringWo: "s" })).to.deep.equal([
      'secretStringWo: needs "secretStringWoVersion" beside it: give that too, or leave this out',
    ]);
    const template = { launchTemplate: { id: "lt-1", name: "shop" }, maxSize: 1, minSize: 1 };
    expect(failures("aws:autoscaling/group:Group", template)).to.deep.equal([
      'launchTemplate.id: conflicts with "name", which is given too: leave one of the two out',
    ]);
  });
});

describe("offline providers: what a documentation says of properties together", () => {
  const beside = new Set(["a", "b", "c"]);
  const said = (doc: string): unknown => documentedConflicts("a", doc, beside);

  it("is read where it is said without a condition", () => {
    expect(said("A name. Conflicts with `b` and `c`. See below.")).to.deep.equal({ conflicts: ["b", "c"] });
    expect(said("Mutually exclusive with `b`.")).to.deep.equal({ conflicts: ["b"] });
    expect(said("A name.      * > **NOTE:** Exactly one of `a`, `b`, or `c` must be set.")).to.deep.equal({
      oneOf: ["a", "b", "c"],
    });
    expect(said("At least one of `b` or `a` is required.")).to.deep.equal({ someOf: ["b", "a"] });
    expect(said("If set, requires `c` to be set.")).to.deep.equal({ needs: ["c"] });
  });

  it("is left alone where there is a condition, another place or a second statement", () => {
    for (const doc of [
      "Conflicts with `b` if `c` is set.",
      "Conflicts with `b` in the `c` block.",
      "Conflicts with `other`.",
      "Exactly one of `a` or `b` must be set unless `c` is.",
      "Conflicts with `b`. Conflicts with `c`.",
      "You may choose one of `a` or `b`.",
    ])
      expect(said(doc), doc).to.equal(undefined);
  });
});
