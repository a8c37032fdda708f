// The page holds the picture, tells each service's rights as the components give them, and lets no text become markup.
import { createHash } from "node:crypto";
import { expect } from "chai";
import type { Plan } from "../../../../infra/model/plan";
import { pageData } from "../../../../infra/views/pictures/page/data";
import { pageOf } from "../../../../infra/views/pictures/page/page";
import { STANDARD_VARIABLES, workloadsOf } from "../../../../infra/views/rights";
import { mockedRights } from "../../../../cli/mocked-rights";
import { ecs } from "../../../../infra/targets/ecs";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { readPlan } from "../../support/read-plan";
import { planFor, runOf } from "../../support/run";

const PICTURE = `<svg class="picture" viewBox="0 0 1 1"></svg>`;

interface Container {
  readonly environment?: readonly { readonly name: string }[];
  readonly secrets?: readonly { readonly name: string }[];
}

/** A resource by type and name; undefined: there is none. */
function resourceOf(resources: readonly Registered[], type: string, name: string): Registered | undefined {
  return resources.find((one) => one.type === type && one.name === name);
}

function variablesOf(name: string, resources: readonly Registered[]): string[] {
  const task = resourceOf(resources, "aws:ecs/taskDefinition:TaskDefinition", `${name}-task`);
  if (!task) {
    const made = resourceOf(resources, "aws:lambda/function:Function", name);
    const { variables = {} } = (made?.inputs.environment ?? {}) as { variables?: object };
    return Object.keys(variables).sort();
  }
  const [container] = JSON.parse(String(task.outputs.containerDefinitions)) as Container[];
  return [...(container?.environment ?? []), ...(container?.secrets ?? [])].map((variable) => variable.name).sort();
}

/** Statements that every function has for itself: logs, traces, failed calls, its key, its interfaces. */
const OF_FUNCTIONS = ["WriteLogs", "WriteTraces", "KeepFailedCalls", "UseKey"];

interface Document {
  readonly Statement: readonly { readonly Sid?: string; readonly Action: string | readonly string[] }[];
}

/** Actions of a workload's role that its grants give. */
function actionsOf(name: string, resources: readonly Registered[]): string[] {
  const [task, made] = [`${name}-task-policy`, name].map((policyName) =>
    resourceOf(resources, "aws:iam/rolePolicy:RolePolicy", policyName),
  );
  const policy = task ?? made;
  if (policy === undefined) return [];
  const { Statement } = JSON.parse(String(policy.outputs.policy)) as Document;
  const granted = Statement.filter(({ Sid = "", Action }) => {
    const isOwn = OF_FUNCTIONS.includes(Sid) || [Action].flat().some((action) => action.startsWith("ec2:"));
    return task !== undefined || !isOwn;
  });
  return [...new Set(granted.flatMap(({ Action }) => Action))].sort();
}

/** Rules out of a workload's own group, each as the place and the port. */
function openingsOf(name: string, resources: readonly Registered[]): string[] {
  const start = `${name}-to-`;
  return resources
    .filter(({ type, name: rule }) => type.endsWith(":SecurityGroupEgressRule") && rule.startsWith(start))
    .map(({ name: rule, outputs }) => `${rule.slice(start.length).replace(/-\d+$/, "")} ${String(outputs.toPort)}`)
    .sort();
}

describe("page of a plan", function () {
  this.timeout(60_000);

  for (const stack of ["local", "ad-tracking-local"]) {
    it(`shows what the resources of ${stack} give each workload, and nothing else`, async () => {
      const plan = planFor(runOf(stack));
      const { resources } = await deploy(() => buildOnEcs(plan));
      const all = await mockedRights(ecs, plan);
      const workloads = plan.services.flatMap(({ name }) => [name, ...workloadsOf(name, all)]);
      expect(Object.keys(all).sort()).to.deep.equal(workloads.sort());
      for (const [workload, { grants }] of Object.entries(all)) {
        const rights = Object.values(grants);
        const actions = new Set(rights.flatMap((right) => right.actions));
        expect([...actions].sort(), workload).to.deep.equal(actionsOf(workload, resources));
        const variables = variablesOf(workload, resources);
        expect(variables, workload).to.include.members(rights.flatMap((right) => right.variables));
        const openings = rights.flatMap(({ opens }) => opens.map(({ to, port }) => `${to.replace("/", "-")} ${port}`));
        expect([...new Set(openings)].sort(), workload).to.deep.equal(openingsOf(workload, resources));
      }
      for (const { name, environment, secrets } of plan.services) {
        const existing = secrets.flatMap((secret) => ("length" in secret ? [] : [secret.variable]));
        const own = [...STANDARD_VARIABLES, ...Object.keys(environment), ...existing];
        const given = Object.values(all[name]?.grants ?? {}).flatMap((right) => right.variables);
        expect([...new Set([...own, ...given])].sort(), name).to.deep.equal(variablesOf(name, resources));
      }
    });
  }

  it("finds every service, event, store and queue, and leads to a service that has to do with it", () => {
    const plan = readPlan(planFor(runOf("prod")));
    const { findable, services } = pageData(plan, {});
    const found = (kind: string): string[] =>
      [...new Set(findable.filter((one) => one.kind.startsWith(kind)).map(({ text }) => text))].sort();
    expect(found("service")).to.deep.equal(plan.services.map(({ name }) => name).sort());
    expect(found("event")).to.deep.equal(plan.topics.flatMap(({ events }) => events.map(({ type }) => type)).sort());
    expect(found("queue")).to.deep.equal(plan.queues.map(({ name }) => name).sort());
    expect(services.map(({ name }) => name)).to.include.members(findable.map(({ service }) => service));
  });

  it("runs its own script and style only, with no network", () => {
    const page = pageOf(planFor(runOf("prod")), PICTURE, {});
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
    const page = pageOf({ ...plan, system: evil, services } satisfies Plan, PICTURE, {});
    expect(page.match(/<script/g)).to.have.length(2);
    expect(page.match(/<\/script/g)).to.have.length(2);
    expect(page).to.not.include("<!--");
    const data = /<script id="data" type="application\/json">(.*?)<\/script>/.exec(page)?.[1] ?? "";
    expect(JSON.parse(data)).to.deep.equal(JSON.parse(JSON.stringify(pageData({ ...plan, services }, {}))));
  });
});
