// An empty AWS account on this machine (moto), for code that calls AWS by its SDK.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { pythonWith } from "./python";
import { root } from "./stacks";

// The SDK's next major version wants a newer Node; specs run on what package.json accepts.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

// moto executes state machines when it is told to. The time between two tries of a state is left out; time limits are not. Step Functions
// gives each try a new task token, moto gives all tries of a state one, so that an answer to the first answers the others too.
// Transactions of DynamoDB are serializable; one of moto's that is refused takes away what others have written meanwhile.
const PROGRAM = `
import logging, os, sys, threading, types
from moto.core.config import default_user_config
from moto.dynamodb.models import DynamoDBBackend
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.resource import ResourceCondition
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_sqs import StateTaskServiceSqs
default_user_config["stepfunctions"] = {"execute_state_machine": True}
retrier_decl.time = types.SimpleNamespace(sleep=lambda seconds: None)
lock = threading.Lock()
transact = DynamoDBBackend.transact_write_items
def one_at_a_time(self, *args, **named):
    with lock:
        return transact(self, *args, **named)
DynamoDBBackend.transact_write_items = one_at_a_time
each_try = StateTaskServiceSqs._eval_execution
def with_new_token(self, env):
    if self.resource.condition == ResourceCondition.WaitForTaskToken:
        env.callback_pool_manager.add(env.states.context_object.update_task_token())
    each_try(self, env)
StateTaskServiceSqs._eval_execution = with_new_token
from moto.server import ThreadedMotoServer
logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
# State machines call the queues of this account through its own port.
os.environ["MOTO_PORT"] = str(port)
print("http://%s:%d" % (host, port), flush=True)
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
