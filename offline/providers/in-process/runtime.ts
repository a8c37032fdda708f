// A Pulumi runtime of its own for each run, so that specs don't see each other's settings, and one place where every error
// of a run ends up: Pulumi leaves most of them to the process's handler of unhandled rejections.
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import * as state from "@pulumi/pulumi/runtime/state";
import type { EmulatedMonitor } from "./monitor";

type Listener = (reason: unknown, promise: Promise<unknown>) => void;

// Exported by the module and stripped from its declarations; the Automation API isolates inline programs with it.
const { withLocalStorage, getStore } = state as unknown as {
  withLocalStorage: <T>(callback: () => T) => T;
  getStore: () => { supportsTransforms: boolean; supportsResourceReferences: boolean };
};

// Pulumi writes down a stack trace for each of its promises, to report at exit which never ended. A run waits for its promises
// itself, and leaves some open on purpose after a refusal. The traces were two thirds of a spec's time.
const debuggable = createRequire(__filename)("@pulumi/pulumi/runtime/debuggable") as {
  debuggablePromise: <T>(promise: T) => T;
};
debuggable.debuggablePromise = (promise) => promise;

/** Runs a program against a monitor and waits for all it registers; rejects with the first error of any kind. */
export async function withRuntime<T>(
  monitor: EmulatedMonitor,
  options: { readonly preview?: boolean; readonly project?: string; readonly stack?: string },
  program: () => T | Promise<T>,
): Promise<T> {
  const stray = catchStray();
  try {
    return await withLocalStorage(async () => {
      const { project, stack, preview } = options;
      // Sets the features of an engine; the monitor behind it is replaced at once.
      await pulumi.runtime.setMocks(
        { call: () => ({}), newResource: () => ({ id: "", state: {} }) },
        project,
        stack,
        preview,
      );
      // As a file backend names it.
      pulumi.runtime.setMockOptions(monitor, project, stack, preview, "organization");
      callBackInProcess(monitor);
      return await Promise.race([finished(monitor, program), monitor.failed, stray.failed]);
    });
  } finally {
    await settled();
    stray.stop();
  }
}

/** Mocks know no transforms; here they are called without the server that Pulumi starts for an engine, and stops in between. */
function callBackInProcess(monitor: EmulatedMonitor): void {
  const store = getStore();
  store.supportsTransforms = true;
  store.supportsResourceReferences = true;
  Object.defineProperty(store, "callbacks", { get: () => monitor.transforms.server, set: () => undefined });
}

async function finished<T>(monitor: EmulatedMonitor, program: () => T | Promise<T>): Promise<T> {
  const result = await program();
  // An apply may register resources a few turns after the registration that it waited for.
  for (let seen = -1, quiet = 0; quiet < 2; quiet = seen === monitor.activity ? quiet + 1 : 0) {
    seen = monitor.activity;
    await pulumi.runtime.disconnect();
    await settled();
  }
  return result;
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const runs = new Set<(reason: unknown) => void>();
let others: Listener[] = [];
const collect: Listener = (reason) => {
  for (const reject of runs) reject(reason);
};

/** Takes over unhandled rejections while runs are under way: a promise can't be told to belong to one of several runs. */
function catchStray(): { readonly failed: Promise<never>; stop(): void } {
  if (runs.size === 0) {
    others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", collect);
  }
  let fail: (reason: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  runs.add(fail);
  const stop = (): void => {
    runs.delete(fail);
    if (runs.size > 0) return;
    process.off("unhandledRejection", collect);
    for (const listener of others) process.on("unhandledRejection", listener);
  };
  return { failed, stop };
}
