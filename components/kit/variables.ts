// The variables of a container, from all their sources. Two sources that set one variable to different values are a problem here, because
// nothing else finds it before production. Pure.
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./problems";

type Variables = Readonly<Record<string, pulumi.Input<string>>>;

/** Variables and the problems found while they were merged. */
export interface MergedVariables {
  /** By name, sorted, so that a workload changes only when a variable does. */
  readonly variables: Variables;
  readonly problems: readonly Problem[];
}

/**
 * Merges plain variables; a secret may not have the name of another variable.
 *
 * @param plain each source with its path, in messages
 * @param secrets the names of secret variables, each with the path of its source
 */
export function mergeVariables(
  plain: readonly (readonly [origin: string, variables: Variables])[],
  secrets: readonly { readonly origin: string; readonly variable: string }[],
): MergedVariables {
  const merged = new Map<string, { readonly origin: string; readonly value: pulumi.Input<string> | undefined }>();
  const problems: Problem[] = [];
  const add = (origin: string, variable: string, value: pulumi.Input<string> | undefined): void => {
    const first = merged.get(variable);
    if (!/^[A-Za-z_]\w*$/.test(variable)) problems.push(badName(origin, variable));
    if (first === undefined) merged.set(variable, { origin, value });
    else if (value === undefined || first.value !== value) problems.push(duplicate(origin, variable, first.origin));
  };
  for (const [origin, variables] of plain) {
    for (const [variable, value] of Object.entries(variables)) add(origin, variable, value);
  }
  for (const { origin, variable } of secrets) add(origin, variable, undefined);
  const sorted = [...merged].sort(([a], [b]) => (a < b ? -1 : 1));
  const values = sorted.flatMap(([variable, { value }]) => (value === undefined ? [] : [[variable, value] as const]));
  return { variables: Object.fromEntries(values), problems };
}

function duplicate(origin: string, variable: string, first: string): Problem {
  return {
    path: `${origin}.${variable}`,
    value: variable,
    allowed: `a variable that is not set yet; ${first} sets it to something else`,
    remedy: "rename one of them",
  };
}

function badName(origin: string, variable: string): Problem {
  return {
    path: `${origin}.${variable}`,
    value: variable,
    allowed: "letters, digits and underscores, not beginning with a digit",
    remedy: "rename it",
  };
}

/** Exporters of OpenTelemetry; a service that sets one to anything but "none" sends its traces or metrics itself, and gets no collector. */
export const COLLECTOR_EXPORTERS = ["OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER"] as const;
/** What a collector beside a service sets in it, beside the exporters. */
export const COLLECTOR_VARIABLES = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL"] as const;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html: what Lambda sets itself. */
export const OF_LAMBDA = /^(?:_.*|AWS_.*|LAMBDA_.*|LD_LIBRARY_PATH|NODE_PATH|PATH|TZ)$/;
