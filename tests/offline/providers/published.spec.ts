import { expect } from "chai";
import { readExtract } from "../../../offline/providers/schema/published/extract";
import { awsDeclared, settled } from "../../../offline/providers/schema/published/make";
import { laidOn } from "../../../offline/providers/schema/published/map";
import { publishedType } from "../../../offline/providers/schema/published/names";
import { serviceSpec } from "../../../offline/providers/schema/published/service-spec";

describe("the extract of the published service data", () => {
  const { sources, laid } = readExtract();

  it("holds what the installed specification says of the installed SDK, and names nothing that the SDK lacks", function () {
    this.timeout(60_000);
    const declared = awsDeclared();
    const { version, types } = serviceSpec();
    expect(sources.serviceSpec, "make the extract anew: offline/providers/schema/published/make.ts").to.equal(version);
    const inputs = new Map(declared.resources.map(({ token, inputs: own }) => [token, own]));
    const unknown = [...laid].flatMap(([type, properties]) => {
      const known = inputs.get(type) ?? declared.objects.get(type);
      return [...properties.keys()].filter((name) => known?.has(name) !== true).map((name) => `${type} ${name}`);
    });
    expect(unknown).to.deep.equal([]);
    const missing = [...settled(declared, laidOn(declared, types))].flatMap(([type, properties]) =>
      [...properties]
        .filter(([name, { replaces, values = [] }]) => {
          const kept = laid.get(type)?.get(name);
          // Where the other source has values that the documentation contradicts, there are none.
          const all = kept?.values === undefined || values.every((value) => kept.values?.includes(value));
          return (replaces === true && kept?.replaces !== true) || !all;
        })
        .map(([name]) => `${type} ${name}`),
    );
    expect(missing).to.deep.equal([]);
  });

  it("finds types by their names, and by a table where the names have nothing in common", () => {
    const { types } = serviceSpec();
    const found = (token: string): string | undefined => publishedType(token, types);
    expect(found("aws:sqs/queue:Queue")).to.equal("AWS::SQS::Queue");
    expect(found("aws:rds/instance:Instance")).to.equal("AWS::RDS::DBInstance");
    expect(found("aws:lb/listener:Listener")).to.equal("AWS::ElasticLoadBalancingV2::Listener");
    expect(found("aws:autoscaling/group:Group")).to.equal("AWS::AutoScaling::AutoScalingGroup");
    expect(found("aws:iam/policy:Policy")).to.equal("AWS::IAM::ManagedPolicy");
    expect(found("aws:ec2/securityGroupRule:SecurityGroupRule")).to.equal(undefined);
  });
});
