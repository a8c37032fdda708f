import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { tagged } from "../../../../components/kit";
import {
  closedSecurityGroup,
  encryptedLogGroup,
  EncryptionKey,
  finalSnapshotName,
  notifyingAlarm,
  suffixOf,
} from "../../../../components/aws/kit";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";

const deployed = <T>(program: () => T) => deploy(program, { existing: standing });

const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };
const KEY = "arn:aws:kms:us-west-2:444455556666:key/outside-this-account";
const ALARM = {
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 1,
  metricName: "CPUUtilization",
  namespace: "AWS/RDS",
  period: 60,
  statistic: "Average",
  treatMissingData: "missing" as const,
  threshold: 80,
};

class Parent extends pulumi.ComponentResource {
  constructor(name: string, create: (parent: pulumi.Resource) => unknown) {
    super("test:base:Parent", name);
    create(this);
    this.registerOutputs();
  }
}

const under = (create: (parent: pulumi.Resource) => unknown) => deployed(() => new Parent("parent", create));

describe("aws kit: children", () => {
  it("puts tags on a child only where there are any", () => {
    expect(tagged(undefined)).to.deep.equal({});
    expect(tagged({ team: "orders" })).to.deep.equal({ tags: { team: "orders" } });
  });

  it("makes a log group with its key and its retention, under its parent", async () => {
    const { one } = await under((parent) =>
      encryptedLogGroup({ parent, tags: { team: "orders" } }, { skipDestroy: true }, "orders-logs", {
        kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1",
        retentionInDays: 30,
      }),
    );
    const { inputs, parent } = one("aws:cloudwatch/logGroup:LogGroup", "orders-logs");
    expect(inputs).to.deep.include({
      kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1",
      retentionInDays: 30,
      skipDestroy: true,
      tags: { team: "orders" },
    });
    expect(parent).to.equal(one("test:base:Parent").urn);
  });

  it("makes a security group that lets nobody in, and lets go of rules that name it", async () => {
    const { one, resources } = await under((parent) =>
      closedSecurityGroup({ parent }, undefined, "store", { vpcId: "vpc-1", description: "Store" }),
    );
    expect(one("aws:ec2/securityGroup:SecurityGroup").inputs).to.include({
      vpcId: "vpc-1",
      description: "Store",
      revokeRulesOnDelete: true,
    });
    expect(resources.filter(({ type }) => type.includes("Rule"))).to.deep.equal([]);
  });

  it("makes an alarm that tells a topic of a fault and of its end, or tells nobody", async () => {
    const topic = "arn:aws:sns:eu-central-1:123456789012:alarms";
    const { one } = await under((parent) => [
      notifyingAlarm({ parent }, undefined, "told", topic, ALARM),
      notifyingAlarm({ parent }, { threshold: 90 }, "silent", undefined, ALARM),
    ]);
    const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
    expect(one(type, "told").inputs).to.deep.include({ alarmActions: [topic], okActions: [topic], threshold: 80 });
    expect(one(type, "silent").inputs).to.not.have.any.keys("alarmActions", "okActions");
    expect(one(type, "silent").inputs.threshold).to.equal(90);
  });

  it("names by the key what has no auto-naming", async () => {
    const { result, one } = await deployed(() => ({
      suffix: suffixOf(new EncryptionKey("orders", { placement, description: "Orders" })),
    }));
    const keyId = String(one("aws:kms/key:Key").outputs.keyId);
    expect(await outputOf(result.suffix))
      .to.equal(keyId.slice(-8))
      .and.to.match(/^[0-9a-f]{8}$/);
  });

  it("names a final snapshot by digits that are new when the store is", async () => {
    const { one } = await under((parent) => {
      const name = finalSnapshotName(parent, undefined, "orders", { databaseName: "orders" });
      encryptedLogGroup({ parent }, undefined, "log", { name, retentionInDays: 1, kmsKeyId: KEY });
    });
    expect(one("aws:cloudwatch/logGroup:LogGroup").inputs.name).to.match(/^orders-final-[0-9a-f]{8}$/);
    const { inputs } = one("random:index/randomId:RandomId", "orders-final-snapshot");
    expect(inputs.keepers).to.deep.equal({ databaseName: "orders" });
  });
});
