// The system that uses everything a description can say, for specs that look at all that comes out.
import type { Service, System } from "../../infra/model/system";
import type { Settings } from "../../infra/model/settings";
import type { EnvironmentName } from "../infra/support/run";
import type { AwsSettings } from "../../infra/targets/aws/settings";
import { settingsFor } from "../infra/support/systems";

/** What the checks allow, from their messages. */
export const LONGEST = { system: 20, service: 31, queue: 45, topic: 45, bucket: 20 } as const;

const CHANGED = { type: "object", properties: { id: { type: "string" } }, required: ["id"] } as const;
const ENTITY = `Entity${"E".repeat(50)}`;

/** A name of a length: `order-eeee…-a`. */
function long(word: string, length: number, last = "a"): string {
  return `${word}-${"e".repeat(length - word.length - 3)}-${last}`;
}

export type Lengths = Readonly<Record<keyof typeof LONGEST, number>>;

/** Three services with every kind of edge and store, all named as long as told. */
export function fullestSystem(lengths: Lengths): System {
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
    topics: Object.fromEntries(
      topics.map((name) => [name, { displayName: "d".repeat(100), events: { CHANGED: { schema: CHANGED } } }]),
    ),
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

/** Settings that leave nothing out: firewall, domain and tokens. */
export function fullestSettings(system: System, environment: EnvironmentName): Settings & AwsSettings {
  return {
    ...settingsFor(system, environment),
    waf: true,
    domain: "example.com",
    hostedZoneId: "Z00000000EXAMPLE",
    identity: {
      issuer: "https://id.example.com",
      jwksEndpoint: "https://id.example.com/jwks.json",
      audience: "https://api.example.com",
    },
  };
}
