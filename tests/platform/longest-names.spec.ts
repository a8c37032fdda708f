// Names may be as long as validation allows: whatever is made of them still fits where AWS takes it, and two that differ in
// their last letter only stay apart.
import { expect } from "chai";
import { environments } from "../../infra/environments";
import { derive } from "../../infra/model/derive";
import type { Service, System } from "../../infra/model/system";
import { validateSystem } from "../../infra/model/validate";
import { buildOnEcs } from "../../infra/platform/ecs";
import { deploy, type Registered } from "../../offline/providers/mocks";
import { settingsFor } from "../infra/support/systems";

/** What the checks allow, from their messages. */
const LONGEST = { system: 20, service: 31, queue: 45, topic: 45, bucket: 20 } as const;

const ENTITY = `Entity${"E".repeat(50)}`;

/** A name of a length: `order-eeee…-a`. */
function long(word: string, length: number, last = "a"): string {
  return `${word}-${"e".repeat(length - word.length - 3)}-${last}`;
}

type Lengths = Readonly<Record<keyof typeof LONGEST, number>>;

/** Three services with every kind of edge and store, all named as long as told. */
function systemOf(lengths: Lengths): System {
  const names = ["a", "b", "c"].map((last) => long("service", lengths.service, last));
  const topics = names.map((_, at) => long("topic", lengths.topic, "abc"[at]));
  const service = (at: number): Service => {
    const last = "abc"[at] ?? "";
    const heard = topics[(at + 1) % 3] ?? "";
    const queue = long("queue", lengths.queue, last);
    return {
      context: `Context${at}`,
      description: `Number ${at}`,
      offers: { look: "read" },
      exposes: { paths: [`/${last}`, `/${last}/*`], authentication: "jwt", rateLimit: { perMinute: 100 } },
      owns: {
        database: {
          databaseName: `d${"e".repeat(60)}${last}`,
          backupRetention: "7d",
          ...(at === 0 ? AURORA : POSTGRES),
        },
        buckets: { [long("bucket", lengths.bucket)]: {}, [long("bucket", lengths.bucket, "b")]: {} },
      },
      usesCache: true,
      calls: Object.fromEntries(names.slice(0, at).map((callee) => [callee, {}])),
      publishes: { [topics[at] ?? ""]: ["CHANGED"] },
      consumes: { [queue]: { from: { [heard]: "all" } } },
      projects: { [`${ENTITY}${(at + 1) % 3}`]: { from: { [heard]: "all" } } },
      sendsTo: [queue],
      secrets: { [`TOKEN_${"E".repeat(57)}`]: { length: 32 } },
      scaling: {
        min: 1,
        max: 5,
        cpu: 70,
        queue: {
          queue,
          steps: [
            { from: 0, change: 0 },
            { from: 10, change: 2 },
            { from: 50, change: 5 },
          ],
        },
      },
      internetEgress: { reason: "a partner" },
    };
  };
  return {
    name: long("shop", lengths.system),
    cache: {},
    contexts: Object.fromEntries(
      names.map((name, at) => [`Context${at}`, { description: name, entities: [`${ENTITY}${at}`] }]),
    ),
    topics: Object.fromEntries(topics.map((name) => [name, { displayName: "d".repeat(100), events: { CHANGED: {} } }])),
    services: Object.fromEntries(names.map((name, at) => [name, service(at)])),
  };
}

const POSTGRES = {
  kind: "postgres",
  instanceClass: "db.t3.micro",
  allocatedStorage: "20 GiB",
  maxAllocatedStorage: "100 GiB",
} as const;

const AURORA = { kind: "aurora-serverless", minCapacity: 0.5, maxCapacity: 2 } as const;

/** What AWS allows of names that are shorter than 128 characters, by type and property. */
const LIMITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "aws:lb/loadBalancer:LoadBalancer": { name: 32 },
  "aws:lb/targetGroup:TargetGroup": { name: 32 },
  "aws:iam/role:Role": { name: 64 },
  "aws:s3/bucket:Bucket": { bucket: 63 },
  "aws:sqs/queue:Queue": { name: 80 },
  "aws:rds/instance:Instance": { identifier: 63 },
  "aws:rds/cluster:Cluster": { clusterIdentifier: 63 },
  "aws:rds/clusterInstance:ClusterInstance": { identifier: 63 },
  "aws:elasticache/replicationGroup:ReplicationGroup": { replicationGroupId: 40 },
  "aws:elasticache/user:User": { userId: 40, userName: 40 },
  "aws:elasticache/userGroup:UserGroup": { userGroupId: 40 },
};

describe("the longest names", () => {
  const system = systemOf(LONGEST);

  it("are allowed, and one letter more is not", () => {
    expect(validateSystem(system)).to.deep.equal([]);
    for (const [kind, length] of Object.entries(LONGEST)) {
      const problems = validateSystem(systemOf({ ...LONGEST, [kind]: length + 1 }));
      expect(
        problems.filter(({ allowed }) => allowed.includes(`at most ${length}`)),
        kind,
      ).to.not.be.empty;
    }
  });

  for (const environment of ["local", "prod"] as const) {
    describe(`in ${environment}`, () => {
      let resources: readonly Registered[];
      before(async function () {
        this.timeout(60_000);
        const settings = {
          ...settingsFor(system, environment),
          waf: true,
          domain: "example.com",
          hostedZoneId: "Z00000000EXAMPLE",
          identity: { issuer: "https://id.example.com", jwksEndpoint: "https://id.example.com/jwks.json" },
        };
        const plan = derive(system, environments[environment], settings);
        ({ resources } = await deploy(() => buildOnEcs(plan), { region: "eu-central-1" }));
      });

      it("come up, and fit where AWS takes them", () => {
        const seen = new Set<string>();
        const tooLong = resources.flatMap(({ type, name, outputs }) =>
          Object.entries(LIMITS[type] ?? {}).flatMap(([property, limit]) => {
            const value = outputs[property];
            if (typeof value !== "string") return [`${type} ${name} has no ${property}`];
            seen.add(type);
            return value.length <= limit ? [] : [`${type} ${name}: ${value} is ${value.length} of ${limit}`];
          }),
        );
        expect(tooLong).to.deep.equal([]);
        expect([...seen].sort()).to.deep.equal(Object.keys(LIMITS).sort());
      });

      it("give each service as much as every other", () => {
        const counts = Object.keys(system.services).map(
          (service) =>
            resources.filter(({ urn }) => urn.includes(`archipelago:microservice:Microservice::${service}`)).length,
        );
        expect(counts).to.deep.equal([1, 1, 1]);
      });
    });
  }
});
