// Observability of a stack on AWS: dashboards, alarms of services and objectives, business metrics, saved queries. Everything is made from the
// signals and alarms of what was built; a new kind of thing is shown as soon as its binding hands them out.
import * as pulumi from "@pulumi/pulumi";
import {
  allCharts,
  type Chart,
  Dashboard,
  EventMetrics,
  LogQueries,
  messageCharts,
  RecoveryMessages,
  type Observed,
  type Section,
  type ServiceObjectivesArgs,
  summaryCharts,
  Tracing,
  wideChart,
} from "../../../components/aws/observability";
import { shortened } from "../../../components/kit";
import { keyOf, type Thing } from "../../model/edges";
import { isEntrance, nodesOf } from "../../model/lookup";
import type { ServicePlan } from "../../model/plan";
import type { AwsPlan as Plan } from "./plan";
import type { Bound } from "../target";
import { createPlatformAlarms, createServiceAlarms } from "./alarms";
import type { Foundation } from "./foundation";
import { createHealthMonitors } from "./health-monitor";
import { ownedBy } from "./renames";

/** Requests of a service as metrics, where its platform has any. */
export type RequestMetrics = Pick<ServiceObjectivesArgs, "requests" | "errors" | "times">;

/** The built parts that dashboards and alarms show. */
export interface Stage {
  /** Things of the plan, services too, by {@link keyOf}. */
  readonly built: ReadonlyMap<string, Bound>;
  /** Entry points of requests: load balancer, API, firewall. */
  readonly frontDoor: readonly Observed[];
  /** The stack's connection to the internet: NAT. */
  readonly network: Observed;
  /** Metrics of the requests to a service; undefined: it gets none. */
  readonly requestsTo: (service: ServicePlan) => RequestMetrics | undefined;
  /** Digits that no other stack of the account has. */
  readonly suffix: pulumi.Output<string>;
}

/** Names in the console, which have to be unique in an account. */
export type Named = (part: string) => pulumi.Output<string>;

/** Creates it all; returns the stack's outputs of it. */
export function createObservability(
  foundation: Foundation,
  stage: Stage,
): { readonly dashboardUrl: pulumi.Output<string> } {
  const { plan } = foundation;
  const named: Named = (part) =>
    pulumi.interpolate`${plan.system}-${plan.environment.name}${part === "" ? "" : `-${part}`}-${stage.suffix}`;
  const business = createEventMetrics(foundation, stage);
  createQueries(foundation, stage, named);
  createTracing(foundation, stage);
  const owned = new Set<string>();
  const services = plan.services.map((service) => {
    const things = thingsOf(plan, service);
    for (const thing of things) owned.add(keyOf(thing));
    return { service, things, alarms: createServiceAlarms(foundation, stage, service, things, named) };
  });
  const shared = plan.nodes.filter((node) => !owned.has(keyOf(node)));
  const monitors = createHealthMonitors(foundation, stage.built);
  const platform = createPlatformAlarms(foundation, stage, shared, monitors, named);
  const { placement, alarmTopicArn, opts } = foundation;
  const alarmNames = pulumi.interpolate`${named("*")}*`;
  new RecoveryMessages("recovery", { placement, alarmNames, alarmTopicArn }, opts);
  for (const { service, things, alarms } of services)
    createServiceDashboard(foundation, stage, { service, things, alarms }, named);
  const alarmArns = [...platform, ...services.flatMap(({ alarms }) => alarms)];
  const dashboard = new Dashboard(
    plan.system,
    {
      placement: foundation.placement,
      dashboardName: named(""),
      text: `# ${plan.system} in ${plan.environment.name}\nEach service has a dashboard of its own: ${plan.services.map(({ name }) => name).join(", ")}.`,
      alarmArns,
      sections: environmentSections(plan, stage, business),
    },
    foundation.opts,
  );
  return { dashboardUrl: urlOf(plan, dashboard) };
}

function urlOf({ region, partition }: Plan, { dashboardNames: [name] }: Dashboard): pulumi.Output<string> {
  const host = { "aws-cn": "console.amazonaws.cn", "aws-us-gov": "console.amazonaws-us-gov.com" }[partition];
  return pulumi.interpolate`https://${host ?? `${region}.console.aws.amazon.com`}/cloudwatch/home?region=${region}#dashboards:name=${name}`;
}

/** The things that belong to a service: what it owns, and the queues that it consumes. */
function thingsOf({ nodes, edges }: Plan, { name }: ServicePlan): Thing[] {
  const consumed = new Set(
    edges.flatMap(({ from, verb, to }) => (from === name && verb === "consumes" ? [keyOf(to)] : [])),
  );
  return nodes.filter((node) => node.owner === name || consumed.has(keyOf(node)));
}

/** A metric for each counted event, from the logs of those that publish it. */
function createEventMetrics({ plan, placement, opts }: Foundation, { built }: Stage): EventMetrics | undefined {
  const events = nodesOf(plan, "topic").flatMap((topic) =>
    topic.events.flatMap(({ type: eventType, metric, publishers }) =>
      publishers.flatMap(({ service: publisher }) => {
        const logGroupName = built.get(keyOf({ kind: "service", name: publisher }))?.logGroupName;
        return metric === undefined || logGroupName === undefined
          ? []
          : [{ metric, eventType, publisher, logGroupName }];
      }),
    ),
  );
  if (events.length === 0) return undefined;
  const namespace = `${plan.system}/${plan.environment.name}/Business`;
  return new EventMetrics("business", { placement, namespace, events }, opts);
}

/** Names of X-Ray's rules have at most 32 characters, of which the stack's digits take eight. */
const LONGEST_RULE = 24;

/** The traces of the stack in X-Ray, where its collectors send them there. */
function createTracing({ plan, placement, opts }: Foundation, { suffix }: Stage): void {
  const { tracing, collector, system, environment } = plan;
  if (!tracing || !collector || collector.otlpEndpoint !== undefined) return;
  const stack = `${system}-${environment.name}`;
  const groupName = pulumi.interpolate`${shortened(stack, LONGEST_RULE)}-${suffix}`;
  new Tracing("tracing", { placement, groupName, stack, sampling: tracing.sampling }, opts);
}

/** Saved queries over the logs of all services. */
function createQueries({ plan, placement, opts }: Foundation, { built }: Stage, named: Named): void {
  const logGroupNames = plan.services.flatMap(
    ({ name }) => built.get(keyOf({ kind: "service", name }))?.logGroupName ?? [],
  );
  if (logGroupNames.length > 0) new LogQueries("queries", { placement, folder: named(""), logGroupNames }, opts);
}

/** Titles of sections by kind of thing; a kind that is not named has its own. */
const SECTIONS: Readonly<Record<string, string>> = {
  queue: "Messages",
  topic: "Messages",
  stream: "Messages",
  database: "Stores",
  bucket: "Stores",
  cache: "Stores",
  table: "Stores",
};

function environmentSections(
  plan: Plan,
  { built, frontDoor, network }: Stage,
  business: EventMetrics | undefined,
): Section[] {
  const services = plan.services.map(({ name }) => observedThing({ kind: "service", name }, built));
  return [
    {
      title: "Front door",
      charts: [...plan.nodes.filter(isEntrance).map((node) => observedThing(node, built)), ...frontDoor].map(
        summaryCharts,
      ),
    },
    { title: "Business", charts: business ? [wideChart("Events in five minutes", business.signals)] : [] },
    { title: "Services", charts: services.map(summaryCharts) },
    ...sectionsOf(
      plan.nodes.filter((node) => !isEntrance(node)),
      built,
      summaryCharts,
    ),
    { title: "Network", charts: [summaryCharts(network)] },
  ];
}

function createServiceDashboard(
  { placement, plan, opts }: Foundation,
  { built }: Stage,
  of: {
    readonly service: ServicePlan;
    readonly things: readonly Thing[];
    readonly alarms: readonly pulumi.Output<string>[];
  },
  named: Named,
): void {
  const { service, things, alarms } = of;
  const bound = built.get(keyOf({ kind: "service", name: service.name }));
  const thing = observedThing({ kind: "service", name: service.name }, built);
  new Dashboard(
    `${service.name}-dashboard`,
    {
      placement,
      dashboardName: named(service.name),
      text: `# ${service.name} in ${plan.environment.name}\n${service.description}.${promiseOf(service)}`,
      alarmArns: [...alarms, ...(bound?.alarms ?? []).map(({ arn }) => arn)],
      sections: [{ title: "Requests and tasks", charts: [allCharts(thing)] }, ...sectionsOf(things, built, allCharts)],
      ...(bound?.logGroupName && { logGroupNames: [bound.logGroupName] }),
    },
    ownedBy(opts, service.name, service.renamedFrom),
  );
}

function promiseOf({ serviceLevel }: ServicePlan): string {
  if (serviceLevel === undefined) return "";
  const { availability, latency } = serviceLevel;
  const fast = latency ? `, and ${latency.percentile} % are answered within ${latency.within}` : "";
  return ` Promise: ${availability} % of the requests succeed${fast}.`;
}

/** Sections of things that are no service, in the order in which kinds first appear. Topics share rows: each has one chart. */
function sectionsOf(things: readonly Thing[], built: Stage["built"], charts: typeof allCharts): Section[] {
  const sections = new Map<string, Chart[][]>();
  const add = (title: string, group: Chart[]) => sections.set(title, [...(sections.get(title) ?? []), group]);
  for (const thing of things.filter(({ kind }) => kind !== "topic")) {
    const title = SECTIONS[thing.kind] ?? `${thing.kind.charAt(0).toUpperCase()}${thing.kind.slice(1)}s`;
    add(title, (title === "Messages" ? messageCharts : charts)(observedThing(thing, built)));
  }
  const topics = things.filter(({ kind }) => kind === "topic");
  if (topics.length > 0)
    add(
      "Messages",
      topics.flatMap((topic) => messageCharts(observedThing(topic, built))),
    );
  // Queues come before stores.
  return [...sections]
    .sort(([one], [other]) => Number(other === "Messages") - Number(one === "Messages"))
    .map(([title, groups]) => ({ title, charts: groups }));
}

function observedThing(thing: Thing, built: Stage["built"]): Observed {
  return { title: titleOf(thing), signals: built.get(keyOf(thing))?.signals ?? [] };
}

/** `order`, `order-events topic`, `payment-queue`, `order database`, `product images bucket`, `cache`. */
function titleOf({ kind, name, owner }: Thing): string {
  if (kind === "service" || name.endsWith(kind)) return name;
  if (owner === undefined) return `${name} ${kind}`;
  return name === owner || name === `${owner}-db` ? `${owner} ${kind}` : `${owner} ${name} ${kind}`;
}
