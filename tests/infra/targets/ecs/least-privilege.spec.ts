// Least privilege, proven: every service's roles are tried against every resource of the whole platform. What is expected is
// worked out here from what the team wrote, without the model or the components.
import { expect } from "chai";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import type { Service, System } from "../../../../infra/model/system";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { enterprise } from "../../../../infra/systems/enterprise";
import { deploy } from "../../../../offline/providers/mocks";
import { planFor, runOf, shipped } from "../../support/run";
import { type Deployed, type Rights, rightsOf } from "../../../support/least-privilege";

/** A system as it ships, and what is planted in it to see that the instrument sees. */
interface Subject {
  readonly system: System;
  readonly stack: string;
  /** A queue of it. */
  readonly queue: string;
  /** A service whose task has rights. */
  readonly narrowed: string;
}

const subjects: readonly Subject[] = [
  { system: ecommerce, stack: "local", queue: "payment-processing-queue", narrowed: "user" },
  { system: enterprise, stack: "enterprise-local", queue: "order-commands", narrowed: "usermanagement-service" },
];

for (const subject of subjects) describeRights(subject);

function describeRights({ system, stack, queue: planted, narrowed }: Subject): void {
  const services = Object.entries<Service>(system.services);
  const plan = planFor(runOf(stack));
  const images = JSON.parse(shipped(stack)["archipelago:images"] ?? "{}") as Readonly<Record<string, string>>;
  const collector = JSON.parse(shipped(stack)["archipelago:collector"] ?? "{}") as { readonly image: string };

  describe(`least privilege on the platform of ${system.name}`, () => {
    let resources: readonly Deployed[] = [];
    let rights: Rights = {};

    before(async function () {
      this.timeout(60_000);
      ({ resources } = await deploy(() => buildOnEcs(plan)));
      rights = await rightsOf(resources);
    });

    it("gives rights to two roles a service and two a migration, and to no other", () => {
      const tasks = services.flatMap(([name, { owns }]) => [name, ...(owns?.database ? [`${name}-migration`] : [])]);
      const roles = tasks.flatMap((name) => [`${name}-execution`, `${name}-task`]).sort();
      expect(Object.keys(rights).sort()).to.deep.equal(roles);
    });

    it("lets the role of a migration's task read its master secret, and no other role any", () => {
      const readers = Object.entries(rights).flatMap(([role, lines]) =>
        lines.flatMap((line) => (line.includes(" master-secret ") ? [`${role}: ${line}`] : [])),
      );
      const expected = services.flatMap(([name, { owns }]) =>
        owns?.database
          ? [
              `${name}-migration-task: secretsmanager:GetSecretValue master-secret ${databaseOf(name, owns.database.kind)}`,
            ]
          : [],
      );
      expect(readers.sort()).to.deep.equal(expected.sort());
    });

    it("lets the function that makes the users of a database read its master secret, and no other function any", async () => {
      const lines = Object.entries(await rightsOf(resources, { functions: true })).flatMap(([role, each]) =>
        each.flatMap((line) => (/ (master-secret|user) /.test(line) ? [`${role}: ${line}`] : [])),
      );
      const expected = services.flatMap(([name, { owns }]) =>
        owns?.database
          ? [`${name}-db-users: secretsmanager:GetSecretValue master-secret ${databaseOf(name, owns.database.kind)}`]
          : [],
      );
      expect(lines.sort()).to.deep.equal(expected.sort());
    });

    for (const [name, { owns }] of services) {
      if (!owns?.database) continue;
      const { kind } = owns.database;
      it(`lets the migration of ${name} read one secret, and nothing else`, () => {
        expect(rights[`${name}-migration-task`]).to.deep.equal([
          `kms:Decrypt key ${name}-db-key via secretsmanager`,
          `secretsmanager:GetSecretValue master-secret ${databaseOf(name, kind)}`,
        ]);
        expect(rights[`${name}-migration-execution`]).to.deep.equal(
          startRights(`${name}-migration`, {}, images[name] ?? ""),
        );
      });
    }

    for (const [name, service] of services) {
      it(`lets ${name} do what its edges say and nothing else`, () => {
        // The collector beside it sends traces, which belong to no resource.
        const traces = ["PutTelemetryRecords", "PutTraceSegments"].map((action) => `xray:${action} (any)`);
        expect(rights[`${name}-task`]).to.deep.equal([...edgeRights(name, service, system.sagas), ...traces].sort());
      });

      it(`lets ECS start ${name} and do nothing else`, () => {
        const own = startRights(name, service, images[name] ?? "");
        const beside = startRights(name, {}, collector.image).filter((right) => right.includes("/aws-otel-collector"));
        expect(beside).to.have.length(3);
        expect(rights[`${name}-execution`]).to.deep.equal([...own, ...beside].sort());
      });
    }

    it("lets nobody at a queue, a topic or a bucket without TLS", async () => {
      const plain = await rightsOf(resources, { secureTransport: false });
      const lines = Object.values(plain).flat();
      expect(lines.filter((line) => /^(sqs|sns|s3):/.test(line))).to.deep.equal([]);
      expect(lines).to.deep.equal(
        Object.values(rights)
          .flat()
          .filter((line) => !/^(sqs|sns|s3):/.test(line)),
      );
    });

    it("lets an administrator of another account do nothing", async () => {
      expect(await rightsOf(resources, { foreignAccount: "999999999999" })).to.deep.equal({ administrator: [] });
    });

    it("would notice one statement too many, in any role", async () => {
      const [queue] = resources.filter(({ name }) => name === `messaging-${planted}`);
      const extra = { Effect: "Allow", Action: "sqs:PurgeQueue", Resource: queue?.outputs.arn };
      const widened = await rightsOf(resources.map((resource) => withStatement(resource, extra)));
      const line = `sqs:PurgeQueue queue messaging-${planted}`;
      const expected = Object.entries(rights).map(([role, lines]) => [role, [...lines, line].sort()]);
      expect(widened).to.deep.equal(Object.fromEntries(expected));
    });

    it("would notice one statement too few", async () => {
      const fewer = await rightsOf(resources.filter(({ name }) => name !== `${narrowed}-task-policy`));
      expect(fewer).to.deep.equal({ ...rights, [`${narrowed}-task`]: [] });
    });
  });
}

/** The rights of a service's own code. */
function edgeRights(name: string, service: Service, sagas: System["sagas"] = {}) {
  const { owns = {}, usesCache, publishes = {}, consumes = {}, projects = {}, sendsTo = [] } = service;
  const copies = Object.keys(projects).map((entity) => `${name}-${kebabCase(entity)}-projection`);
  const started = Object.keys(sagas).filter((saga) => sagas[saga]?.startedBy === name);
  const answers = Object.values(sagas).some(({ steps }) => steps.some((step) => step.service === name));
  const commands = started.length > 0 || answers ? [`${name}-commands`] : [];
  const messages = (service: string, ...actions: readonly string[]): string[] =>
    actions.map((action) => `kms:${action} key messaging-messages-key via ${service}`);
  const lines = [
    ...(owns.database ? [`rds-db:connect user app of ${databaseOf(name, owns.database.kind)}`] : []),
    ...Object.keys(owns.buckets ?? {}).flatMap((bucket) => bucketRights(`${name}-${bucket}`)),
    ...(usesCache
      ? ["elasticache:Connect cache cache-group", `elasticache:Connect cache-user cache-${name}-user`]
      : []),
    ...Object.keys(publishes).flatMap((topic) => [
      `sns:Publish topic messaging-${topic}`,
      ...messages("sns", "Decrypt", "GenerateDataKey"),
    ]),
    ...started.map((saga) => `states:StartExecution workflow ${saga}`),
    ...(answers
      ? ["SendTaskFailure", "SendTaskHeartbeat", "SendTaskSuccess"].map((action) => `states:${action} (any)`)
      : []),
    ...[...Object.keys(consumes), ...copies, ...commands].flatMap((queue) => [
      ...["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"].map(
        (action) => `sqs:${action} queue messaging-${queue}`,
      ),
      ...messages("sqs", "Decrypt"),
    ]),
    ...sendsTo.flatMap((queue) => [
      `sqs:GetQueueUrl queue messaging-${queue}`,
      `sqs:SendMessage queue messaging-${queue}`,
      ...messages("sqs", "Decrypt", "GenerateDataKey"),
    ]),
  ];
  return [...new Set(lines)].sort();
}

/** `ProductVariant` as names of resources have it: `product-variant`. */
function kebabCase(entity: string): string {
  return entity.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}

/** The logical name of a service's database server. */
function databaseOf(name: string, kind: "postgres" | "aurora-serverless"): string {
  return `${name}-db-${kind === "postgres" ? "instance" : "cluster"}`;
}

/** Reading and writing a service's own bucket. */
function bucketRights(store: string): string[] {
  return [
    `s3:ListBucket bucket ${store}-bucket`,
    ...["AbortMultipartUpload", "DeleteObject", "GetObject", "PutObject"].map(
      (action) => `s3:${action} objects ${store}-bucket`,
    ),
    `kms:Decrypt key ${store}-key via s3`,
    `kms:GenerateDataKey key ${store}-key via s3`,
  ];
}

/** What ECS needs to start a service: its image, its logs, its secrets. */
function startRights(name: string, { secrets = {} }: Pick<Service, "secrets">, image: string): string[] {
  const [, account, region, path] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:]+):/.exec(image) ?? [];
  const repository = `arn:aws:ecr:${region}:${account}:repository/${path}`;
  const variables = Object.keys(secrets);
  return [
    "ecr:GetAuthorizationToken (any)",
    ...["BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"].map(
      (action) => `ecr:${action} ${repository}`,
    ),
    `logs:CreateLogStream logs ${name}-logs`,
    `logs:PutLogEvents logs ${name}-logs`,
    ...variables.map(
      (variable) => `secretsmanager:GetSecretValue secret ${name}-${variable.toLowerCase().replaceAll("_", "-")}`,
    ),
    ...(variables.length > 0 ? [`kms:Decrypt key ${name}-secrets-key via secretsmanager`] : []),
  ].sort();
}

/** A resource, and if it is a service role's policy, the same with one more statement. */
function withStatement(resource: Deployed, statement: object): Deployed {
  const { type, name, outputs } = resource;
  if (type !== "aws:iam/rolePolicy:RolePolicy" || !/-(task|execution)-policy$/.test(name)) return resource;
  const document = JSON.parse(String(outputs.policy)) as { readonly Statement: readonly object[] };
  const policy = JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
  return { ...resource, outputs: { ...outputs, policy } };
}
