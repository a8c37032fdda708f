// The spec of a new service: what its description gives it, exactly, so that a later edge shows here too.
import { formatted } from "./system-file";
import type { Addition } from "./request";

/**
 * The text of a spec.
 * @param stack a stack of the system, against whose configuration the plan is made
 */
export function specText(
  file: string,
  { name, service: { context, exposes, owns } }: Addition,
  system: string,
  stack: string,
): Promise<string> {
  const json = (value: unknown): string => JSON.stringify(value);
  return formatted(
    file,
    `// What the description of ${name} gives it in ${system}, and nothing else.
import { expect } from "chai";
import { planFor, runOf } from "../support/run";

describe("the ${name} service", () => {
  const plan = planFor(runOf(${json(stack)}));
  const service = plan.services.find(({ name }) => name === ${json(name)});

  it("belongs to ${context}", () => {
    expect(service?.context).to.equal(${json(context)});
  });

  it("answers on its paths, to those who are signed in", () => {
    expect(service?.exposes?.paths).to.deep.equal(${json(exposes?.paths)});
    expect(service?.exposes?.authentication).to.equal(${json(exposes?.authentication)});
  });

  it("uses ${owns?.database ? "its own database" : "nothing"}, and nothing else", () => {
    const used = plan.edges.filter(({ from }) => from === ${json(name)}).map(({ verb, to }) => \`\${verb} \${to.kind}\`);
    expect(used).to.deep.equal(${json(owns?.database ? ["owns database"] : [])});
    expect(service).to.deep.include({ secrets: [], internetEgress: false });
  });

  it("is called by no service yet", () => {
    expect(plan.edges.filter(({ verb, to }) => verb === "calls" && to.name === ${json(name)})).to.deep.equal([]);
  });
});
`,
  );
}
