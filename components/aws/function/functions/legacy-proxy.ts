// The Lambda function behind a {@link LegacyTarget}: it sends a request of the load balancer to the legacy system and returns the answer.
import { Agent, request, type RequestOptions } from "node:https";

/** A request as an Application Load Balancer sends it to a function with multi-value headers. */
export interface BalancerRequest {
  readonly httpMethod: string;
  /** As the client wrote it: the load balancer decodes nothing. */
  readonly path: string;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

/** An answer as the load balancer takes it. */
export interface BalancerResponse {
  readonly statusCode: number;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** Where requests go. */
export interface ProxySettings {
  /** https origin without a path. */
  readonly origin: string;
  /** Milliseconds without an answer after which the client gets 504; below the function's own time. */
  readonly timeout: number;
  /** Certificate authorities that are trusted. @default those of Node.js */
  readonly ca?: RequestOptions["ca"];
}

/** Headers of one connection, which are not passed on (RFC 9110, section 7.6.1), and those that the proxy sets itself. */
const OWN_HEADERS = new Set([
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding"],
  ...["upgrade", "host", "content-length"],
]);
/** Bytes of an answer as JSON (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html: 1 MB). */
const LARGEST_ANSWER = 1_000_000;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Sends a request to the legacy system. The certificate of the legacy system is always verified. */
export async function forward(
  event: BalancerRequest,
  { origin, timeout, ca }: ProxySettings,
): Promise<BalancerResponse> {
  try {
    const answer = await send(event, new URL(origin), timeout, ca);
    if (JSON.stringify(answer).length <= LARGEST_ANSWER) return answer;
    return failed(502, `the answer of ${origin}${event.path} is larger than a load balancer takes from a function`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(error instanceof Timeout ? 504 : 502, `no answer of ${origin}: ${reason}`);
  }
}

/** Lambda calls it. */
export async function handler(event: BalancerRequest): Promise<BalancerResponse> {
  const { LEGACY_ORIGIN = "", LEGACY_TIMEOUT_MS = "" } = process.env;
  if (LEGACY_ORIGIN === "" || !/^\d+$/.test(LEGACY_TIMEOUT_MS))
    throw new Error("missing or wrong environment variables: LEGACY_ORIGIN, LEGACY_TIMEOUT_MS");
  return await forward(event, { origin: LEGACY_ORIGIN, timeout: Number(LEGACY_TIMEOUT_MS) });
}

class Timeout extends Error {}

async function send(
  event: BalancerRequest,
  { hostname, port }: URL,
  timeout: number,
  ca: ProxySettings["ca"],
): Promise<BalancerResponse> {
  const { httpMethod: method, path, body, isBase64Encoded = false } = event;
  const content = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
  const headers = requestHeaders(event, content.length);
  return await new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{
          hostname,
          port: port === "" ? 443 : Number(port),
          method,
          path: `${path}${queryOf(event)}`,
          headers,
          agent,
        },
        ...(ca !== undefined && { ca }),
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () => {
          clearTimeout(timer);
          resolve({
            statusCode: answer.statusCode ?? 502,
            multiValueHeaders: passedOn(answer.headersDistinct),
            // As bytes, because they may be compressed or binary.
            body: Buffer.concat(parts).toString("base64"),
            isBase64Encoded: true,
          });
        });
      },
    );
    // The whole answer has to arrive in time, not only its first byte.
    const timer = setTimeout(() => sent.destroy(new Timeout(`nothing within ${timeout} ms`)), timeout);
    sent.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.end(content);
  });
}

function requestHeaders({ multiValueHeaders, httpMethod }: BalancerRequest, length: number) {
  const given = multiValueHeaders ?? {};
  const host = Object.entries(given).find(([name]) => name.toLowerCase() === "host")?.[1];
  return {
    ...passedOn(given),
    ...(host && { "x-forwarded-host": [...host] }),
    ...((length > 0 || ["POST", "PUT", "PATCH"].includes(httpMethod)) && { "content-length": String(length) }),
  };
}

/** Headers that belong to the message and not to a connection. */
function passedOn(headers: Readonly<Record<string, readonly string[] | undefined>>): Record<string, string[]> {
  const named = (headers.connection ?? []).flatMap((value) => value.toLowerCase().split(/\s*,\s*/));
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, values]) =>
      values === undefined || OWN_HEADERS.has(name.toLowerCase()) || named.includes(name.toLowerCase())
        ? []
        : [[name.toLowerCase(), [...values]]],
    ),
  );
}

/** The query as the client wrote it: the load balancer does not decode it. */
function queryOf({ multiValueQueryStringParameters }: BalancerRequest): string {
  const pairs = Object.entries(multiValueQueryStringParameters ?? {}).flatMap(([name, values]) =>
    values.map((value) => `${name}=${value}`),
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function failed(statusCode: number, reason: string): BalancerResponse {
  console.error(JSON.stringify({ level: "error", statusCode, message: reason }));
  return {
    statusCode,
    multiValueHeaders: { "content-type": ["application/json"] },
    body: JSON.stringify({ message: statusCode === 504 ? "Gateway Timeout" : "Bad Gateway" }),
    isBase64Encoded: false,
  };
}
