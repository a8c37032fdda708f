// Serves the states of offline stacks by the HTTP protocol that the engine speaks with Pulumi Cloud, as far as the CLI's commands on a
// stack use it. By that protocol the engine sends one journal entry a step; to a file backend it writes the whole state at each step, so
// that the time of `up` grows with the square of the resources (docs/decisions/0051-state-by-journal.md). Source of paths and bodies:
// pkg/v3 3.259 of github.com/pulumi/pulumi, backend/httpstate/client; sdk/v3, go/common/apitype.
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import { Refusal, StackService } from "./stack-service";

/** How an engine reaches the state of a stack. */
export interface Served {
  /** For PULUMI_BACKEND_URL. */
  readonly url: string;
  /** For PULUMI_ACCESS_TOKEN. */
  readonly token: string;
  readonly service: StackService;
}

/** The user and the organization, as a file backend calls its only one. */
export const organization = "organization";

/** Stacks of this process by their token, which is random: no other process of the machine can use it. */
const stacks = new Map<string, StackService>();
let listening: Promise<Server> | undefined;

/** Serves a stack for as long as this process lives; does not keep the process alive. */
export async function serve(folder: string, project: string, stack: string, engine: string): Promise<Served> {
  listening ??= listen();
  const { port } = (await listening).address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  for (const [token, service] of stacks) if (service.isOf(folder, project, stack)) return { url, token, service };
  const token = randomBytes(24).toString("hex");
  const service = new StackService(folder, project, stack, engine);
  stacks.set(token, service);
  return { url, token, service };
}

function listen(): Promise<Server> {
  // An engine that waits for a slow resource keeps its connection; the protocol has no other sign that it lives.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    void answer(request, response);
  });
  server.on("connection", (socket: Socket) => socket.unref());
  server.unref();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      resolve(server);
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await bodyOf(request);
    send(response, 200, await route(request, body));
  } catch (error) {
    // 507: the CLI tries again what fails with 500 and more, and then shows the message.
    const code = error instanceof Refusal ? error.code : 507;
    send(response, code, { code, message: error instanceof Error ? error.message : String(error) });
  }
}

function send(response: ServerResponse, code: number, content: unknown): void {
  response.writeHead(code, { "content-type": "application/json" });
  response.end(JSON.stringify(content));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return (request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString("utf8");
}

async function route(request: IncomingMessage, body: string): Promise<unknown> {
  const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
  const method = request.method ?? "GET";
  if (method === "GET" && pathname === "/api/capabilities") return capabilities;
  const [kind = "", secret = ""] = (request.headers.authorization ?? "").split(" ");
  // The token of an update is that of its stack, and the update's identifier behind it.
  const service = stacks.get(secret.split(":")[0] ?? "");
  if (service === undefined) throw new Refusal(401, "Unauthorized: this token is of no stack of this run");
  if (method === "GET" && pathname === "/api/user") return user;
  if (method === "GET" && pathname === "/api/user/organizations/default") return { gitHubLogin: organization };
  if (method === "GET" && pathname === "/api/user/stacks") return { stacks: [service.summary()] };
  const rest = /^\/api\/stacks\/([^/]+)\/([^/]+)(?:\/([^/]+))?(?:\/(.*))?$/.exec(pathname);
  if (rest === null) throw new Refusal(404, `Not Found: ${method} ${pathname}`);
  const [, owner = "", project = "", stack, path = ""] = rest.map((part) => part && decodeURIComponent(part));
  if (owner !== organization || project !== service.project) throw new Refusal(404, "Not Found");
  if (stack === undefined && method === "HEAD") return {};
  if (stack !== service.stack) throw new Refusal(404, "Not Found: the run has one stack, and this is another");
  return service.answer({
    method,
    path,
    body,
    token: secret,
    socket: request.socket,
    isUpdate: kind === "update-token",
  });
}

/** The deployment's schema version 4, and nothing of the cloud: no assistant, no policies of an organization. */
const capabilities = {
  capabilities: [{ capability: "deployment-schema-version", version: 1, configuration: { version: 4 } }],
};

const user = {
  id: organization,
  githubLogin: organization,
  name: organization,
  email: "",
  organizations: [{ githubLogin: organization, name: organization }],
};
