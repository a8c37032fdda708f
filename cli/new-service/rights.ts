// Rights of new roles: each statement of their policies, in words.
import type { Registered } from "../../offline/providers/mocks";
import type { Labels } from "./labels";

/** A role and its statements, a right an entry. */
export interface RoleRights {
  readonly role: string;
  /** Principals that may assume the role. */
  readonly trusted: readonly string[];
  readonly rights: readonly Right[];
}

/** A statement, or a managed policy. */
export interface Right {
  readonly actions: string;
  readonly resources: readonly string[];
  /** Under which it holds, an operator and key a line. */
  readonly conditions: readonly string[];
}

type OneOrMore = string | readonly string[];
interface Statement {
  readonly Effect: string;
  readonly Principal?: Readonly<Record<string, OneOrMore>>;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

/** The rights of every role among some resources, by the role's name: the order of registration differs from run to run. */
export function rightsOf(created: readonly Registered[], labels: Labels): RoleRights[] {
  const roles = [...ofType(created, "aws:iam/role:Role")].sort((a, b) => (a.name < b.name ? -1 : 1));
  return roles.map((role) => ({
    role: role.name,
    trusted: statementsOf(role.inputs.assumeRolePolicy).flatMap(({ Principal = {} }) =>
      Object.values(Principal).flatMap(listOf).map(labels),
    ),
    rights: [
      ...held(created, "aws:iam/rolePolicy:RolePolicy", role).flatMap(({ inputs }) =>
        statementsOf(inputs.policy).map((statement) => rightOf(statement, labels)),
      ),
      ...held(created, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", role).map(({ inputs }) => ({
        actions: `all that ${policyName(labels(String(inputs.policyArn)))} allows`,
        resources: [],
        conditions: [],
      })),
    ],
  }));
}

/** Resources of a type, as registered. */
export function ofType(resources: readonly Registered[], type: string): readonly Registered[] {
  return resources.filter((resource) => resource.type === type);
}

function held(created: readonly Registered[], type: string, role: Registered): readonly Registered[] {
  return ofType(created, type).filter(({ inputs }) => [role.outputs.id, role.outputs.name].includes(inputs.role));
}

function policyName(policy: string): string {
  return policy.replace(/^arn:[\w-]+:iam::aws:policy\/(?:.*\/)?(.*)$/, "AWS's $1");
}

function statementsOf(policy: unknown): readonly Statement[] {
  const { Statement } = (typeof policy === "string" ? JSON.parse(policy) : policy) as {
    readonly Statement: Statement | readonly Statement[];
  };
  return [Statement].flat();
}

function rightOf(
  { Effect, Action, NotAction, Resource, NotResource, Condition = {} }: Statement,
  labels: Labels,
): Right {
  const negated = NotAction === undefined ? "" : "everything but ";
  return {
    actions: `${Effect === "Deny" ? "never " : ""}${negated}${actionsText(listOf(Action ?? NotAction))}`,
    resources: listOf(Resource ?? NotResource).map(
      (resource) => `${NotResource === undefined ? "" : "anything but "}${labels(resource)}`,
    ),
    conditions: Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => `${operator} ${key} ${listOf(values).map(labels).join(", ")}`),
    ),
  };
}

/** `sqs:DeleteMessage, ReceiveMessage`: the service once. */
function actionsText(actions: readonly string[]): string {
  let last = "";
  return actions
    .map((action) => {
      const service = action.slice(0, action.indexOf(":") + 1);
      const text = service !== "" && service === last ? action.slice(service.length) : action;
      last = service;
      return text;
    })
    .join(", ");
}

function listOf(value: OneOrMore | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}
