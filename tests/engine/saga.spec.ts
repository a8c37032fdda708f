// Sagas run by an interpreter of the Amazon States Language (moto's), with real queues and task tokens.
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import fc from "fast-check";
import { COMPENSATION_FAILED, REJECTED, sagaDefinition, type SagaStepSettings } from "../../components/aws/workflow";
import { buildOnEcs } from "../../infra/targets/ecs/ecs";
import { deploy } from "../../offline/providers/mocks";
import { planFor, runOf } from "../infra/support/run";
import { type AwsServer, startAws } from "./support/aws-server";

/** What a service does with a command; `silent`: nothing. */
type Answer = "done" | "silent" | keyof typeof ERRORS;
const ERRORS = { rejected: REJECTED, error: "Shop.Unreachable" } as const;

/** A message of a saga as it arrives. */
interface Message {
  readonly kind: "do" | "undo" | "outcome";
  readonly execution: string;
  readonly step: string;
  readonly token: string;
  readonly outcome?: string;
  readonly results: Readonly<Record<string, unknown>>;
  readonly failure?: Readonly<Record<string, unknown>>;
  readonly skipped?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** How the services of one execution behave, and what happened in it. */
interface Run {
  /** Answers by `do step` and `undo step`, one a try; a command without any is done. */
  readonly answers: Readonly<Record<string, readonly Answer[]>>;
  /** `do pay`, `undo pay`, in the order in which the commands arrived. */
  readonly seen: string[];
  outcome?: Message;
}

interface Ended {
  readonly status: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly run: Run;
}

describe("sagas, run by an interpreter of the Amazon States Language", function () {
  this.timeout(300_000);
  let aws: AwsServer;
  let sqs: SQSClient;
  let sfn: SFNClient;
  const runs = new Map<string, Run>();
  let isStopped = false;
  const workers: Promise<void>[] = [];
  let count = 0;

  before(async function () {
    const started = await startAws();
    if (typeof started === "string") return this.skip();
    aws = started;
    [sqs, sfn] = [new SQSClient(aws.client), new SFNClient(aws.client)];
    return undefined;
  });

  after(async () => {
    isStopped = true;
    await Promise.all(workers);
    (aws as AwsServer | undefined)?.stop();
  });

  /** A queue whose messages are answered as their execution says. */
  async function answeredQueue(name: string): Promise<string> {
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    workers.push(answer(QueueUrl));
    return QueueUrl;
  }

  async function answer(QueueUrl: string): Promise<void> {
    while (!isStopped) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      await Promise.all(
        Messages.map(async ({ Body = "", ReceiptHandle }) => {
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          await reply(JSON.parse(Body) as Message);
        }),
      );
    }
  }

  async function reply(message: Message): Promise<void> {
    const { kind, execution, step, token: taskToken } = message;
    const run = runs.get(execution.split(":").at(-1) ?? "");
    if (!run) throw new Error(`no execution ${execution}`);
    if (kind === "outcome") {
      run.outcome = message;
      return;
    }
    const command = `${kind} ${step}`;
    const tries = run.seen.filter((one) => one === command).length;
    run.seen.push(command);
    const what = run.answers[command]?.[tries] ?? "done";
    if (what === "silent") return;
    const answer =
      what === "done"
        ? () => sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ by: command }) }))
        : () => sfn.send(new SendTaskFailureCommand({ taskToken, error: ERRORS[what], cause: what }));
    // moto fails while another execution begins, because it looks for the token in all of them.
    for (let left = 20; ; left--) {
      try {
        await answer();
        return;
      } catch (problem) {
        if (left === 0) throw problem;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  async function machineOf(definition: string): Promise<string> {
    const { stateMachineArn = "" } = await sfn.send(
      new CreateStateMachineCommand({
        name: `saga-${++count}`,
        definition,
        roleArn: "arn:aws:iam::123456789012:role/saga",
      }),
    );
    return stateMachineArn;
  }

  /** Starts an execution and waits for its end. */
  async function execute(stateMachineArn: string, answers: Run["answers"]): Promise<Ended> {
    const name = `run-${++count}`;
    const run: Run = { answers, seen: [] };
    runs.set(name, run);
    const { executionArn } = await sfn.send(
      new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify({ orderId: name }) }),
    );
    for (let polls = 0; polls < 600; polls++) {
      const { status, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (status !== "RUNNING" && run.outcome) return { status, error, cause, run };
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`the execution does not end; ${run.seen.join(", ")}`);
  }

  describe("the order saga of ecommerce, as prod has it", () => {
    const STEPS = [
      "validateUser",
      "getProduct",
      "reserveInventory",
      "createOrder",
      "processPayment",
      "updateInventory",
    ];
    const dos = (...steps: string[]) => steps.map((step) => `do ${step}`);
    const undos = (...steps: string[]) => steps.map((step) => `undo ${step}`);
    let machine = "";
    before(async () => {
      const { resources } = await deploy(() => buildOnEcs(planFor(runOf("prod"))));
      const built = resources.find(({ type }) => type === "aws:sfn/stateMachine:StateMachine");
      let definition = String(built?.inputs.definition);
      const urls = [...new Set(definition.match(/https:[^"]+/g))];
      for (const [at, url] of urls.entries()) {
        definition = definition.replaceAll(url, await answeredQueue(`service-${at}`));
      }
      expect(urls).to.have.length(5);
      machine = await machineOf(definition);
    });

    it("goes through its seven steps", async () => {
      const { status, run } = await execute(machine, {});
      expect(status).to.equal("SUCCEEDED");
      expect(run.seen).to.deep.equal(dos(...STEPS, "sendNotification"));
      expect(run.outcome).to.deep.include({ kind: "outcome", outcome: "completed", skipped: {} });
      expect(Object.keys(run.outcome?.results ?? {})).to.deep.equal([...STEPS, "sendNotification"]);
    });

    it("is compensated when payment is rejected: what was done, in reverse order, and nothing else", async () => {
      const { status, run } = await execute(machine, { "do processPayment": ["rejected"] });
      expect(status).to.equal("SUCCEEDED");
      expect(run.seen).to.deep.equal([
        ...dos(...STEPS.slice(0, 5)),
        ...undos("createOrder", "reserveInventory", "validateUser"),
      ]);
      expect(run.outcome).to.deep.include({ outcome: "compensated" });
      expect(run.outcome?.failure).to.include({ Error: REJECTED });
    });

    it("refunds a payment whose outcome is unknown after its tries", async () => {
      const { run } = await execute(machine, { "do processPayment": ["error", "error"] });
      expect(run.seen).to.deep.equal([
        ...dos(...STEPS.slice(0, 5), "processPayment"),
        ...undos("processPayment", "createOrder", "reserveInventory", "validateUser"),
      ]);
    });

    it("completes without its confirmation", async () => {
      const { status, run } = await execute(machine, { "do sendNotification": ["rejected"] });
      expect(status).to.equal("SUCCEEDED");
      expect(run.outcome).to.include({ outcome: "completed" });
      expect(run.outcome?.skipped?.sendNotification).to.include({ Error: REJECTED });
    });

    it("fails when a refund never succeeds, names it, and still undoes the rest", async () => {
      const { status, error, cause, run } = await execute(machine, {
        "do updateInventory": ["rejected"],
        "undo processPayment": Array<Answer>(11).fill("error"),
      });
      expect([status, error]).to.deep.equal(["FAILED", COMPENSATION_FAILED]);
      expect(Object.keys(JSON.parse(cause ?? "") as object)).to.deep.equal(["processPayment"]);
      const undone = run.seen.slice(6);
      expect(undone.filter((one) => one === "undo processPayment")).to.have.length(11);
      expect([...new Set(undone)]).to.deep.equal(
        undos("processPayment", "createOrder", "reserveInventory", "validateUser"),
      );
      expect(run.outcome).to.deep.include({ outcome: "compensation-failed" });
    });
  });

  it("compensate a step that is not answered in its time limit, after its tries", async () => {
    const queueUrl = await answeredQueue("silence");
    const step = { name: "pay", queueUrl, command: "pay", compensation: "refund", timeout: "3s", retries: 1 } as const;
    const saga = { name: "any", description: "any", outcomeQueueUrl: queueUrl, steps: [step] };
    const machine = await machineOf(JSON.stringify(sagaDefinition(saga, "aws")));
    const { run } = await execute(machine, { "do pay": ["silent", "silent"] });
    expect(run.seen).to.deep.equal(["do pay", "do pay", "undo pay"]);
    expect(run.outcome?.failure).to.include({ Error: "States.Timeout" });
  });

  it("leave no step that is or may be done without its compensation, and compensate no other (property)", async () => {
    const queueUrl = await answeredQueue("commands");
    const answers = fc.constantFrom<Answer>("done", "done", "done", "rejected", "error", "error");
    const step = fc.record({
      undone: fc.boolean(),
      optional: fc.boolean(),
      retries: fc.nat(2),
      tries: fc.array(answers, { minLength: 3, maxLength: 3 }),
      undoTries: fc.nat(2),
    });
    type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
    const settingsOf = ({ undone, optional, retries }: Step, at: number): SagaStepSettings => ({
      ...{ name: `s${at}`, queueUrl, command: "do", timeout: "1h", retries },
      ...(undone ? { compensation: "undo" } : { optional }),
    });
    /** Whether a step is done, is not, or may be, from the answers alone. */
    const stateOf = ({ retries, tries }: Step): "done" | "not" | "unknown" => {
      const decided = tries.slice(0, retries + 1).find((one) => one === "done" || one === "rejected");
      return decided === "done" ? "done" : decided === "rejected" ? "not" : "unknown";
    };
    const check = async (steps: readonly Step[]): Promise<void> => {
      const settings = steps.map(settingsOf);
      const saga = { name: "any", description: "any", outcomeQueueUrl: queueUrl, steps: settings };
      const machine = await machineOf(JSON.stringify(sagaDefinition(saga, "aws")));
      const given = steps.flatMap(({ tries, undoTries }, at): [string, Answer[]][] => [
        [`do s${at}`, tries],
        [`undo s${at}`, Array<Answer>(undoTries).fill("error")],
      ]);
      const { status, run } = await execute(machine, Object.fromEntries(given));
      const failed = steps.findIndex((one, at) => stateOf(one) !== "done" && settings[at]?.optional !== true);
      const begun = failed === -1 ? steps.length : failed + 1;
      expect([...new Set(run.seen.filter((one) => one.startsWith("do")))]).to.deep.equal(
        steps.slice(0, begun).map((_, at) => `do s${at}`),
      );
      const undone = run.seen.filter((one) => one.startsWith("undo"));
      const expected = steps.flatMap((one, at) =>
        failed !== -1 && at <= failed && one.undone && stateOf(one) !== "not" ? [`undo s${at}`] : [],
      );
      expect([...new Set(undone)]).to.deep.equal(expected.reverse());
      expect(status).to.equal("SUCCEEDED");
      expect(run.outcome?.outcome).to.equal(failed === -1 ? "completed" : "compensated");
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), check), {
      numRuns: 15,
      endOnFailure: true,
    });
  });
});
