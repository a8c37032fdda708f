// What ECS and Fargate do not take of a system, with what environment and settings make of it.
import { fargateProblems } from "../../../components/kit/fargate";
import type { Environment } from "../../model/environment";
import { Findings } from "../../model/findings";
import { variablesOf } from "../../model/kinds/service/variables";
import { DEFAULTS, resolveSize } from "../../model/resolve";
import type { PartialSettings } from "../../model/settings";
import type { Service, System } from "../../model/system";
import { COLLECTOR_EXPORTERS, COLLECTOR_VARIABLES } from "../../../components/kit/variables";
import { conflictsOnAws } from "../aws/conflicts";
import type { AwsSettings } from "../aws/settings";
import type { Conflicts, Stack } from "../target";

/** What every target on AWS refuses, and what ECS refuses beside it. */
export function conflictsOnEcs(stack: Stack<AwsSettings>): Conflicts {
  const { problems, warnings } = conflictsOnAws(stack);
  const { system, environment, settings } = stack;
  if (system === undefined) return { problems, warnings };
  const findings = new Findings();
  for (const [name, service] of Object.entries(system.services)) {
    const path = `${system.name}.services.${name}`;
    checkDescribedSizes(path, service, findings);
    checkVariableSizes(path, name, service, system, findings);
    checkReservedVariables(path, service, findings);
    if (stack.own.collector && system.tracing) checkCollectorVariables(path, service, findings);
  }
  if (environment) checkChangedSizes(system, environment, settings, findings);
  return { problems: [...problems, ...findings.problems], warnings };
}

function checkDescribedSizes(path: string, { cpu, memory, owns, jobs = {} }: Service, findings: Findings): void {
  const check = (prefix: string, of: { readonly cpu?: number | undefined; readonly memory?: string | undefined }) =>
    findings.problems.push(...fargateProblems(prefix, of.cpu ?? DEFAULTS.cpu, of.memory ?? DEFAULTS.memory));
  check(`${path}.`, { cpu, memory });
  if (owns?.database?.migration) check(`${path}.owns.database.migration.`, owns.database.migration);
  for (const [name, job] of Object.entries(jobs)) if (job.function === undefined) check(`${path}.jobs.${name}.`, job);
}

/** Sizes that an environment or the settings of a stack change. */
function checkChangedSizes(
  system: System,
  environment: Environment,
  { services }: PartialSettings,
  findings: Findings,
): void {
  for (const [serviceName, service] of Object.entries(system.services)) {
    const configured = services?.[serviceName];
    const overridden = environment.services?.[system.name]?.[serviceName];
    if (configured === undefined && overridden === undefined) continue;
    const path =
      configured === undefined
        ? `environments.${environment.name}.services.${system.name}.${serviceName}.`
        : `archipelago:services.${serviceName}.`;
    const { cpu, memory } = resolveSize({
      settings: configured,
      environment,
      systemName: system.name,
      serviceName,
      service,
    });
    findings.problems.push(...fargateProblems(path, cpu, memory));
  }
}

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
function checkVariableSizes(path: string, name: string, service: Service, system: System, findings: Findings): void {
  const { environment = {}, secrets = {} } = service;
  const own = Object.entries(environment).map(([variable, text]) => variable.length + JSON.stringify(text).length);
  const derived = variablesOf(name, service, system).map(({ variable }) => variable.length + LONGEST_VALUE);
  const kept = Object.keys(secrets).map((variable) => variable.length + LONGEST_VALUE);
  const all = [...own, ...derived, ...kept];
  const size = all.reduce((sum, one) => sum + one + AROUND, 0);
  findings.require(
    size <= MOST_CHARACTERS,
    `${path}.environment`,
    `${all.length} variables with about ${size} characters`,
    `at most ${MOST_CHARACTERS} characters: an ECS task definition holds no more`,
    "put long values in a file of the image or in a bucket (owns.buckets), or split a service with this many edges",
  );
}

/** Variables that ECS sets, and credentials that a process would use instead of the task's role. */
const OF_ECS =
  /^(?:ECS_.*|AWS_CONTAINER_.*|AWS_EXECUTION_ENV|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)$/;

/** Refuses variables that the collector sets in each service that does not name an exporter of its own. */
function checkCollectorVariables(path: string, { environment = {}, secrets = {} }: Service, findings: Findings): void {
  if (COLLECTOR_EXPORTERS.some((exporter) => (environment[exporter] ?? "none") !== "none")) return;
  for (const variable of COLLECTOR_VARIABLES) {
    for (const place of ["environment", "secrets"] as const) {
      findings.require(
        !Object.hasOwn(place === "environment" ? environment : secrets, variable),
        `${path}.${place}.${variable}`,
        variable,
        "not set: archipelago:collector sets it to the collector inside the task",
        'remove it; to send traces somewhere else, also set OTEL_TRACES_EXPORTER: "otlp", and the service has no collector',
      );
    }
  }
}

/** Refuses variables that ECS sets or that hold credentials. */
function checkReservedVariables(path: string, { environment = {}, secrets = {} }: Service, findings: Findings): void {
  const variables = [
    ...Object.keys(environment).map((variable) => ({ variable, at: `${path}.environment.${variable}` })),
    ...Object.keys(secrets).map((variable) => ({ variable, at: `${path}.secrets.${variable}` })),
  ];
  for (const { variable, at } of variables) {
    const allowed = "a variable that ECS does not set itself; the task's role needs no keys";
    findings.require(!OF_ECS.test(variable), at, variable, allowed, "rename it");
  }
}
