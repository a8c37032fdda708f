// Health of a service with the things that its description says it depends on.
import type { IncomingMessage, ServerResponse } from "node:http";
import { callPrefix } from "../components/kit/names";
import type { Described, ServiceOf } from "./description";

/** Resolves when a dependency works. */
export type Check = () => Promise<unknown>;

/** Result of the check of one dependency. */
export interface CheckResult {
  readonly status: "healthy" | "unhealthy";
  readonly milliseconds: number;
  readonly error?: string;
}

/** Health of a service: `unhealthy` when a store of its own fails, `degraded` when only services that it calls do. */
export interface HealthReport {
  readonly status: "healthy" | "degraded" | "unhealthy";
  readonly service: string;
  readonly checks: Readonly<Record<string, CheckResult>>;
}

/** Arguments of a service's health check. */
export interface HealthArgs {
  /**
   * A check for each store: `database` and `cache` when the description has them, others as you like. Services that are called need none: they are
   * asked over HTTP.
   */
  readonly checks: Readonly<Record<string, Check>>;
  /** Longest time of one check, in milliseconds. @default 2000 */
  readonly timeout?: number;
  /** Time in milliseconds for which a report is cached, so that health requests do not load the dependencies. @default 5000 */
  readonly keep?: number;
  /** @default process.env */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/** Header of health requests between services. The callee then checks no callees of its own; otherwise one request would spread through the system. */
const ASKED_BY_SERVICE = "x-health-of";

/** Health of one service. */
export interface Health {
  /** @param own whether only stores are checked, and no callees */
  report(own?: boolean): Promise<HealthReport>;
  /**
   * Answers a request. A path that ends in `/dependencies` gets 503 when a store fails. Any other path gets 200 as long as the process answers: a load
   * balancer that took every task out because their one database fails would make a failure longer. The body is the report in both cases.
   */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/**
 * Health of a service: `health(shop, "order", { checks: { database: () => pool.query("SELECT 1"), cache: () => redis.ping() } })`. It asks the
 * services that `calls` names for their health path.
 *
 * @throws TypeError when a store of the description has no check
 */
export function health<S extends Described>(system: S, service: ServiceOf<S>, args: HealthArgs): Health;
export function health(system: Described, service: string, args: HealthArgs): Health {
  const { checks, timeout = 2000, keep = 5000, variables = process.env } = args;
  const described = (system.services[service] ?? {}) as DescribedService;
  const missing = storesOf(described).filter((store) => checks[store] === undefined);
  if (missing.length > 0) throw new TypeError(`health of ${service} has no check for: ${missing.join(", ")}`);
  const callees = Object.keys(described.calls ?? {});
  const calls = callees.map((callee) => {
    const { exposes } = (system.services[callee] ?? {}) as DescribedService;
    return [callee, asking(callee, exposes?.healthCheck?.path ?? "/health", service, timeout, variables)] as const;
  });
  const kept = new Map<boolean, { readonly until: number; readonly report: Promise<HealthReport> }>();

  const examine = async (own: boolean): Promise<HealthReport> => {
    const all = [...Object.entries(checks), ...(own ? [] : calls)];
    const results = await Promise.all(
      all.map(async ([name, check]) => [name, await resultOf(check, timeout)] as const),
    );
    const failed = results.filter(([, { status }]) => status === "unhealthy").map(([name]) => name);
    const status = failed.some((name) => Object.hasOwn(checks, name)) ? "unhealthy" : "degraded";
    return { status: failed.length === 0 ? "healthy" : status, service, checks: Object.fromEntries(results) };
  };
  const report = (own = false): Promise<HealthReport> => {
    const last = kept.get(own);
    if (last && last.until > Date.now()) return last.report;
    const next = { until: Date.now() + keep, report: examine(own) };
    kept.set(own, next);
    return next.report;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const found = await report(request.headers[ASKED_BY_SERVICE] !== undefined);
    const asksDependencies = new URL(request.url ?? "/", "http://service").pathname.endsWith("/dependencies");
    const code = asksDependencies && found.status === "unhealthy" ? 503 : 200;
    response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(found));
  };
  return { report, answer };
}

interface DescribedService {
  readonly owns?: { readonly database?: unknown };
  readonly usesCache?: boolean;
  readonly calls?: Readonly<Record<string, unknown>>;
  readonly exposes?: { readonly healthCheck?: { readonly path?: string } };
}

/** Stores that a service connects to: a failure of an AWS API shows in its calls. */
function storesOf({ owns, usesCache }: DescribedService): string[] {
  return [...(owns?.database === undefined ? [] : ["database"]), ...(usesCache === true ? ["cache"] : [])];
}

/** Requests the health of a service. */
function asking(
  callee: string,
  path: string,
  service: string,
  timeout: number,
  variables: Readonly<Record<string, string | undefined>>,
): Check {
  return async () => {
    const url = variables[`${callPrefix(callee)}URL`];
    if (url === undefined) throw new Error(`${callPrefix(callee)}URL is not set`);
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(new URL(path, url), { headers: { [ASKED_BY_SERVICE]: service }, signal });
    const text = await response.text();
    if (!response.ok) throw new Error(`answers with ${response.status}`);
    // A service of another make answers with anything.
    if (text.includes('"status":"unhealthy"')) throw new Error("says that it is unhealthy");
  };
}

async function resultOf(check: Check, timeout: number): Promise<CheckResult> {
  const start = Date.now();
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer within ${timeout} ms`));
      }, timeout);
    });
    await Promise.race([check(), late]);
    return { status: "healthy", milliseconds: Date.now() - start };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { status: "unhealthy", milliseconds: Date.now() - start, error: reason };
  } finally {
    clearTimeout(timer);
  }
}
