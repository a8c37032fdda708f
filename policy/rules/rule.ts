// What a rule is. Rules judge and do nothing else: they import no cloud SDK, read no configuration and name types by token,
// so that a pack of them starts in the time that Node needs to read it.
import type { Properties, Value } from "./value";

/** Effect of a violation: it stops the deployment, or is advice; a disabled rule runs only when the pack's configuration enables it. */
export type Level = "mandatory" | "advisory" | "disabled";

/** How much damage a violation can do. */
export type Severity = "critical" | "high" | "medium" | "low";

/** Metadata of a rule. */
export interface RuleInfo {
  /** Unique over all packs, kebab-case, beginning with `require-`, `disallow-` or `enforce-`. */
  readonly id: string;
  /** A short title, for lists. */
  readonly title: string;
  /** One sentence: what must hold, and why. */
  readonly description: string;
  readonly severity: Severity;
  /** @default mandatory */
  readonly level?: Level;
  /** Controls that the rule serves, each a framework with its version and the control's number (`NIST-800-53 SC-28`). */
  readonly controls: readonly string[];
  /** What to do about a violation, as an instruction. */
  readonly remediation: string;
  /** A page that says more. @default AWS's page of controls for the first type's service, or Kubernetes's page of pod security */
  readonly url?: string;
}

/** A resource as rules see it. Its properties are inputs to a resource rule, outputs to a stack rule. */
export interface Resource {
  /** Type token (`aws:sqs/queue:Queue`). */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly urn: string;
  readonly props: Properties;
}

/** A resource of the finished stack, with what it depends on. */
export interface StackResource extends Resource {
  /**
   * The properties without those that nobody gave and the cloud is still to compute: at preview such an output is unknown,
   * though it is certain that the program leaves it out.
   */
  readonly given: Properties;
  /** URN of the parent. */
  readonly parent?: string;
  /** URNs of the resources that it depends on in any way. */
  readonly dependencies: readonly string[];
  /** Property name → URNs of the resources that supplied its value. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** All resources of a stack. */
export interface Stack {
  readonly resources: readonly StackResource[];
  /** Those of the given types, in the order of the stack. */
  ofType(...types: readonly string[]): readonly StackResource[];
}

/** A violation at one path of one resource. */
export interface Finding {
  /** The property path (`ingress[0].cidrBlocks[1]`). */
  readonly path: string;
  /** The value there; `undefined` when it is not set. Never a secret. */
  readonly found: Value;
  /** The accepted values. */
  readonly required: string;
}

/** A rule over one resource, judged before the resource is created. */
export interface ResourceRule extends RuleInfo {
  /** Type tokens of the resources it judges. */
  readonly appliesTo: readonly string[];
  /** Judges a resource; an unknown value is skipped, never taken for missing. */
  check(resource: Resource, report: (finding: Finding) => void): void;
}

/** A resource rule that can mend what it finds, without replacing the resource and without a decision. */
export interface RemedyRule extends ResourceRule {
  /** The properties that mend it, by their names at the top of the resource; undefined where nothing is wrong. */
  remedy(resource: Resource): Properties | undefined;
}

/** A rule over how resources relate, judged when all are known to the engine: at the end of a preview and of an update. */
export interface StackRule extends RuleInfo {
  /** Type tokens of the resources it judges; a stack with none of them passes. */
  readonly appliesTo: readonly string[];
  /** Judges a stack, and names the resource that each finding is about. */
  checkStack(stack: Stack, report: (resource: StackResource, finding: Finding) => void): void;
}

/** A rule of either kind. */
export type Rule = ResourceRule | StackRule;
