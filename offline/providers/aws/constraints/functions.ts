// What Lambda asks of a function and of what it is fed from.
import type { Constraint } from "../../core/rules";
import { text } from "../../core/values";
import { failure, isGiven, numberAt, objectAt, textOf } from "./support";

const FUNCTION = "aws:lambda/function:Function";
const QUEUE = "aws:sqs/queue:Queue";
/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED: ReadonlySet<string> = new Set([
  ...["_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_ACCESS_KEY"],
  ...["AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION"],
  ...["AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME"],
  ...["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API"],
  ...["LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"],
]);
/** The form of a runtime's name, so that one that comes after this SDK is none that is refused. */
const RUNTIME =
  /^(nodejs(\d+\.x)?|nodejs4\.3(-edge)?|python\d\.\d+|java\d+(\.al\d+)?|dotnet\d+(\.0)?|dotnetcore\d\.\d|ruby\d\.\d|provided(\.al\d+)?|go1\.x)$/;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ENVIRONMENT_BYTES = 4096;

const environment: Constraint = function* ({ inputs }) {
  const variables = objectAt(objectAt(inputs, "environment"), "variables");
  for (const name of Object.keys(variables)) {
    const at = `environment.variables["${name}"]`;
    if (RESERVED.has(name))
      yield failure(at, "Lambda sets this itself (InvalidParameterValueException): choose another");
    else if (!/^[A-Za-z]\w+$/.test(name))
      yield failure(at, "a variable's name is a letter, and then letters, digits and underscores, two at least");
  }
  const size = Object.entries(variables).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text(value) ?? ""),
    0,
  );
  if (size > ENVIRONMENT_BYTES)
    yield failure(
      "environment.variables",
      `${size} bytes in all, and ${ENVIRONMENT_BYTES} are allowed: keep large values in SSM or Secrets Manager`,
    );
};

const runtime: Constraint = function* ({ text: known }) {
  const name = known("runtime");
  if (name !== undefined && name !== "" && !RUNTIME.test(name))
    yield failure("runtime", `"${name}" is no runtime: such as nodejs22.x, python3.13 or provided.al2023`);
};

/** A stream is read from somewhere on, and a queue keeps a message to itself for longer than a function works on it. */
const source: Constraint = function* ({ inputs, text: known }, world) {
  const arn = known("eventSourceArn")?.split(":");
  const [, , service, region = "", account = "", name = ""] = arn ?? [];
  if (service === "kinesis" || service === "dynamodb" || service === "kafka") {
    if (!isGiven(inputs, "startingPosition"))
      yield failure("startingPosition", "is missing: a stream is read from LATEST, TRIM_HORIZON or AT_TIMESTAMP on");
    return;
  }
  if (service !== "sqs") return;
  const batch = numberAt(inputs, "batchSize") ?? 10;
  if (name.endsWith(".fifo") && batch > 10)
    yield failure("batchSize", `${batch}: a FIFO queue gives 10 messages at once`);
  else if (batch > 10 && (numberAt(inputs, "maximumBatchingWindowInSeconds") ?? 0) < 1)
    yield failure("maximumBatchingWindowInSeconds", `a batch of ${batch}, more than 10, needs 1 second at least`);
  const feeds = world.get(FUNCTION, functionName(known("functionName") ?? ""));
  const queue = world.get(QUEUE, `https://sqs.${region}.amazonaws.com/${account}/${name}`);
  if (feeds === undefined || queue === undefined) return;
  const works = numberAt(feeds.inputs, "timeout") ?? 3;
  const hides = numberAt(queue.inputs, "visibilityTimeoutSeconds") ?? 30;
  if (hides < works)
    yield failure(
      "eventSourceArn",
      `${name} hides a message for ${hides} s, and ${textOf(feeds, "name") ?? "the function"} may take ${works} s (InvalidParameterValueException): raise the queue's visibilityTimeoutSeconds, six times the function's timeout`,
    );
};

/** From a name or an ARN with or without a qualifier. */
const functionName = (value: string): string => (value.startsWith("arn:") ? (value.split(":")[6] ?? "") : value);

export const functions: Readonly<Record<string, readonly Constraint[]>> = {
  [FUNCTION]: [environment, runtime],
  "aws:lambda/eventSourceMapping:EventSourceMapping": [source],
};
