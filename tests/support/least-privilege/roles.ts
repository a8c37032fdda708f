// The roles that a stack's services run with, and everything that gives them rights.
import { type Deployed, ofType, type Policy, policyOf, text } from "./deployed";

/** A role with the policies that it holds. */
export interface Holder {
  readonly name: string;
  readonly arn: string;
  readonly policies: readonly { readonly name: string; readonly policy: Policy }[];
}

/** Task and execution roles of every task definition, by logical name. */
export function serviceRoles(resources: readonly Deployed[]): readonly Holder[] {
  return rolesOf(resources, "aws:ecs/taskDefinition:TaskDefinition", ["taskRoleArn", "executionRoleArn"]);
}

/** Roles of every function, by logical name. */
export function functionRoles(resources: readonly Deployed[]): readonly Holder[] {
  return rolesOf(resources, "aws:lambda/function:Function", ["role"]);
}

function rolesOf(resources: readonly Deployed[], type: string, properties: readonly string[]): readonly Holder[] {
  const arns = ofType(resources, type).flatMap((each) =>
    properties.flatMap((property) => {
      const arn = each.outputs[property] ?? each.inputs[property];
      return typeof arn === "string" ? [arn] : [];
    }),
  );
  return [...new Set(arns)].map((arn) => {
    const role = ofType(resources, "aws:iam/role:Role").find((candidate) => candidate.outputs.arn === arn);
    if (!role) throw new Error(`something runs as ${arn}, which is no role of this stack`);
    return { name: role.name, arn, policies: policiesOf(resources, role) };
  });
}

/** Inline, attached and embedded policies of a role. */
function policiesOf(resources: readonly Deployed[], role: Deployed): Holder["policies"] {
  const own = text(role, "name");
  const named = (value: unknown): boolean => value === own || value === role.outputs.id;
  const inline = ofType(resources, "aws:iam/rolePolicy:RolePolicy").filter(({ inputs }) => named(inputs.role));
  const embedded = (role.inputs.inlinePolicies ?? []) as readonly {
    readonly name?: string;
    readonly policy?: string;
  }[];
  const attachments = ofType(resources, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").filter(({ inputs }) =>
    named(inputs.role),
  );
  const arns = [
    ...attachments.map((attachment) => text(attachment, "policyArn")),
    ...((role.inputs.managedPolicyArns ?? []) as readonly string[]),
  ];
  return [
    ...inline.map((resource) => ({ name: resource.name, policy: present(resource) })),
    ...embedded.map(({ name = "inline", policy = "" }) => ({ name, policy: JSON.parse(policy) as Policy })),
    ...arns.map((arn) => {
      const managed = ofType(resources, "aws:iam/policy:Policy").find(({ outputs }) => outputs.arn === arn);
      if (!managed) throw new Error(`${role.name} holds ${arn}, whose text this stack does not have`);
      return { name: managed.name, policy: present(managed) };
    }),
  ];
}

function present(resource: Deployed): Policy {
  const policy = policyOf(resource);
  if (!policy) throw new Error(`${resource.name} (${resource.type}) has no policy`);
  return policy;
}
