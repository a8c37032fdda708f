// Dashboard, AlarmGroup, EventMetrics, LogQueries.
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import {
  AlarmGroup,
  type AlarmGroupArgs,
  allCharts,
  Dashboard,
  EventMetrics,
  LogQueries,
  messageCharts,
  RecoveryMessages,
  summaryCharts,
  Tracing,
} from "../../../../components/aws/observability";
import { InvalidInput, type Signal } from "../../../../components/kit";
import { deploy } from "../../../../offline/providers/mocks";

const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };
const topicArn = "arn:aws:sns:eu-central-1:123456789012:alarms";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
const place = {
  region: placement.region,
  existing: [{ type: "aws:sns/topic:Topic", id: topicArn, inputs: { name: "alarms" } }],
};

const signal = (role: string, meaning: Signal["meaning"], unit: "count" | "seconds" | "percent" = "count"): Signal => ({
  of: "order",
  role,
  meaning,
  metric: { namespace: "N", name: role, dimensions: { D: "d" }, statistic: "Sum", unit, period: 60 },
});
const problemsOf = async (program: () => unknown): Promise<readonly string[]> => {
  const error: unknown = await deploy(program, place).catch((reason: unknown) => reason);
  if (!(error instanceof InvalidInput)) throw error;
  return error.problems.map(({ path }) => path);
};

describe("components/aws/observability/AlarmGroup", () => {
  const alarm = (name: string) =>
    new aws.cloudwatch.MetricAlarm(name, {
      name,
      ...{ comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, threshold: 1 },
      ...{ namespace: "N", metricName: "M", period: 60, statistic: "Sum" },
    });
  const build = (anyOf: () => AlarmGroupArgs["anyOf"]) =>
    deploy(
      () =>
        new AlarmGroup("order-failing", {
          placement,
          alarmName: "shop-order-failing",
          description: "order fails",
          anyOf: anyOf(),
          alarmTopicArn: topicArn,
          tags: { Service: "order" },
        }),
      place,
    );

  it("goes off while one condition holds, and sends for all of them", async () => {
    const { one } = await build(() => [alarm("a"), [alarm("b"), alarm("c")]]);
    expect(one(COMPOSITE).inputs).to.deep.equal({
      alarmName: "shop-order-failing",
      alarmDescription: "order fails",
      alarmRule: 'ALARM("a") OR (ALARM("b") AND ALARM("c"))',
      alarmActions: [topicArn],
      okActions: [topicArn],
      tags: { Service: "order" },
    });
  });

  it("leaves the message that it is over to an event, which a new alarm does not cause", async () => {
    const { one } = await deploy(() => {
      new AlarmGroup("quiet", {
        placement,
        alarmName: "q",
        description: "q",
        anyOf: [alarm("a")],
        alarmTopicArn: topicArn,
        okMessages: false,
      });
      return new RecoveryMessages("recovery", { placement, alarmNames: "shop-prod-*", alarmTopicArn: topicArn });
    }, place);
    expect(one(COMPOSITE).inputs.alarmActions).to.deep.equal([topicArn]);
    expect(one(COMPOSITE).inputs).to.not.have.property("okActions");
    expect(JSON.parse(String(one("aws:cloudwatch/eventRule:EventRule").inputs.eventPattern))).to.deep.equal({
      source: ["aws.cloudwatch"],
      "detail-type": ["CloudWatch Alarm State Change"],
      detail: {
        alarmName: [{ wildcard: "shop-prod-*" }],
        configuration: { alarmRule: [{ exists: true }] },
        state: { value: ["OK"] },
        previousState: { value: ["ALARM"] },
      },
    });
    expect(one("aws:cloudwatch/eventTarget:EventTarget").inputs.arn).to.equal(topicArn);
  });

  it("becomes several above 40 conditions, so that none has more than 100 alarms", async () => {
    const { ofType } = await build(() =>
      Array.from({ length: 81 }, (_, index) => [alarm(`a${index}`), alarm(`b${index}`)]),
    );
    const alarms = ofType(COMPOSITE);
    expect(alarms.map(({ name, inputs }) => [name, inputs.alarmName])).to.deep.equal([
      ["order-failing", "shop-order-failing"],
      ["order-failing-2", "shop-order-failing-2"],
      ["order-failing-3", "shop-order-failing-3"],
    ]);
    const sizes = alarms.map(({ inputs }) => String(inputs.alarmRule).split("ALARM(").length - 1);
    expect(sizes).to.deep.equal([80, 80, 2]);
  });

  it("refuses a group of nothing", async () => {
    const args = { placement, alarmName: "a", description: "d", anyOf: [] };
    expect(await problemsOf(() => new AlarmGroup("order", args))).to.deep.equal(["anyOf"]);
  });
});

describe("components/aws/observability/Dashboard", () => {
  const build = (charts: number, more: object = {}) =>
    deploy(
      () =>
        new Dashboard("shop", {
          placement,
          dashboardName: "shop-prod",
          text: "# shop",
          sections: [
            { title: "Services", charts: Array.from({ length: charts }, () => allCharts(thing)) },
            { title: "Nothing", charts: [[]] },
          ],
          ...more,
        }),
      place,
    );
  const thing = { title: "order", signals: [signal("requests", "traffic"), signal("errors", "errors")] };
  const widgetsOf = (body: unknown) => (JSON.parse(String(body)) as { widgets: { type: string; x: number; y: number; height: number; properties: Record<string, unknown> }[] }).widgets; // prettier-ignore

  it("shows text, alarms, sections and logs from top to bottom", async () => {
    const { one } = await build(1, { alarmArns: ["arn:a"], logGroupNames: ["order-logs"] });
    const { dashboardName, dashboardBody } = one(DASHBOARD).inputs;
    expect(dashboardName).to.equal("shop-prod");
    const widgets = widgetsOf(dashboardBody);
    expect(widgets.map(({ type, y }) => [type, y])).to.deep.equal([
      ["text", 0],
      ["alarm", 2],
      ["text", 4],
      ["metric", 5],
      ["text", 11],
      ["log", 12],
    ]);
    expect(widgets[3]?.properties.metrics).to.deep.equal([
      ["N", "requests", "D", "d", { id: "m0", label: "requests", yAxis: "left", stat: "Sum", period: 60 }],
      ["N", "errors", "D", "d", { id: "m1", label: "errors", yAxis: "right", stat: "Sum", period: 60 }],
    ]);
    expect(String(widgets[5]?.properties.query)).to.match(/^SOURCE 'order-logs' \| fields /);
  });

  it("becomes several above 500 widgets, each with the head", async () => {
    const { ofType } = await build(1100);
    const dashboards = ofType(DASHBOARD);
    expect(dashboards.map(({ inputs }) => inputs.dashboardName)).to.deep.equal(["shop-prod", "shop-prod-2", "shop-prod-3"]); // prettier-ignore
    const pages = dashboards.map(({ inputs }) => widgetsOf(inputs.dashboardBody));
    expect(pages.map(({ length }) => length)).to.deep.equal([500, 500, 104]);
    expect(pages.map(([head]) => [head?.type, head?.y])).to.deep.equal([["text", 0], ["text", 0], ["text", 0]]); // prettier-ignore
  });

  it("refuses a name that CloudWatch does not take", async () => {
    const args = { placement, dashboardName: "shop prod", text: "", sections: [] };
    expect(await problemsOf(() => new Dashboard("shop", args))).to.deep.equal(["dashboardName"]);
  });
});

describe("charts", () => {
  const math: Signal = {
    ...signal("worst", "saturation"),
    metric: {
      id: "worst",
      expression: "MAX(METRICS()) + node1",
      label: "worst",
      metrics: Object.fromEntries(
        ["node1", "node2"].map((name) => [
          name,
          { namespace: "N", name, dimensions: {}, statistic: "Sum", unit: "percent", period: 60 } as const,
        ]),
      ),
    },
    alarmAt: { description: "x", comparison: "above", threshold: 80, periods: 1, missingData: "ignore" },
  };
  const titles = (charts: readonly { readonly title: string }[]) => charts.map(({ title }) => title);

  it("have one unit an axis, and say the unit where a title would stand twice", () => {
    const signals = [
      signal("cpu", "saturation", "percent"),
      signal("open", "saturation"),
      signal("free", "saturation"),
    ];
    expect(titles(allCharts({ title: "db", signals }))).to.deep.equal(["db: saturation (percent)", "db: saturation (count)"]); // prettier-ignore
    expect(titles(summaryCharts({ title: "db", signals }))).to.deep.equal(["db: saturation (percent)"]);
  });

  it("put backlog beside age, and errors in the place of traffic that is missing", () => {
    const queue = [signal("age", "latency", "seconds"), signal("messages", "backlog"), signal("lost", "errors")];
    const [backlog, messages] = messageCharts({ title: "work", signals: queue });
    expect(backlog?.units).to.deep.equal({ left: "count", right: "seconds" });
    expect([messages?.left.map(({ label }) => label), messages?.right]).to.deep.equal([["lost"], undefined]);
  });

  it("keep metric math to the metrics of its own line, and mark its threshold", async () => {
    const sections = [{ title: "s", charts: [allCharts({ title: "cache", signals: [signal("other", "saturation", "percent"), math] })] }]; // prettier-ignore
    const args = { placement, dashboardName: "d", text: "", sections };
    const { one } = await deploy(() => new Dashboard("d", args), place);
    const { widgets } = JSON.parse(String(one(DASHBOARD).inputs.dashboardBody)) as {
      widgets: { properties: { metrics?: unknown[][]; annotations?: unknown } }[];
    };
    const { metrics, annotations } = widgets[2]?.properties ?? {};
    expect(metrics?.slice(1).map((row) => row.at(-1))).to.deep.equal([
      { id: "m1", label: "worst", yAxis: "left", expression: "MAX([m1i0, m1i1]) + m1i0" },
      { id: "m1i0", label: "node1", visible: false, stat: "Sum", period: 60 },
      { id: "m1i1", label: "node2", visible: false, stat: "Sum", period: 60 },
    ]);
    expect(annotations).to.deep.equal({ horizontal: [{ label: "alarm: worst", value: 80, yAxis: "left" }] });
  });
});

describe("components/aws/observability/EventMetrics", () => {
  const order = { metric: "OrdersCreated", eventType: "ORDER_CREATED", publisher: "order", logGroupName: "order-logs" };

  it("counts the lines in which a publisher says that it has published the event", async () => {
    const { one, result } = await deploy(
      () => new EventMetrics("business", { placement, namespace: "shop/prod/Business", events: [order] }),
      place,
    );
    expect(one("aws:cloudwatch/logMetricFilter:LogMetricFilter").inputs).to.deep.equal({
      logGroupName: "order-logs",
      pattern: '{ $.event_type = "ORDER_CREATED" }',
      metricTransformation: {
        namespace: "shop/prod/Business",
        name: "OrdersCreated",
        value: "1",
        defaultValue: "0",
        unit: "Count",
      },
    });
    expect(result.signals.map(({ role, metric }) => [role, "name" in metric && metric.namespace])).to.deep.equal([
      ["OrdersCreated", "shop/prod/Business"],
    ]);
  });

  it("has one metric for all publishers of an event", async () => {
    const events = [order, { ...order, publisher: "import", logGroupName: "import-logs" }];
    const { result } = await deploy(() => new EventMetrics("b", { placement, namespace: "shop", events }), place);
    expect(Object.keys(result.nodes.filters)).to.deep.equal(["order-OrdersCreated-ORDER_CREATED", "import-OrdersCreated-ORDER_CREATED"]); // prettier-ignore
    expect(result.signals.length).to.equal(1);
  });

  it("reports every problem at once", async () => {
    const events = [{ ...order, metric: "orders created", eventType: 'A" || true' }];
    const args = { placement, namespace: "AWS/shop", events };
    expect(await problemsOf(() => new EventMetrics("b", args))).to.deep.equal([
      "namespace",
      "events[0].metric",
      "events[0].eventType",
    ]);
  });
});

describe("components/aws/observability/LogQueries", () => {
  it("saves its queries over fifty log groups at a time", async () => {
    const logGroupNames = Array.from({ length: 51 }, (_, index) => `logs-${index}`);
    const { ofType } = await deploy(
      () => new LogQueries("queries", { placement, folder: "shop", logGroupNames }),
      place,
    );
    const queries = ofType("aws:cloudwatch/queryDefinition:QueryDefinition").map(({ inputs }) => inputs);
    expect(queries.map(({ name, logGroupNames: groups }) => [name, (groups as string[]).length])).to.have.deep.members([
      ["shop/by-correlation-id", 50],
      ["shop/newest-errors", 50],
      ["shop/by-correlation-id-2", 1],
      ["shop/newest-errors-2", 1],
    ]);
    expect(queries.find(({ name }) => name === "shop/by-correlation-id")?.queryString).to.equal(
      [
        "fields @timestamp, @log, @message",
        "filter correlation_id = 'PUT-THE-ID-HERE' or @message like 'PUT-THE-ID-HERE'",
        "sort @timestamp asc",
        "limit 1000",
      ].join("\n| "),
    );
  });

  it("refuses no log groups", async () => {
    const args = { placement, folder: "shop", logGroupNames: [] };
    expect(await problemsOf(() => new LogQueries("queries", args))).to.deep.equal(["logGroupNames"]);
  });
});

describe("components/aws/observability/Tracing", () => {
  it("groups the traces of a stack, and samples what API Gateway and functions begin", async () => {
    const args = { placement, groupName: "shop-prod-1a2b3c4", stack: "shop-prod", sampling: 0.1 };
    const { one } = await deploy(() => new Tracing("tracing", args), place);
    expect(one("aws:xray/group:Group").inputs).to.deep.equal({
      groupName: "shop-prod-1a2b3c4",
      filterExpression: 'annotation.stack = "shop-prod"',
    });
    const { ruleName, priority, reservoirSize, fixedRate } = one("aws:xray/samplingRule:SamplingRule").inputs;
    expect({ ruleName, priority, reservoirSize, fixedRate }).to.deep.equal({
      ruleName: "shop-prod-1a2b3c4",
      priority: 9000,
      reservoirSize: 1,
      fixedRate: 0.1,
    });
  });

  it("reports every problem at once", async () => {
    const args = { placement, groupName: "g", stack: 'a" OR 1', sampling: 10 };
    expect(await problemsOf(() => new Tracing("tracing", args))).to.deep.equal(["sampling", "stack"]);
  });
});
