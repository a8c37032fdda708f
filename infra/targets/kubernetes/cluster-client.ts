// Asks an API server a few questions before anything is created. The provider can't: it reads objects one by one, each into the state.
// A library would bring 40 packages for it; kubeconfigs of today log in by a certificate, a token or a program (client-go's `exec`).
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { load } from "js-yaml";

/** A cluster as the settings name it. */
export interface ClusterAccess {
  /** @default KUBECONFIG, or ~/.kube/config */
  readonly kubeconfig?: string;
  readonly context: string;
}

/** An answer of the API server. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Asks the API server for a path. */
export type Ask = (path: string) => Promise<Answer>;

/** Why a cluster can't be asked. */
export class NoAccess extends Error {
  constructor(
    message: string,
    /** Whether the provider can't reach the cluster either. */
    readonly isFinal: boolean,
  ) {
    super(message);
  }
}

interface Named<T> {
  readonly name: string;
  readonly file: string;
  readonly value: T;
}
type Fields = Readonly<Record<string, unknown>>;
interface Kubeconfig {
  readonly contexts: readonly Named<Fields>[];
  readonly clusters: readonly Named<Fields>[];
  readonly users: readonly Named<Fields>[];
}

const TIMEOUT_MILLISECONDS = 15_000;

/**
 * Opens a cluster by a context of the kubeconfig.
 *
 * @param environment where KUBECONFIG is looked up, and what programs that log in are run with
 * @throws NoAccess when the context is not there, or logs in by something that is not understood here
 */
export async function openCluster(access: ClusterAccess, environment: NodeJS.ProcessEnv): Promise<Ask> {
  const files = filesOf(access, environment);
  const config = read(files);
  const context = config.contexts.find(({ name }) => name === access.context);
  if (context === undefined) {
    const known = config.contexts.map(({ name }) => name).join(", ");
    const has = known === "" ? "has no contexts, or is not there" : `has ${known}`;
    throw new NoAccess(`there is no context "${access.context}": ${files.join(delimiter)} ${has}`, true);
  }
  const cluster = config.clusters.find(({ name }) => name === context.value.cluster);
  const user = config.users.find(({ name }) => name === context.value.user);
  const server = text(cluster?.value.server);
  if (cluster === undefined || server === undefined)
    throw new NoAccess(`the context "${access.context}" names a cluster that ${context.file} does not have`, true);
  if (text(cluster.value["proxy-url"]) !== undefined)
    throw new NoAccess(`the cluster of the context "${access.context}" is behind a proxy-url`, false);
  const options = { ...authorityOf(cluster), ...(await identityOf(user, environment)) };
  return (path) => ask(new URL(path, server.endsWith("/") ? server : `${server}/`), options);
}

interface Options {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

function filesOf({ kubeconfig }: ClusterAccess, { KUBECONFIG = "" }: NodeJS.ProcessEnv): readonly string[] {
  if (kubeconfig !== undefined) return [kubeconfig.replace(/^~(?=\/)/, homedir())];
  const listed = KUBECONFIG.split(delimiter).filter((file) => file !== "");
  return listed.length > 0 ? listed : [join(homedir(), ".kube", "config")];
}

/** Several files are one configuration; of two entries with one name the first counts. */
function read(files: readonly string[]): Kubeconfig {
  const documents = files.flatMap((file) => {
    try {
      return [{ file, document: (load(readFileSync(file, "utf8")) ?? {}) as Fields }];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw new NoAccess(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`, true);
    }
  });
  const all = (list: string, key: string): readonly Named<Fields>[] =>
    documents.flatMap(({ file, document }) =>
      ((document[list] ?? []) as readonly Fields[]).map((entry) => ({
        name: text(entry.name) ?? "",
        file,
        value: (entry[key] ?? {}) as Fields,
      })),
    );
  return { contexts: all("contexts", "context"), clusters: all("clusters", "cluster"), users: all("users", "user") };
}

function authorityOf(cluster: Named<Fields>): Options {
  const ca = content(cluster, "certificate-authority");
  const servername = text(cluster.value["tls-server-name"]);
  return {
    ...(ca && { ca }),
    ...(servername !== undefined && { servername }),
    ...(cluster.value["insecure-skip-tls-verify"] === true && { rejectUnauthorized: false }),
  };
}

async function identityOf(user: Named<Fields> | undefined, environment: NodeJS.ProcessEnv): Promise<Options> {
  if (user === undefined) return {};
  const { value } = user;
  const [cert, key] = [content(user, "client-certificate"), content(user, "client-key")];
  if (cert && key) return { cert, key };
  const token = text(value.token) ?? fileOf(user, text(value.tokenFile))?.toString("utf8").trim();
  if (token !== undefined) return { headers: { authorization: `Bearer ${token}` } };
  if (typeof value.exec === "object" && value.exec !== null) return byProgram(user, value.exec as Fields, environment);
  const { username, password } = value;
  if (typeof username === "string" && typeof password === "string")
    return {
      headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` },
    };
  if (value["auth-provider"] !== undefined)
    throw new NoAccess(`the user "${user.name}" logs in by an auth-provider, which kubectl has not since 1.26`, false);
  return {};
}

/** A program prints an ExecCredential (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins). */
async function byProgram({ name }: Named<Fields>, exec: Fields, environment: NodeJS.ProcessEnv): Promise<Options> {
  const command = text(exec.command) ?? "";
  const own = ((exec.env ?? []) as readonly { readonly name: string; readonly value: string }[]).map(
    (variable) => [variable.name, variable.value] as const,
  );
  const info = { apiVersion: exec.apiVersion, kind: "ExecCredential", spec: { interactive: false } };
  try {
    const { stdout } = await promisify(execFile)(command, (exec.args ?? []) as readonly string[], {
      env: { ...environment, ...Object.fromEntries(own), KUBERNETES_EXEC_INFO: JSON.stringify(info) },
      timeout: TIMEOUT_MILLISECONDS,
    });
    const { status = {} } = JSON.parse(stdout) as { readonly status?: Fields };
    const { token, clientCertificateData: cert, clientKeyData: key } = status;
    if (typeof token === "string") return { headers: { authorization: `Bearer ${token}` } };
    if (typeof cert === "string" && typeof key === "string") return { cert: Buffer.from(cert), key: Buffer.from(key) };
  } catch {
    // What it printed may hold a token: it is not shown.
  }
  throw new NoAccess(`"${command}", by which the user "${name}" logs in, gave no credential: run it yourself`, true);
}

/** A field of base64, or the file that the field of the same name without `-data` names. */
function content(entry: Named<Fields>, field: string): Buffer | undefined {
  const data = text(entry.value[`${field}-data`]);
  return data === undefined ? fileOf(entry, text(entry.value[field])) : Buffer.from(data, "base64");
}

/** Paths in a kubeconfig are relative to its own folder. */
function fileOf({ file }: Named<Fields>, path: string | undefined): Buffer | undefined {
  if (path === undefined) return undefined;
  return readFileSync(isAbsolute(path) ? path : join(dirname(file), path));
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function ask(url: URL, options: Options): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { accept: "application/json", ...options.headers };
    const asked = request(url, { ...options, headers, timeout: TIMEOUT_MILLISECONDS }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.once("error", reject);
      response.once("end", () => {
        resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(parts).toString("utf8")) });
      });
    });
    asked.once("timeout", () => asked.destroy(new Error(`no answer after ${TIMEOUT_MILLISECONDS / 1000} s`)));
    asked.once("error", (error) => {
      reject(new NoAccess(`the API server at ${url.host} can't be reached: ${error.message}`, true));
    });
    asked.end();
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
