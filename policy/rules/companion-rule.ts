// Rules that a resource has another one beside it: a bucket its versioning, a web ACL its logging.
import { isMissing, at, UNKNOWN, type Value } from "./value";
import type { Where } from "./conditions";
import { refers } from "./relations";
import type { RuleInfo, Stack, StackResource, StackRule } from "./rule";

/** A rule on what stands beside a resource. */
export interface CompanionRuleArgs extends RuleInfo {
  /** Types of the resources that need a companion. */
  readonly holders: readonly string[];
  /** Types of companions, each with the property that names the holder. */
  readonly companions: Readonly<Record<string, string>>;
  /** Whether a companion is right. @default each is */
  readonly right?: (companion: StackResource) => boolean;
  /** Whether the holder has by itself what the companion would give. @default it never has */
  readonly inline?: (holder: StackResource) => boolean;
  /** Which holders it judges, by the properties that the program gives. @default all */
  readonly where?: Where;
  /** Holders that need no companion, by the rest of the stack. */
  readonly unless?: (stack: Stack, holder: StackResource) => boolean;
  /** Where the finding stands, in the words of a property. */
  readonly path: string;
  readonly required: string;
}

export function companionRule(args: CompanionRuleArgs): StackRule {
  const {
    holders,
    companions,
    right = () => true,
    inline = () => false,
    where,
    unless,
    path,
    required,
    ...info
  } = args;
  return {
    ...info,
    appliesTo: holders,
    checkStack(stack, report) {
      for (const holder of stack.ofType(...holders)) {
        if ((where && !where(holder.given, holder.type)) || inline(holder)) continue;
        const beside = Object.entries(companions).flatMap(([type, link]) =>
          stack.ofType(type).filter((companion) => refers(stack, companion, link, holder) !== "no"),
        );
        if (beside.some(right) || unless?.(stack, holder)) continue;
        const found = beside.length === 0 ? at(holder.given, path) : `${beside.length} that does not do it`;
        report(holder, { path, found: beside.length === 0 && isMissing(found) ? undefined : found, required });
      }
    },
  };
}

/** Whether a property of a resource is one of some values, or not known yet. */
export function mayBe(resource: StackResource, path: string, ...values: readonly Value[]): boolean {
  const found = at(resource.props, path);
  return found === UNKNOWN || values.includes(found);
}
