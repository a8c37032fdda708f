// A client of the API server for the few calls that a cluster's start and the specs make: read, apply on the server's side, delete.
import { request } from "node:https";

/** A Kubernetes object as it travels. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [more: string]: unknown };
  readonly [more: string]: unknown;
}

export interface ApiAccess {
  /** Port on the loopback address. */
  readonly port: number;
  readonly token: string;
  /** Certificate of the authority, PEM. */
  readonly authority: string;
}

export interface Answer {
  readonly status: number;
  /** The object, or the Status with which the server refuses. */
  readonly body: unknown;
  /** The raw text. */
  readonly text: string;
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Milliseconds after which a call that has no answer fails. */
const answerMilliseconds = 30_000;

export class Api {
  readonly #resources = new Map<string, readonly ApiResource[]>();

  constructor(private readonly access: ApiAccess) {}

  /** Sends a request. Rejects when there is no answer, never for a status. */
  call(method: string, path: string, body?: unknown, contentType = "application/json"): Promise<Answer> {
    const { port, token, authority } = this.access;
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const headers = {
        Authorization: `Bearer ${token}`,
        ...(text !== undefined && { "Content-Type": contentType, "Content-Length": Buffer.byteLength(text) }),
      };
      const options = { host: "127.0.0.1", port, path, method, headers, ca: authority, timeout: answerMilliseconds };
      const sent = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const read = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, text: read, body: parsed(read) });
        });
      });
      sent.once("timeout", () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
      sent.once("error", reject);
      sent.end(text);
    });
  }

  /**
   * Applies an object on the server's side, as kubectl and Pulumi's provider do.
   *
   * @param query more parameters, such as `dryRun=All`
   */
  async apply(object: KubernetesObject, query = ""): Promise<Answer> {
    const parameters = `fieldManager=archipelago&force=true&fieldValidation=Strict${query === "" ? "" : `&${query}`}`;
    return this.call("PATCH", `${await this.path(object)}?${parameters}`, object, "application/apply-patch+yaml");
  }

  /**
   * The path of an object.
   *
   * @throws Error when the server does not serve its kind
   */
  async path({ apiVersion, kind, metadata: { name, namespace } }: KubernetesObject): Promise<string> {
    const group = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const found = (await this.#served(group)).find((resource) => resource.kind === kind);
    if (found === undefined) throw new Error(`the API server serves no ${kind} of ${apiVersion}`);
    const place = found.namespaced ? `/namespaces/${namespace ?? "default"}` : "";
    return `${group}${place}/${found.name}/${encodeURIComponent(name)}`;
  }

  /** Kinds that have come since are found again. */
  forgetKinds(): void {
    this.#resources.clear();
  }

  async #served(group: string): Promise<readonly ApiResource[]> {
    const known = this.#resources.get(group);
    if (known !== undefined) return known;
    const { status, body } = await this.call("GET", group);
    if (status !== 200) return [];
    const { resources } = body as { readonly resources: readonly ApiResource[] };
    const objects = resources.filter(({ name }) => !name.includes("/"));
    this.#resources.set(group, objects);
    return objects;
  }
}

/** Whether an object's status has a condition that holds. */
export function hasCondition(body: unknown, type: string): boolean {
  const { status } = body as {
    readonly status?: { readonly conditions?: readonly { type: string; status: string }[] };
  };
  return status?.conditions?.some((condition) => condition.type === type && condition.status === "True") === true;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
