import { expect } from "chai";
import type { Network, NetworkArgs } from "../../../../components/aws/network";
import { type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { start, idsOf, names, subnets, tables } from "./support";

describe("Network's ways out", () => {
  let plain: Deployment<Network>;
  let instance: Deployment<Network>;
  before(async () => {
    [plain, instance] = [await start(), await start({ nat: { instanceType: "t4g.nano" } })];
  });

  describe("NAT", () => {
    const routes = async (nat: NonNullable<NetworkArgs["nat"]>) => {
      const deployment = await start({ nat });
      const gateways = deployment.ofType("aws:ec2/natGateway:NatGateway");
      const leaving = deployment
        .ofType("aws:ec2/route:Route")
        .filter(({ inputs }) => inputs.natGatewayId !== undefined)
        .map(({ inputs }) => [
          tables(deployment, "private").findIndex(({ outputs }) => outputs.id === inputs.routeTableId),
          gateways.find(({ outputs }) => outputs.id === inputs.natGatewayId)?.name,
        ]);
      return { deployment, leaving: leaving.sort() };
    };

    it("is one gateway for all zones by default", () => {
      expect(names(plain.ofType("aws:ec2/natGateway:NatGateway"))).to.deep.equal(["network-nat-eu-central-1a"]);
    });

    it("shares two gateways between three zones", async () => {
      expect((await routes({ count: 2 })).leaving).to.deep.equal([
        [0, "network-nat-eu-central-1a"],
        [1, "network-nat-eu-central-1b"],
        [2, "network-nat-eu-central-1a"],
      ]);
    });

    it("gives each zone its own, in its own public subnet", async () => {
      const { deployment, leaving } = await routes("per-zone");
      expect(leaving).to.deep.equal([
        [0, "network-nat-eu-central-1a"],
        [1, "network-nat-eu-central-1b"],
        [2, "network-nat-eu-central-1c"],
      ]);
      const places = deployment.ofType("aws:ec2/natGateway:NatGateway").map(({ inputs }) => inputs.subnetId);
      expect(places).to.have.members(idsOf(subnets(deployment, "public")));
      expect(await outputOf(deployment.result.natPublicIps)).to.deep.equal(
        ["a", "b", "c"].map(
          (zone) => deployment.one("aws:ec2/eip:Eip", `network-nat-eu-central-1${zone}`).outputs.publicIp,
        ),
      );
    });

    it("can be none, and then nothing may reach the internet", async () => {
      const { deployment, leaving } = await routes("none");
      expect(leaving).to.deep.equal([]);
      expect(deployment.ofType("aws:ec2/eip:Eip")).to.deep.equal([]);
      expect(await outputOf(deployment.result.natPublicIps)).to.deep.equal([]);
      expect(() => deployment.result.grantInternet()).to.throw("nat");
    });
  });

  describe("NAT instance", () => {
    it("forwards for every zone", () => {
      const deployment = instance;
      const machine = deployment.one("aws:ec2/instance:Instance");
      const targets = deployment
        .ofType("aws:ec2/route:Route")
        .filter(({ name }) => name.startsWith("network-nat-"))
        .map(({ inputs }) => inputs.networkInterfaceId);
      expect(targets).to.deep.equal(Array<unknown>(3).fill(machine.outputs.primaryNetworkInterfaceId));
      expect(machine.inputs.sourceDestCheck).to.equal(false);
      expect(deployment.one("aws:ec2/eip:Eip").inputs.instance).to.equal(machine.outputs.id);
      expect(deployment.ofType("aws:ec2/natGateway:NatGateway")).to.deep.equal([]);
    });

    it("has token-only metadata, an encrypted disk and an image that EC2 looks up", () => {
      const { one } = instance;
      const { inputs } = one("aws:ec2/launchTemplate:LaunchTemplate");
      expect(inputs.imageId).to.equal(
        "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      );
      const metadata = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };
      expect(inputs.metadataOptions).to.deep.equal(metadata);
      expect(one("aws:ec2/instance:Instance").inputs.metadataOptions).to.deep.equal(metadata);
      expect(inputs.blockDeviceMappings).to.deep.equal([
        { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true" } },
      ]);
      expect(Buffer.from(String(inputs.userData), "base64").toString()).to.contain(
        "ip saddr 10.0.0.0/16 ip daddr != 10.0.0.0/16 masquerade",
      );
    });

    it("lets in the VPC and nobody else", () => {
      const { ofType } = instance;
      const rules = ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
      expect(rules.map(({ inputs }) => inputs.cidrIpv4)).to.deep.equal(["10.0.0.0/16"]);
    });
  });
});
