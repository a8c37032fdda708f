import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import { UNKNOWN, type Values } from "../../../../offline/providers/core/values";
import { subject } from "../../providers/support";
import { refusals } from "./support";

/** Type, clean inputs, and the changes of them that are refused, each with its exact failures; null takes an input away. */
export type Case = readonly [type: string, clean: Values, refused: readonly (readonly [Values, ...string[]])[]];

const without = (inputs: Values): Values =>
  Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null));

/** Each case as specs: what is clean passes, known or unknown, and what is not is refused for exactly its reasons. */
export function judged(cloud: () => Emulation, cases: readonly Case[]): void {
  for (const [type, clean, refused] of cases) {
    it(`${type} as it should be passes, known or unknown`, () => {
      expect(refusals(cloud(), type, clean)).to.deep.equal([]);
      const hidden = Object.fromEntries(Object.keys(clean).map((name) => [name, UNKNOWN]));
      expect(cloud().check(subject(type), hidden).failures).to.deep.equal([]);
    });
    for (const [change, ...reasons] of refused)
      it(`${type}: ${reasons[0]?.slice(0, 90) ?? JSON.stringify(change)}`, () => {
        expect(refusals(cloud(), type, without({ ...clean, ...change }))).to.deep.equal(reasons);
      });
  }
}

/** Creates the same thing several times and returns what the last was refused for. */
export function last(aws: Emulation, type: string, inputs: (at: number) => Values, times: number): readonly string[] {
  for (let at = 1; at < times; at += 1) aws.create(subject(type, `r${at}`), inputs(at));
  return refusals(aws, type, inputs(times));
}
