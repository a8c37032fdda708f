// Validates scaling as Application Auto Scaling would, and finds settings that it accepts and that have no effect.
import { durationWithin, type Problem, SCALING_LIMITS, SCHEDULE, unless, wholeNumber } from "../../kit";
import type { QueueScalingSettings, RoutingSettings, ScalingSettings } from "./args";

const [, MOST_TASKS] = SCALING_LIMITS.tasks;

/** Every problem of the scaling. */
export function validateScaling(scaling: ScalingSettings, routing: RoutingSettings | undefined): Problem[] {
  return [
    ...validateBounds("scaling", scaling.min, scaling.max),
    ...wholeNumber("scaling.cpu", scaling.cpu, ...SCALING_LIMITS.target),
    ...wholeNumber("scaling.memory", scaling.memory, ...SCALING_LIMITS.target),
    ...validateRequests(scaling, routing),
    ...(scaling.queue ? validateQueue(scaling.queue) : []),
    ...unless(scaling.backlogPerTask === undefined || scaling.backlogPerTask.target > 0, {
      path: "scaling.backlogPerTask.target",
      value: scaling.backlogPerTask?.target,
      allowed: "more than 0 messages",
      remedy: "divide the delay that is acceptable by the time one message takes",
    }),
    ...durationWithin("scaling.scaleInCooldown", scaling.scaleInCooldown, ...SCALING_LIMITS.cooldown),
    ...durationWithin("scaling.scaleOutCooldown", scaling.scaleOutCooldown, ...SCALING_LIMITS.cooldown),
    ...Object.entries(scaling.schedules ?? {}).flatMap(([name, { schedule, min, max }]) => [
      ...validateBounds(`scaling.schedules.${name}`, min, max),
      ...unless(SCHEDULE.test(schedule), {
        path: `scaling.schedules.${name}.schedule`,
        value: schedule,
        allowed: "cron(…), rate(…) or at(…)",
        remedy: "write it as Application Auto Scaling does",
      }),
    ]),
    ...validateEffect(scaling),
  ];
}

function validateBounds(path: string, min: number, max: number): Problem[] {
  return [
    ...wholeNumber(`${path}.min`, min, 0, MOST_TASKS),
    ...wholeNumber(`${path}.max`, max, 1, MOST_TASKS),
    ...unless(min <= max, { path: `${path}.min`, value: min, allowed: `at most max, ${max}`, remedy: "swap them" }),
  ];
}

function validateRequests({ requestsPerTarget }: ScalingSettings, routing: RoutingSettings | undefined): Problem[] {
  if (requestsPerTarget === undefined) return [];
  return [
    ...unless(requestsPerTarget > 0, {
      path: "scaling.requestsPerTarget",
      value: requestsPerTarget,
      allowed: "more than 0 requests a minute",
      remedy: "measure what one task takes",
    }),
    ...unless(routing?.loadBalancerArnSuffix !== undefined, {
      path: "scaling.requestsPerTarget",
      value: requestsPerTarget,
      allowed: "only with routing.loadBalancerArnSuffix, which the metric is named by",
      remedy: "set routing.loadBalancerArnSuffix, or remove it",
    }),
  ];
}

function validateQueue({ steps, cooldown }: QueueScalingSettings): Problem[] {
  const path = "scaling.queue.steps";
  const ascending = steps.every(({ from, change }, index) => {
    const before = steps[index - 1];
    return before === undefined || (from > before.from && change >= before.change);
  });
  return [
    ...durationWithin("scaling.queue.cooldown", cooldown, ...SCALING_LIMITS.cooldown),
    ...steps.flatMap(({ from, change }, index) => [
      ...wholeNumber(`${path}[${index}].from`, from, 0, Number.MAX_SAFE_INTEGER),
      ...wholeNumber(`${path}[${index}].change`, change, -MOST_TASKS, MOST_TASKS),
    ]),
    ...unless(ascending, {
      path,
      value: steps,
      allowed: "steps with rising `from` and changes that never fall",
      remedy: "sort them",
    }),
    ...unless(steps[0]?.from === 0 && steps[0].change <= 0, {
      path,
      value: steps[0],
      allowed: "a first step from 0 messages with a change of 0 or less",
      remedy: "say what an empty queue means: { from: 0, change: 0 }",
    }),
    ...unless(steps.some(({ change }) => change > 0) && steps.length <= 20, {
      path,
      value: steps,
      allowed: "at least one step with a positive change, and at most 20 steps",
      remedy: "add the step at which tasks are added",
    }),
  ];
}

/** Bounds that nothing uses, and zero tasks that nothing could wake: a CPU that does not run is never busy. */
function validateEffect({
  min,
  max,
  cpu,
  memory,
  requestsPerTarget,
  queue,
  backlogPerTask,
  schedules,
}: ScalingSettings): Problem[] {
  const wakes = queue !== undefined || backlogPerTask !== undefined || Object.keys(schedules ?? {}).length > 0;
  const moves = wakes || cpu !== undefined || memory !== undefined || requestsPerTarget !== undefined;
  return [
    ...unless(moves || min >= max, {
      path: "scaling.max",
      value: max,
      allowed: `${min}, the same as min, while nothing changes the number of tasks`,
      remedy: "set cpu, memory, requestsPerTarget, queue, backlogPerTask or schedules",
    }),
    ...unless(wakes || min > 0, {
      path: "scaling.min",
      value: min,
      allowed: "at least 1 without queue, backlogPerTask or schedules",
      remedy: "keep one task: without any there is nothing to measure",
    }),
  ];
}
