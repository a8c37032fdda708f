import { expect } from "chai";
import { join } from "node:path";
import type { OfflineStack } from "../../cli/offline-stack";
import { heldBy } from "../../cli/review/data-holders";
import { describedConfig, writeDescribed } from "./support/described";
import { type LoggedRun, run, shortName } from "./support/runs";
import { Workspace } from "./support/stacks";

/** `user` calls nobody; `web` calls it and reads its bucket's events; both keep entries in the cache. */
const SYSTEM = `(() => {
  const name = test("name") ?? "user";
  const text = (word) => ({ schema: message({ id: "uuid" }), description: word });
  const sizes = { backupRetention: "7d" };
  const before = test("before");
  return {
    name: "people", tracing: {}, cache: {},
    contexts: {
      Users: { description: "Who is there", entities: ["User"] },
      Web: { description: "What people see", entities: ["Page"] },
    },
    topics: { "page-events": { displayName: "Pages", events: { PAGE_CHANGED: text("A page is another") } } },
    services: {
      [name]: {
        context: "Users", description: "Keeps users", usesCache: true, ...(before && { renamedFrom: before }),
        offers: { getUser: "read" },
        exposes: { paths: ["/api/users"], authentication: "by-service" },
        owns: {
          database: test("kind") === "aurora" ? { kind: "aurora-serverless", databaseName: "users", minCapacity: 0.5, maxCapacity: 1, ...sizes }
            : { kind: "postgres", databaseName: "users", instanceClass: "db.t3.micro", allocatedStorage: "20 GiB", maxAllocatedStorage: "100 GiB", ...sizes },
          buckets: { portraits: {} },
        },
        secrets: { SIGNING_KEY: { length: 64 } },
        projects: { Page: { from: { "page-events": "all" } } },
        consumes: { "user-work": { visibilityTimeout: "60s", maxReceiveCount: 3 } },
        scaling: { min: 2, max: 4, cpu: 70 },
      },
      web: {
        context: "Web", description: "Shows users", usesCache: true,
        exposes: { paths: ["/"], authentication: "by-service" },
        calls: { [name]: { operations: ["getUser"] } },
        sendsTo: ["user-work"],
        publishes: { "page-events": ["PAGE_CHANGED"] },
        scaling: { min: 2, max: 4, cpu: 70 },
      },
    },
  };
})()`;

for (const [kind, environment] of [
  ["postgres", "staging"],
  ["aurora", "dev"],
] as const) {
  describe(`a service with ${kind} that gets another name, in ${environment}`, function () {
    this.timeout(300_000);
    let workspace: Workspace;
    let project: string;
    let renamed: LoggedRun;
    const held = new Map<string, readonly string[]>();

    const open = (name: string, before?: string): Promise<OfflineStack> => {
      const more = { "test:name": name, "test:kind": kind, ...(before !== undefined && { "test:before": before }) };
      return workspace.openProject(project, environment, describedConfig("people", environment, [name, "web"], more));
    };
    /** Identifiers of everything that holds data. */
    const stores = async (stack: OfflineStack): Promise<readonly string[]> => {
      const { resources = [] } = (await stack.deployment()).deployment;
      return resources.flatMap(({ type, id }) => (heldBy(type) === undefined ? [] : [`${type} ${String(id)}`])).sort();
    };
    const steps = ({ changes }: LoggedRun): readonly string[] =>
      changes.map(({ op, urn }) => `${op} ${shortName(urn)}`);

    before(async () => {
      workspace = new Workspace();
      project = writeDescribed(join(workspace.folder, "people"), "people", SYSTEM);
      const first = await run(await open("user"), "up");
      expect([first.code, first.diagnostics]).to.deep.equal([0, []]);
      held.set("first", await stores(await open("user")));
      renamed = await run(await open("account", "user"), "up");
    });
    after(() => {
      workspace.remove();
    });

    it("is renamed in one up", () => {
      expect([renamed.code, renamed.diagnostics]).to.deep.equal([0, []]);
    });

    it("keeps every store, every secret, every queue, every log and every key", async () => {
      expect(await stores(await open("account", "user"))).to.deep.equal(held.get("first"));
    });

    it("makes anew only what no alias can keep, none of which holds data", () => {
      expect(
        steps(renamed)
          .filter((step) => !step.startsWith("update "))
          .map((step) => step.replace(/\d+/, "N"))
          .sort(),
      ).to.deep.equal([
        // A user's identifier is its name, and its keys begin with it.
        "create aws:elasticache/user:User cache-account-user",
        // A priority follows from the service's name where the description gives none.
        "create aws:lb/listenerRule:ListenerRule rule-N",
        // Composite alarms and dashboards are known by their names.
        "create-replacement aws:cloudwatch/compositeAlarm:CompositeAlarm account-attention",
        "create-replacement aws:cloudwatch/compositeAlarm:CompositeAlarm account-failing",
        "create-replacement aws:cloudwatch/dashboard:Dashboard account-dashboard",
        "create-replacement aws:ecs/taskDefinition:TaskDefinition account-task",
        "create-replacement aws:ecs/taskDefinition:TaskDefinition web-task",
        "delete aws:elasticache/user:User cache-user-user",
        "delete aws:lb/listenerRule:ListenerRule rule-N",
        "delete-replaced aws:cloudwatch/compositeAlarm:CompositeAlarm user-attention",
        "delete-replaced aws:cloudwatch/compositeAlarm:CompositeAlarm user-failing",
        "delete-replaced aws:cloudwatch/dashboard:Dashboard user-dashboard",
        "delete-replaced aws:ecs/taskDefinition:TaskDefinition user-task",
        "delete-replaced aws:ecs/taskDefinition:TaskDefinition web-task",
        "replace aws:cloudwatch/compositeAlarm:CompositeAlarm account-attention",
        "replace aws:cloudwatch/compositeAlarm:CompositeAlarm account-failing",
        "replace aws:cloudwatch/dashboard:Dashboard account-dashboard",
        "replace aws:ecs/taskDefinition:TaskDefinition account-task",
        "replace aws:ecs/taskDefinition:TaskDefinition web-task",
      ]);
    });

    it("wants nothing more: neither with renamedFrom left in nor without it", async () => {
      for (const stack of [await open("account", "user"), await open("account")]) {
        const again = await run(stack, "up");
        expect([again.code, again.diagnostics, steps(again)]).to.deep.equal([0, [], []]);
      }
    });
  });
}
