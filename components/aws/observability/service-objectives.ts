// The promise of a service as alarms: they say that the error budget is used up too fast, not that a single request failed.
import * as pulumi from "@pulumi/pulumi";
import type * as aws from "@pulumi/aws";
import { type AlarmLink, placementProblems, type Problem, type Signal, throwIfAny, unless } from "../../kit";
import { alarmsOf, placed, signalAlarms } from "../kit";
import type { ServiceObjectivesArgs } from "./args";
import { type BurnSignals, burnSignals, fitsOneAlarm } from "./objectives";

const TYPE = "archipelago:observability:ServiceObjectives";

/**
 * Burn-rate alarms of one service. They send nothing: {@link conditions} are for an AlarmGroup. Twelve alarms cost
 * about 2 USD a month. Nothing is ever replaced.
 *
 * @example
 * const objectives = new ServiceObjectives("order", {
 *   placement, availability: 99.8, latency: { percentile: 95, within: 2 }, requests: [requests], errors: [errors], times: [time],
 * });
 * new AlarmGroup("order", { placement, alarmName: "order", description: "order fails", anyOf: objectives.conditions("urgent"), alarmTopicArn });
 */
export class ServiceObjectives extends pulumi.ComponentResource {
  private readonly burns: readonly BurnSignals[];
  /** Metrics of the alarms. */
  readonly signals: readonly Signal[];
  /** The children, by the role of their signal. */
  readonly nodes: { readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>> };

  constructor(name: string, args: ServiceObjectivesArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateObjectives(args)]);
    this.burns = burnSignals(name, args);
    this.signals = this.burns.flatMap(({ long, short }) => [long, short]);
    const nameOf = ({ role }: Signal): string => `${name}-${role}`;
    const { tags, transform } = args;
    this.nodes = {
      alarms: signalAlarms(
        { parent: this, tags, transform: transform?.alarm, topicArn: undefined, nameOf },
        this.signals,
      ),
    };
    this.registerOutputs({});
  }

  /** Pairs of alarms that go off together: `urgent` when a person has to act at once, `slow` when it can wait for a working day. */
  conditions(kind: "urgent" | "slow"): (readonly AlarmLink[])[] {
    return this.burns
      .filter(({ urgent }) => urgent === (kind === "urgent"))
      .map(({ long, short }) => alarmsOf([long, short], this.nodes.alarms));
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
