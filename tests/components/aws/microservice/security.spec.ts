import { expect } from "chai";
import { namedReaches } from "../../../../components/aws/kit";
import type { Deployment } from "../../../../offline/providers/mocks";
import { build, routing, supplied } from "./fixtures";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** Each rule as a tuple: name, group, peer, port. */
const rulesOf = ({ ofType }: Deployment<unknown>, type: string) =>
  ofType(type).map(({ name, inputs }) => [
    name,
    inputs.securityGroupId,
    inputs.referencedSecurityGroupId ?? inputs.prefixListId ?? inputs.cidrIpv4,
    inputs.ipProtocol,
    inputs.fromPort,
    inputs.toPort,
  ]);

describe("components/aws/microservice security", () => {
  it("opens nothing by itself", async () => {
    const deployment = await build();
    const { vpcId, ingress, egress } = deployment.one(GROUP).inputs;
    expect({ vpcId, ingress, egress }).to.deep.equal({ vpcId: "vpc-1", ingress: undefined, egress: undefined });
    expect([...rulesOf(deployment, INGRESS), ...rulesOf(deployment, EGRESS)]).to.deep.equal([]);
  });

  it("lets the load balancer in, and out of its own group", async () => {
    const deployment = await build({ routing });
    const own = deployment.one(GROUP).outputs.id;
    expect(rulesOf(deployment, INGRESS)).to.deep.equal([
      ["order-from-load-balancer", own, "sg-alb", "tcp", 8080, 8080],
    ]);
    expect(rulesOf(deployment, EGRESS)).to.deep.equal([
      ["order-load-balancer-egress", "sg-alb", own, "tcp", 8080, 8080],
    ]);
  });

  it("opens both sides of every reach of its grants", async () => {
    const deployment = await build({
      grants: {
        database: { reaches: [{ to: "db", port: 5432, securityGroupId: supplied("sg-db") }] },
        endpoints: {
          reaches: [
            { to: "endpoints", port: 443, securityGroupId: "sg-endpoints", isOpen: true },
            { to: "s3", port: 443, prefixListId: "pl-s3" },
          ],
        },
        internet: { reaches: [{ port: 443, cidr: "0.0.0.0/0" }] },
      },
    });
    const own = deployment.one(GROUP).outputs.id;
    expect(rulesOf(deployment, EGRESS)).to.have.deep.members([
      ["order-to-db-5432", own, "sg-db", "tcp", 5432, 5432],
      ["order-to-endpoints-443", own, "sg-endpoints", "tcp", 443, 443],
      ["order-to-s3-443", own, "pl-s3", "tcp", 443, 443],
      ["order-to-0.0.0.0-0-443", own, "0.0.0.0/0", "tcp", 443, 443],
    ]);
    expect(rulesOf(deployment, INGRESS)).to.deep.equal([["order-at-db-5432", "sg-db", own, "tcp", 5432, 5432]]);
  });

  it("opens a place once, however many edges lead there", () => {
    const shared = supplied("sg-endpoints");
    const keys = namedReaches({
      queue: { reaches: [{ to: "endpoints", port: 443, securityGroupId: shared }] },
      topic: { reaches: [{ to: "endpoints", port: 443, securityGroupId: shared }] },
      bucket: {
        reaches: [
          { to: "s3", port: 443, prefixListId: "pl-1" },
          { to: "s3", port: 443, prefixListId: "pl-1" },
        ],
      },
      web: {
        reaches: [
          { port: 443, cidr: "10.0.0.0/8" },
          { port: 80, cidr: "10.0.0.0/8" },
        ],
      },
    }).map(({ key }) => key);
    expect(keys).to.deep.equal(["endpoints-443", "s3-443", "10.0.0.0-8-443", "10.0.0.0-8-80"]);
  });

  it("names a reach after what is reached, whatever the grant is called and whichever grant comes first", () => {
    const database = { reaches: [{ to: "orders-db", port: 5432, securityGroupId: supplied("sg-db") }] };
    const web = { reaches: [{ port: 443, cidr: "0.0.0.0/0" }] };
    const keysOf = (grants: Parameters<typeof namedReaches>[0]) => namedReaches(grants).map(({ key }) => key);
    const keys = ["orders-db-5432", "0.0.0.0-0-443"];
    expect(keysOf({ database, web })).to.deep.equal(keys);
    expect(keysOf({ store: database, internet: web })).to.deep.equal(keys);
    expect(keysOf({ reports: database, database, web })).to.deep.equal(keys);
  });

  it("tells two groups at one port apart", () => {
    const reaches = ["sg-1", "sg-2", "sg-3"].map((securityGroupId) => ({
      to: "endpoints",
      port: 443,
      securityGroupId,
    }));
    expect(namedReaches({ a: { reaches } }).map(({ key }) => key)).to.deep.equal([
      "endpoints-443",
      "endpoints-443-2",
      "endpoints-443-3",
    ]);
  });
});
