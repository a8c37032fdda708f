// Commands of sagas: received from the queue of a service, done once, answered with the task token.
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import { inContextOf } from "./context";

/** A command of a saga, as its workflow sends it. */
export interface Command {
  readonly saga: string;
  readonly kind: "do" | "undo";
  readonly step: string;
  readonly command: string;
  /** ARN of the execution. */
  readonly execution: string;
  /** Input of the saga. */
  readonly input: unknown;
  /** Results of the steps before, by name. */
  readonly results: Readonly<Record<string, unknown>>;
}

/** The end of a saga, for the service that started it. */
export interface Outcome {
  readonly saga: string;
  readonly kind: "outcome";
  readonly outcome: "completed" | "compensated" | "compensation-failed";
  readonly execution: string;
  readonly input: unknown;
  readonly results: Readonly<Record<string, unknown>>;
}

type Received =
  (Command & { readonly token: string; readonly timeoutSeconds: number; readonly mostResultBytes?: number }) | Outcome;

/** The step is not done, by no try, and will not be: the saga compensates the steps before it. */
export class Rejected extends Error {
  override readonly name = "Saga.Rejected";
}

/**
 * Store of the steps that a service has done, by execution and step. It must outlive the process: a table of the service, written
 * in the transaction of the work itself where there is one.
 */
export interface StepMemory {
  /** State of a step; undefined when there is none. `undone` also for a step that was never done. */
  read(key: string): Promise<StepState | undefined>;
  /** Writes the state, unless it has changed since `before` was read. @returns whether it was written */
  write(key: string, before: StepState | undefined, now: StepState): Promise<boolean>;
}
export type StepState =
  | { readonly state: "done"; readonly result: unknown }
  | { readonly state: "rejected"; readonly reason: string }
  | { readonly state: "undone" };

/** What {@link CommandConsumer} is made of. */
export interface CommandConsumerArgs {
  readonly sqs: SQSClient;
  readonly sfn: SFNClient;
  /** `<SERVICE>_COMMANDS_URL` */
  readonly queueUrl: string;
  readonly memory: StepMemory;
  /** Work by command. A handler may run twice for one step when the process ends in the middle: it finds its own traces. */
  readonly handlers: Readonly<Record<string, (command: Command) => Promise<unknown>>>;
  /** @default outcomes are deleted unseen */
  readonly onOutcome?: (outcome: Outcome) => Promise<void>;
}

/** Receives commands and outcomes of sagas. */
export class CommandConsumer {
  constructor(private readonly args: CommandConsumerArgs) {}

  /**
   * Receives messages once, at most ten, and handles them. A message whose handling fails stays in the queue.
   *
   * @returns how many messages were handled
   */
  async receive(waitSeconds = 20): Promise<number> {
    const { sqs, queueUrl: QueueUrl } = this.args;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        ...{ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: waitSeconds },
        MessageSystemAttributeNames: ["SentTimestamp"],
      }),
    );
    const handled = await Promise.allSettled(Messages.map((message) => this.handle(message)));
    return handled.filter(({ status }) => status === "fulfilled").length;
  }

  private async handle(message: Message): Promise<void> {
    const { sqs, queueUrl: QueueUrl, onOutcome } = this.args;
    const received = JSON.parse(message.Body ?? "") as Received;
    try {
      await inContextOf({ "x-correlation-id": received.execution }, async () => {
        if (received.kind === "outcome") await onOutcome?.(received);
        else if (!isOver(message, received.timeoutSeconds)) await this.answer(received);
      });
    } catch (error) {
      // Soon, not after the whole time limit.
      await sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 1 }),
      );
      throw error;
    }
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
  }

  private async answer(received: Exclude<Received, Outcome>): Promise<void> {
    const { sfn } = this.args;
    const { token: taskToken, mostResultBytes = 16_384 } = received;
    const beat = setInterval(
      () => void sfn.send(new SendTaskHeartbeatCommand({ taskToken })).catch(() => undefined),
      10_000,
    );
    try {
      const output = JSON.stringify((await this.once(received)) ?? null);
      if (Buffer.byteLength(output) > mostResultBytes)
        throw new RangeError(
          `the result of ${received.step} has more than ${mostResultBytes} bytes: answer with a reference to it`,
        );
      await sfn.send(new SendTaskSuccessCommand({ taskToken, output })).catch(unlessGone);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      await sfn
        .send(new SendTaskFailureCommand({ taskToken, error: name.slice(0, 256), cause: message.slice(0, 32_768) }))
        .catch(unlessGone);
    } finally {
      clearInterval(beat);
    }
  }

  /** Does a step, or undoes it, once for an execution; a repetition gets the answer of the first. */
  private async once(command: Command): Promise<unknown> {
    const { memory, handlers } = this.args;
    const handler = handlers[command.command];
    if (!handler) throw new Error(`no handler for the command ${command.command}`);
    const key = `${command.execution} ${command.step}`;
    const before = await memory.read(key);
    if (command.kind === "undo") {
      if (before?.state === "undone") return null;
      const result = before?.state === "rejected" ? null : await handler(command);
      // From now on the step is refused, should its command still be on the way.
      if (!(await memory.write(key, before, { state: "undone" })))
        throw new Error(`${key} changed while it was undone`);
      return result;
    }
    if (before?.state === "done") return before.result;
    if (before?.state === "rejected") throw new Rejected(before.reason);
    if (before?.state === "undone") throw new Rejected("the step is undone already");
    try {
      const result = (await handler(command)) ?? null;
      if (!(await memory.write(key, before, { state: "done", result })))
        throw new Error(`${key} changed while it was done`);
      return result;
    } catch (error) {
      if (error instanceof Rejected) await memory.write(key, before, { state: "rejected", reason: error.message });
      throw error;
    }
  }
}

/** Whether a command is older than its time limit. The saga then no longer waits for its answer: it repeats the command or compensates. */
function isOver({ Attributes = {} }: Message, timeoutSeconds: number): boolean {
  const sent = Number(Attributes.SentTimestamp ?? Date.now());
  return Date.now() - sent > timeoutSeconds * 1000;
}

/** Ignores the error of an answer for which the saga no longer waits. The stored state of the step decides what the compensation does. */
function unlessGone(error: unknown): void {
  if (error instanceof Error && ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"].includes(error.name)) return;
  throw error;
}
