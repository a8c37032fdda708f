// Rules as CrossGuard runs them: each becomes a mandatory policy of its own, so that Pulumi lists and configures them one by one.
import {
  type PolicyPackArgs,
  type PolicyResource,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
  UnknownValueError,
} from "@pulumi/policy";
import { decodeOnce } from "./decoding";
import type { Finding, Resource, ResourceRule, Rule, RuleInfo, StackResource, StackRule } from "./rule";
import { type Properties, shown, UNKNOWN, type Value } from "./value";

/** The arguments of a policy pack that enforces rules. */
export function packOf(description: string, rules: readonly Rule[]): PolicyPackArgs {
  decodeOnce();
  return { description, enforcementLevel: "mandatory", policies: rules.map(policyOf) };
}

/** A rule as a policy that stops the deployment. */
export function policyOf(rule: Rule): ResourceValidationPolicy | StackValidationPolicy {
  return "checkStack" in rule ? stackPolicyOf(rule) : resourcePolicyOf(rule);
}

function resourcePolicyOf(rule: ResourceRule): ResourceValidationPolicy {
  const judged = new Set(rule.appliesTo);
  const [only] = rule.appliesTo;
  const validateResource: ResourceValidationPolicy["validateResource"] = (args, report) => {
    if (!judged.has(args.type)) return;
    const resource = { type: args.type, name: args.name, urn: args.urn, props: revealed(args.props) };
    rule.check(resource, (finding) => {
      report(messageOf(rule, resource, finding), args.urn);
    });
  };
  // CrossGuard decodes a resource for each policy that it asks; by this mark it does not ask for other types.
  return {
    ...metadataOf(rule),
    validateResource:
      rule.appliesTo.length === 1 ? Object.assign(validateResource, { __pulumiType: only }) : validateResource,
  };
}

function stackPolicyOf(rule: StackRule): StackValidationPolicy {
  const validateStack: StackValidationPolicy["validateStack"] = (args, report) => {
    const resources = args.resources.map(lazyResource);
    const ofType = (...types: readonly string[]): readonly StackResource[] =>
      resources.filter(({ type }) => types.includes(type));
    if (ofType(...rule.appliesTo).length === 0) return;
    rule.checkStack({ resources, ofType }, (resource, finding) => {
      report(messageOf(rule, resource, finding), resource.urn);
    });
  };
  const [only] = rule.appliesTo;
  return {
    ...metadataOf(rule),
    validateStack: rule.appliesTo.length === 1 ? Object.assign(validateStack, { __pulumiType: only }) : validateStack,
  };
}

function metadataOf(rule: RuleInfo) {
  return {
    name: rule.id,
    displayName: rule.title,
    description: rule.description,
    severity: rule.severity,
    tags: [...rule.controls],
    remediationSteps: rule.remediation,
    enforcementLevel: "mandatory" as const,
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
  const propertyDependencies = Object.fromEntries(
    Object.entries(resource.propertyDependencies).map(([property, from]) => [property, from.map(({ urn }) => urn)]),
  );
  return {
    type: resource.type,
    name: resource.name,
    urn: resource.urn,
    get props() {
      return (props ??= revealed(resource.props));
    },
    get given() {
      return withoutComputed(this.props, propertyDependencies);
    },
    ...(resource.parent && { parent: resource.parent.urn }),
    dependencies: resource.dependencies.map(({ urn }) => urn),
    propertyDependencies,
  };
}

/** What the program gives but does not know yet comes from another resource; what comes from none was not given. */
function withoutComputed(props: Properties, suppliers: Readonly<Record<string, readonly string[]>>): Properties {
  return Object.fromEntries(
    Object.entries(props).filter(([name, value]) => value !== UNKNOWN || (suppliers[name] ?? []).length > 0),
  );
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
