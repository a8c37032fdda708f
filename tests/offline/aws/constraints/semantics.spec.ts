import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import type { Values } from "../../../../offline/providers/core/values";
import { subject } from "../../providers/support";
import { ACCOUNT, arn, trust } from "./semantics-names";
import { requests } from "./semantics-requests";
import { runtime } from "./semantics-runtime";
import { stores } from "./semantics-stores";
import { cloudOf } from "./support";

const CASES = { ...stores, ...runtime, ...requests };

const cloud = (): Emulation =>
  cloudOf(
    { type: "aws:ec2/vpc:Vpc", id: "vpc-1", inputs: { cidrBlock: "10.1.0.0/16" } },
    { type: "aws:ec2/subnet:Subnet", id: "subnet-a", inputs: { vpcId: "vpc-1", availabilityZone: "eu-central-1a" } },
    ...["lambda", "states"].map((service) => ({
      type: "aws:iam/role:Role",
      id: service,
      inputs: { assumeRolePolicy: trust(service) },
    })),
    {
      type: "aws:lb/loadBalancer:LoadBalancer",
      id: arn("elasticloadbalancing", "loadbalancer/app/web/1"),
      inputs: { name: "web", loadBalancerType: "application" },
    },
    { type: "aws:apigatewayv2/api:Api", id: "api", inputs: { name: "a", protocolType: "HTTP" } },
    { type: "aws:s3/bucket:Bucket", id: "code", inputs: { bucket: "code" } },
    { type: "aws:lambda/function:Function", id: "f", inputs: { name: "f", timeout: 60 } },
    {
      type: "aws:sqs/queue:Queue",
      id: `https://sqs.eu-central-1.amazonaws.com/${ACCOUNT}/q`,
      inputs: { name: "q", visibilityTimeoutSeconds: 30 },
    },
    { type: "aws:kinesis/stream:Stream", id: arn("kinesis", "stream/s"), inputs: { name: "s" } },
  );

/** What a check refuses, or else a creation. */
function said(type: string, inputs: Values): readonly string[] {
  const aws = cloud();
  const checked = aws.check(subject(type), inputs);
  if (checked.failures.length > 0) return checked.failures.map(({ property, reason }) => `${property}: ${reason}`);
  try {
    aws.create(subject(type), checked.inputs);
    return [];
  } catch (error) {
    return String(error)
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
}

describe("offline providers: what services ask beyond the schemas of the provider", () => {
  for (const [type, { right, wrong }] of Object.entries(CASES)) {
    it(`${type}: takes what is right`, () => {
      expect(said(type, right)).to.deep.equal([]);
    });
    for (const [change, expected] of wrong)
      it(`${type}: ${expected[0] ?? ""}`, () => {
        const changed = Object.fromEntries(
          Object.entries({ ...right, ...change }).filter(([, value]) => value !== null),
        );
        expect(said(type, changed)).to.deep.equal(expected);
      });
  }
});
