// Rules as CrossGuard runs them: each becomes a policy of its own, so that Pulumi lists and configures them one by one.
import {
  type PolicyPackArgs,
  type PolicyResource,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
  UnknownValueError,
} from "@pulumi/policy";
import { exceptionPolicies } from "./exception-policies";
import { Exceptions } from "./exceptions";
import { pageOf } from "./pages";
import type { Finding, RemedyRule, Resource, ResourceRule, Rule, RuleInfo, StackResource, StackRule } from "./rule";
import { Unjudged, unjudgedPolicy } from "./unjudged";
import { type Properties, shown, UNKNOWN, type Value } from "./value";

/** No exceptions, for rules that are judged one by one. */
const NONE = new Exceptions([], "");

/** The arguments of a policy pack that enforces rules. */
export function packOf(description: string, rules: readonly Rule[]): PolicyPackArgs {
  const { first, last, current } = exceptionPolicies();
  const unjudged = new Unjudged();
  return {
    description,
    enforcementLevel: "mandatory",
    policies: [first, ...rules.map((rule) => policyOf(rule, current, unjudged)), ...last, unjudgedPolicy(unjudged)],
  };
}

/** A rule as a policy, which stops the deployment unless the rule says otherwise. */
export function policyOf(
  rule: Rule,
  exceptions: () => Exceptions = () => NONE,
  unjudged = new Unjudged(),
): ResourceValidationPolicy | StackValidationPolicy {
  return "checkStack" in rule ? stackPolicyOf(rule, exceptions) : resourcePolicyOf(rule, exceptions, unjudged);
}

function resourcePolicyOf(
  rule: ResourceRule,
  exceptions: () => Exceptions,
  unjudged: Unjudged,
): ResourceValidationPolicy {
  const judged = new Set(rule.appliesTo);
  const [only] = rule.appliesTo;
  const validateResource: ResourceValidationPolicy["validateResource"] = (args, report) => {
    if (!judged.has(args.type)) return;
    const resource = { type: args.type, name: args.name, urn: args.urn, props: revealedOnce(args.props) };
    rule.check(unjudged.watched(rule.id, resource), (finding) => {
      if (!exceptions().accepts(rule.id, resource, finding)) report(messageOf(rule, resource, finding), args.urn);
    });
  };
  // CrossGuard decodes a resource for each policy that it runs; with this mark it does not run the policy for other types.
  return {
    ...metadataOf(rule),
    validateResource:
      rule.appliesTo.length === 1 ? Object.assign(validateResource, { __pulumiType: only }) : validateResource,
    ...(isRemedy(rule) && { remediateResource: remedyOf(rule, judged, exceptions) }),
  };
}

function isRemedy(rule: ResourceRule): rule is RemedyRule {
  return "remedy" in rule;
}

/** CrossGuard calls this only for a policy whose level is `remediate`. It does not change resources with an accepted exception. */
function remedyOf(
  rule: RemedyRule,
  judged: ReadonlySet<string>,
  exceptions: () => Exceptions,
): NonNullable<ResourceValidationPolicy["remediateResource"]> {
  return (args) => {
    if (!judged.has(args.type)) return undefined;
    const resource = { type: args.type, name: args.name, urn: args.urn, props: revealedOnce(args.props) };
    const findings: Finding[] = [];
    rule.check(resource, (finding) => findings.push(finding));
    const accepted = findings.every((finding) => exceptions().accepts(rule.id, resource, finding));
    const mended = accepted ? undefined : rule.remedy(resource);
    // Only the object that CrossGuard gives has its marks for secrets and for what is not known yet.
    return mended && Object.assign(args.props, mended);
  };
}

function stackPolicyOf(rule: StackRule, exceptions: () => Exceptions): StackValidationPolicy {
  const judged = new Set(rule.appliesTo);
  const [only] = rule.appliesTo;
  const validateStack: StackValidationPolicy["validateStack"] = (args, report) => {
    if (!args.resources.some(({ type }) => judged.has(type))) return;
    const stack = stackFrom(args.resources);
    rule.checkStack(stack, (resource, finding) => {
      if (!exceptions().accepts(rule.id, resource, finding)) report(messageOf(rule, resource, finding), resource.urn);
    });
  };
  return {
    ...metadataOf(rule),
    validateStack: rule.appliesTo.length === 1 ? Object.assign(validateStack, { __pulumiType: only }) : validateStack,
  };
}

/** The resources of a stack, and those of each type without a walk over all of them. */
function stackFrom(given: readonly PolicyResource[]): {
  resources: readonly StackResource[];
  ofType: (...types: readonly string[]) => readonly StackResource[];
} {
  const resources = given.map(lazyResource);
  const places = new Map<string, number[]>();
  resources.forEach(({ type }, index) => {
    const known = places.get(type);
    if (known) known.push(index);
    else places.set(type, [index]);
  });
  const ofType = (...types: readonly string[]): readonly StackResource[] =>
    [...new Set(types)]
      .flatMap((type) => places.get(type) ?? [])
      .sort((one, other) => one - other)
      .flatMap((index) => resources[index] ?? []);
  return { resources, ofType };
}

function metadataOf(rule: Rule) {
  return {
    name: rule.id,
    displayName: rule.title,
    description: rule.description,
    severity: rule.severity,
    tags: [...rule.controls],
    remediationSteps: rule.remediation,
    url: rule.url ?? pageOf(rule.appliesTo[0] ?? ""),
    enforcementLevel: rule.level ?? ("mandatory" as const),
  };
}

function messageOf(rule: RuleInfo, resource: Resource, { path, found, required }: Finding): string {
  return [
    `${resource.name} (${resource.type}): ${path} is ${shown(found)}`,
    `required: ${required}`,
    `to do:    ${rule.remediation}`,
    `controls: ${rule.controls.join(", ")}`,
  ].join("\n");
}

/** A stack's resource whose properties are read only when a rule looks at them: most rules look at few of the resources. */
function lazyResource(resource: PolicyResource): StackResource {
  let props: Properties | undefined;
  let given: Properties | undefined;
  const propertyDependencies = Object.fromEntries(
    Object.entries(resource.propertyDependencies).map(([property, from]) => [property, from.map(({ urn }) => urn)]),
  );
  return {
    type: resource.type,
    name: resource.name,
    urn: resource.urn,
    get props() {
      return (props ??= revealedOnce(resource.props));
    },
    get given() {
      return (given ??= withoutComputed(this.props, propertyDependencies));
    },
    ...(resource.parent && { parent: resource.parent.urn }),
    dependencies: resource.dependencies.map(({ urn }) => urn),
    propertyDependencies,
  };
}

/** Removes unknown outputs: an unknown value that comes from another resource is an input of the program, any other one is computed. */
function withoutComputed(props: Properties, suppliers: Readonly<Record<string, readonly string[]>>): Properties {
  return Object.fromEntries(
    Object.entries(props).filter(([name, value]) => value !== UNKNOWN || (suppliers[name] ?? []).length > 0),
  );
}

/** Cache of decoded properties by CrossGuard's object, because many rules read the same resource. */
const known = new WeakMap<object, Properties>();

function revealedOnce(guarded: Readonly<Record<string, unknown>>): Properties {
  const before = known.get(guarded);
  if (before) return before;
  const read = revealed(guarded);
  known.set(guarded, read);
  return read;
}

/** Plain data for the properties that CrossGuard hands out, with UNKNOWN where reading one would give up the policy. */
function revealed(guarded: Readonly<Record<string, unknown>>): Properties {
  return Object.fromEntries(Object.keys(guarded).map((name) => [name, revealedMember(guarded, name)]));
}

function revealedMember(container: Readonly<Record<string, unknown>>, name: string): Value {
  let member: unknown;
  try {
    member = container[name];
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
  if (typeof member !== "object" || member === null) return member as Value;
  const guarded = member as Readonly<Record<string, unknown>>;
  return Array.isArray(member)
    ? Object.keys(guarded).map((index) => revealedMember(guarded, index))
    : revealed(guarded);
}
