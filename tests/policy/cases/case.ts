// Cases of rules as data: for each type a right resource, and for each rule what makes it wrong.
import type { Properties } from "../../../policy/rules/value";

/** One change that makes a right resource wrong: paths with their values; undefined removes. */
export type Change = Readonly<Record<string, unknown>>;

/** The cases of one type. Texts such as `$key` stand for what other resources give; {@link filled} says which. */
export interface Case {
  readonly type: string;
  /** A resource in which no rule finds anything. */
  readonly right: Readonly<Record<string, unknown>>;
  /** A rule, and a change after which it finds something. */
  readonly wrong: readonly (readonly [rule: string, change: Change])[];
  /** A change for a plant that has nothing beside it, for rules that look at more than one resource. */
  readonly alone?: Change;
  /** What has to stand beside it, each with the property that names it. */
  readonly beside?: readonly {
    readonly type: string;
    readonly names: string;
    readonly by?: "id" | "arn";
    readonly props: Readonly<Record<string, unknown>>;
  }[];
}

/** What the texts with `$` stand for where there is no engine. */
export const LITERALS: Readonly<Record<string, unknown>> = {
  $key: "arn:aws:kms:eu-central-1:123456789012:key/5f4dcc3b-0000-4000-8000-000000000001",
  $role: "arn:aws:iam::123456789012:role/service",
  $subnet: "subnet-0aaaaaaaaaaaaaaaa",
  $subnets: ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"],
  $group: "sg-0aaaaaaaaaaaaaaaa",
  $vpc: "vpc-0aaaaaaaaaaaaaaaa",
  $topic: "arn:aws:sns:eu-central-1:123456789012:alarms",
  $logs: "arn:aws:logs:eu-central-1:123456789012:log-group:/logs:*",
  $certificate: "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
};

/** A value with what its texts stand for. */
export function filled(value: unknown, meanings: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === "string") return value in meanings ? meanings[value] : value;
  if (Array.isArray(value)) return value.map((member: unknown) => filled(member, meanings));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, meanings)]));
}

/** A resource after a change. */
export function changed(right: Readonly<Record<string, unknown>>, change: Change): Record<string, unknown> {
  const copy = structuredClone(right) as Record<string, unknown>;
  for (const [path, value] of Object.entries(change))
    put(
      copy,
      path.split(/[.[\]]+/).filter((step) => step !== ""),
      value,
    );
  return copy;
}

function put(holder: Record<string, unknown>, [step = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    if (value === undefined) Reflect.deleteProperty(holder, step);
    else holder[step] = value;
    return;
  }
  const inner = holder[step];
  const next = typeof inner === "object" && inner !== null ? inner : {};
  holder[step] = next;
  put(next as Record<string, unknown>, rest, value);
}

/** Properties for a rule that is asked without an engine. */
export function literal(props: Readonly<Record<string, unknown>>): Properties {
  return filled(props, LITERALS) as Properties;
}
