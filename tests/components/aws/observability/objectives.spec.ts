import { expect } from "chai";
import { ServiceObjectives, type ServiceObjectivesArgs } from "../../../../components/aws/observability";
import { InvalidInput, type Metric } from "../../../../components/kit";
import { deploy, outputOf } from "../../../../offline/providers/mocks";

const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const HOUR = 3600;

const metric = (name: string, caller = "a"): Metric => ({
  namespace: "AWS/ApplicationELB",
  name,
  dimensions: { LoadBalancer: caller },
  statistic: "Sum",
  unit: "count",
  period: 60,
});
const ARGS: ServiceObjectivesArgs = {
  placement,
  availability: 99.9,
  latency: { percentile: 99, within: 0.3 },
  requests: [metric("RequestCount")],
  errors: [metric("HTTPCode_Target_5XX_Count")],
  times: [{ ...metric("TargetResponseTime"), unit: "seconds" }],
};
const build = (change: Partial<ServiceObjectivesArgs> = {}) =>
  deploy(() => new ServiceObjectives("order", { ...ARGS, ...change }), { region: placement.region });

/** Window in seconds, threshold, and what is compared. */
async function alarmsOf(change: Partial<ServiceObjectivesArgs> = {}) {
  const { ofType } = await build(change);
  return Object.fromEntries(
    ofType(ALARM).map(({ name, inputs }) => {
      const queries = (inputs.metricQueries ?? []) as { metric?: { period: number }; expression?: string }[];
      const [window] = [inputs.period, ...queries.map((query) => query.metric?.period)].filter(Boolean);
      const what = inputs.extendedStatistic ?? queries.find(({ expression }) => expression)?.expression;
      return [name.replace("order-", ""), [window, inputs.threshold, what]];
    }),
  );
}

describe("components/aws/observability/ServiceObjectives", () => {
  it("watches the windows and burn rates of the SRE workbook, for failed requests", async () => {
    const ratio = (least: number) => `IF((FILL(errors0, 0)) >= ${least}, (FILL(errors0, 0)) / (requests0), 0)`;
    const alarms = Object.entries(await alarmsOf()).filter(([name]) => name.startsWith("availability"));
    expect(Object.fromEntries(alarms)).to.deep.equal({
      "availability-1h": [HOUR, 0.0144, ratio(10)],
      "availability-1h-short": [300, 0.0144, ratio(1)],
      "availability-6h": [6 * HOUR, 0.006, ratio(10)],
      "availability-6h-short": [1800, 0.006, ratio(1)],
      "availability-3d": [72 * HOUR, 0.001, ratio(10)],
      "availability-3d-short": [6 * HOUR, 0.001, ratio(1)],
    });
  });

  it("watches the percentile that the slow requests of each burn rate leave out", async () => {
    const alarms = await alarmsOf();
    const latency = Object.entries(alarms).filter(([name]) => name.startsWith("latency"));
    expect(Object.fromEntries(latency)).to.deep.equal({
      "latency-1h": [HOUR, 0.3, "p85.6"],
      "latency-1h-short": [300, 0.3, "p85.6"],
      "latency-6h": [6 * HOUR, 0.3, "p94"],
      "latency-6h-short": [1800, 0.3, "p94"],
      "latency-3d": [72 * HOUR, 0.3, "p99"],
      "latency-3d-short": [6 * HOUR, 0.3, "p99"],
    });
  });

  it("leaves out the burn rates that can't be reached: with a budget of 10 %, all requests fail at a rate of 10", async () => {
    const names = Object.keys(await alarmsOf({ availability: 90, latency: { percentile: 80, within: 1 } }));
    expect(names).to.deep.equal([
      ...["availability-6h", "availability-6h-short", "availability-3d", "availability-3d-short"],
      ...["latency-3d", "latency-3d-short"],
    ]);
  });

  it("adds up several callers, and takes the slowest; milliseconds stay milliseconds", async () => {
    const times = ["a", "b"].map((caller): Metric => ({ ...metric("Time", caller), unit: "milliseconds" }));
    const alarms = await alarmsOf({ errors: [metric("E", "a"), metric("E", "b")], times });
    expect(alarms["availability-3d-short"]?.[2]).to.equal(
      "IF((FILL(errors0, 0) + FILL(errors1, 0)) >= 1, (FILL(errors0, 0) + FILL(errors1, 0)) / (requests0), 0)",
    );
    expect(alarms["latency-1h"]).to.deep.equal([HOUR, 300, "MAX([time0, time1])"]);
  });

  it("sends nothing by itself, and is no alarm without requests or with few of them", async () => {
    const { ofType } = await build();
    for (const { name, inputs } of ofType(ALARM)) {
      expect([inputs.alarmActions, inputs.okActions, inputs.treatMissingData], name).to.deep.equal([
        undefined,
        undefined,
        "notBreaching",
      ]);
      const few = inputs.extendedStatistic === undefined ? undefined : "ignore";
      expect(inputs.evaluateLowSampleCountPercentiles, name).to.equal(few);
    }
  });

  it("offers its pairs, the two fast ones as urgent", async () => {
    const { result } = await build();
    const namesOf = (kind: "urgent" | "slow") =>
      outputOf(result.conditions(kind).map((pair) => pair.map(({ name }) => name)) as object);
    const short = (names: unknown) => JSON.stringify(names).replaceAll(/order-|-[0-9a-f]{7}(?=")/g, "");
    expect(short(await namesOf("urgent"))).to.equal(
      '[["availability-1h","availability-1h-short"],["availability-6h","availability-6h-short"],["latency-1h","latency-1h-short"],["latency-6h","latency-6h-short"]]',
    );
    expect(short(await namesOf("slow"))).to.equal(
      '[["availability-3d","availability-3d-short"],["latency-3d","latency-3d-short"]]',
    );
  });

  it("reports every problem at once", async () => {
    const many = Array.from({ length: 10 }, (_, index) => metric("E", String(index)));
    const error = await build({ availability: 100, latency: { percentile: 0, within: 1 }, errors: many }).catch(
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(InvalidInput);
    expect((error as InvalidInput).problems.map(({ path }) => path)).to.deep.equal([
      "availability",
      "latency",
      "errors",
    ]);
  });
});
