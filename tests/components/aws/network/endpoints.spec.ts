import { expect } from "chai";
import type { Network } from "../../../../components/aws/network";
import { type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { start, idsOf, names, document, subnets, tables } from "./support";

describe("Network's endpoints", () => {
  let plain: Deployment<Network>;
  before(async () => {
    plain = await start();
  });

  describe("endpoints", () => {
    it("are gateways in private and isolated route tables, always", () => {
      const deployment = plain;
      const all = deployment.ofType("aws:ec2/vpcEndpoint:VpcEndpoint");
      expect(names(all)).to.deep.equal(["network-dynamodb", "network-s3"]);
      for (const { inputs } of all) {
        expect(inputs.routeTableIds).to.deep.equal(
          idsOf([...tables(deployment, "private"), ...tables(deployment, "isolated")]),
        );
      }
    });

    it("let through this account's own, and image layers", async () => {
      const { one } = await start({ endpoints: ["sqs"] });
      const policy = (name: string) => document(one("aws:ec2/vpcEndpoint:VpcEndpoint", name).inputs.policy).Statement;
      const own = { "aws:PrincipalAccount": "123456789012" };
      const resources = { ...own, "aws:ResourceAccount": "123456789012" };
      const any = { Effect: "Allow", Principal: "*" };
      const gateway = { ...any, Sid: "OwnResources", Resource: "*", Condition: { StringEquals: resources } };
      expect(policy("network-s3")).to.deep.equal([
        { ...gateway, Action: "s3:*" },
        {
          ...any,
          Sid: "ImageLayers",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
        },
      ]);
      expect(policy("network-dynamodb")).to.deep.equal([{ ...gateway, Action: "dynamodb:*" }]);
      expect(policy("network-sqs")).to.deep.equal([
        { ...any, Sid: "OwnPrincipals", Action: "*", Resource: "*", Condition: { StringEquals: own } },
      ]);
    });

    it("are interfaces with private names in the first zones, reached from private subnets on 443", async () => {
      const deployment = await start({ endpoints: ["ecr.api"], endpointZones: 2 });
      const { inputs } = deployment.one("aws:ec2/vpcEndpoint:VpcEndpoint", "network-ecr-api");
      const group = deployment.one("aws:ec2/securityGroup:SecurityGroup").outputs.id;
      expect(inputs.serviceName).to.equal("com.amazonaws.eu-central-1.ecr.api");
      expect(inputs.privateDnsEnabled).to.equal(true);
      expect(inputs.subnetIds).to.deep.equal(idsOf(subnets(deployment, "private").slice(0, 2)));
      expect(inputs.securityGroupIds).to.deep.equal([group]);
      const rules = deployment.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
      expect(rules.map((rule) => [rule.inputs.cidrIpv4, rule.inputs.fromPort, rule.inputs.toPort])).to.deep.equal(
        ["10.0.6.0/24", "10.0.7.0/24", "10.0.8.0/24"].map((block) => [block, 443, 443]),
      );
      expect(await outputOf(deployment.result.endpointSecurityGroupId)).to.equal(group);
    });
  });

  describe("grants", () => {
    it("open the way to endpoints: the group and S3's prefix list", async () => {
      const { result } = await start({ endpoints: ["sqs"] });
      expect(result.grantEndpoints()).to.deep.equal({
        reaches: [
          { to: "network-endpoints", securityGroupId: result.endpointSecurityGroupId, port: 443, isOpen: true },
          { to: "network-s3", prefixListId: result.s3PrefixListId, port: 443 },
        ],
        startsAfter: [result.nodes.interfaceEndpoints.sqs, ...Object.values(result.nodes.endpointIngressRules)],
      });
      expect(Object.keys(result.nodes.endpointIngressRules)).to.have.length(3);
    });

    it("know no group without interface endpoints", () => {
      const { result } = plain;
      expect(result.endpointSecurityGroupId).to.equal(undefined);
      expect(result.grantEndpoints()).to.deep.equal({
        reaches: [{ to: "network-s3", prefixListId: result.s3PrefixListId, port: 443 }],
        startsAfter: [],
      });
    });

    it("open the way to the internet by HTTPS only", () => {
      const { result } = plain;
      const routes = ["a", "b", "c"].map((zone) => result.nodes.natRoutes[`eu-central-1${zone}`]);
      expect(routes).not.to.include(undefined);
      expect(result.grantInternet()).to.deep.equal({
        reaches: [{ cidr: "0.0.0.0/0", port: 443 }],
        startsAfter: routes,
      });
    });
  });
});
