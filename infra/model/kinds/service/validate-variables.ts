// Environment variables that two parts of a description would set to different values: one of them would be lost.
import type { Findings } from "../../findings";
import type { Service, System } from "../../system";
import { TRACING, variablesOf } from "./variables";

/**
 * A task definition has at most 64 KiB (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html). The rest
 * of it, with the mesh and tracing, takes less than 8,000 characters.
 */
const MOST_CHARACTERS = 65_536 - 8000;
/** `{"name":"","value":""},` */
const AROUND = 23;
/** The longest value of a variable that an edge sets: an ARN or a URL. */
const LONGEST_VALUE = 120;

/** Checks that the variables of a service fit in a task definition. */
export function checkVariableSizes(name: string, service: Service, system: System, findings: Findings): void {
  const { environment = {}, secrets = {} } = service;
  const own = Object.entries(environment).map(([variable, text]) => variable.length + JSON.stringify(text).length);
  const derived = variablesOf(name, service, system).map(({ variable }) => variable.length + LONGEST_VALUE);
  const kept = Object.keys(secrets).map((variable) => variable.length + LONGEST_VALUE);
  const all = [...own, ...derived, ...kept];
  const size = all.reduce((sum, one) => sum + one + AROUND, 0);
  findings.require(
    size <= MOST_CHARACTERS,
    `services.${name}.environment`,
    `${all.length} variables with about ${size} characters`,
    `at most ${MOST_CHARACTERS} characters: an ECS task definition holds no more`,
    "put long values in a file of the image or in a bucket (owns.buckets), or split a service with this many edges",
  );
}

/** Variables that ECS sets, and credentials that would be used instead of the task's own role. */
const OF_ECS =
  /^(?:ECS_.*|AWS_CONTAINER_.*|AWS_EXECUTION_ENV|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)$/;
/** Variables that the shell and the loader read: random text in them keeps a container from starting. */
const OF_THE_SYSTEM =
  /^(?:PATH|HOME|PWD|HOSTNAME|SHELL|TZ|LANG|LC_.*|LD_.*|NODE_OPTIONS|JAVA_TOOL_OPTIONS|PYTHON(?:PATH|HOME))$/;

/** Refuses variables that a container can't start with, or whose task would not use its role. */
export function checkReservedVariables(
  name: string,
  { environment = {}, secrets = {} }: Service,
  findings: Findings,
): void {
  const remedy = "rename it";
  for (const variable of Object.keys(environment)) {
    const allowed = "a variable that ECS does not set itself; the task's role needs no keys";
    findings.require(!OF_ECS.test(variable), `services.${name}.environment.${variable}`, variable, allowed, remedy);
  }
  for (const variable of Object.keys(secrets)) {
    const isFree = !OF_ECS.test(variable) && !OF_THE_SYSTEM.test(variable);
    const allowed = "a variable that neither ECS nor the operating system reads";
    findings.require(isFree, `services.${name}.secrets.${variable}`, variable, allowed, remedy);
  }
}

/** Checks that every variable of a service has one meaning. */
export function checkVariableNames(name: string, service: Service, system: System, findings: Findings): void {
  const first = new Map<string, string>();
  const told = new Set<string>();
  const { environment = {}, secrets = {} } = service;
  const own = (key: "environment" | "secrets", variables: readonly string[]) =>
    variables.map((variable) => ({ variable, path: `${key}.${variable}` }));
  const all = [
    ...variablesOf(name, service, system),
    // That a secret is no plain variable too is checked where both are read.
    ...own("environment", Object.keys(environment)),
    // What a plain variable says goes before tracing; a secret can't, because both would be set.
    ...(system.tracing ? TRACING.filter((variable) => !(variable in environment)) : []).map((variable) => ({
      variable,
      path: "tracing",
    })),
    ...own(
      "secrets",
      Object.keys(secrets).filter((secret) => !(secret in environment)),
    ),
  ];
  for (const { variable, path } of all) {
    const setter = first.get(variable);
    const pair = `${setter ?? ""} ${path}`;
    findings.require(
      // Two calls share seven variables, and are told of once.
      setter === undefined || told.has(pair),
      `services.${name}.${path}`,
      variable,
      `a variable of its own; ${setter === "" ? "every service has it" : `${setter ?? ""} sets it too`}`,
      path.startsWith("environment.") || path.startsWith("secrets.")
        ? "rename it, or remove it: the service is given the other value"
        : "rename what one of the two is called after",
    );
    if (setter !== undefined) told.add(pair);
    first.set(variable, setter ?? path);
  }
}
