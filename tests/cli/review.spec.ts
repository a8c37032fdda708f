import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import { commitOf, has } from "../../cli/review/base";
import { changesOf } from "../../cli/review/changes";
import { lostStores } from "../../cli/review/described";
import { holders } from "../../cli/review/data-holders";
import type { Rights } from "../../infra/targets/rights";
import { awsDeclared } from "../../offline/providers/schema/published/make";
import { publishedType } from "../../offline/providers/schema/published/names";
import { serviceSpec } from "../../offline/providers/schema/published/service-spec";
import { rightsChanges, rightsIn } from "../../cli/review/rights";
import { countLine, losses, markdown, terminalLines } from "../../cli/review/show";
import { chosen, resultLine } from "../../cli/verbs/review";

const INSTANCE = "aws:rds/instance:Instance";
const urn = (type: string, name: string): string => `urn:pulumi:prod::archipelago::x:y:Z$${type}::${name}`;
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"hush"' };

/** A line of the engine's event log. */
function line(op: string, type: string, name: string, more: object = {}): string {
  return JSON.stringify({ sequence: 1, resourcePreEvent: { metadata: { op, type, urn: urn(type, name), ...more } } });
}

const LOG = [
  JSON.stringify({ preludeEvent: {} }),
  line("same", "aws:ec2/vpc:Vpc", "network"),
  line("update", "archipelago:database:PostgresDatabase", "order-db"),
  line("replace", INSTANCE, "order-db", {
    old: { inputs: { dbName: "orders", password: secret, tags: { a: "1" } } },
    new: { inputs: { dbName: "sales", password: secret, tags: { a: "2" } } },
    detailedDiff: {
      "tags.a": { diffKind: "update" },
      dbName: { diffKind: "update-replace" },
      password: { diffKind: "update-replace" },
    },
  }),
  line("create-replacement", INSTANCE, "order-db"),
  line("replace", "aws:ecs/taskDefinition:TaskDefinition", "order", { keys: ["cpu"], diffs: ["cpu", "memory"] }),
  line("replace", "aws:ecs/taskDefinition:TaskDefinition", "stock"),
  line("create-replacement", "aws:ecs/taskDefinition:TaskDefinition", "stock", { keys: ["memory"] }),
  line("delete", "aws:s3/bucket:Bucket", "images"),
  line("create", "aws:sqs/queue:Queue", "work"),
].join("\n");

describe("review: how it ends", function () {
  this.timeout(60_000);
  const asked = (environment: Readonly<Record<string, string>>) => {
    const file = join(__dirname, "../../cli/archipelago.cjs");
    const { status, stdout } = spawnSync(process.execPath, [file, "review"], {
      encoding: "utf8",
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    });
    return [status, stdout.trimEnd().split("\n").at(-1)];
  };

  it("says its result in one line, which in Markdown is a comment", () => {
    expect(([0, 1, 2] as const).map((status) => resultLine(status, ""))).to.deep.equal([
      "review: nothing would be lost",
      "review: failed",
      "review: data would be lost",
    ]);
    expect(resultLine(2, "markdown")).to.equal("<!-- review: data would be lost -->");
  });

  it("ends with 1 when it can't be made, whatever is wrong", () => {
    expect(asked({})).to.deep.equal([1, "review: failed"]);
    expect(asked({ BASE: "no-such-revision" })).to.deep.equal([1, "review: failed"]);
    expect(asked({ BASE: "HEAD", STACK: "qa" })).to.deep.equal([1, "review: failed"]);
    expect(asked({ BASE: "no-such", FORMAT: "markdown" })).to.deep.equal([1, "<!-- review: failed -->"]);
  });
});

describe("review: what it looks at", () => {
  it("is every stack that has a file, or the one that was asked for", () => {
    expect(chosen("")).to.include.ordered.members(["local", "dev", "staging", "prod"]);
    expect(chosen("")).to.include.members(["ad-tracking-prod", "enterprise-local", "k8s-local"]);
    expect(chosen("enterprise-local")).to.deep.equal(["enterprise-local"]);
    expect(() => chosen("enterprise")).to.throw('There is no stack "enterprise"');
  });

  it("is what the base has", async () => {
    const head = await commitOf("HEAD");
    expect([await has(head, "enterprise-local"), await has(head, "no-such")]).to.deep.equal([true, false]);
  });
});

describe("review: what a preview would do", () => {
  const changes = changesOf(LOG);
  const prod = { stack: "prod", changes };

  it("reads the operations on what is in the cloud, and counts them", () => {
    expect(changes.map(({ operation, name }) => `${operation} ${name}`)).to.deep.equal([
      "create work",
      "delete images",
      "replace order",
      "replace stock",
      "replace order-db",
    ]);
    expect(countLine(prod)).to.equal("1 create, 3 replacements, 1 deletion");
    expect(countLine({ stack: "dev", changes: [] })).to.equal("nothing changes");
  });

  it("finds what would lose data, and nothing else", () => {
    expect(losses(prod).map(({ name, loses }) => [name, loses])).to.deep.equal([
      ["images", "objects"],
      ["order-db", "a database"],
    ]);
  });

  it("lists stores first, then what passes or can be restored, and keys and logs last", () => {
    const types = [
      ...["aws:cloudwatch/logGroup:LogGroup", "aws:kms/key:Key", "aws:secretsmanager/secret:Secret"],
      ...["aws:sqs/queue:Queue", "aws:s3/bucket:Bucket", INSTANCE],
    ];
    const log = types.map((type) => line("delete", type, "x")).join("\n");
    const order = losses({ stack: "prod", changes: changesOf(log) }).map(({ type }) => type.split(":").at(-1));
    expect(order).to.deep.equal(["Instance", "Bucket", "Queue", "Secret", "Key", "LogGroup"]);
  });

  it("says who refuses that a store goes, and when", () => {
    const old = { inputs: { deletionProtection: true } };
    const log = [
      line("delete", INSTANCE, "held", { old: { ...old, protect: true } }),
      line("delete", INSTANCE, "late", { old }),
      line("delete", INSTANCE, "open", { old: { inputs: {} } }),
    ].join("\n");
    const lines = terminalLines({ stack: "prod", changes: changesOf(log) }).slice(3, 11);
    expect(lines.filter((text) => !text.includes("instead:"))).to.deep.equal([
      `  delete held (${INSTANCE}), which holds a database`,
      "      it is protected: the engine refuses this in the preview, before `up` changes anything",
      `  delete late (${INSTANCE}), which holds a database`,
      "      it has deletion protection: AWS refuses this when its turn comes, and `up` stops half way",
      `  delete open (${INSTANCE}), which holds a database`,
    ]);
  });

  it("finds the stores that a description no longer has although the preview fails, and shows them first", () => {
    const resource = (type: string, name: string, protect = false) => ({ urn: urn(type, name), type, protect });
    const resources = [
      resource("aws:kms/key:Key", "user-db-key"),
      resource(INSTANCE, "order-db-instance"),
      resource(INSTANCE, "user-db-instance", true),
      resource("aws:s3/bucket:Bucket", "cluster-access-logs"),
      resource("aws:sqs/queue:Queue", "messaging-work-dead-letter"),
      resource("aws:sqs/queue:Queue", "messaging-work"),
    ];
    const changes = lostStores({ deployment: { resources } }, new Set(["order-db-instance"]));
    expect(changes.map(({ name, refusedBy }) => [name, refusedBy])).to.deep.equal([
      ["user-db-instance", "engine"],
      ["messaging-work", undefined],
    ]);
    const failed = { stack: "prod", changes, failure: "error: two rules have one priority\n" };
    const lines = terminalLines(failed);
    expect(lines.slice(0, 4)).to.deep.equal([
      "review of prod: the preview failed",
      "",
      "  DATA WOULD BE LOST",
      `  delete user-db-instance (${INSTANCE}), which holds a database`,
    ]);
    expect(lines.slice(-2)).to.deep.equal([
      "The working tree can't be previewed as prod, so there may be more:",
      "error: two rules have one priority",
    ]);
    expect(markdown([failed], "main")).to.contain("error: two rules have one priority");
  });

  it("loses nothing that Pulumi only forgets, but what an empty one takes the place of", () => {
    const retained = { old: { retainOnDelete: true } };
    const log = ["delete", "replace"].map((op) => line(op, "aws:s3/bucket:Bucket", op, retained)).join("\n");
    expect(losses({ stack: "prod", changes: changesOf(log) }).map(({ name }) => name)).to.deep.equal(["replace"]);
  });

  it("names the properties that replace, before and after, and hides secrets", () => {
    const [, , task, other, database] = changes;
    expect(other?.causes.map(({ path, replaces }) => [path, replaces])).to.deep.equal([["memory", true]]);
    expect(task?.causes.map(({ path, replaces }) => [path, replaces])).to.deep.equal([["cpu", true], ["memory", false]]); // prettier-ignore
    expect(database?.causes).to.deep.equal([
      { path: "dbName", replaces: true, before: "orders", after: "sales" },
      { path: "password", replaces: true, before: "[secret]", after: "[secret]" },
      { path: "tags.a", replaces: false, before: "1", after: "2" },
    ]);
  });

  it("says of unknown values inside others that they are known later", () => {
    const groups = "securityGroups";
    const side = (id: string) => ({ inputs: { [groups]: [id] } });
    const [old, now] = [side("sg-1"), side("04da6b54-80e4-46f7-96ec-b56ff0331ba9")];
    const log = line("update", "aws:lb/loadBalancer:LoadBalancer", "alb", { old, new: now, diffs: [groups] });
    expect(changesOf(log)[0]?.causes).to.deep.equal([
      { path: groups, replaces: false, before: '["sg-1"]', after: "[(known after the update)]" },
    ]);
  });

  it("puts what would be lost first, in a terminal and in Markdown", () => {
    expect(terminalLines(prod).slice(0, 9)).to.deep.equal([
      "review of prod: 1 create, 3 replacements, 1 deletion",
      "",
      "  DATA WOULD BE LOST",
      "  delete images (aws:s3/bucket:Bucket), which holds objects",
      "      instead: if its service only has a new name, say so (`renamedFrom`); otherwise take a backup first, or keep it outside the stack (`retainOnDelete: true`)",
      `  replace order-db (${INSTANCE}), which holds a database`,
      "      because of dbName: orders -> sales",
      "      because of password: [secret] -> [secret]",
      "      instead: leave the property as it was, or make a second store beside this one and move what it holds",
    ]);
    const text = markdown([prod, { stack: "dev", changes: [] }], "main");
    expect(text.split("\n").slice(0, 8)).to.deep.equal([
      "## What this change does to each environment",
      "",
      "Against `main`. **Data would be lost** in prod.",
      "",
      "| environment | changes | resources with data lost |",
      "| --- | --- | --- |",
      "| prod | 1 create, 3 replacements, 1 deletion | 2 |",
      "| dev | nothing changes | none |",
    ]);
    expect(text).to.contain("  - because of `dbName: orders -> sales`");
    expect(markdown([{ stack: "dev", changes: [] }], "main")).to.contain("No data would be lost.");
  });
});

describe("review: rights", function () {
  this.timeout(60_000);

  it("are those of the program in a folder, by workload", async () => {
    const rights = await rightsIn(join(__dirname, "../.."), "k8s-local");
    expect(rights?.order?.grants.database?.variables).to.include.members(["DB_HOST", "DB_PASSWORD"]);
    expect(rights?.["order-migration"]?.service).to.equal("order");
  });

  it("are compared workload by workload, and shown with what each gains and loses", () => {
    const right = { opens: [], actions: [], variables: [], files: [] };
    const of = (service: string, grants: Record<string, Partial<typeof right> | { actions: string[] }>): Rights => ({
      [service]: {
        service,
        grants: Object.fromEntries(Object.entries(grants).map(([name, own]) => [name, { ...right, ...own }])),
      },
    });
    const before = { ...of("order", { a: { actions: ["sqs:SendMessage"] } }), ...of("stock", { a: {} }) };
    const after = {
      ...of("order", { b: { actions: ["sqs:SendMessage", "sns:Publish"] } }),
      ...of("user", { b: { actions: ["sns:Publish"] } }),
    };
    const changes = rightsChanges(before, after);
    expect(changes).to.deep.equal([
      { workload: "order", gains: ["IAM sns:Publish"], loses: [] },
      { workload: "user", gains: ["IAM sns:Publish"], loses: [] },
    ]);
    expect(rightsChanges(after, before).map(({ loses }) => loses)).to.deep.equal([
      ["IAM sns:Publish"],
      ["IAM sns:Publish"],
    ]);
    const review = { stack: "prod", changes: changesOf(LOG), rights: changes };
    expect(terminalLines(review)).to.include.members(["  rights", "  user", "      gains IAM sns:Publish"]);
    expect(markdown([review], "main")).to.include("| `user` | `IAM sns:Publish` |  |");
  });
});

describe("review: what holds data", () => {
  const declared = new Set(awsDeclared().resources.map(({ token }) => token));

  it("names types of the SDK only", () => {
    expect(holders.filter((type) => type.startsWith("aws:") && !declared.has(type))).to.deep.equal([]);
  });

  it("has every type that the CDK's specification calls stateful", () => {
    // Instances of a cluster keep nothing: the cluster's volume does. A bucket's setting, an account, another stack are no stores.
    const others = [
      ...["cloudformation/stack", "docdb/clusterInstance", "neptune/clusterInstance"],
      ...["organizations/account", "rds/clusterInstance", "s3/bucketVersioning"],
    ];
    const published = serviceSpec().types;
    const stateful = new Set(
      [...loadAwsServiceSpecSync().all("resource")]
        .filter(({ isStateful }) => isStateful === true)
        .map((type) => type.cloudFormationType),
    );
    const missing = [...declared].filter((type) => {
      const full = publishedType(type, published);
      return full !== undefined && stateful.has(full) && !holders.includes(type);
    });
    expect(missing.map((type) => type.split(":")[1]).sort()).to.deep.equal(others);
  });
});
