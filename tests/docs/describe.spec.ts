// docs/describe.md: the system of every kind has no mistake, and leaves no kind out.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import yaml from "js-yaml";
import { environments } from "../../infra/environments";
import { examine, thisDay } from "../../infra/examine";
import type { System } from "../../infra/model/system";
import { thingsOf } from "../../infra/model/described";
import { targets } from "../../infra/targets";
import { flat } from "../infra/support/run";
import { required } from "./blocks";

const page = readFileSync(resolve(__dirname, "../../docs/describe.md"), "utf8");

function blockOf(language: string): string {
  return new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "m").exec(page)?.[1] ?? "";
}

describe("the page on describing a system", () => {
  const { clinic } = required(blockOf("ts")) as { readonly clinic: System };
  const { config } = yaml.load(blockOf("yaml")) as { readonly config: Readonly<Record<string, unknown>> };

  it("has a system and a stack in which nothing is wrong but files of functions, which the reader makes", () => {
    const run = { stack: "clinic-local", values: flat(config), offline: true };
    const { problems, warnings } = examine(run, { systems: { clinic }, environments }, thisDay());
    expect(problems.map(({ path }) => path).sort()).to.deep.equal([
      "clinic.services.analysis.functions.detect.code.entry",
      "clinic.services.invoice.owns.eventStores.invoices.projections.balances.code.entry",
    ]);
    expect(warnings).to.deep.equal([]);
  });

  it("has a thing of every kind that a target builds", () => {
    const kinds = new Set(["service", ...thingsOf(clinic).map(({ kind }) => kind)]);
    expect([...kinds].sort()).to.deep.equal(Object.keys(targets.ecs?.kinds ?? {}).sort());
    const rows = [...page.matchAll(/^\| (\w+) +\| `/gm)].map(([, kind]) => kind);
    expect(rows.filter((kind) => kind !== "call").sort()).to.deep.equal([...kinds].sort());
  });
});
