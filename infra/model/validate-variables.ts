// Environment variables that two parts of a description would set to different values: one of them would be lost.
import type { Findings } from "./findings";
import type { Service } from "./system";
import { variablesOf } from "./variables";

/** Checks that every variable of a service has one meaning. */
export function checkVariableNames(name: string, service: Service, findings: Findings): void {
  const first = new Map<string, string>();
  const { environment = {}, secrets = {} } = service;
  const own = (key: "environment" | "secrets", variables: readonly string[]) =>
    variables.map((variable) => ({ variable, path: `${key}.${variable}` }));
  const all = [
    ...variablesOf(name, service),
    // That a secret is no plain variable too is checked where both are read.
    ...own("environment", Object.keys(environment)),
    ...own(
      "secrets",
      Object.keys(secrets).filter((secret) => !(secret in environment)),
    ),
  ];
  for (const { variable, path } of all) {
    const setter = first.get(variable);
    findings.require(
      setter === undefined,
      `services.${name}.${path}`,
      variable,
      `a variable of its own; ${setter === "" ? "every service has it" : `${setter ?? ""} sets it too`}`,
      path.startsWith("environment.") || path.startsWith("secrets.")
        ? "rename it, or remove it: the service is given the other value"
        : "rename what one of the two is called after",
    );
    first.set(variable, setter ?? path);
  }
}
