// The state machine of a saga, in the Amazon States Language. Pure.
//
// A step sends its command to the queue of its service with a task token and waits. The service answers with the token:
// SendTaskSuccess when the step is done, SendTaskFailure with the error `Saga.Rejected` when it is not done and will not be.
// Any other end (no answer in time, another error) leaves open whether the step is done, so its compensation is sent as well.
// https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
import { seconds } from "../../kit";
import type { SagaSettings, SagaStepSettings } from "./args";

/** The error with which a service says that a step is not done, by no try, and will not be. */
export const REJECTED = "Saga.Rejected";
/** The error of an execution in which a compensation failed for good. */
export const COMPENSATION_FAILED = "Saga.CompensationFailed";

/** What a message of a saga carries, beside its own fields. */
export type SagaMessageKind = "do" | "undo" | "outcome";

/** How a command is tried again: after 2, 4, 8 … seconds, at most a minute. */
const STEP_RETRY = { IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 60, JitterStrategy: "FULL" } as const;
/** A compensation must get through: ten more tries, with up to five minutes between two. */
const COMPENSATION_RETRY = {
  ...{ IntervalSeconds: 5, BackoffRate: 2, MaxDelaySeconds: 300, MaxAttempts: 10 },
  JitterStrategy: "FULL",
} as const;

/** 256 KiB is the most that a state may hold (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html); passing it can't be caught. */
const STATE_BYTES = 256 * 1024;
/** Largest input of a saga, in bytes of its JSON. */
export const MOST_INPUT = 64 * 1024;

/** Largest result of one step, in bytes of its JSON, so that input and all results fit in a state. */
export function mostResult(steps: number): number {
  const rest = STATE_BYTES - MOST_INPUT - 32 * 1024;
  return Math.min(16 * 1024, Math.floor(rest / steps));
}

type State = Readonly<Record<string, unknown>>;

const BEGIN = "Begin";
const REPORT_COMPLETED = "Report completed";
const COMPLETED = "Completed";
const CHECK = "Check compensations";
const REPORT_COMPENSATED = "Report compensated";
const COMPENSATED = "Compensated";
const REPORT_FAILED = "Report failed compensations";
const FAILED = "Compensation failed";
const undoName = (step: SagaStepSettings): string => `Undo ${step.name}`;

/** The definition, with the queue's URLs as they are given. */
export function sagaDefinition(saga: SagaSettings, partition: string): Readonly<Record<string, unknown>> {
  const { description, steps } = saga;
  const states: Record<string, State> = {
    [BEGIN]: {
      Type: "Pass",
      Parameters: { "input.$": "$", results: {}, skipped: {}, uncompensated: {} },
      Next: steps[0]?.name ?? REPORT_COMPLETED,
    },
  };
  steps.forEach((step, index) => {
    states[step.name] = doState(saga, step, index, partition);
  });
  states[REPORT_COMPLETED] = reportState(saga, "completed", COMPLETED, partition);
  states[COMPLETED] = { Type: "Succeed" };
  // Step Functions refuses a state that nothing leads to.
  const compensated = steps.filter(({ compensation }) => compensation !== undefined);
  compensated.forEach((step, index) => {
    states[undoName(step)] = undoState(saga, step, compensated[index - 1], partition);
  });
  if (compensated.length > 0) Object.assign(states, checkStates(saga, compensated, partition));
  if (steps.some(({ optional = false }) => !optional)) {
    states[REPORT_COMPENSATED] = reportState(saga, "compensated", COMPENSATED, partition);
    states[COMPENSATED] = { Type: "Succeed" };
  }
  return { Comment: description, StartAt: BEGIN, TimeoutSeconds: longestRun(steps), States: states };
}

/** Seconds after which an execution ends whatever happens: more than all tries of all steps and compensations together. */
export function longestRun(steps: readonly SagaStepSettings[]): number {
  const tries = steps.reduce((total, { timeout, retries, compensation }) => {
    const limit = seconds(timeout) ?? 0;
    const undo = compensation === undefined ? 0 : (COMPENSATION_RETRY.MaxAttempts + 1) * limit + 10 * 300;
    return total + (retries + 1) * limit + retries * 60 + undo;
  }, 0);
  // The report of the outcome: ten tries, at most five minutes between two.
  return tries + 3600;
}

/** Seconds that all steps take when each needs its whole time limit and none is tried again. */
export function usualRun(steps: readonly Pick<SagaStepSettings, "timeout">[]): number {
  return steps.reduce((total, { timeout }) => total + (seconds(timeout) ?? 0), 0);
}

function doState(saga: SagaSettings, step: SagaStepSettings, index: number, partition: string): State {
  const { steps } = saga;
  const { heartbeat, retries, optional = false } = step;
  const next = steps[index + 1]?.name ?? REPORT_COMPLETED;
  const before = compensationFrom(steps, index - 1);
  const itself = compensationFrom(steps, index);
  const caught = optional
    ? [{ ErrorEquals: ["States.ALL"], ResultPath: `$.skipped.${step.name}`, Next: next }]
    : [
        { ErrorEquals: [REJECTED], ResultPath: "$.failure", Next: before },
        { ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: itself },
      ];
  return {
    ...command(saga, step, "do", step.command, partition),
    ...(heartbeat !== undefined && { HeartbeatSeconds: seconds(heartbeat) }),
    Retry: [
      { ErrorEquals: [REJECTED], MaxAttempts: 0 },
      ...(retries > 0 ? [{ ErrorEquals: ["States.ALL"], ...STEP_RETRY, MaxAttempts: retries }] : []),
    ],
    Catch: caught,
    ResultPath: `$.results.${step.name}`,
    Next: next,
  };
}

/** The state where compensation begins when the step at `index` may be done and no later step is. */
function compensationFrom(steps: readonly SagaStepSettings[], index: number): string {
  for (let at = index; at >= 0; at--) {
    const step = steps[at];
    if (step?.compensation !== undefined) return undoName(step);
  }
  return REPORT_COMPENSATED;
}

function undoState(
  saga: SagaSettings,
  step: SagaStepSettings,
  before: SagaStepSettings | undefined,
  partition: string,
): State {
  const next = before ? undoName(before) : CHECK;
  return {
    ...command(saga, step, "undo", step.compensation ?? "", partition),
    Retry: [{ ErrorEquals: ["States.ALL"], ...COMPENSATION_RETRY }],
    // The others are still compensated: less is left to do by hand.
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: `$.uncompensated.${step.name}`, Next: next }],
    ResultPath: null,
    Next: next,
  };
}

function command(
  { name, steps }: SagaSettings,
  { name: step, queueUrl, timeout }: SagaStepSettings,
  kind: "do" | "undo",
  what: string,
  partition: string,
): State {
  return {
    Type: "Task",
    Resource: `arn:${partition}:states:::sqs:sendMessage.waitForTaskToken`,
    Parameters: {
      QueueUrl: queueUrl,
      MessageBody: {
        ...{ saga: name, kind, step, command: what, timeoutSeconds: seconds(timeout) },
        ...(kind === "do" && { mostResultBytes: mostResult(steps.length) }),
        "execution.$": "$$.Execution.Id",
        "token.$": "$$.Task.Token",
        "input.$": "$.input",
        "results.$": "$.results",
      },
    },
    TimeoutSeconds: seconds(timeout),
  };
}

/** Ends an execution: with an error when a compensation failed for good, and with success otherwise. */
function checkStates(
  saga: SagaSettings,
  compensated: readonly SagaStepSettings[],
  partition: string,
): Readonly<Record<string, State>> {
  const failed = compensated.map(({ name }) => ({ Variable: `$.uncompensated.${name}`, IsPresent: true }));
  const [only, ...others] = failed;
  return {
    [CHECK]: {
      Type: "Choice",
      Choices: [{ ...(others.length === 0 ? only : { Or: failed }), Next: REPORT_FAILED }],
      Default: REPORT_COMPENSATED,
    },
    [REPORT_FAILED]: reportState(saga, "compensation-failed", FAILED, partition),
    [FAILED]: { Type: "Fail", Error: COMPENSATION_FAILED, CausePath: "States.JsonToString($.uncompensated)" },
  };
}

function reportState(
  { name, outcomeQueueUrl }: SagaSettings,
  outcome: "completed" | "compensated" | "compensation-failed",
  next: string,
  partition: string,
): State {
  const own = outcome === "completed" ? { "skipped.$": "$.skipped" } : { "failure.$": "$.failure" };
  const left = outcome === "compensation-failed" ? { "uncompensated.$": "$.uncompensated" } : {};
  return {
    Type: "Task",
    Resource: `arn:${partition}:states:::sqs:sendMessage`,
    Parameters: {
      QueueUrl: outcomeQueueUrl,
      MessageBody: {
        ...{ saga: name, kind: "outcome", outcome },
        "execution.$": "$$.Execution.Id",
        "input.$": "$.input",
        "results.$": "$.results",
        ...own,
        ...left,
      },
    },
    Retry: [{ ErrorEquals: ["States.ALL"], ...COMPENSATION_RETRY }],
    ResultPath: null,
    Next: next,
  };
}
