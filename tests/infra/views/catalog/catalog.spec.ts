// Catalogues name everything of a plan, link only to what is there, keep text text, and the checked-in ones are true.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { fieldsOf } from "../../../../infra/views/catalog/fields";
import { catalogueFiles, onePlanEach } from "../../../../infra/views/catalog/files";
import { anchorOf, code, plain, sentence, table } from "../../../../infra/views/catalog/markdown";
import { cataloguesOf } from "../../../../cli/verbs/diagram";
import { stacksIn } from "../../../../cli/stack-files";
import { environments } from "../../../../infra/environments";
import { message } from "../../../../infra/model/kinds/topic/contract";
import { derive } from "../../../../infra/model/derive";
import type { Plan } from "../../../../infra/model/plan";
import { builtStack, knownOf } from "../../../../cli/project-systems";
import { thisDay } from "../../../../infra/examine";
import { planFor, runOf } from "../../support/run";
import { readPlan } from "../../support/read-plan";
import { reordered, settingsFor, validSystem } from "../../support/systems";

const root = join(__dirname, "../../../..");

function headingsIn(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading ?? "");
}

/** Links of pages that lead nowhere. */
function brokenLinks(pages: ReadonlyMap<string, string>): string[] {
  return [...pages].flatMap(([file, text]) =>
    [...text.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)]
      .filter(([, page, anchor]) => {
        const target = pages.get(page === "" || page === undefined ? file : page);
        if (target === undefined) return true;
        return anchor !== undefined && headingsIn(target).filter((one) => anchorOf(one) === anchor).length !== 1;
      })
      .map(([link]) => `${file}: ${link}`),
  );
}

function servicesPage(plan: Plan): string {
  return catalogueFiles(plan).get(`${plan.system}-services.md`) ?? "";
}

function eventsPage(plan: Plan): string {
  return catalogueFiles(plan).get(`${plan.system}-events.md`) ?? "";
}

describe("catalogues", () => {
  it("have a heading for every context, service, topic and event, and links that lead to exactly one", () => {
    fc.assert(
      fc.property(validSystem, (system) => {
        const plan = derive(system, environments.dev, settingsFor(system, "dev"));
        const files = catalogueFiles(plan);
        expect(brokenLinks(files)).to.deep.equal([]);
        expect(headingsIn(servicesPage(plan)).sort()).to.deep.equal(
          [
            `Services of ${plan.system}`,
            ...plan.contexts.map(({ name }) => `Context ${name}`),
            ...plan.services.map(({ name }) => `Service ${name}`),
            ...Object.keys(system.entrances ?? {}).map((name) => `Entrance ${name}`),
          ].sort(),
        );
        expect(headingsIn(eventsPage(plan)).sort()).to.deep.equal(
          [
            `Events of ${plan.system}`,
            ...readPlan(plan).topics.map(({ name }) => `Topic ${name}`),
            ...readPlan(plan).topics.flatMap(({ name, events }) =>
              events.map(({ type }) => `Event ${type} on ${name}`),
            ),
          ].sort(),
        );
        const again = derive(reordered(system), environments.dev, settingsFor(system, "dev"));
        expect([...catalogueFiles(again)]).to.deep.equal([...files]);
      }),
      { numRuns: 25 },
    );
  });

  it("say who publishes an event, who consumes it and what for", () => {
    const plan = planFor(runOf("prod"));
    const events = readPlan(plan).topics.flatMap((topic) =>
      topic.events.map((event) => ({ ...event, topic: topic.name })),
    );
    for (const { type, topic, publishers, consumers } of events) {
      const section = eventsPage(plan).split(`### Event ${type} on ${topic}\n`)[1]?.split(/^#/m)[0] ?? "";
      const lines = section.split("\n").filter((line) => line.startsWith("- "));
      expect(lines, type).to.deep.equal([
        ...publishers.map(
          ({ service, version }) =>
            `- published by [\`${service}\`](ecommerce-services.md#service-${service}) in version ${version}`,
        ),
        ...consumers.map(
          ({ service, queue, version, needs }) =>
            `- consumed by [\`${service}\`](ecommerce-services.md#service-${service}) from queue \`${queue}\`, written for version ${version}${
              needs.length > 0 ? `; needs ${needs.map((need) => `\`${need}\``).join(", ")}` : ""
            }`,
        ),
      ]);
    }
    expect(events.some(({ consumers }) => consumers.some(({ needs }) => needs.length > 0))).to.equal(true);
  });

  it("list a message's fields, those inside others too", () => {
    const schema = message({ id: "uuid", items: [message({ "n?": "integer" })], "tags?": [["string"]] });
    expect(fieldsOf(schema)).to.deep.equal([
      { path: "id", type: "string (uuid)", required: true },
      { path: "items", type: "list of object", required: true },
      { path: "items.n", type: "integer", required: false },
      { path: "tags", type: "list of list of string", required: false },
    ]);
    const limited = { type: "integer", minimum: 1, maximum: 9, enum: [1, 2], description: "how many" } as const;
    expect(fieldsOf({ type: "object", properties: { limited } })).to.deep.equal([
      { path: "limited", type: "integer (1 or 2, 1 or more, 9 or less)", required: false, description: "how many" },
    ]);
  });

  it("keep text text", () => {
    expect(plain("a | <b> *c* [d](e)\n# f & `g`")).to.equal("a \\| \\<b\\> \\*c\\* \\[d\\](e) \\# f &amp; \\`g\\`");
    expect(code("a|b")).to.equal("`a\\|b`");
    expect(code("a`b``c")).to.equal("``` a`b``c ```");
    expect([sentence("It sells"), sentence("It sells."), sentence("Why? ")]).to.deep.equal([
      "It sells.",
      "It sells.",
      "Why?",
    ]);
    expect(table(["x"], [])).to.deep.equal([]);
    expect(anchorOf("Event ORDER_CREATED on order-events")).to.equal("event-order_created-on-order-events");
  });

  it("are checked in as the stacks give them", async function () {
    this.timeout(120_000);
    const folder = join(root, "docs", "catalog");
    const stacks = stacksIn(root).map((stack) => builtStack(root, knownOf(root), stack, thisDay()));
    const plans = onePlanEach(stacks.map(({ plan }) => plan));
    const made = await cataloguesOf(stacks);
    expect(plans.map(({ system, environment }) => `${system} ${environment.name}`).sort()).to.deep.equal([
      "ad-tracking prod",
      "ecommerce prod",
      "enterprise local",
    ]);
    expect(readdirSync(folder).sort()).to.deep.equal([...made.keys()].sort());
    for (const [name, text] of made) {
      expect(readFileSync(join(folder, name), "utf8") === text, `${name}: run make catalog`).to.equal(true);
    }
  });
});
