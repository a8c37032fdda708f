// Each component says its metrics as data, and each of its alarms is one of them.
import { expect } from "chai";
import type { Signal } from "../../components/kit";
import { alarmArgs } from "../../components/aws/kit";
import { deploy, type Deployment, outputOf } from "../../offline/providers/mocks";
import { examples } from "../golden/examples";
import { standing } from "../support/standing";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** Roles of the signals by example, those with an alarm in capitals. */
const expected: Readonly<Record<string, string>> = {
  "api-gateway": "5XX 4xx response-time requests",
  cache: "CPU ENGINE-CPU MEMORY EVICTIONS CONNECTIONS REPLICATION-LAG hits misses",
  cluster: "server-errors rejected response-time requests capacity-units",
  "event-metrics": "OrdersCreated",
  "existing-network": "",
  firewall: "allowed blocked",
  "http-gateway": "5XX 4xx response-time requests",
  "lambda-function": "ERRORS THROTTLES DEAD-LETTERS duration calls",
  job: "DEAD-LETTERS DROPPED failed-starts starts",
  messaging:
    "published failed published failed GIVEN-UP AGE messages sent GIVEN-UP age messages sent GIVEN-UP GIVEN-UP",
  microservice: "UNHEALTHY-HOSTS SERVER-ERRORS response-time requests TOO-FEW-TASKS cpu memory",
  network: "ports-eu-central-1a dropped-eu-central-1a bytes-eu-central-1a",
  "postgres-database": "CPU FREE-STORAGE FREEABLE-MEMORY CONNECTIONS READ-LATENCY WRITE-LATENCY reads writes",
  "service-objectives": ["availability", "latency"]
    .flatMap((of) => ["1h", "1h-short", "6h", "6h-short", "3d", "3d-short"].map((at) => `${of}-${at}`))
    .join(" ")
    .toUpperCase(),
  workflow: "FAILED TIMED-OUT ABORTED THROTTLED TIME started succeeded",
  "serverless-database":
    "CPU CAPACITY CONNECTIONS DEADLOCKS READ-LATENCY WRITE-LATENCY REPLICA-LAG commits capacity-units",
  stream: "ITERATOR-AGE THROTTLED-WRITES throttled-reads records bytes",
  table: "THROTTLES THROTTLES-BY-CUSTOMER ERRORS reads writes latency-getitem latency-query latency-putitem",
};
/** Components that have no metric which needs no payment or other settings, or whose metrics are those of others. */
const without = [
  "alarm-group",
  "alarm-topic",
  "dashboard",
  "encryption-key",
  "event-registry",
  "generated-secrets",
  "kubernetes-cluster",
  "log-queries",
  "object-store",
  "one-off-task",
  "recovery-messages",
  "tracing",
  "user-pool",
];

function signalsOf(component: unknown): readonly Signal[] | undefined {
  if (typeof component !== "object" || component === null || !("signals" in component)) return undefined;
  return component.signals as readonly Signal[];
}

describe("signals", function () {
  this.timeout(60_000);
  const built = new Map<string, Deployment<unknown>>();
  before(async () => {
    for (const [name, program] of Object.entries(examples)) {
      built.set(name, await deploy(program, { existing: standing, region: "eu-central-1" }));
    }
  });

  it("are told by every component that has metrics", () => {
    const silent = [...built].filter(([, { result }]) => signalsOf(result) === undefined).map(([name]) => name);
    expect(silent.sort()).to.deep.equal(without);
  });

  for (const [name, roles] of Object.entries(expected)) {
    it(`of ${name} are these, and its alarms are made from them`, async () => {
      const deployment = built.get(name);
      const signals = signalsOf(deployment?.result) ?? [];
      const told = signals.map(({ role, alarmAt }) => (alarmAt ? role.toUpperCase() : role));
      expect(told.join(" ")).to.equal(network(name, roles));
      const fromSignals = await outputOf(signals.flatMap((signal) => alarmArgs(signal) ?? []) as object);
      const alarms = (deployment?.ofType(ALARM) ?? [])
        .map(({ inputs: { alarmActions: _actions, okActions: _ok, tags: _tags, ...inputs } }) => inputs)
        .filter(({ alarmDescription }) => !String(alarmDescription).startsWith("Drives the scaling"));
      expect(alarms).to.have.deep.members(fromSignals as object[]);
    });
  }
});

/** NAT gateways are as many as zones. */
function network(name: string, roles: string): string {
  return name === "network"
    ? ["a", "b", "c"].map((zone) => roles.replaceAll("central-1a", `central-1${zone}`)).join(" ")
    : roles;
}

describe("alarms of signals", () => {
  const metric = { namespace: "N", name: "M", dimensions: { D: "d" }, unit: "count", period: 60 } as const;
  const alarmAt = { description: "x", threshold: 3, periods: 2, missingData: "ignore" } as const;
  const base = { of: "a", role: "r", meaning: "errors" } as const;

  it("are none without a threshold", () => {
    expect(alarmArgs({ ...base, metric: { ...metric, statistic: "Sum" } })).to.equal(undefined);
  });

  it("compare as they say, by a statistic or a percentile", () => {
    const of = (comparison: "above" | "at least" | "below", statistic: "Sum" | "p95") => {
      const args = alarmArgs({ ...base, metric: { ...metric, statistic }, alarmAt: { ...alarmAt, comparison } });
      return [args?.comparisonOperator, args?.statistic, args?.extendedStatistic];
    };
    expect(of("above", "Sum")).to.deep.equal(["GreaterThanThreshold", "Sum", undefined]);
    expect(of("at least", "Sum")).to.deep.equal(["GreaterThanOrEqualToThreshold", "Sum", undefined]);
    expect(of("below", "p95")).to.deep.equal(["LessThanThreshold", undefined, "p95"]);
  });
});
