// One broken value brings one message: no check of another key reports what follows from it.
import { expect } from "chai";
import { examine } from "../../../infra/examine";
import { environments } from "../../../infra/environments";
import { checked } from "../../../infra/model/schema/check";
import { System } from "../../../infra/model/system";
import { systems } from "../../../infra/systems";
import { changed, pathsOf, valueAt } from "../fuzz/mutants";
import { runOf } from "../support/run";

const STACKS = { "ad-tracking": "ad-tracking-dev", ecommerce: "dev", enterprise: "enterprise-local" };
/** Each n-th value of a system is broken. */
const EVERY = { "ad-tracking": 1, ecommerce: 5, enterprise: 5 };

/** Values that a slip of the keyboard, JSON or a cast may leave. */
function broken(value: unknown): unknown[] {
  if (typeof value !== "string") return [typeof value === "object" ? 7 : "?!"];
  const capitals = value.toUpperCase();
  return [7, capitals === value ? value.toLowerCase() : capitals];
}

function messages(name: string, system: unknown): readonly string[] {
  // A mutant gets in as JSON or a wrong cast would.
  const known = { systems: { ...systems, [name]: system as System }, environments };
  const { problems } = examine(runOf(STACKS[name as keyof typeof STACKS]), known, "2026-11-28");
  return problems.map(({ path, allowed }) => `${path}: ${allowed}`);
}

describe("one mistake", function () {
  this.timeout(60_000);

  it("in exposes.authentication brings one message, also where an entrance leads to the service", () => {
    const path = ["services", "order", "exposes", "authentication"];
    expect(messages("ecommerce", changed(systems.ecommerce, path, "JWT"))).to.deep.equal([
      'ecommerce.services.order.exposes.authentication: one of "jwt", "by-service", "none"',
    ]);
  });

  for (const name of Object.keys(STACKS) as (keyof typeof STACKS)[]) {
    it(`in the system ${name} brings no message of another key`, () => {
      const system = systems[name];
      const places = pathsOf(system).filter((path, index) => path.length > 0 && index % EVERY[name] === 0);
      const further: string[] = [];
      let tried = 0;
      for (const path of places) {
        for (const value of broken(valueAt(system, path))) {
          const mutant = changed(system, path, value);
          const own = checked(System, mutant).problems.map((one) => `${name}.${one.path}: ${one.allowed}`);
          // What the schema accepts is another name or number: it may contradict several others.
          if (own.length === 0) continue;
          tried++;
          const others = messages(name, mutant).filter(
            (one, index, all) => !own.includes(one) || all.indexOf(one) !== index,
          );
          if (others.length > 0) further.push(`${path.join(".")} = ${JSON.stringify(value)}: ${others.join("; ")}`);
        }
      }
      expect(further).to.deep.equal([]);
      expect(tried).to.be.above(50);
    });
  }
});
