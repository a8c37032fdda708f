// The page holds the picture, tells each service's rights as the components give them, and lets no text become markup.
import { createHash } from "node:crypto";
import { expect } from "chai";
import type { Plan } from "../../../../infra/model/plan";
import { pageData } from "../../../../infra/views/pictures/page/data";
import { pageOf } from "../../../../infra/views/pictures/page/page";
import { migrationRightsOf, rightsOf, STANDARD_VARIABLES } from "../../../../infra/views/pictures/page/rights";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { COLLECTOR_VARIABLES } from "../../support/aws";
import { readPlan } from "../../support/read-plan";
import { planFor, runOf } from "../../support/run";

const PICTURE = `<svg class="picture" viewBox="0 0 1 1"></svg>`;

interface Container {
  readonly environment?: readonly { readonly name: string }[];
  readonly secrets?: readonly { readonly name: string }[];
}

function variablesOf(name: string, resources: readonly Registered[]): string[] {
  const task = resources.find(
    (one) => one.type === "aws:ecs/taskDefinition:TaskDefinition" && one.name === `${name}-task`,
  );
  const [container] = JSON.parse(String(task?.outputs.containerDefinitions)) as Container[];
  return [...(container?.environment ?? []), ...(container?.secrets ?? [])].map((variable) => variable.name).sort();
}

function actionsOf(name: string, resources: readonly Registered[]): string[] {
  const policy = resources.find(
    (one) => one.type === "aws:iam/rolePolicy:RolePolicy" && one.name === `${name}-task-policy`,
  );
  if (!policy) return [];
  const { Statement } = JSON.parse(String(policy.outputs.policy)) as { Statement: { Action: string | string[] }[] };
  return [...new Set(Statement.flatMap(({ Action }) => Action))].sort();
}

/** The edge that leads to a place, as a rule's name has it. */
function edgeTo(place: string, service: string): string {
  const edges: Readonly<Record<string, string>> = {
    "network-endpoints": "endpoints",
    "network-s3": "endpoints",
    "0.0.0.0-0": "internet",
    [`${service.replace(/-migration$/, "")}-db`]: "database",
    cache: "cache",
  };
  return edges[place] ?? `call-${place}`;
}

/** Rules out of a service's own group, each as its edge and port. */
function openingsOf(name: string, resources: readonly Registered[]): string[] {
  const start = `${name}-to-`;
  return resources
    .filter(({ type, name: rule }) => type.endsWith(":SecurityGroupEgressRule") && rule.startsWith(start))
    .map(({ name: rule, outputs }) => {
      const place = rule.slice(start.length).replace(/-\d+$/, "");
      return `${edgeTo(place, name)} ${String(outputs.toPort)}`;
    })
    .sort();
}

describe("page of a plan", function () {
  this.timeout(60_000);

  it("tells what the components give each service, and nothing else", async () => {
    const plan = readPlan(planFor(runOf("local")));
    const { resources } = await deploy(() => buildOnEcs(plan));
    expect(plan.services.length).to.be.greaterThan(3);
    for (const service of plan.services) {
      const { name, environment, secrets } = service;
      const rights = rightsOf(service, plan);
      const variables = [
        ...STANDARD_VARIABLES,
        ...Object.keys(environment),
        ...secrets.map(({ variable }) => variable),
        ...rights.flatMap((right) => right.variables),
        // The page tells edges; the collector beside a service is the stack's.
        ...COLLECTOR_VARIABLES,
      ];
      expect(variables.sort(), name).to.deep.equal(variablesOf(name, resources));
      const traces = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"];
      const actions = new Set([...rights.flatMap((right) => right.actions), ...traces]);
      expect([...actions].sort(), name).to.deep.equal(actionsOf(name, resources));
      const migration = migrationRightsOf(service, plan);
      expect(migration, `${name}-migration`).to.have.length(service.migration ? 2 : 0);
      if (service.migration) {
        const { name: task } = service.migration;
        const told = [...STANDARD_VARIABLES.filter((variable) => variable !== "SERVICE_PORT")];
        const variables = [...told, ...migration.flatMap((right) => right.variables)];
        expect(variables.sort(), task).to.deep.equal(variablesOf(task, resources));
        expect(migration.flatMap((right) => right.actions).sort(), task).to.deep.equal(actionsOf(task, resources));
        const opened = migration.flatMap(({ grant, opens }) => opens.map(({ port }) => `${grant} ${port}`));
        expect(opened.sort(), task).to.deep.equal(openingsOf(task, resources));
      }
      const openings = rights.flatMap(({ grant, opens }) => opens.map(({ port }) => `${grant} ${port}`));
      expect(openings.sort(), name).to.deep.equal(openingsOf(name, resources));
    }
  });

  it("finds every service, event, store and queue, and leads to a service that has to do with it", () => {
    const plan = readPlan(planFor(runOf("prod")));
    const { findable, services } = pageData(plan);
    const found = (kind: string): string[] =>
      [...new Set(findable.filter((one) => one.kind.startsWith(kind)).map(({ text }) => text))].sort();
    expect(found("service")).to.deep.equal(plan.services.map(({ name }) => name).sort());
    expect(found("event")).to.deep.equal(plan.topics.flatMap(({ events }) => events.map(({ type }) => type)).sort());
    expect(found("queue")).to.deep.equal(plan.queues.map(({ name }) => name).sort());
    expect(services.map(({ name }) => name)).to.include.members(findable.map(({ service }) => service));
  });

  it("runs its own script and style only, with no network", () => {
    const page = pageOf(planFor(runOf("prod")), PICTURE);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(policy.startsWith("default-src 'none'; style-src ")).to.equal(true);
    expect(policy.split("; ")[2]).to.equal(`script-src ${hash(script)}`);
    expect(policy.split("; ")[1]).to.include(hash(style));
    expect(script).to.not.match(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
    expect(page).to.not.match(/(?:src|href)="(?!#)/);
  });

  it("lets no text become markup", () => {
    const plan = planFor(runOf("prod"));
    const evil = `</script><script>alert(1)</script><!--`;
    const services = plan.services.map((service) => ({ ...service, description: evil }));
    const page = pageOf({ ...plan, system: evil, services } satisfies Plan, PICTURE);
    expect(page.match(/<script/g)).to.have.length(2);
    expect(page.match(/<\/script/g)).to.have.length(2);
    expect(page).to.not.include("<!--");
    const data = /<script id="data" type="application\/json">(.*?)<\/script>/.exec(page)?.[1] ?? "";
    expect(JSON.parse(data)).to.deep.equal(JSON.parse(JSON.stringify(pageData({ ...plan, services }))));
  });
});
