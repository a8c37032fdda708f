import { expect } from "chai";
import { readFileSync } from "node:fs";
import { cloudResources, type Deployment } from "../../cli/components-table";
import { EngineStack } from "../../cli/engine-stack";
import type { OfflineStack } from "../../cli/offline-stack";
import { alarmingLines, held, type LoggedRun, recorded, run, shortName } from "./support/runs";
import { allRules, Workspace } from "./support/stacks";

/** Where nothing answers: a download would fail, and be told of. */
const closed = "http://127.0.0.1:9";

function clean(told: LoggedRun) {
  const { code, diagnostics, facts, stderr } = told;
  return { code, diagnostics, violations: facts.violations, stderr, alarming: alarmingLines(told) };
}
const nothingToSay = { code: 0, diagnostics: [], violations: [], stderr: "", alarming: [] };

/** The stack's outputs. */
function outputsOf({ deployment }: Deployment): Readonly<Record<string, unknown>> {
  return deployment.resources?.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}

/** What the emulated cloud has kept of the resources of a type: their outputs. */
function keptOutputs(stack: OfflineStack, type: string): readonly Readonly<Record<string, unknown>>[] {
  return recorded(stack)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as { type: string; outputs: Record<string, unknown> })
    .filter((existing) => existing.type === type)
    .map(({ outputs }) => outputs);
}

/** The types of what the emulated cloud has kept. */
function keptTypes(stack: OfflineStack): readonly string[] {
  const resources = recorded(stack).filter((file) => file.endsWith(".json"));
  return resources.map((file) => (JSON.parse(readFileSync(file, "utf8")) as { readonly type: string }).type);
}

/** A text as the engine writes it in JSON: safe within HTML. */
function asGoWrites(text: string): string {
  const escape = (letter: string): string => `\\u00${letter.charCodeAt(0).toString(16)}`;
  return JSON.stringify(text).replaceAll(/[<>&]/g, escape);
}

/** Every text in a JSON document. */
function textsOf(json: string): readonly string[] {
  const texts: string[] = [];
  JSON.parse(json, (_key, value: unknown) => {
    if (typeof value === "string") texts.push(value);
    return value;
  });
  return texts;
}

describe("the life of the local stack", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  let stack: OfflineStack;
  let first: LoggedRun;

  before(async () => {
    workspace = new Workspace();
    stack = await workspace.open("local");
    first = await run(stack, "up", allRules);
  });
  after(() => {
    workspace.remove();
  });

  it("comes up from nothing without a violation, a warning or a piece of advice", async () => {
    expect(clean(first)).to.deep.equal(nothingToSay);
    expect(first.facts.packs.map(({ pack }) => pack)).to.deep.equal(["archipelago-all"]);
    const made = cloudResources(await stack.deployment()).length;
    expect(made).to.be.at.least(250);
    expect(new Set(first.changes.map(({ op }) => op))).to.deep.equal(new Set(["create"]));
  });

  it("says where things are, and nothing that is secret", async () => {
    const outputs = outputsOf(await stack.deployment());
    const names = (key: string): readonly string[] => Object.keys(outputs[key] ?? {}).sort();
    expect(Object.keys(outputs).sort()).to.deep.equal([
      "buckets",
      "cacheEndpoint",
      "clusterName",
      "dashboardUrl",
      "databases",
      "entrances",
      "environment",
      "loadBalancerUrl",
      "migrations",
      "namespace",
      "queues",
      "region",
      "services",
      "topics",
      "vpcId",
      "workflows",
    ]);
    expect(names("services")).to.deep.equal(["notification", "order", "payment", "product", "user"]);
    expect(names("databases")).to.deep.equal(["order", "payment", "product", "user"]);
    expect(names("migrations")).to.deep.equal(["order", "payment", "product", "user"]);
    expect(names("topics")).to.deep.equal(["notification-events", "order-events", "payment-events"]);
    expect(names("queues").filter((name) => !name.endsWith("-commands"))).to.deep.equal([
      "inventory-update-queue",
      "notification-queue",
      "order-processing-queue",
      "payment-processing-queue",
    ]);
    expect(outputs.loadBalancerUrl).to.match(/^https?:\/\/\S+\.eu-central-1\.elb\.amazonaws\.com$/);
    expect(outputs.vpcId).to.match(/^vpc-[0-9a-f]{17}$/);
  });

  it("keeps generated passwords readable for nobody who has the state only", async () => {
    const kept = keptOutputs(stack, "aws:secretsmanager/secretVersion:SecretVersion");
    const passwords = kept.map(({ secretString }) => (secretString as { value: string }).value);
    expect(passwords.map(({ length }) => length)).to.deep.equal([64]);
    // The passwords are in the state, only encrypted: whoever has the passphrase reads them.
    const { stdout } = await stack.collect(["stack", "export", "--show-secrets"]);
    const opened = textsOf(stdout);
    expect(passwords.filter((password) => !opened.includes(asGoWrites(password)))).to.deep.equal([]);
    const texts = textsOf(await stack.export());
    const written = passwords.flatMap((password) => [
      password,
      JSON.stringify(password).slice(1, -1),
      asGoWrites(password).slice(1, -1),
    ]);
    expect(texts.filter((text) => written.some((password) => text.includes(password)))).to.deep.equal([]);
    expect(texts.filter((text) => text.startsWith("v1:")).length).to.be.at.least(passwords.length);
  });

  it("finds nothing to change the second time, in a place where nothing can be downloaded", async () => {
    const { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION, ...environment } = stack.setup.environment;
    expect(PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION).to.equal("true");
    const alone = new EngineStack({
      ...stack.setup,
      environment: { ...environment, HTTPS_PROXY: closed, HTTP_PROXY: closed, https_proxy: closed, http_proxy: closed },
    });
    const again = await run(alone, "up", allRules);
    expect(clean(again)).to.deep.equal(nothingToSay);
    expect(again.changes).to.deep.equal([]);
    expect(again.same).to.equal(first.changes.length);
  });

  it("finds no difference between state and cloud", async () => {
    const refreshed = await run(stack, "refresh");
    expect(clean(refreshed)).to.deep.equal(nothingToSay);
    expect(refreshed.changes).to.deep.equal([]);
  });

  it("changes no more than a service's task definition and service when its size changes", async () => {
    const larger = await workspace.open("local", { services: { notification: { cpu: 512, memory: "2048 MiB" } } });
    const resized = await run(larger, "up", allRules);
    expect(clean(resized)).to.deep.equal(nothingToSay);
    expect(resized.changes.map(({ op, urn }) => `${op} ${shortName(urn)}`)).to.deep.equal([
      "create-replacement aws:ecs/taskDefinition:TaskDefinition notification-task",
      "replace aws:ecs/taskDefinition:TaskDefinition notification-task",
      "update aws:ecs/service:Service notification",
      "delete-replaced aws:ecs/taskDefinition:TaskDefinition notification-task",
    ]);
  });

  it("leaves nothing when it is destroyed, in the state or in the cloud, but what it keeps on purpose", async () => {
    expect(recorded(stack)).not.to.deep.equal([]);
    const destroyed = await run(stack, "destroy");
    expect(clean(destroyed)).to.deep.equal(nothingToSay);
    expect((await stack.deployment()).deployment.resources ?? []).to.deep.equal([]);
    // All APIs of an account and region log by one role, which another stack may have come to use.
    expect(held(stack).filter((file) => !/api-entrance-account-logs|_account_Account/.test(file))).to.deep.equal([]);
    // ECS keeps revisions, whether anybody deregisters them or not.
    const ofLogs = [
      "aws:apigateway/account:Account",
      "aws:iam/role:Role",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    ];
    const kept = keptTypes(stack);
    expect(kept.filter((type) => ofLogs.includes(type)).sort()).to.deep.equal(ofLogs);
    const left = kept.filter((type) => !ofLogs.includes(type));
    expect(new Set(left)).to.deep.equal(new Set(["aws:ecs/taskDefinition:TaskDefinition"]));
    // Five services and the migrations of four databases.
    expect(left).to.have.lengthOf(9);
  });
});
