import { expect } from "chai";
import { parseMembers, parseType } from "../../../offline/providers/schema/shape";
import { Sdk } from "../../../offline/providers/schema/sdk";

const string = { kind: "string" };

describe("offline providers: reading declarations", () => {
  const types: readonly (readonly [source: string, shape: unknown, optional: boolean])[] = [
    ["pulumi.Input<string | undefined>", string, true],
    ["pulumi.Output<number>", { kind: "number" }, false],
    ["pulumi.Input<pulumi.Input<string>[] | undefined>", { kind: "list", of: string }, true],
    [
      "pulumi.Input<{\n        [key: string]: pulumi.Input<string>;\n    } | undefined>",
      { kind: "map", of: string },
      true,
    ],
    ["pulumi.Input<inputs.ec2.VpcArgs>", { kind: "object", name: "ec2.VpcArgs" }, false],
    ["pulumi.Input<string | enums.s3.Acl>", { kind: "union", of: [string, { kind: "enum", name: "s3.Acl" }] }, false],
    ['pulumi.Input<"apps/v1" | undefined>', { kind: "literal", value: "apps/v1" }, true],
    ["pulumi.Input<string | Role>", { kind: "any" }, false],
    ["any | undefined", { kind: "any" }, true],
    ["pulumi.Input<pulumi.asset.Archive | undefined>", { kind: "archive" }, true],
    [
      "pulumi.Input<pulumi.Input<pulumi.Input<number>[]>[]>",
      { kind: "list", of: { kind: "list", of: { kind: "number" } } },
      false,
    ],
  ];
  for (const [source, shape, optional] of types) {
    it(`reads ${source.replace(/\s+/g, " ")}`, () => {
      expect(parseType(source)).to.deep.equal({ shape, optional });
    });
  }

  it("reads members with their documentation and with names that need quotes", () => {
    const members = parseMembers(`
    /**
     * First line,
     * second line.
     */
    size?: pulumi.Input<number | undefined>;
    "x-kind": pulumi.Input<string>;`);
    expect([...members]).to.deep.equal([
      ["size", { shape: { kind: "number" }, optional: true, doc: "First line, second line." }],
      ["x-kind", { shape: string, optional: false, doc: "" }],
    ]);
  });
});

describe("offline providers: the installed SDKs", () => {
  const aws = new Sdk("aws");

  it("knows a queue's inputs and outputs", () => {
    const queue = aws.resource("aws:sqs/queue:Queue");
    const outputsOnly = [...(queue?.outputs.keys() ?? [])].filter((name) => queue?.inputs.has(name) === false);
    expect(outputsOnly).to.deep.equal(["arn", "tagsAll", "url"]);
    expect(queue?.inputs.get("fifoQueue")).to.include({ optional: true });
    expect(queue?.inputs.size).to.equal(19);
  });

  it("knows what is required", () => {
    const required = (token: string): string[] =>
      [...(aws.resource(token)?.inputs ?? [])].filter(([, { optional }]) => !optional).map(([name]) => name);
    expect(required("aws:rds/cluster:Cluster")).to.deep.equal(["engine"]);
    expect(required("aws:ecs/taskDefinition:TaskDefinition")).to.deep.equal(["containerDefinitions", "family"]);
    expect(required("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")).to.deep.equal([
      "ipProtocol",
      "securityGroupId",
    ]);
  });

  it("knows what is secret", () => {
    expect([...(aws.resource("aws:rds/cluster:Cluster")?.secrets ?? [])]).to.deep.equal([
      "masterPassword",
      "masterPasswordWo",
    ]);
  });

  it("knows the properties of nested objects", () => {
    expect([...aws.inputObject("sqs.GetQueuesArgs").keys()]).to.deep.equal([]);
    expect([...aws.inputObject("ec2.VpcEndpointDnsOptions").keys()]).to.deep.equal([
      "dnsRecordIpType",
      "privateDnsOnlyForInboundResolverEndpoint",
      "privateDnsPreference",
      "privateDnsSpecifiedDomains",
    ]);
  });

  it("finds Kubernetes kinds by group and version, and no custom ones", () => {
    const kubernetes = new Sdk("kubernetes");
    const outputs = (token: string): string[] | undefined => {
      const schema = kubernetes.resource(token);
      return schema && [...schema.outputs.keys()];
    };
    expect(outputs("kubernetes:apps/v1:Deployment")).to.deep.equal([
      "apiVersion",
      "kind",
      "metadata",
      "spec",
      "status",
    ]);
    expect(outputs("kubernetes:core/v1:ConfigMap")).to.deep.equal([
      "apiVersion",
      "binaryData",
      "data",
      "immutable",
      "kind",
      "metadata",
    ]);
    expect(outputs("kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster")).to.equal(undefined);
  });

  it("finds the random provider's types", () => {
    expect([
      ...(new Sdk("random").resource("random:index/randomPassword:RandomPassword")?.secrets ?? []),
    ]).to.deep.equal(["bcryptHash", "result"]);
  });
});
