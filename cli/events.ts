// What happened in a run, from the engine's event log: the same facts its display shows, in a form that can be counted.

/** A rule that was broken. */
export interface Violation {
  readonly pack: string;
  readonly rule: string;
  readonly level: string;
  /** Name and type of the resource; empty for a rule on the whole stack. */
  readonly resource: string;
  readonly message: string;
}

/** What a policy pack judged. */
export interface PackResult {
  readonly pack: string;
  readonly version: string;
  /** Names of the rules that ran. */
  readonly rules: readonly string[];
  /** Resources judged. */
  readonly resources: number;
}

/** The facts of a run. */
export interface RunFacts {
  readonly packs: readonly PackResult[];
  readonly violations: readonly Violation[];
}

interface Summary {
  readonly resourceUrn?: string;
  readonly policyPackName: string;
  readonly policyPackVersion: string;
  readonly passed?: readonly string[];
  readonly failed?: readonly string[];
}

interface PolicyEvent {
  readonly resourceUrn?: string;
  readonly message: string;
  readonly policyName: string;
  readonly policyPackName: string;
  readonly enforcementLevel: string;
}

interface Event {
  readonly policyEvent?: PolicyEvent;
  readonly policyAnalyzeSummaryEvent?: Summary;
  readonly policyAnalyzeStackSummaryEvent?: Summary;
}

/** Whether a line of an event log tells of policy. The rest, the most of it, says what the engine's own display shows. */
export const isOfPolicy = (line: string): boolean => line.includes('"policy');

/** Counts what the lines of an event log say. */
export function factsOf(log: string): RunFacts {
  const packs = new Map<string, { version: string; rules: Set<string>; resources: Set<string> }>();
  const violations = new Map<string, Violation>();
  for (const line of log.split("\n").filter(isOfPolicy)) {
    const event = JSON.parse(line) as Event;
    const summary = event.policyAnalyzeSummaryEvent ?? event.policyAnalyzeStackSummaryEvent;
    if (summary !== undefined) {
      const { policyPackName: name, policyPackVersion: version } = summary;
      const pack = packs.get(name) ?? { version, rules: new Set(), resources: new Set() };
      for (const rule of [...(summary.passed ?? []), ...(summary.failed ?? [])]) pack.rules.add(rule);
      if (summary.resourceUrn !== undefined) pack.resources.add(summary.resourceUrn);
      packs.set(name, pack);
    }
    if (event.policyEvent !== undefined) {
      const violation = violationOf(event.policyEvent);
      // An update with a preview before it reports twice.
      violations.set(JSON.stringify(violation), violation);
    }
  }
  return {
    packs: [...packs].map(([pack, { version, rules, resources }]) => ({
      pack,
      version,
      rules: [...rules].sort(),
      resources: resources.size,
    })),
    violations: [...violations.values()],
  };
}

function violationOf(event: PolicyEvent): Violation {
  const [, , types = "", name = ""] = event.resourceUrn?.split("::") ?? [];
  const resource = event.resourceUrn === undefined ? "" : `${name} (${types.slice(types.lastIndexOf("$") + 1)})`;
  return {
    pack: event.policyPackName,
    rule: event.policyName,
    level: event.enforcementLevel,
    resource,
    message: event.message.trim(),
  };
}
