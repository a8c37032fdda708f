import { expect } from "chai";
import { SearchDomain, type SearchDomainArgs } from "../../../../components/aws/search";
import { InvalidInput } from "../../../../components/kit";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { childrenOf, isolatedNetwork, placement } from "../database/support";

const DOMAIN = "aws:opensearch/domain:Domain";
const deployed = (more: Partial<SearchDomainArgs> = {}) =>
  deploy(() => new SearchDomain("product-search", { placement, network: isolatedNetwork(), zones: 2, ...more }));

describe("SearchDomain", () => {
  it("is a domain with its key, role, group, logs and alarms", async () => {
    const deployment = await deployed();
    const children = childrenOf(deployment, deployment.one("archipelago:search:SearchDomain"));
    expect(children.filter((child) => !/MetricAlarm|LogGroup/.test(child))).to.deep.equal([
      "Alias product-search-alias",
      "Domain product-search-domain",
      "EncryptionKey product-search",
      "Key product-search-key",
      "LogResourcePolicy product-search-logs",
      "Role product-search-access",
      "SecurityGroup product-search-search",
    ]);
    expect(children.filter((child) => child.startsWith("LogGroup"))).to.have.length(4);
    expect(children.filter((child) => child.startsWith("MetricAlarm"))).to.have.length(6);
  });

  it("is encrypted, inside the VPC, with TLS and access control, whatever the arguments say", async () => {
    const { inputs } = (await deployed({ protectData: false, dedicatedMasters: false })).one(DOMAIN);
    expect(inputs).to.deep.include({
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
      softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
    });
    expect(inputs.clusterConfig).to.deep.include({
      instanceCount: 2,
      zoneAwarenessEnabled: true,
      dedicatedMasterEnabled: false,
    });
    expect((inputs.vpcOptions as { subnetIds: string[] }).subnetIds).to.have.length(2);
  });

  it("lets its role send requests to everything but the paths of administrators", async () => {
    const deployment = await deployed();
    const role = await outputOf(deployment.result.accessRoleArn);
    const { Statement } = JSON.parse(String(deployment.one(DOMAIN).inputs.accessPolicies)) as {
      Statement: { Effect: string; Principal: object; Resource: string | string[] }[];
    };
    expect(Statement.map(({ Effect, Principal }) => [Effect, Principal])).to.deep.equal([
      ["Allow", { AWS: role }],
      ["Deny", { AWS: role }],
    ]);
    expect([Statement[1]?.Resource].flat().map((text) => String(text).split("/").slice(2).join("/"))).to.include(
      "_plugins/_security/*",
    );
    const grant = deployment.result.grantReadWrite();
    expect(grant.statements?.map(({ Action }) => Action)).to.deep.equal(["sts:AssumeRole"]);
    expect(Object.keys(grant.environment ?? {})).to.deep.equal(["SEARCH_ENDPOINT", "SEARCH_ROLE_ARN"]);
  });

  it("refuses bad arguments, all at once", async () => {
    const bad = { nodes: 3, volume: "5 GiB", instanceType: "t3.small.search", engineVersion: "0.1" } as const;
    const error: unknown = await deployed(bad).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidInput);
    for (const path of ["nodes", "volume", "instanceType", "engineVersion"]) expect(String(error)).to.contain(path);
  });
});
