// Functions: what calls them exists and fits, and something does.
import { plainSecretProblems } from "../../../../components/kit/plain-secrets";
import { seconds } from "../../../../components/kit/units";
import type { Findings } from "../../findings";
import type { System } from "../../system";
import { tablesOf } from "../event-store/parts";
import { visibilityOf } from "../queue/derive";
import { queuesOf } from "../queue/selection";
import { checkWorkloads, describedFunctionsOf, jobsOf } from "./uses";
import type { Triggers } from "./description";

/** Visibility timeout of a queue, as a multiple of the function's timeout; Lambda's guide recommends 6. */
const HIDDEN_FACTOR = 6;

/** Checks the functions of a system. */
export function checkFunctions(system: System, findings: Findings): void {
  checkWorkloads(system, findings);
  const jobs = jobsOf(system);
  const consumers = new Map<string, string>();
  for (const { owner, name, path, settings } of describedFunctionsOf(system)) {
    const { on = {}, timeout = "30s", concurrency = 10, environment = {}, maxIteratorAge } = settings;
    const sources = [on.streams, on.queues, on.tables].flatMap((part) => Object.keys(part ?? {}));
    const called = jobs.some((job) => job.owner === owner && job.settings.function === name);
    findings.require(
      sources.length > 0 || called,
      path,
      name,
      "a function that something calls",
      "name a stream, queue or table in `on`, or let a job call it (`jobs`)",
    );
    checkTriggers(`${path}.on`, owner, on, system, findings);
    for (const queue of Object.keys(on.queues ?? {})) {
      const other = consumers.get(queue);
      const remedy = "give each consumer a queue of its own";
      findings.require(
        other === undefined,
        `${path}.on.queues.${queue}`,
        queue,
        `a queue that ${other ?? ""} does not consume`,
        remedy,
      );
      consumers.set(queue, path);
      checkQueue(`${path}.on.queues.${queue}`, { owner, queue, timeout, concurrency, on }, system, findings);
    }
    const streams = Object.keys({ ...on.streams, ...on.tables }).length;
    const needed = 'only with a stream or a table in "on"';
    findings.require(
      maxIteratorAge === undefined || streams > 0,
      `${path}.maxIteratorAge`,
      maxIteratorAge,
      needed,
      "remove it",
    );
    const remedy = "put it into Secrets Manager, and let a service read it";
    findings.problems.push(...plainSecretProblems({ path: `${path}.environment`, remedy }, environment));
  }
}

function checkTriggers(path: string, owner: string, on: Triggers, system: System, findings: Findings): void {
  const { owns = {}, consumes = {} } = system.services[owner] ?? {};
  for (const name of Object.keys(on.streams ?? {})) {
    findings.requireKnown(name, Object.keys(system.streams ?? {}), `${path}.streams.${name}`, "stream");
  }
  for (const name of Object.keys(on.queues ?? {})) {
    findings.requireKnown(name, Object.keys(consumes), `${path}.queues.${name}`, "queue that its service consumes");
  }
  for (const name of Object.keys(on.tables ?? {})) {
    const known = tablesOf({ owns });
    const table = known[name];
    findings.requireKnown(name, Object.keys(known), `${path}.tables.${name}`, "table of its own service");
    findings.require(
      table === undefined || table.changes !== undefined,
      `${path}.tables.${name}`,
      name,
      "a table that shows its changes",
      `say what is shown: changes: "new" on owns.tables.${name}`,
    );
  }
  for (const [name, { batchSize = 0, window }] of Object.entries(on.queues ?? {})) {
    findings.require(
      batchSize <= 10 || (seconds(window ?? "0s") ?? 0) >= 1,
      `${path}.queues.${name}.window`,
      window,
      'at least "1s" with a batchSize above 10',
      "set a window, or lower batchSize",
    );
  }
}

interface Consumer {
  readonly owner: string;
  readonly queue: string;
  readonly timeout: NonNullable<Parameters<typeof seconds>[0]>;
  readonly concurrency: number;
  readonly on: Triggers;
}

function checkQueue(
  path: string,
  { owner, queue, timeout, concurrency, on }: Consumer,
  system: System,
  findings: Findings,
): void {
  const service = system.services[owner];
  if (service === undefined) return;
  const known = queuesOf(owner, service).find(({ name }) => name === queue);
  if (known === undefined) return;
  const hidden = visibilityOf(known);
  findings.require(
    (seconds(hidden) ?? 0) >= HIDDEN_FACTOR * (seconds(timeout) ?? 0),
    path,
    hidden,
    `a queue that hides messages for ${HIDDEN_FACTOR} times the function's timeout, which is ${timeout}`,
    `set handlingTime: "${timeout}" on consumes.${queue}`,
  );
  const most = on.queues?.[queue]?.concurrency;
  findings.require(
    most === undefined || most <= concurrency,
    `${path}.concurrency`,
    most,
    `at most the function's concurrency, which is ${concurrency}`,
    "raise the function's concurrency",
  );
  const { scaling } = service;
  for (const key of ["queue", "backlogPerTask"] as const) {
    findings.require(
      scaling[key]?.queue !== queue,
      `services.${owner}.scaling.${key}`,
      queue,
      "a queue that the service's tasks consume; a function consumes this one",
      "remove it: functions scale by themselves",
    );
  }
}
