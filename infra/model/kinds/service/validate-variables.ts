// Environment variables that two parts of a description would set to different values: one of them would be lost.
import type { Findings } from "../../findings";
import type { Service, System } from "../../system";
import { TRACING, variablesOf } from "./variables";

/** Variables that the shell and the loader read: random text in them keeps a container from starting. */
const OF_THE_SYSTEM =
  /^(?:PATH|HOME|PWD|HOSTNAME|SHELL|TZ|LANG|LC_.*|LD_.*|NODE_OPTIONS|JAVA_TOOL_OPTIONS|PYTHON(?:PATH|HOME))$/;

/** Refuses secrets under names with which a container can't start. */
export function checkReservedVariables(name: string, { secrets = {} }: Service, findings: Findings): void {
  for (const variable of Object.keys(secrets)) {
    const allowed = "a variable that the operating system does not read";
    const path = `services.${name}.secrets.${variable}`;
    findings.require(!OF_THE_SYSTEM.test(variable), path, variable, allowed, "rename it");
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
    // A plain variable takes precedence over tracing's; a secret can't, because a name in both lists is refused.
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
      // Two calls share seven variables; one problem covers them all.
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
