// What the specs of the stores share: a place, a network, a reader of problems, and an evaluator of rights.
import * as aws from "@pulumi/aws";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { Problem, Statement } from "../../../../components/kit";
import { policyDocument } from "../../../../components/aws/kit";
import { type Deployment, outputOf, type Registered } from "../../../../offline/providers/mocks";

/** Account and region of the emulation. */
export const placement = { partition: "aws", region: "us-east-1", accountId: "123456789012" } as const;

/** A VPC with an isolated subnet in each of two zones. */
export function isolatedNetwork() {
  const vpc = new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" });
  const subnet = (zone: string, cidrBlock: string) =>
    new aws.ec2.Subnet(`isolated-${zone}`, { vpcId: vpc.id, cidrBlock, availabilityZone: `us-east-1${zone}` }).id;
  return { vpcId: vpc.id, isolatedSubnetIds: [subnet("a", "10.0.0.0/28"), subnet("b", "10.0.0.16/28")] };
}

/** A network for checks that create nothing. */
export const plainNetwork = { vpcId: "vpc-1", isolatedSubnetIds: ["subnet-1", "subnet-2"] };

/** Property paths of problems, in their order. */
export function paths(problems: readonly Problem[]): string[] {
  return problems.map(({ path }) => path);
}

/** Types and names of everything below a component, sorted; components and keys included. */
export function childrenOf(deployment: Deployment<unknown>, component: Registered): string[] {
  const below = (urn: string): Registered[] =>
    deployment.resources.filter(({ parent }) => parent === urn).flatMap((child) => [child, ...below(child.urn)]);
  return below(component.urn)
    .map(({ type, name }) => `${type.replace(/^.*:/, "")} ${name}`)
    .sort();
}

/** Whether a role of the account with these statements may do this, with no resource policy in the way. */
export async function allows(
  statements: readonly Statement[] | undefined,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
  resourcePolicy?: unknown,
): Promise<boolean> {
  const policy: unknown = JSON.parse(await outputOf(policyDocument(statements ?? [])));
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${placement.accountId}:role/service`,
        action,
        resource: { resource, accountId: placement.accountId },
        contextVariables: { ...context },
      },
      identityPolicies: [{ name: "edge", policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy !== undefined && { resourcePolicy }),
    },
    {},
  );
  if (result.resultType === "error") throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  return result.overallResult === "Allowed";
}
