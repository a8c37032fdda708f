// Alarms that act by a composite alarm: a composite alarm with an action speaks for every alarm in its rule, and for those in theirs.
import type { Stack, StackResource } from "../rule";
import { at, hasUnknown, isMissing } from "../value";

export const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** Whether an alarm does something when it goes off; an action that is not known yet is one. */
export function acts({ given }: StackResource): boolean {
  return !isMissing(at(given, "alarmActions"));
}

/** Alarms that composite alarms with an action are made of: by URN, by name and by ARN. */
const spokenFor = new WeakMap<Stack, ReadonlySet<string>>();

/** Whether a composite alarm acts for an alarm. */
export function actsByGroup(stack: Stack, alarm: StackResource): boolean {
  const known = spokenFor.get(stack) ?? membersOf(stack);
  spokenFor.set(stack, known);
  return identitiesOf(alarm).some((identity) => known.has(identity));
}

function membersOf(stack: Stack): ReadonlySet<string> {
  const members = new Set<string>();
  let waiting = stack.ofType(COMPOSITE_ALARM);
  for (let found = waiting.filter(acts); found.length > 0;) {
    for (const identity of found.flatMap(namedBy)) members.add(identity);
    waiting = waiting.filter((group) => !found.includes(group));
    found = waiting.filter((group) => identitiesOf(group).some((identity) => members.has(identity)));
  }
  return members;
}

/** Names in a rule, such as `ALARM("a") AND NOT OK(b)`; the suppliers of the rule where it is not known yet. */
function namedBy(group: StackResource): readonly string[] {
  const rule = at(group.props, "alarmRule");
  if (hasUnknown(rule)) return group.propertyDependencies.alarmRule ?? [];
  const text = typeof rule === "string" ? rule : "";
  return [...text.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^)\s]*))\s*\)/gi)].map(
    ([, quoted, plain = ""]) => quoted ?? plain,
  );
}

function identitiesOf({ urn, props }: StackResource): readonly string[] {
  const names = ["name", "alarmName", "arn"].map((property) => at(props, property));
  return [urn, ...names.filter((name) => typeof name === "string")];
}
