import type { Stack, StackResource, StackRule } from "../rule";

const ROLE = "aws:iam/role:Role";

/** Workloads, and the properties that give them a role. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  "aws:ecs/taskDefinition:TaskDefinition": ["taskRoleArn", "executionRoleArn"],
  "aws:lambda/function:Function": ["role"],
  "aws:sfn/stateMachine:StateMachine": ["roleArn"],
  "aws:pipes/pipe:Pipe": ["roleArn"],
  "aws:codebuild/project:Project": ["serviceRole"],
};

interface Use {
  readonly workload: StackResource;
  readonly property: string;
}

export const disallowRoleSharedByServices: StackRule = {
  id: "disallow-role-shared-by-services",
  title: "Every workload has roles of its own",
  description:
    "A role that two services share holds the rights of both, and a task role that is also the execution role gives the code the image's and the secrets' rights.",
  severity: "high",
  controls: ["NIST-800-53 AC-6", "NIST-800-53 AC-5", "PCI-DSS-4.0 7.2.5"],
  remediation: "give each task definition a task role and an execution role of its own",
  appliesTo: Object.keys(ROLES),
  checkStack(stack, report) {
    for (const uses of usesByRole(stack, this.appliesTo)) {
      if (uses.length < 2) continue;
      for (const { workload, property } of uses) {
        const others = uses.filter((use) => use.workload !== workload || use.property !== property);
        report(workload, {
          path: property,
          found: workload.props[property],
          required: `a role that ${others.map((use) => `${use.workload.name}.${use.property}`).join(", ")} does not use`,
        });
      }
    }
  },
};

/** Users of each role. During a preview a new role has no ARN, so the dependencies of the property identify it. */
function usesByRole(stack: Stack, types: readonly string[]): readonly (readonly Use[])[] {
  const roles = new Set(stack.ofType(ROLE).map(({ urn }) => urn));
  const arns = new Map(stack.ofType(ROLE).map(({ urn, props }) => [props.arn, urn]));
  const uses = new Map<string, Use[]>();
  for (const workload of stack.ofType(...types)) {
    for (const property of ROLES[workload.type] ?? []) {
      const value = workload.props[property];
      const arn = typeof value === "string" && value !== "" ? value : undefined;
      const from = (workload.propertyDependencies[property] ?? []).filter((urn) => roles.has(urn));
      const role = (arn && arns.get(arn)) ?? (from.length === 1 ? from[0] : undefined) ?? arn;
      if (role !== undefined) uses.set(role, [...(uses.get(role) ?? []), { workload, property }]);
    }
  }
  return [...uses.values()];
}
