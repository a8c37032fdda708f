import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { denyInsecureTransport, policyDocument, serviceTrust, useKeyThrough } from "../../../../components/aws/kit";
import { outputOf } from "../../../../offline/providers/mocks";

const parsed = async (text: pulumi.Output<string>): Promise<unknown> => JSON.parse(await outputOf(text));

const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };

describe("aws kit: policy documents", () => {
  it("allow unless they say otherwise, and wait for what other resources supply", async () => {
    const queue = pulumi.output("arn:aws:sqs:eu-central-1:123456789012:orders");
    const text = policyDocument([
      { Action: "sqs:SendMessage", Resource: queue },
      { Effect: "Deny", Action: ["sqs:DeleteQueue"], Resource: [queue, "*"] },
    ]);
    expect(await parsed(text)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:eu-central-1:123456789012:orders" },
        {
          Effect: "Deny",
          Action: ["sqs:DeleteQueue"],
          Resource: ["arn:aws:sqs:eu-central-1:123456789012:orders", "*"],
        },
      ],
    });
  });

  it("trust a service for one account only", async () => {
    expect(await parsed(serviceTrust("ecs-tasks", placement))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });

  it("refuse everybody who comes without TLS", () => {
    expect(denyInsecureTransport("s3:*", ["arn:aws:s3:::images"])).to.deep.equal({
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::images"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  it("let a key be used through one service of the region only", () => {
    const key = "arn:aws:kms:eu-central-1:123456789012:key/1";
    expect(useKeyThrough("sqs", placement, key, "kms:Decrypt")).to.deep.equal({
      Action: "kms:Decrypt",
      Resource: key,
      Condition: { StringEquals: { "kms:ViaService": "sqs.eu-central-1.amazonaws.com" } },
    });
  });
});
