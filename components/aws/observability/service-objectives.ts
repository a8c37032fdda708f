// The promise of a service as alarms: they say that the error budget is used up too fast, not that a single request failed.
import * as pulumi from "@pulumi/pulumi";
import type * as aws from "@pulumi/aws";
import { type AlarmLink, placementProblems, type Problem, throwIfAny, unless } from "../../kit";
import { placed, signalAlarms } from "../kit";
import type { ServiceObjectivesArgs } from "./args";
import { type BurnSignals, burnSignals, fitsOneAlarm } from "./objectives";

const TYPE = "archipelago:observability:ServiceObjectives";

/**
 * Burn-rate alarms of one service. They send nothing: {@link urgent} and {@link slow} are conditions for an AlarmGroup. Twelve alarms cost
 * about 2 USD a month. Nothing is ever replaced.
 *
 * @example
 * const objectives = new ServiceObjectives("order", {
 *   placement, availability: 99.8, latency: { percentile: 95, within: 2 }, requests: [requests], errors: [errors], times: [time],
 * });
 * new AlarmGroup("order", { placement, alarmName: "order", description: "order fails", anyOf: objectives.urgent, alarmTopicArn });
 */
export class ServiceObjectives extends pulumi.ComponentResource {
  /** Pairs that mean that somebody has to act at once. */
  readonly urgent: readonly (readonly AlarmLink[])[];
  /** Pairs that can wait for a working day. */
  readonly slow: readonly (readonly AlarmLink[])[];
  /** The children, by the role of their signal. */
  readonly nodes: { readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>> };

  constructor(name: string, args: ServiceObjectivesArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateObjectives(args)]);
    const burns = burnSignals(name, args);
    const alarms = signalAlarms(
      {
        parent: this,
        tags: args.tags,
        transform: args.transform?.alarm,
        topicArn: undefined,
        nameOf: ({ role }) => `${name}-${role}`,
      },
      burns.flatMap(({ long, short }) => [long, short]),
    );
    const pairs = (urgent: boolean) =>
      burns.filter((burn) => burn.urgent === urgent).map(({ long, short }: BurnSignals) =>
        [long, short].flatMap(({ role }) => {
          const alarm = alarms[role];
          return alarm ? [alarm] : [];
        }),
      );
    this.urgent = pairs(true);
    this.slow = pairs(false);
    this.nodes = { alarms };
    this.registerOutputs({});
  }
}

function validateObjectives(args: ServiceObjectivesArgs): Problem[] {
  const { availability, latency, requests, errors, times } = args;
  return [
    ...unless(availability > 0 && availability < 100, {
      path: "availability",
      value: availability,
      allowed: "percent between 0 and 100, without both: 100 % leaves no budget",
      remedy: "write it like 99.9",
    }),
    ...unless(latency === undefined || (latency.percentile > 0 && latency.percentile < 100 && latency.within > 0), {
      path: "latency",
      value: latency,
      allowed: "a percentile between 0 and 100, and seconds above 0",
      remedy: "write it like { percentile: 95, within: 0.3 }",
    }),
    ...unless(fitsOneAlarm(args), {
      path: "errors",
      value: `${requests.length} metrics of requests, ${errors.length} of errors, ${times.length} of times`,
      allowed: "at most ten of requests and errors together, and ten of times: CloudWatch's limit for one alarm",
      remedy: "give metrics that count more at once",
    }),
  ];
}
