// Calls that the description declares, with the policy of their edge. It reads the variables that components/aws/microservice/call.ts sets.
import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from "cockatiel";
import { callPrefix } from "../components/kit/names";
import { outgoingHeaders } from "./context";
import type { EdgesOf, ServiceOf } from "./description";

/** The part of a description that calls are typed from: what `defineSystem` returns, or an object that is written `as const`. */
interface Calling {
  readonly services: Readonly<Record<string, object>>;
}
type OperationOf<C> = C extends { readonly operations: readonly (infer O extends string)[] } ? O : string;

/** A request to a service. */
export interface CallRequest {
  /** @default "GET" */
  readonly method?: "GET" | "HEAD" | "PUT" | "DELETE" | "POST" | "PATCH";
  /** Path and query, from `/` on. */
  readonly path: string;
  /** Sent as JSON. @default no body */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Marks repetitions of one request for the callee; sent as `Idempotency-Key`.
   * @default a POST or PATCH is sent once, also when the edge has retries
   */
  readonly idempotencyKey?: string;
}

/** Sends a request for an operation. Rejects when the answer is an error of the server (5xx) or does not arrive. */
export type Call<Operation extends string> = (operation: Operation, request: CallRequest) => Promise<Response>;

/** The calls of a service, by callee. */
export type Client<S extends Calling, N extends ServiceOf<S>> = {
  readonly [Callee in keyof EdgesOf<S, N, "calls">]: Call<OperationOf<EdgesOf<S, N, "calls">[Callee]>>;
};

/** An answer of the server that says that the server failed. */
export class ServerError extends Error {
  constructor(
    readonly callee: string,
    readonly operation: string,
    readonly response: Response,
  ) {
    super(`${callee} answers ${operation} with ${response.status}`);
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The declared calls of a service: `client<typeof shop, "order">("order").payment("charge", { … })`. A callee or operation that the description does
 * not declare does not compile. Each callee has one breaker and one bulkhead for the whole process.
 *
 * @throws Error at the first call when the variables of the callee are missing
 */
export function client<S extends Calling, N extends ServiceOf<S>>(service: N, variables?: Variables): Client<S, N>;
export function client(_: string, variables: Variables = process.env): object {
  const calls = new Map<PropertyKey, Call<string>>();
  return new Proxy(
    {},
    {
      get: (_target, callee) => {
        if (typeof callee !== "string") return undefined;
        const call = calls.get(callee) ?? callTo(callee, variables);
        calls.set(callee, call);
        return call;
      },
    },
  );
}

const SAFE_TO_REPEAT: ReadonlySet<string> = new Set(["GET", "HEAD", "PUT", "DELETE"]);

function callTo(callee: string, variables: Variables): Call<string> {
  const prefix = callPrefix(callee);
  const url = variables[`${prefix}URL`];
  if (url === undefined) throw new Error(`${prefix}URL is not set: declare the call to ${callee} in the description`);
  const number = (name: string, byDefault: number): number => Number(variables[`${prefix}${name}`] ?? byDefault);
  const [limit, failures] = [number("TIMEOUT_MS", 3000), number("BREAKER_FAILURES", 5)];
  const repeated = retry(
    handleAll.orWhen(() => true),
    {
      maxAttempts: number("RETRIES", 2),
      backoff: new ExponentialBackoff({ initialDelay: number("BACKOFF_MS", 100) }),
    },
  );
  // Without a breaker the policy says 0 failures; without a time limit 0 milliseconds.
  const each = wrap(
    ...(failures === 0
      ? []
      : [
          circuitBreaker(handleAll, {
            halfOpenAfter: number("BREAKER_RESET_MS", 60_000),
            breaker: new ConsecutiveBreaker(failures),
          }),
        ]),
    bulkhead(number("MAX_CONCURRENT", 20)),
    ...(limit === 0 ? [] : [timeout(limit, TimeoutStrategy.Aggressive)]),
  );
  return (operation, request) => {
    const send = () => each.execute(({ signal }) => sendTo(url, callee, operation, request, signal));
    const isRepeatable = SAFE_TO_REPEAT.has(request.method ?? "GET") || request.idempotencyKey !== undefined;
    return isRepeatable ? repeated.execute(send) : send();
  };
}

async function sendTo(
  url: string,
  callee: string,
  operation: string,
  { method = "GET", path, body, headers = {}, idempotencyKey }: CallRequest,
  signal: AbortSignal,
): Promise<Response> {
  const response = await fetch(new URL(path, url), {
    method,
    signal,
    headers: {
      ...outgoingHeaders(),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.status >= 500) throw new ServerError(callee, operation, response);
  return response;
}
