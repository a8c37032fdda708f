// The AWS commands of docs/runbooks/recovery.md, read out of the page and typed into the real AWS CLI.
import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildOnEcs } from "../../infra/targets/ecs/ecs";
import { hangers } from "../chaos/account";
import { deploy } from "../../offline/providers/mocks";
import { planFor, runOf } from "../infra/support/run";
import { linesOf, type Moto, startMoto } from "./support/moto";
import { root } from "./support/stacks";

const page = readFileSync(join(root, "docs", "runbooks", "recovery.md"), "utf8");
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);
const table = [...page.matchAll(/^\| `(aws [^`]+)` +\|/gm)].map(([, command = ""]) => command);

/** The one block of the page that has these words. */
function block(words: string): string {
  const [found = "", ...more] = blocks.filter((each) => each.includes(words));
  expect([found === "", more.length], words).to.deep.equal([false, 0]);
  return found;
}

/** A person puts names where the page has <what it is>. */
function filled(command: string, names: Readonly<Record<string, string>>): string {
  return command.replace(/<([^>]+)>/g, (whole, what: string) => names[what] ?? whole);
}

interface Resource {
  readonly type: string;
  readonly id: string;
  readonly outputs: Readonly<Record<string, string>>;
}
interface Exported {
  readonly deployment: { readonly resources?: readonly Resource[] };
}

/** What the list of a thing needs, and something that hangs there, by command. */
const looked: Readonly<Record<string, readonly [argument: string, shown: string]>> = {
  "get-base-path-mappings": ["api domain", '"basePath": "v1"'],
  "get-deployments": ["api", "of the web"],
  "get-stages": ["api", '"stageName": "v1"'],
  "get-usage-plan-keys": ["plan", '"name": "partner"'],
  "get-function-event-invoke-config": ["function", '"MaximumRetryAttempts": 1'],
  "get-policy": ["function", "events.amazonaws.com"],
  "list-dashboards": ["prefix", "shop-prod-overview"],
  "describe-metric-filters": ["log group", "OrdersCreated"],
  "describe-scaling-policies": ["service", "policyName/left-over"],
  "describe-scheduled-actions": ["service", "left-over-at-night"],
  "describe-route-tables": ["table", "192.168.0.0/16"],
  "describe-security-group-rules": ["group", '"FromPort": 22'],
  "get-lifecycle-policy": ["repository", "imageCountMoreThan"],
  "describe-clusters": ["cluster", '"FARGATE"'],
  "list-targets-by-rule": ["rule", "order-events"],
  "list-role-policies": ["role", "left-over"],
  "list-attached-role-policies": ["role", "policy/reading"],
  "list-aliases": ["key", "alias/order-db/left-over"],
  "list-resource-record-sets": ["zone", "old.shop.example.com."],
  "get-bucket-cors": ["bucket", '"GET"'],
  "get-bucket-encryption": ["bucket", "AES256"],
  "get-bucket-lifecycle-configuration": ["bucket", '"Days": 90'],
  "get-bucket-logging": ["bucket", "own/"],
  "get-bucket-ownership-controls": ["bucket", "BucketOwnerEnforced"],
  "get-bucket-policy": ["bucket", "logging.s3.amazonaws.com"],
  "get-bucket-versioning": ["bucket", "Enabled"],
  "get-public-access-block": ["bucket", "RestrictPublicBuckets"],
  "list-secret-version-ids": ["secret", "AWSCURRENT"],
  "get-topic-attributes": ["topic", '"Policy"'],
  "list-subscriptions-by-topic": ["topic", "order-dead"],
  "get-queue-attributes": ["queue", "deadLetterTargetArn"],
  "get-logging-configuration": ["acl", "aws-waf-logs-firewall"],
  "get-web-acl-for-resource": ["balancer", "firewall"],
};

/** What moto does not have: the CLI judges the form of the command alone. */
const untried = "describe-query-definitions";

describe("the recovery runbook's AWS commands, on an account of moto's", function () {
  this.timeout(300_000);
  let moto: Moto;
  const names = (): Record<string, string> => ({ stack: "prod", ...moto.names });
  /** Step 5, with a state. */
  const listed = async (state: Exported, more = "<hosted zone> <domain>"): Promise<readonly string[]> => {
    writeFileSync(join(moto.folder, "exported.json"), JSON.stringify(state));
    const command = filled(`${block("orphans.sh").trimEnd()} ${more}`, names());
    const { code, stdout, stderr } = await moto.run(command);
    expect([code, stderr], command).to.deep.equal([0, ""]);
    return linesOf(stdout);
  };
  let state: Exported;

  before(async function () {
    const started = await startMoto();
    if (typeof started === "string") {
      const reason = `the runbook's AWS commands are not tried: this machine lacks ${started}`;
      if (process.env.CI !== undefined) throw new Error(reason);
      process.stdout.write(`\n${reason}\n`);
      this.skip();
    }
    moto = started;
    state = JSON.parse(readFileSync(join(moto.folder, "state.json"), "utf8")) as Exported;
  });
  after(() => {
    // Without it nothing was started.
    (moto as Moto | undefined)?.stop();
  });

  it("list exactly what the state does not know", async () => {
    const orphans = moto.lines("orphans");
    expect(orphans).to.have.length(22);
    expect(await listed(state)).to.deep.equal(orphans);
    // What has ended is named all the same, and there are more things than on a page.
    const tagged = linesOf(
      (await moto.run("aws resourcegroupstaggingapi get-resources | jq -r '.[][].ResourceARN'")).stdout,
    );
    for (const ended of ["natgateway/nat-", "secret:ended-", "task-definition/order:1"])
      expect(tagged.filter((arn) => arn.includes(ended))).to.have.length(1);
    expect(tagged.filter((arn) => arn.includes(":kms:"))).to.have.length(3);
    expect(tagged.length).to.be.greaterThan(100);
  });

  it("list each thing that a state has lost, of every kind", async () => {
    const orphans = moto.lines("orphans");
    // One of each kind, and nothing of a topic but the first: the others are there to fill pages.
    const resources = state.deployment.resources ?? [];
    const lost = resources.filter(({ type }, index) => resources.findIndex((each) => each.type === type) === index);
    const left = { deployment: { resources: resources.filter((each) => !lost.includes(each)) } };
    const found = (await listed(left)).filter((line) => !orphans.includes(line));
    const named = ({ type, id, outputs }: Resource): string => {
      if (type === "aws:ec2/route:Route") return `route ${outputs.routeTableId} ${outputs.destinationCidrBlock}`;
      if (type.endsWith(":RolePolicyAttachment")) return `attachment ${outputs.role} ${outputs.policyArn}`;
      if (/:(?:vpc|ec2)\//.test(type)) return outputs.securityGroupRuleId ?? id;
      return outputs.arn ?? id;
    };
    // Not in moto's tagging API; and the state's version of the secret is not the current one any more.
    const unlisted = /^aws:(?:ecr|wafv2|ec2\/eip|ec2\/vpcEndpoint)\b|:SecretVersion$/;
    const listable = lost.filter(({ type }) => !unlisted.test(type));
    expect(listable.length).to.be.greaterThan(25);
    expect(found).to.deep.equal([...new Set(listable.map(named))].sort());
  });

  it("list nothing where the state knows all, nor what AWS makes of it; without a zone no records", async () => {
    const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-central-1:123456789012:${rest}`;
    const made = [
      arn("ecs", "task/main/0d5f"),
      arn("rds", "cluster-snapshot:rds:order-2026-11-24"),
      arn("rds", "snapshot:rds:order-2026-11-24"),
      arn("elasticache", "cluster:sessions-001"),
      arn("elasticache", "cluster:lost-001"),
    ];
    const group = arn("elasticache", "replicationgroup:sessions");
    const known = {
      type: "aws:elasticache/replicationGroup:ReplicationGroup",
      id: "sessions",
      outputs: { arn: group },
    };
    const more = JSON.stringify(made.map((ResourceARN) => ({ ResourceARN })));
    const between = `case $1 in
      resourcegroupstaggingapi) $aws "$@" | jq '.ResourceTagMappingList += ${more}' ;;
      *) exec $aws "$@" ;;
    esac`;
    const zone = moto.names["hosted zone"] ?? "";
    const all = moto.lines("orphans").filter((line) => !line.startsWith(zone));
    const others = all.map((id) => ({ type: "aws:any/thing:Thing", id, outputs: {} }));
    const resources = [
      ...(state.deployment.resources ?? []),
      ...[known, ...others].map((each) => ({ ...each, custom: true })),
    ];
    expect(await moto.with(between, () => listed({ deployment: { resources } }, ""))).to.deep.equal([made[4]]);
  });

  it("end with an error when one list can't be had, and delete nothing", async () => {
    writeFileSync(join(moto.folder, "exported.json"), JSON.stringify(state));
    for (const [service, operation] of [
      ["iam", "get-account-authorization-details"],
      ["kms", "describe-key"],
    ]) {
      const between = `[ "$1 $2" = "${service} ${operation}" ] && { echo AccessDenied >&2; exit 254; }; exec $aws "$@"`;
      const { code, stderr } = await moto.with(between, () => moto.run(filled(block("orphans.sh"), names())));
      expect([code === 0, stderr], operation).to.deep.equal([false, "AccessDenied\n"]);
    }
    const script = readFileSync(join(root, "docs", "runbooks", "orphans.sh"), "utf8");
    const operations = [...script.matchAll(/\baws [a-z0-9-]+ "?([a-z]+)-/g)].map(([, verb]) => verb);
    expect([...new Set(operations)].sort()).to.deep.equal(["describe", "get", "list"]);
  });

  it("show what hangs on a thing, each line of the table", async () => {
    const operation = (command: string): string => command.split(" ")[2] ?? "";
    expect(table.map(operation).sort()).to.deep.equal([...Object.keys(looked), untried].sort());
    const formed = await moto.run(
      `${table.find((each) => operation(each) === untried) ?? ""} shop-prod --generate-cli-skeleton output`,
    );
    expect([formed.code, formed.stderr]).to.deep.equal([0, ""]);
    for (const command of table.filter((each) => operation(each) !== untried)) {
      const [what = "", shown = ""] = looked[operation(command)] ?? [];
      const name = `'${moto.names[what] ?? ""}'`;
      const { code, stdout, stderr } = await moto.run(`${command}${command.endsWith("=") ? "" : " "}${name}`);
      expect([code, stderr], command).to.deep.equal([0, ""]);
      expect(stdout, command).to.contain(shown);
    }
  });

  it("bring an older version of a state in a bucket back", async () => {
    const place = { bucket: "states", project: "shop", stack: "prod" };
    const key = ".pulumi/stacks/shop/prod.json";
    const put = (text: string): string => `printf '%s' '${text}' | aws s3 cp - s3://states/${key}`;
    const whole = '{"version":3,"checkpoint":{"stack":"prod"}}';
    const prepared = await moto.run(
      [
        "aws s3 mb s3://states",
        "aws s3api put-bucket-versioning --bucket states --versioning-configuration Status=Enabled",
        put(whole),
        put(whole.slice(0, 20)),
      ].join("\n"),
    );
    expect(prepared.code, prepared.stderr).to.equal(0);
    const [list = "", back = ""] = block("list-object-versions").split(/(?=^aws s3api get-object)/m);
    const versions = linesOf((await moto.run(filled(list, place))).stdout).map((line) => line.split("\t"));
    expect(versions.map(([, size]) => size)).to.deep.equal(["20", String(whole.length)]);
    const [broken = "", older = ""] = versions.map(([, , version]) => version ?? "");
    const restored = (version: string) => moto.run(filled(back, { ...place, version }));
    expect((await restored(broken)).code).not.to.equal(0);
    expect((await restored(older)).code).to.equal(0);
    expect((await moto.run(`aws s3 cp s3://states/${key} -`)).stdout).to.equal(whole);
  });

  it("know everything of a real stack's state by the name that an account has for it", async () => {
    const { resources } = await deploy(() => buildOnEcs(planFor(runOf("prod"))));
    const state = resources.map(({ type, inputs, outputs }) => ({
      ...{ type, inputs, outputs, custom: "id" in outputs },
      id: outputs.id,
    }));
    const file = join(moto.folder, "real.json");
    writeFileSync(file, JSON.stringify({ deployment: { resources: state } }));
    const { code, stdout } = await moto.run("jq -r -f docs/runbooks/known.jq real.json");
    expect(code).to.equal(0);
    const known = new Set(linesOf(stdout));
    const missing = (type: string, name: (outputs: Readonly<Record<string, unknown>>) => string): readonly string[] =>
      resources
        .filter((each) => each.type === type)
        .flatMap(({ outputs }) => (known.has(name(outputs)) ? [] : [name(outputs)]));
    const route = "aws:ec2/route:Route";
    const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    const policy = "aws:iam/rolePolicy:RolePolicy";
    expect([
      ...missing(route, (o) => `route ${String(o.routeTableId)} ${String(o.destinationCidrBlock)}`),
      ...missing(attachment, (o) => `attachment ${String(o.role)} ${String(o.policyArn)}`),
      ...missing(policy, (o) => `${String(o.role)}:${String(o.name)}`),
      ...missing("aws:kms/alias:Alias", (o) => String(o.name)),
      ...missing("aws:sns/topicSubscription:TopicSubscription", (o) => String(o.arn)),
      ...missing("aws:appautoscaling/policy:Policy", (o) => String(o.arn)),
    ]).to.deep.equal([]);
    for (const type of [route, attachment, policy]) expect(hangers[type], type).not.to.equal(undefined);
    expect(resources.filter(({ type }) => type === route)).to.have.length(6);
  });
});
