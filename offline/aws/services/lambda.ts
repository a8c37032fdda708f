// Lambda.
import type { Cards } from "../card";
import type { NewResource, Constraint } from "../../providers/core/rules";
import { text } from "../../providers/core/values";
import { physicalName } from "../identifiers";
import { failure, isFilled, isGiven, numberAt, objectAt, textOf } from "../inputs";
import { group, key, lambda, role, subnet } from "../references";
import { logs } from "../times";

const named = { functionName: lambda };
const FUNCTION = "aws:lambda/function:Function";

/** From a name or an ARN with or without a qualifier. */
const functionName = (value: string): string => (value.startsWith("arn:") ? (value.split(":")[6] ?? "") : value);
const QUEUE = "aws:sqs/queue:Queue";

/** A stream is read from somewhere on, and a queue keeps a message to itself for longer than a function works on it. */
const eventSource: Constraint = function* ({ inputs, text: known }, world) {
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

const lambdaArn = (resource: NewResource): string => resource.arn("lambda", `function:${physicalName(resource)}`);

const invokeArn = (resource: NewResource): string =>
  `arn:${resource.partition}:apigateway:${resource.region}:lambda:path/2015-03-31/functions/${lambdaArn(resource)}/invocations`;

/** internal/service/lambda/function.go */
const zippedCode: Constraint = function* ({ inputs }) {
  if (inputs.packageType !== undefined && inputs.packageType !== "Zip") return;
  for (const property of ["handler", "runtime"])
    if (!isFilled(inputs[property]))
      yield failure(property, 'is missing: a function of packageType "Zip" has a handler and a runtime');
};

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED: ReadonlySet<string> = new Set([
  ...["_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_ACCESS_KEY"],
  ...["AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION"],
  ...["AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME"],
  ...["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API"],
  ...["LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"],
]);

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ENVIRONMENT_BYTES = 4096;

const environmentVariables: Constraint = function* ({ inputs }) {
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

/** The form of a runtime's name, so that one that comes after this SDK is none that is refused. */
const RUNTIME =
  /^(nodejs(\d+\.x)?|nodejs4\.3(-edge)?|python\d\.\d+|java\d+(\.al\d+)?|dotnet\d+(\.0)?|dotnetcore\d\.\d|ruby\d\.\d|provided(\.al\d+)?|go1\.x)$/;

const runtimeName: Constraint = function* ({ text: known }) {
  const name = known("runtime");
  if (name !== undefined && name !== "" && !RUNTIME.test(name))
    yield failure("runtime", `"${name}" is no runtime: such as nodejs22.x, python3.13 or provided.al2023`);
};

const called = { function: lambda };

export const cards: Cards = {
  "aws:lambda/alias:Alias": {
    source: "lambda/alias.go",
    uniqueWithin: ["functionName"],
    references: named,
    replaces: "functionName name",
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    source: "lambda/event_source_mapping.go",
    id: (resource) =>
      `${resource.hex(8)}-${resource.hex(4, "a")}-4${resource.hex(3, "b")}-a${resource.hex(3, "c")}-${resource.hex(12, "d")}`,
    computed: {
      arn: (resource) => resource.arn("lambda", `event-source-mapping:${resource.id}`),
      uuid: (resource) => resource.id,
      state: "Enabled",
    },
    references: named,
    replaces: `
      amazonManagedKafkaEventSourceConfig.consumerGroupId eventSourceArn queues selfManagedEventSource
      selfManagedKafkaEventSourceConfig.consumerGroupId startingPosition startingPositionTimestamp topics
    `,
    constraints: [eventSource],
  },
  "aws:lambda/function:Function": {
    source: "lambda/function.go",
    autoname: { property: "name", limit: 64 },
    computed: {
      arn: lambdaArn,
      invokeArn,
      qualifiedArn: (resource) => `${lambdaArn(resource)}:$LATEST`,
      qualifiedInvokeArn: (resource) => invokeArn(resource).replace("/invocations", ":$LATEST/invocations"),
      responseStreamingInvokeArn: (resource) =>
        invokeArn(resource)
          .replace("2015-03-31", "2021-11-15")
          .replace("/invocations", "/response-streaming-invocations"),
      version: "$LATEST",
      lastModified: (resource) => resource.now,
      sourceCodeSize: 1024,
      architectures: ["x86_64"],
      ephemeralStorage: { size: 512 },
      loggingConfig: (resource) => ({ logFormat: "Text", logGroup: `/aws/lambda/${physicalName(resource)}` }),
      tracingConfig: { mode: "PassThrough" },
      signingJobArn: "",
      signingProfileVersionArn: "",
    },
    defaults: { memorySize: 128, packageType: "Zip", publish: false, reservedConcurrentExecutions: -1, timeout: 3 },
    references: {
      role,
      kmsKeyArn: key,
      "vpcConfig.subnetIds[]": subnet,
      "vpcConfig.securityGroupIds[]": group,
    },
    roles: { role: "lambda" },
    replaces: "name packageType",
    constraints: [zippedCode, environmentVariables, runtimeName],
    creation: { runs: "9s 13s 30s", source: logs("aws_lambda_function") },
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    references: named,
  },
  "aws:lambda/functionUrl:FunctionUrl": {
    references: named,
  },
  "aws:lambda/invocation:Invocation": {
    source: "lambda/invocation.go",
    // The real provider ends its identifier with the MD5 of the input. The function's code is not run here.
    id: (resource) => `${resource.text("functionName")},${resource.text("qualifier") || "$LATEST"},${resource.hex(32)}`,
    computed: { result: "{}" },
    defaults: { lifecycleScope: "CREATE_ONLY", qualifier: "$LATEST", terraformKey: "tf" },
    references: named,
    replaces: "functionName qualifier triggers",
    replacesWhen: { input: ({ lifecycleScope }) => lifecycleScope !== "CRUD" },
    creation: { assumed: "5s" },
  },
  "aws:lambda/layerVersion:LayerVersion": {
    source: "lambda/layer_version.go",
    replaces: `
      code compatibleArchitectures compatibleRuntimes description layerName licenseInfo s3Bucket s3Key
      s3ObjectVersion skipDestroy sourceCodeHash
    `,
  },
  "aws:lambda/permission:Permission": {
    source: "lambda/permission.go",
    id: (resource) => resource.text("statementId") || `terraform-${resource.now.replace(/\D/g, "")}${resource.hex(12)}`,
    unique: "statementId",
    uniqueWithin: ["function", "qualifier"],
    recordedWithin: ["function"],
    computed: { statementId: (resource) => resource.id, statementIdPrefix: "" },
    references: called,
    replaces: `
      action eventSourceToken function functionUrlAuthType invokedViaFunctionUrl principal principalOrgId
      qualifier sourceAccount sourceArn statementId statementIdPrefix
    `,
  },
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": {
    references: named,
  },
};
