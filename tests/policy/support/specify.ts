// The five cases of every rule's spec: compliant, violating, not applicable, missing, unknown.
import { expect } from "chai";
import type { Rule } from "../../../policy/rules/rule";
import { judge, type Subject } from "./judge";

/** One resource, or the resources of a stack. */
export type Judged = Subject | readonly Subject[];

/** What is judged, and the exact lines it earns. */
export type Verdict = readonly [judged: Judged, lines: readonly string[]];

/** A case without an example proves nothing, so that there is always one. */
type Some<T> = readonly [T, ...T[]];

/** The cases of a rule. */
export interface Cases {
  /** Each passes without a word. */
  readonly compliant: Some<Judged>;
  /** Each earns exactly its lines. */
  readonly violating: Some<readonly [judged: Judged, lines: Some<string>]>;
  /** Resources that the rule does not judge, though they look like a violation. */
  readonly notApplicable: Some<Judged>;
  /** The property that is judged is absent. */
  readonly missing: Some<Verdict>;
  /** The property that is judged, or a part of it, is not known yet; what is known is still judged. */
  readonly unknown: Some<Verdict>;
}

/** Describes a rule's spec. */
export function specify(rule: Rule, cases: Cases): void {
  const silent = (judged: Judged): Verdict => [judged, []];
  const all: Readonly<Record<string, readonly Verdict[]>> = {
    compliant: cases.compliant.map(silent),
    violating: cases.violating,
    "not applicable": cases.notApplicable.map(silent),
    missing: cases.missing,
    unknown: cases.unknown,
  };
  describe(rule.id, () => {
    for (const [title, verdicts] of Object.entries(all)) {
      it(title, async () => {
        for (const [judged, lines] of verdicts) {
          expect(await judge(rule, judged), JSON.stringify(judged)).to.deep.equal(lines);
        }
      });
    }
  });
}
