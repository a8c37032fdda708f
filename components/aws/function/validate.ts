// Everything that is wrong with the arguments of a function. Pure.
import { existsSync } from "node:fs";
import {
  durationWithin,
  mebibytes,
  OF_LAMBDA,
  plainSecretProblems,
  type Problem,
  retentionProblems,
  seconds,
  unless,
  wholeNumber,
} from "../../kit";
import { inlineProblems, isInside } from "../kit";
import type { LambdaFunctionArgs } from "./args";
import { variablesOf } from "./code";
import { bootstrapProblems } from "../kit/bootstrap-archive";
import { sourceProblems } from "./sources";

/** Characters of the statements that every function has: logs, traces, failed calls, its key and its network interfaces. */
const OWN_STATEMENTS = 2500;
/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html: all names and values together. */
const MOST_VARIABLES = 4096;

/** All problems at once. */
export function validateFunction(args: LambdaFunctionArgs): Problem[] {
  const { description, memory, timeout, environment = {}, grants = {}, every, maxEventAge } = args;
  const size = memory === undefined ? 128 : mebibytes(memory);
  return [
    ...codeProblems(args),
    ...unless(description.length > 0 && description.length <= 256, {
      path: "description",
      value: description,
      allowed: "1 to 256 characters",
      remedy: "say in one sentence what the function is for",
    }),
    ...unless(size !== undefined && Number.isInteger(size) && size >= 128 && size <= 10_240, {
      path: "memory",
      value: memory,
      allowed: "128 MiB to 10240 MiB, whole MiB",
      remedy: 'write it like "256 MiB"',
    }),
    ...durationWithin("timeout", timeout, "1s", "15m"),
    ...durationWithin("maxEventAge", maxEventAge, "1m", "6h"),
    ...unless(every === undefined || (seconds(every) ?? 1) % 60 === 0, {
      path: "every",
      value: every,
      allowed: "whole minutes, hours or days",
      remedy: 'write it like "5m"',
    }),
    ...wholeNumber("reservedConcurrency", args.reservedConcurrency, 1, 1000, "take 10, or what its callers need"),
    ...retentionProblems("logRetentionInDays", args.logRetentionInDays),
    ...plainSecretProblems({ path: "environment", remedy: "read it from Secrets Manager by a grant" }, environment),
    ...sourceProblems(args),
    ...variableConflicts(args),
    ...variableSizes(args),
    ...inlineProblems(
      "grants",
      [...Object.values(grants), ...Object.values(args.sources ?? {}).map(({ grant }) => grant)].flatMap(
        ({ statements = [] }) => statements,
      ),
      OWN_STATEMENTS,
    ),
    ...Object.entries(grants).flatMap(([name, { reaches = [], secrets = {} }]) => [
      ...unless(args.network !== undefined || !reaches.some(isInside), {
        path: `grants.${name}.reaches`,
        value: reaches.filter(isInside).map(({ port }) => `port ${port}`),
        allowed: "connections to what answers outside a VPC: the function stands outside",
        remedy: "give it a network",
      }),
      ...unless(Object.keys(secrets).length === 0, {
        path: `grants.${name}.secrets`,
        value: Object.keys(secrets),
        allowed: "none: Lambda reads no secret into a variable",
        remedy: "give the function the secret's ARN and the right to read it",
      }),
    ]),
  ];
}

/** The code exists, and an executable of its own runs on the function's processor. */
function codeProblems({ code, runtime, architecture = "ARM64" }: LambdaFunctionArgs): Problem[] {
  const [path, file] = "entry" in code ? ["code.entry", code.entry] : ["code.archive", code.archive];
  const isBuilt = "archive" in code && runtime === "provided.al2023";
  return [
    ...(isBuilt ? bootstrapProblems(path, file, architecture) : []),
    ...unless(existsSync(file), {
      path,
      value: file,
      allowed: "a path that exists",
      remedy: "build it first, or correct the path",
    }),
  ];
}

/** Each variable has one value, and none is Lambda's own. */
function variableConflicts({ environment = {}, grants = {} }: LambdaFunctionArgs): Problem[] {
  const first = new Map<string, string>();
  const all = [
    ...Object.entries(grants).flatMap(([name, { environment: variables = {} }]) =>
      Object.keys(variables).map((variable) => ({ path: `grants.${name}.${variable}`, variable })),
    ),
    ...Object.keys(environment).map((variable) => ({ path: `environment.${variable}`, variable })),
  ];
  return all.flatMap(({ path, variable }) => {
    const setter = first.get(variable);
    first.set(variable, setter ?? path);
    return [
      ...unless(setter === undefined, {
        path,
        value: variable,
        allowed: `a variable that is not set yet; ${setter ?? ""} sets it`,
        remedy: "rename one of them",
      }),
      ...unless(!OF_LAMBDA.test(variable), {
        path,
        value: variable,
        allowed: "a variable that Lambda does not set itself",
        remedy: "rename it",
      }),
    ];
  });
}

/** Values that are known only when other resources exist count nothing: only what can't fit is refused. */
function variableSizes(args: LambdaFunctionArgs): Problem[] {
  const size = Object.entries(variablesOf(args)).reduce(
    (sum, [variable, value]) =>
      sum + Buffer.byteLength(variable) + (typeof value === "string" ? Buffer.byteLength(value) : 0),
    0,
  );
  return unless(size <= MOST_VARIABLES, {
    path: "environment",
    value: `${size} bytes`,
    allowed: `at most ${MOST_VARIABLES} bytes of names and values: Lambda takes no more`,
    remedy: "put long values in the code, or in a parameter or an object that the function reads",
  });
}
