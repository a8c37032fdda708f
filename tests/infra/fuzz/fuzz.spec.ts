// Whatever a description or a stack's settings are changed to: a plan that can be built, or problems with path and remedy; never
// a stack trace. `make fuzz` runs every mutant, the ordinary run every n-th.
import { expect } from "chai";
import { InvalidInput } from "../../../components/kit/problems";
import { planOf } from "../../../infra/config";
import { environments } from "../../../infra/environments";
import type { Plan } from "../../../infra/model/plan";
import { buildOnEcs } from "../../../infra/targets/ecs/ecs";
import { systems } from "../../../infra/systems";
import { deploy } from "../../../offline/providers/mocks";
import { runOf, shipped } from "../support/run";
import { type Mutant, oneValueMutants, structuralMutants } from "./mutants";

const EVERY = Number(process.env.FUZZ_EVERY ?? 0);
/** The mutants that are built are spread over those that are accepted. */
const MOST_BUILT = EVERY === 0 ? 2 : 60;
const TODAY = "2026-11-28";

/** The plan of a mutant; undefined when it is refused. Anything but problems is thrown on, with what was changed. */
function planned(what: string, work: () => Plan): Plan | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw new Error(`${what} ends in ${String((error as Error).stack)}`);
    expect(error.problems, what).not.to.be.empty;
    for (const { allowed, remedy } of error.problems) expect([allowed, remedy], what).not.to.include("");
    expect(error.message, what).not.to.match(/\[object |undefined\b.*allowed/);
  }
  return undefined;
}

interface Accepted {
  readonly what: string;
  readonly plan: Plan;
}

function accepted(mutants: Iterable<Mutant>, plan: (whole: unknown) => Plan): Accepted[] {
  const found: Accepted[] = [];
  for (const { what, whole, hasUnknownKey } of mutants) {
    const one = planned(what, () => plan(whole));
    expect(one !== undefined && hasUnknownKey === true, `${what} is accepted`).to.be.false;
    if (one) found.push({ what, plan: one });
  }
  return found;
}

/** Builds some of the plans on the strict offline providers, which refuse what AWS refuses. */
async function builds(all: readonly Accepted[]): Promise<void> {
  const step = Math.max(1, Math.ceil(all.length / MOST_BUILT));
  for (const { what, plan } of all.filter((_, index) => index % step === 0)) {
    await deploy(() => buildOnEcs(plan), { region: plan.region }).catch((error: unknown) => {
      throw new Error(`${what} is accepted and can't be built: ${String(error)}`);
    });
  }
}

describe("mutants", function () {
  this.timeout(EVERY === 0 ? 120_000 : 0);

  for (const [name, stack] of [
    ["ecommerce", "dev"],
    ["enterprise", "enterprise-local"],
  ] as const) {
    const run = runOf(stack);
    const planFor = (whole: unknown): Plan =>
      planOf(run, { systems: { ...systems, [name]: whole as never }, environments }, { today: TODAY });

    it(`of ${name} with one other value are refused with problems, or can be built`, async () => {
      await builds(accepted(oneValueMutants(systems[name], EVERY || 197), planFor));
    });

    it(`of ${name} with another structure are refused with problems, or can be built`, async () => {
      await builds(accepted(structuralMutants(systems[name], EVERY || 47), planFor));
    });
  }

  it("of an environment are refused with problems, or can be built", async () => {
    const run = runOf("dev");
    const planFor = (whole: unknown): Plan =>
      planOf(run, { systems, environments: { ...environments, dev: whole as never } }, { today: TODAY });
    const { dev } = environments;
    await builds(accepted(oneValueMutants(dev, EVERY || 23), planFor));
    await builds(accepted(structuralMutants(dev, EVERY || 11), planFor));
  });

  it("of a stack's settings are refused with problems, or can be built", async () => {
    const values = Object.entries(shipped("enterprise-local")).map(([key, text]) => [key.slice(12), read(text)]);
    const settings: unknown = Object.fromEntries(values);
    const planFor = (whole: unknown): Plan => {
      const isRecord = typeof whole === "object" && whole !== null && !Array.isArray(whole);
      const changed = isRecord ? (whole as Record<string, unknown>) : {};
      return planOf(
        { ...runOf("enterprise-local"), values: asText(changed) },
        { systems, environments },
        { today: TODAY },
      );
    };
    await builds(accepted(oneValueMutants(settings, EVERY || 29), planFor));
    await builds(accepted(structuralMutants(settings, EVERY || 11), planFor));
  });
});

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Settings as the engine hands them over: text, JSON where it is no text. What JSON has no text for can't be there. */
function asText(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) => {
      const text = typeof value === "string" ? value : textOf(value);
      return text === undefined ? [] : [[`archipelago:${key}`, text]];
    }),
  );
}

function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
