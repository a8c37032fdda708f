// Environment variables that two parts of a description would set to different values: one of them would be lost.
import type { Findings } from "./findings";
import type { Service } from "./system";
import { TRACING, variablesOf } from "./variables";

/** Checks that every variable of a service has one meaning. */
export function checkVariableNames(name: string, service: Service, traced: boolean, findings: Findings): void {
  const first = new Map<string, string>();
  const told = new Set<string>();
  const { environment = {}, secrets = {} } = service;
  const own = (key: "environment" | "secrets", variables: readonly string[]) =>
    variables.map((variable) => ({ variable, path: `${key}.${variable}` }));
  const all = [
    ...variablesOf(name, service),
    // That a secret is no plain variable too is checked where both are read.
    ...own("environment", Object.keys(environment)),
    // What a plain variable says goes before tracing; a secret can't, because both would be set.
    ...(traced ? TRACING.filter((variable) => !(variable in environment)) : []).map((variable) => ({
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
