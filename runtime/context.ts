// Correlation and trace context: taken from a request or message, passed on with every call and message that it causes.
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes, randomUUID } from "node:crypto";

/** Context that requests and messages propagate. */
export interface Context {
  readonly correlationId: string;
  /** W3C trace context (https://www.w3.org/TR/trace-context/). */
  readonly traceparent: string;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const store = new AsyncLocalStorage<Context>();
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Runs work in the context of a request's or message's headers (lower-case names); without any, in a new one. */
export function inContextOf<T>(headers: Headers, work: () => T): T {
  const { "x-correlation-id": correlation, traceparent } = headers;
  const hasTrace = typeof traceparent === "string" && TRACEPARENT.test(traceparent);
  const context = {
    correlationId: typeof correlation === "string" && correlation !== "" ? correlation : randomUUID(),
    traceparent: hasTrace ? traceparent : `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-00`,
  };
  return store.run(context, work);
}

/** The context of the work that runs; undefined outside of any. */
export const currentContext = (): Context | undefined => store.getStore();

/** Headers for a call: the same trace and correlation, a new parent. */
export function outgoingHeaders(): Record<string, string> {
  const context = store.getStore();
  if (context === undefined) return {};
  const [version = "00", trace = "", , flags = "00"] = context.traceparent.split("-");
  return {
    "x-correlation-id": context.correlationId,
    traceparent: [version, trace, randomBytes(8).toString("hex"), flags].join("-"),
  };
}
