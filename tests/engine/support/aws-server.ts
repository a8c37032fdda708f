// An empty AWS account on this machine (moto), for code that calls AWS by its SDK.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { pythonWith } from "./python";
import { root } from "./stacks";

// The SDK's next major version wants a newer Node; specs run on what package.json accepts.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const PROGRAM = `
import logging, sys
from moto.server import ThreadedMotoServer
logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print("http://%s:%d" % server.get_host_and_port(), flush=True)
sys.stdin.read()
server.stop()
`;

/** Packages of Python, moto among them. */
export const requirements = join(root, "tests", "engine", "runbook", "requirements.txt");

/** A running account. */
export interface AwsServer {
  readonly endpoint: string;
  /** What an SDK client is made with. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly stop: () => void;
}

/** Starts an account on a free port of the loopback interface, or says what is missing for it. */
export async function startAws(): Promise<AwsServer | string> {
  const python = await pythonWith(requirements);
  if ("missing" in python) return python.missing;
  const { endpoint, stop } = await serve(python.python, ["-c", PROGRAM]);
  const client = { endpoint, region: "eu-central-1", credentials: { accessKeyId: "moto", secretAccessKey: "moto" } };
  return { endpoint, client, stop };
}

/** Runs a Python program that writes its endpoint as the first line, and serves until its standard input ends. */
export async function serve(
  python: string,
  args: readonly string[],
): Promise<{ readonly endpoint: string; readonly stop: () => void }> {
  const server = spawn(python, args, {
    stdio: ["pipe", "pipe", "pipe"],
    // It would compile its modules beside them, among tracked files.
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  const errors: Buffer[] = [];
  server.stderr.on("data", (data: Buffer) => errors.push(data));
  const endpoint = await new Promise<string>((resolve, reject) => {
    server.stdout.once("data", (data: Buffer) => {
      resolve(data.toString("utf8").trim());
    });
    server.once("close", () => {
      reject(new Error(`moto did not start: ${Buffer.concat(errors).toString("utf8").slice(-2000)}`));
    });
  });
  return { endpoint, stop: () => server.stdin.end() };
}
