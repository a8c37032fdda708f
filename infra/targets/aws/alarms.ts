// Alarms that send messages: two for each service, one for the entrances, one for what services share. They are made of the alarms of what was built.
import type * as pulumi from "@pulumi/pulumi";
import { alarmsOf } from "../../../components/aws/kit";
import { AlarmGroup, ServiceObjectives } from "../../../components/aws/observability";
import { type AlarmLink, milliseconds } from "../../../components/kit";
import { keyOf, type Thing } from "../../model/edges";
import type { HealthMonitor } from "./health-monitor";
import { isEntrance } from "../../model/lookup";
import type { ServicePlan } from "../../model/plan";
import { tagsOf } from "./bindings";
import type { Foundation } from "./foundation";
import type { Named, RequestMetrics, Stage } from "./observability";
import { ownedBy } from "./renames";

/**
 * Two groups, so that a full disk that waits for Monday does not hide an outage: a composite alarm that is in alarm already sends nothing
 * when another of its conditions begins to hold.
 */
export function createServiceAlarms(
  foundation: Foundation,
  { built, requestsTo }: Stage,
  service: ServicePlan,
  things: readonly Thing[],
  named: Named,
): pulumi.Output<string>[] {
  const { name } = service;
  const objectives = createObjectives(foundation, service, requestsTo(service));
  const own = built.get(keyOf({ kind: "service", name }))?.alarms ?? [];
  const others = things.flatMap((thing) => built.get(keyOf(thing))?.alarms ?? []);
  const group = groupOf(
    { ...foundation, opts: ownedBy(foundation.opts, name, service.renamedFrom) },
    named,
    tagsOf(service),
  );
  return [
    ...group(`${name}-failing`, `${name} fails its callers now: see its dashboard, then its logs.`, [
      ...own,
      ...(objectives?.conditions("urgent") ?? []),
    ]),
    ...group(
      `${name}-attention`,
      `A store or a queue of ${name} needs attention, or its error budget shrinks slowly: see its dashboard within a working day.`,
      [...others, ...(objectives?.conditions("slow") ?? [])],
    ),
  ];
}

/** Alarms of entrances, and of everything else that belongs to no service. */
export function createPlatformAlarms(
  foundation: Foundation,
  { built }: Pick<Stage, "built">,
  shared: readonly Thing[],
  monitors: readonly HealthMonitor[],
  named: Named,
): pulumi.Output<string>[] {
  const alarmsOfThings = (things: readonly Thing[]) => things.flatMap((thing) => built.get(keyOf(thing))?.alarms ?? []);
  const group = groupOf(foundation, named);
  return [
    ...group("front-door-failing", "Clients get errors at an entrance: see the dashboard of the environment.", [
      ...alarmsOfThings(shared.filter(isEntrance)),
      ...monitors.flatMap(({ alarms }) => alarms),
    ]),
    ...group("platform-attention", "Something that several services use needs attention.", [
      ...alarmsOfThings(shared.filter((thing) => !isEntrance(thing))),
      ...monitors.flatMap(({ function: { signals, nodes } }) => alarmsOf(signals, nodes.alarms)),
    ]),
  ];
}

function groupOf({ placement, alarmTopicArn, opts }: Foundation, named: Named, tags?: Record<string, string>) {
  return (name: string, description: string, anyOf: readonly (AlarmLink | readonly AlarmLink[])[]) =>
    anyOf.length === 0
      ? []
      : new AlarmGroup(
          name,
          {
            ...{ placement, alarmName: named(name), description, anyOf, alarmTopicArn, okMessages: false },
            ...(tags && { tags }),
          },
          opts,
        ).alarmArns;
}

function createObjectives(
  { placement, opts }: Foundation,
  service: ServicePlan,
  requests: RequestMetrics | undefined,
): ServiceObjectives | undefined {
  const { name, serviceLevel, renamedFrom } = service;
  if (serviceLevel === undefined || requests === undefined) return undefined;
  const { availability, latency } = serviceLevel;
  return new ServiceObjectives(
    `${name}-objectives`,
    {
      placement,
      availability,
      ...(latency && {
        latency: { percentile: latency.percentile, within: (milliseconds(latency.within) ?? NaN) / 1000 },
      }),
      ...requests,
      tags: tagsOf(service),
    },
    ownedBy(opts, name, renamedFrom),
  );
}
